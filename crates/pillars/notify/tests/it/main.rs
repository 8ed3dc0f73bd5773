//! Clocks and plans through the front door.

mod bad_facts;
mod laws;
mod pages;
mod plans;
mod vectors;
