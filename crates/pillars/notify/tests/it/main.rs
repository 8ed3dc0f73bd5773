//! Clocks and plans through the front door.

mod bad_facts;
mod console;
mod imports;
mod incidents;
mod laws;
mod obligations;
mod pages;
mod plans;
mod proofs;
mod room;
mod thresholds;
mod vectors;
