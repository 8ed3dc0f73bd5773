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
    let (first, runner): (&[&str], _) = if tools::has_nextest(root) {
        (&["nextest", "run"], "nextest")
    } else {
        println!("cargo-nextest is not installed; the same tests run with `cargo test`, only slower");
        (&["test", "--lib", "--bins", "--tests"], "cargo test")
    };
    let mut program = Program::cargo(root, &[first, &whole[..]].concat());
    if !tools::may_make_namespaces(root) {
        program = program.env("ENTENTE_WITHOUT_NAMESPACES", "1");
        notes.warnings.push(
            "partitions of a cluster were not tested: no network namespace can be made; run as root, with iproute2".to_owned(),
        );
    }
    let ending = program.stream()?;
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
