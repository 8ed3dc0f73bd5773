//! Other people's documents: bytes in, typed value and findings out.
//!
//! Nothing here reads a clock, a disk or a network, and nothing panics on input (I7): every size,
//! depth and count is bounded by [`json::Limits`], and a bad object never costs its neighbours.

pub mod ioc;
pub mod json;
pub mod stix;
pub mod taxii;
pub mod xml;
