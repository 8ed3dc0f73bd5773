//! Exchange of threat information: STIX 2.1 objects in, kept byte for byte, and out as far as the verdict allows.
//!
//! The walk of an object: `ingest` (inspect, decide, seal, submit) → ledger → `fold` (placements by collection)
//! → `select` (a page for one receiver) → `taxii` or the console.

pub mod access;
pub mod api;
mod clip;
pub mod collection;
mod erased;
pub mod export;
mod fold;
mod identity;
pub mod import;
pub mod ingest;
mod key;
pub mod pages;
mod placed;
pub mod pull;
pub mod receipts;
pub mod retract;
mod retracted;
mod sealing;
pub mod search;
mod seen;
pub mod select;
pub mod story;
pub mod superseded;
pub mod taxii;
mod two;
mod widen;

pub use desk::Pillar;

/// This pillar, as the node lists it.
pub const PILLAR: Pillar = Pillar {
    name: "exchange",
    schema: fold::SCHEMA,
    version: 6,
    fold: fold::fold,
    settle: placed::settle,
    erase: erased::erase,
    forget: search::forget,
    raised: retracted::raised,
    reactors: &[receipts::CONFIRM_RETRACTION],
};
