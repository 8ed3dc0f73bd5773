//! The binary `entente`: configuration, commands, listeners, wiring. It contains no rules.

mod admission;
mod armour;
mod aside;
mod chromium;
mod cli;
mod commands;
mod config;
mod demo;
mod dialled;
mod document;
mod doors;
mod duties;
mod exit;
mod folder;
mod http;
mod key_history;
#[cfg(test)]
mod language;
mod logs;
mod metrics;
mod newfile;
mod openapi;
mod packed;
mod past;
mod print;
mod progress;
mod pulling;
mod secret;
mod server;
mod signals;
mod tls;

use std::process::ExitCode;

use clap::Parser as _;

// Whatever features somebody builds with: a node whose signatures prove nothing must not exist.
const _: () = assert!(ledger::keys::SIGNATURES_PROVE, "build the node without the feature `own-signatures`");

/// The lines of work of this node.
fn pillars() -> Vec<desk::Pillar> {
    vec![exchange::PILLAR, notify::PILLAR, picture::PILLAR]
}

fn main() -> ExitCode {
    let exit = cli::Cli::parse().run().unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        exit::of(&error)
    });
    exit.into()
}

/// Runs what waits on the network.
fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let answer = runtime.block_on(work);
    // Threads that read the disk end with their request; a stuck one must not keep the process.
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    answer
}
