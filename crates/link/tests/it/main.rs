//! The link's laws over hostile bytes and a bad connection.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod frames;
mod weather;
