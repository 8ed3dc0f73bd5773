//! The engine on NATS JetStream, against real servers that each story starts for itself.

mod conformance;
mod erasing;
mod failures;
mod moving;
mod network;
pub mod servers;
mod together;
