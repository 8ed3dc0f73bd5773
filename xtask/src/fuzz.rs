//! `cargo xtask fuzz`: libFuzzer over the parsers, on the stable compiler.
//!
//! The compiler's own pass counts edges and compares (`sancov-module`), so neither nightly nor cargo-fuzz is needed. What is
//! found is kept under `target/fuzz-corpus`; a crash becomes a seed in `fuzz/seeds`, and a test in the crate whose bug it was.

use std::path::Path;

use anyhow::{Result, bail};

use crate::edge::Program;

/// Flags that let libFuzzer see where a run went, and what it compared.
const WATCHED: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// What to attack.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The targets, as `fuzz/src/targets` names them; those of `ledger.rs` and `house.rs` need --ledger
    #[arg(required = true)]
    targets: Vec<String>,
    /// Seconds for each
    #[arg(long, default_value_t = 600)]
    seconds: u64,
    /// Build the targets that need the ledger's cryptography and the rooms above it too, which takes minutes
    #[arg(long)]
    ledger: bool,
}

/// Builds the engine, and runs each target for its time. False at the first that finds something.
pub fn run(root: &Path, options: &Options) -> Result<bool> {
    let machine = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let features = if options.ledger { "engine,ledger" } else { "engine" };
    let folder = root.join("fuzz");
    let place = root.join("target/fuzz").display().to_string();
    let build = ["build", "--release", "--locked", "--bin", "engine", "--features", features];
    // Build scripts and macros are built without those flags when the target is named.
    Program::cargo(&folder, &[&build[..], &["--target", &machine, "--target-dir", &place]].concat())
        .env("RUSTFLAGS", WATCHED)
        .must()?;
    let engine = format!("{place}/{machine}/release/engine");
    for target in &options.targets {
        let (seeds, grown) =
            (folder.join("seeds").join(target), root.join("target/fuzz-corpus").join(target));
        if !seeds.is_dir() {
            bail!("{} is not there; fuzz/src/targets lists the targets", seeds.display());
        }
        std::fs::create_dir_all(&grown)?;
        let (seeds, grown) = (seeds.display().to_string(), grown.display().to_string());
        let time = format!("-max_total_time={}", options.seconds);
        let crashes = format!("-artifact_prefix={grown}-crash-");
        let bounds = ["-rss_limit_mb=1500", "-timeout=10", "-max_len=32768", "-print_final_stats=1"];
        let ending =
            Program::new(&folder, &engine, &[&[&grown[..], &seeds, &time, &crashes], &bounds[..]].concat())
                .env("ENTENTE_FUZZ", target)
                .limit_s(options.seconds + 300)
                .stream()?;
        if !ending.success {
            println!("{target} found something; the bytes are in {grown}-crash-*");
            return Ok(false);
        }
    }
    Ok(true)
}
