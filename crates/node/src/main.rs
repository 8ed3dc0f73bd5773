//! The binary `entente`: configuration, commands, listeners, wiring. It contains no rules.

mod demo;
mod http;
mod openapi;

use anyhow::Result;
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

/// Agreements that execute: the node each party runs.
#[derive(Debug, Parser)]
#[command(name = "entente", version, about)]
struct Entente {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Demo),
    /// Print the OpenAPI document of the HTTP API
    Openapi,
}

/// The pillars of this build.
pub fn pillars() -> Vec<desk::Pillar> {
    vec![exchange::PILLAR]
}

#[tokio::main]
async fn main() -> Result<()> {
    let filter = EnvFilter::try_from_env("ENTENTE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match Entente::parse().command {
        Command::Demo(demo) => demo.run().await,
        Command::Openapi => openapi::print(),
    }
}
