//! The engine for a party that outgrows one machine: a replicated stream on NATS JetStream, folded by every node.
//!
//! The stream is a row of *commits*, the groups of work that one node committed together. Every node of the party
//! applies them in order to a `ledger.db` of its own, so that arrival numbers, places, times and refusals are the same
//! everywhere and reading costs what it costs on one machine. An append is answered when the stream's servers have
//! acknowledged its commit *and* this node has folded it.

mod address;
mod commit;
mod commons;
mod connection;
mod cut;
mod engine;
mod fetch;
mod flight;
mod leaders;
mod lease;
mod moving;
mod pack;
mod recover;
mod scrub;
mod sequencer;
mod shared;
mod standing;
mod wire;

pub use address::{AddressError, Cluster, ClusterTls};
pub use commons::{Change, Commons, CommonsError};
pub(crate) use engine::Nats;
pub use moving::{MoveError, Moved, leave_cluster};
pub use standing::{Standing, StreamStanding};
