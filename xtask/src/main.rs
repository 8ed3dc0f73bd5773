//! `cargo xtask`: the one command that a contributor and CI run.
//!
//! `check` runs everything, `tidy` only the rules of our own style, `generate` writes the
//! committed files that the binary itself produces. Nothing here is part of the product.

mod bench;
mod check;
mod crash;
mod edge;
mod fuzz;
mod generate;
mod sbom;
mod sim;
mod soak;
mod tidy;
mod tools;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "What CI and a contributor run")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run every check that CI runs, and say at the end what passed
    Check(check::Options),
    /// Check floors, sizes, docs, strings, assets, words, links and the mission table
    Tidy,
    /// Measure a node from outside: `bench taxii`, `bench find`, `bench link`, `bench overload`
    Bench(bench::Options),
    /// Simulate whole federations from seeds: `sim --seeds 300`, `sim --seed 7`
    Sim(sim::Options),
    /// Kill real processes at random instants and look whether anything acknowledged is lost
    Crash(crash::Options),
    /// Run two nodes under load for an hour and draw what they use
    Soak(soak::Options),
    /// Attack the parsers with bytes that coverage chooses
    Fuzz(fuzz::Options),
    /// Write the committed files that are produced (API document, example configuration, bill of materials)
    Generate,
}

fn main() -> ExitCode {
    let outcome = root().and_then(|root| match Cli::parse_from(arguments()).task {
        Task::Check(options) => check::run(&root, &options),
        Task::Tidy => tidy::run(&root),
        Task::Bench(options) => bench::run(&root, &options),
        Task::Sim(options) => sim::run(&root, &options),
        Task::Crash(options) => crash::run(&root, &options),
        Task::Soak(options) => soak::run(&root, &options),
        Task::Fuzz(options) => fuzz::run(&root, &options),
        Task::Generate => generate::run(&root),
    });
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The arguments, with the program shown as people call it.
fn arguments() -> impl Iterator<Item = std::ffi::OsString> {
    std::iter::once("cargo xtask".into()).chain(std::env::args_os().skip(1))
}

/// The top of the workspace: the parent of this package's folder.
fn root() -> Result<PathBuf> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent()
        .map(PathBuf::from)
        .with_context(|| format!("{} has no parent; build xtask inside the workspace", here.display()))
}
