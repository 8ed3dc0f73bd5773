//! Clocks and plans through the front door.

mod bad_facts;
mod console;
mod contradictions;
mod figures;
mod imports;
mod incidents;
mod laws;
mod lists;
mod newer_law;
mod notices;
mod obligations;
mod pages;
mod pair;
mod plans;
mod pledges;
mod proofs;
mod ransoms;
mod receipts;
mod reports;
mod room;
mod sending;
mod templates;
mod thresholds;
mod two;
mod vectors;
