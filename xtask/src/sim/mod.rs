//! `cargo xtask sim`: builds the simulation and tells stories, one for each seed.

mod mutants;
mod mutate;

use std::path::Path;

use anyhow::Result;

use crate::edge::Program;

/// How to build, and which stories; everything after it goes to the simulation.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Optimised, with quick signatures that prove nothing: for long runs
    #[arg(long)]
    long: bool,
    /// Put this fault into a copy of the sources first, or `all` one after the other: it must be caught
    #[arg(long, value_name = "NAME")]
    mutate: Option<String>,
    /// `--seeds N`, `--seed S` and more; `-- --help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// True when every story held.
pub fn run(root: &Path, options: &Options) -> Result<bool> {
    let arguments: Vec<&str> = options.arguments.iter().map(String::as_str).collect();
    if let Some(name) = &options.mutate {
        return mutate::run(root, name, &arguments);
    }
    let (build, binary): (&[&str], _) = if options.long {
        (&["--profile", "quick", "--features", "own-signatures"], "target/quick/sim")
    } else {
        (&[], "target/debug/sim")
    };
    let build = [&["build", "--quiet", "--package", "sim"], build].concat();
    if !Program::new(root, "cargo", &build).stream()?.success {
        return Ok(false);
    }
    Ok(Program::new(root, binary, &arguments).stream()?.success)
}
