//! `cargo xtask soak`: two nodes under load for an hour, and the curves of what they use.

use std::path::Path;

use anyhow::Result;

use crate::edge::Program;

/// How long; everything after it goes to the load generator.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// `--minutes 60`, `--consumers 50`, `--per-second 40`, `--out FOLDER`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// True when it ran to its end and both nodes were sound.
pub fn run(root: &Path, options: &Options) -> Result<bool> {
    let build = ["build", "--release", "--quiet", "--package", "node", "--package", "benches"];
    if !Program::new(root, "cargo", &build).stream()?.success {
        return Ok(false);
    }
    let arguments: Vec<&str> =
        std::iter::once("soak").chain(options.arguments.iter().map(String::as_str)).collect();
    Ok(Program::new(root, "target/release/benches", &arguments).stream()?.success)
}
