//! The desk through its front doors: pages, links, views.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod access;
mod find;
mod forms;
mod links;
mod notices;
mod outbound;
mod pages;
