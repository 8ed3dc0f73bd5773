//! The exchange through its front door: objects in over TAXII and import, out as far as the verdict allows.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod import;
mod pages;
mod pull;
mod taxii;
mod world;
