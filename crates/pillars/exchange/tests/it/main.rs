//! The exchange through its front door: objects in over TAXII and import, out as far as the verdict allows.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod bad_input;
mod events;
mod import;
mod pages;
mod pull;
mod red;
mod taxii;
mod widened;
mod world;
