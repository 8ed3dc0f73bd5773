//! The engine on NATS JetStream, against real servers that each story starts for itself.

mod conformance;
mod failures;
pub mod servers;
mod together;
