//! Clocks and plans through the front door.

mod bad_facts;
mod figures;
mod incidents;
mod laws;
mod pages;
mod plans;
mod reports;
mod thresholds;
mod vectors;
