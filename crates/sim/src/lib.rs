//! Whole federations in one thread from one seed, with lost, late, doubled and forged frames, crashes, full disks,
//! clocks that jump and a peer that lies. Tests only; `docs/simulation.md` tells what is simulated and how to read a story.

mod cast;
mod chance;
mod check;
#[cfg(test)]
mod found;
mod lies;
mod model;
mod node;
mod people;
mod plan;
mod quiet;
mod run;
mod shrink;
mod step;
mod story;
mod tally;
mod world;

pub use run::{Options, run};
