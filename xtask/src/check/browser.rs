//! The stories in `e2e/`: a real browser on a real demo.

use std::path::Path;

use anyhow::{Result, bail};

use super::{Notes, tally};
use crate::edge::Program;
use crate::generate::binary;
use crate::tools;

/// The whole walk with screenshots takes a minute or two; a hang must not eat the whole check.
const LIMIT_S: u64 = 900;

/// Installs the npm packages from the lock file and runs Node's test runner.
pub fn run(root: &Path, notes: &mut Notes) -> Result<()> {
    tools::need_node(root)?;
    let chromium = tools::need_chromium(root)?;
    tools::need_poppler(root)?;
    let folder = root.join("e2e");
    Program::new(&folder, "npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).must()?;
    let ending = Program::new(&folder, "npm", &["test", "--silent"])
        .env("CHROMIUM", &chromium)
        .env("ENTENTE", binary(root))
        .limit_s(LIMIT_S)
        .stream()?;
    let summary = tally::read(&ending.said);
    notes.tally += summary.tally;
    notes.summaries.push(format!("browser {}", summary.tally));
    if !ending.success {
        bail!("the browser tests failed; pictures of the pages are in e2e/artefacts");
    }
    if summary.tally.passed == 0 {
        bail!("the browser tests ran nothing; look at e2e/package.json");
    }
    Ok(())
}
