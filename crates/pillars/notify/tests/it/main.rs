//! Clocks and plans through the front door.

mod bad_facts;
mod console;
mod figures;
mod incidents;
mod laws;
mod obligations;
mod pages;
mod plans;
mod reports;
mod room;
mod thresholds;
mod vectors;
