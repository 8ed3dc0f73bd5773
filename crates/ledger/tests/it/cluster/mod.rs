//! The engine on NATS JetStream, against real servers that each story starts for itself.

mod conformance;
mod failures;
mod moving;
pub mod servers;
mod together;
