//! The laws of the verdict, as stories and as properties.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod laws;
mod stories;
mod world;
