//! Clocks and plans through the front door.

mod bad_facts;
mod clauses;
mod console;
mod figures;
mod imports;
mod incidents;
mod laws;
mod methods;
mod obligations;
mod overlays;
mod pages;
mod plans;
mod proofs;
mod ransoms;
mod reports;
mod room;
mod stories;
mod thresholds;
mod vectors;
