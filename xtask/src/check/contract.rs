//! The API against its own description: schemathesis, unmodified, against a real node.

use std::path::Path;

use anyhow::{Result, bail};

use super::{Notes, python, tally};
use crate::edge::Program;
use crate::generate::binary;

/// The story bounds itself to a minute; a hang must not eat the whole check.
const LIMIT_S: u64 = 300;

/// Installs what `contract.txt` pins, and runs the story.
pub fn run(root: &Path, notes: &mut Notes) -> Result<()> {
    let folder = root.join("e2e/clients");
    let python = python::with(root, &folder.join("contract.txt"), "contract")?;
    let ending = Program::new(&folder, &python.to_string_lossy(), &["contract.py"])
        .env("ENTENTE", binary(root))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .limit_s(LIMIT_S)
        .stream()?;
    let summary = tally::read(&ending.said);
    notes.tally += summary.tally;
    notes.summaries.push(format!("contract {}", summary.tally));
    if !ending.success {
        bail!("the API does not keep its description; the failures above name each request");
    }
    if summary.tally.passed == 0 {
        bail!("no operation was tried; look at e2e/clients/contract.py");
    }
    Ok(())
}
