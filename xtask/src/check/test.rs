//! The tests of the workspace, with nextest where it is installed, and the examples in the docs.

use std::path::Path;

use anyhow::{Result, bail};

use super::{Notes, tally};
use crate::edge::{Ending, Program};
use crate::tools;

/// Unit and integration tests.
pub fn run(root: &Path, notes: &mut Notes) -> Result<()> {
    tools::need_nats_server(root)?;
    let whole = ["--workspace", "--locked", "--no-fail-fast"];
    let (ending, runner) = if tools::has_nextest(root) {
        (Program::cargo(root, &[&["nextest", "run"], &whole[..]].concat()).stream()?, "nextest")
    } else {
        println!("cargo-nextest is not installed; the same tests run with `cargo test`, only slower");
        (
            Program::cargo(root, &[&["test", "--lib", "--bins", "--tests"], &whole[..]].concat()).stream()?,
            "cargo test",
        )
    };
    finish(&ending, runner, notes)
}

/// Code examples in the documentation, which nextest does not run.
pub fn doc(root: &Path, notes: &mut Notes) -> Result<()> {
    let ending =
        Program::cargo(root, &["test", "--doc", "--workspace", "--locked", "--no-fail-fast"]).stream()?;
    finish(&ending, "doc tests", notes)
}

fn finish(ending: &Ending, runner: &str, notes: &mut Notes) -> Result<()> {
    let summary = tally::read(&ending.said);
    notes.tally += summary.tally;
    notes.summaries.extend(summary.lines);
    if !ending.success {
        bail!("{runner} failed: {}", summary.tally);
    }
    Ok(())
}
