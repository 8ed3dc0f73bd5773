//! Licences, duplicates and sources of all dependencies, and known vulnerabilities.
//!
//! The advisory database is a git repository, not a package: a machine that reaches only package
//! registries cannot have it. Then the check says so loudly instead of pretending, and a release
//! insists with `--require-advisories`.

use std::path::Path;

use anyhow::{Result, bail};

use super::Notes;
use crate::edge::Program;
use crate::tools;

/// Time for fetching the advisory database; beyond it the network is taken as closed.
const FETCH_LIMIT_S: u64 = 120;

/// Runs cargo-deny: what needs no network always, advisories when their database can be had. The lock of `fuzz/` must fit too.
pub fn run(root: &Path, notes: &mut Notes) -> Result<()> {
    tools::need_cargo_deny(root)?;
    Program::cargo(root, &["deny", "--workspace", "--locked", "check", "bans", "licenses", "sources"])
        .must()?;
    // The attacks are a workspace of their own, which nothing else here builds.
    Program::cargo(&root.join("fuzz"), &["update", "--workspace", "--locked"]).must()?;
    let fetched = Program::cargo(root, &["deny", "fetch", "db"])
        .env("GIT_TERMINAL_PROMPT", "0")
        .limit_s(FETCH_LIMIT_S)
        .stream();
    if fetched.is_ok_and(|ending| ending.success) {
        return Program::cargo(
            root,
            &["deny", "--workspace", "--locked", "check", "--disable-fetch", "advisories"],
        )
        .must();
    }
    if notes.require_advisories {
        bail!(
            "the advisory database cannot be fetched and --require-advisories was given; check the network"
        );
    }
    let warning = "advisories were NOT CHECKED: their database cannot be fetched from here; \
                   run `cargo deny check advisories` where the network allows (docs/dependencies.md)";
    println!("WARNING: {warning}");
    notes.warnings.push(warning.to_owned());
    Ok(())
}
