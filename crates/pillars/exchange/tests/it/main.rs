//! The exchange through its front door: objects in over TAXII and import, out as far as the verdict allows.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod bad_input;
mod console;
mod events;
mod fates;
mod find;
mod import;
mod overview;
mod pages;
#[expect(dead_code, reason = "one pair of linked nodes for the stories of two crates; each uses a part")]
#[path = "../../../../desk/tests/it/links/pair.rs"]
mod pair;
mod pull;
mod receipts;
mod red;
mod taxii;
mod two;
mod upload;
mod widened;
mod world;
