//! Clocks and plans through the front door.

mod bad_facts;
mod console;
mod incidents;
mod laws;
mod obligations;
mod pages;
mod plans;
mod room;
mod thresholds;
mod vectors;
