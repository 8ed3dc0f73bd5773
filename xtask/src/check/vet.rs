//! Whether each dependency was read by one of us, or is listed as not read yet: `supply-chain/`.
//!
//! Nothing is fetched: the audits of others are in git repositories, which a machine with registries only cannot reach.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::Notes;
use crate::edge::Program;
use crate::tools;

/// Fails when `Cargo.lock` holds a version that `supply-chain/` does not name; says how many were read.
pub fn run(root: &Path, _: &mut Notes) -> Result<()> {
    tools::need_cargo_vet(root)?;
    Program::cargo(root, &["vet", "--locked", "--frozen"]).must().context(
        "a dependency is neither audited nor exempt; read it and run `cargo vet certify`, or add it with \
         `cargo vet add-exemption` and say so in the commit",
    )?;
    let count = |file: &str, line: &str| {
        let text = std::fs::read_to_string(root.join("supply-chain").join(file)).unwrap_or_default();
        text.lines().filter(|found| found.starts_with(line)).count()
    };
    let (read, not) = (count("audits.toml", "[[audits."), count("config.toml", "[[exemptions."));
    println!(
        "{read} dependencies were audited here; {not} are exempt, which means that nobody here has read them"
    );
    Ok(())
}
