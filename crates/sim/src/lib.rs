//! Whole federations in one thread from one seed, with lost, late, doubled and forged frames, crashes, full disks,
//! clocks that jump and a peer that lies. Tests only; `docs/simulation.md` tells what is simulated and how to read a story.

mod blank;
mod brief;
mod cast;
mod chance;
mod check;
mod episodes;
#[cfg(test)]
mod found;
mod heard;
mod lies;
mod line;
mod model;
mod node;
mod offline;
mod people;
mod plan;
mod quiet;
mod run;
mod setting;
mod shrink;
mod step;
mod story;
mod tally;
mod world;

pub use run::{Options, run};
