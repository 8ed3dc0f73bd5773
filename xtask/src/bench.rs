//! `cargo xtask bench`: builds the node and the load generator in release mode, and measures.

use std::path::Path;

use anyhow::Result;

use crate::edge::Program;

/// What to measure; everything after it goes to the bench.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// `taxii`, `find`, `pages`, `link`, `overload`, `ledger`, `failover` or `notify`, with options such as `--objects 1000000`; `--help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

/// True when everything was measured.
pub fn run(root: &Path, options: &Options) -> Result<bool> {
    // The two engines, one against the other, and the cluster against its bare servers, which need `nats-server`; and
    // the plans of incidents, which need no node.
    let inside = match options.arguments.first().map(String::as_str) {
        Some("ledger") => Some(("ledger", "cluster")),
        Some("failover") => Some(("ledger", "failover")),
        Some("notify") => Some(("notify", "plan")),
        _ => None,
    };
    if let Some((package, name)) = inside {
        let rest = options.arguments[1..].iter().map(String::as_str);
        let bench = ["bench", "--package", package, "--bench", name, "--"].into_iter().chain(rest);
        return Ok(Program::new(root, "cargo", &bench.collect::<Vec<_>>()).stream()?.success);
    }
    let build = ["build", "--release", "--quiet", "--package", "node", "--package", "benches"];
    if !Program::new(root, "cargo", &build).stream()?.success {
        return Ok(false);
    }
    let arguments: Vec<&str> = options.arguments.iter().map(String::as_str).collect();
    Ok(Program::new(root, "target/release/benches", &arguments).stream()?.success)
}
