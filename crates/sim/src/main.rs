//! The binary that `cargo xtask sim` runs.

use std::process::ExitCode;

use clap::Parser;

#[derive(Parser)]
#[command(name = "cargo xtask sim", about = "Tell stories of whole federations, one for each seed")]
struct Cli {
    #[command(flatten)]
    options: sim::Options,
}

fn main() -> ExitCode {
    if sim::run(&Cli::parse().options) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
