//! `cargo xtask sim`: builds the simulation and tells stories, one for each seed.

use std::path::Path;

use anyhow::Result;

use crate::edge::Program;

/// How to build, and which stories; everything after it goes to the simulation.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Optimised, with quick signatures that prove nothing: for long runs
    #[arg(long)]
    long: bool,
    /// `--seeds N`, `--seed S` and more; `-- --help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// True when every story held.
pub fn run(root: &Path, options: &Options) -> Result<bool> {
    let (build, binary): (&[&str], _) = if options.long {
        (&["--profile", "quick", "--features", "own-signatures"], "target/quick/sim")
    } else {
        (&[], "target/debug/sim")
    };
    let build = [&["build", "--quiet", "--package", "sim"], build].concat();
    if !Program::new(root, "cargo", &build).stream()?.success {
        return Ok(false);
    }
    let arguments: Vec<&str> = options.arguments.iter().map(String::as_str).collect();
    Ok(Program::new(root, binary, &arguments).stream()?.success)
}
