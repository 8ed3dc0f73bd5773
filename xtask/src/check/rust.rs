//! The steps that are one cargo command each. All use the whole workspace and the dev profile,
//! so that dependencies are built once for all of them.

use std::path::Path;

use anyhow::Result;

use super::Notes;
use crate::edge::Program;
use crate::generate;

/// `cargo fmt`, only looking.
pub fn fmt(root: &Path, _: &mut Notes) -> Result<()> {
    Program::cargo(root, &["fmt", "--all", "--check"]).must()
}

/// Clippy over every target; a warning is an error.
pub fn clippy(root: &Path, _: &mut Notes) -> Result<()> {
    Program::cargo(root, &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"])
        .must()
}

/// Everything that the later steps run.
pub fn build(root: &Path, _: &mut Notes) -> Result<()> {
    generate::build(root)
}

/// rustdoc of our own crates; a broken link or other warning is an error.
pub fn doc(root: &Path, _: &mut Notes) -> Result<()> {
    Program::cargo(root, &["doc", "--workspace", "--no-deps", "--locked"])
        .env("RUSTDOCFLAGS", "-D warnings")
        .must()
}
