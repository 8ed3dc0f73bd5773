//! The ledger through its front door: the conformance suite over every engine, then stories of one engine.
#![allow(clippy::unwrap_used)]

mod cluster;
mod damage;
mod failing;
mod folder;
mod memory;
mod properties;
mod sqlite;
