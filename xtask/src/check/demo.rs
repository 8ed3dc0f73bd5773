//! The demo plays its whole story once; it fails itself when I1 or I3 does not hold.

use std::path::Path;

use anyhow::{Context, Result};

use super::Notes;
use crate::edge::Program;
use crate::generate::binary;

/// Longer than the story ever takes on a slow machine; a hang must not eat the whole check.
const LIMIT_S: u64 = 300;

/// Runs `entente demo --once`.
pub fn run(root: &Path, _: &mut Notes) -> Result<()> {
    Program::new(root, &binary(root).to_string_lossy(), &["demo", "--once"])
        .limit_s(LIMIT_S)
        .must()
        .context("the demo's story did not hold")
}
