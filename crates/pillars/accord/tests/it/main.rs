//! Agreements through the front door: commands between two nodes, pages and API of one.

mod forms;
mod pages;
mod propose;
mod stories;
mod world;
