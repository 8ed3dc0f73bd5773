//! Clocks and plans through the front door.

mod bad_facts;
mod console;
mod figures;
mod imports;
mod incidents;
mod laws;
mod notices;
mod obligations;
mod pages;
mod plans;
mod proofs;
mod ransoms;
mod reports;
mod room;
mod thresholds;
mod vectors;
