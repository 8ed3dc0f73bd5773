//! Three hundred stories of whole federations; one that does not hold is printed, shrunk.

use std::path::Path;

use anyhow::{Context, Result};

use super::Notes;
use crate::edge::Program;
use crate::generate::binary;

/// Far longer than the stories take on a slow machine; a hang must not eat the whole check.
const LIMIT_S: u64 = 600;

/// Runs the simulation that was built with everything else.
pub fn run(root: &Path, _: &mut Notes) -> Result<()> {
    Program::new(root, &binary(root).with_file_name("sim").to_string_lossy(), &["--seeds", "300"])
        .limit_s(LIMIT_S)
        .must()
        .context("a simulated federation did not hold; its story is above")
}
