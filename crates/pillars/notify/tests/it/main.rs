//! Clocks and plans through the front door.

mod bad_facts;
mod incidents;
mod laws;
mod pages;
mod plans;
mod thresholds;
mod vectors;
