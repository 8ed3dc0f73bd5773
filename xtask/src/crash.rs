//! `cargo xtask crash`: kills real processes at instants that a seed decides, as often as asked.

use std::path::Path;

use anyhow::Result;

use crate::edge::Program;

/// How often, and where the numbers begin.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Processes to kill
    #[arg(long, default_value_t = 300)]
    times: u32,
    /// The same seed chooses the same scenes and instants
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// True when nothing acknowledged was lost.
pub fn run(root: &Path, options: &Options) -> Result<bool> {
    let arguments = [
        "test",
        "--package",
        "node",
        "--test",
        "it",
        "--",
        "--ignored",
        "--nocapture",
        "crash::killed_as_often_as_asked",
    ];
    let test = Program::cargo(root, &arguments)
        .env("ENTENTE_CRASH_TIMES", options.times.to_string())
        .env("ENTENTE_CRASH_SEED", options.seed.to_string());
    Ok(test.stream()?.success)
}
