//! Front-door stories of the formats crate.

#![allow(clippy::unwrap_used)]

mod corpus;
mod markings;
mod patterns;
mod splitting;
mod validation;
