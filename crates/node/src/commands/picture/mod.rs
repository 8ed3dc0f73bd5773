//! `entente picture`: pictures that two parties sign.

mod snapshot;

use anyhow::Result;
use clap::Subcommand;

use crate::config::Config;
use crate::exit::Exit;

/// The common picture.
#[derive(Debug, Subcommand)]
pub enum Picture {
    /// Put a picture to another party, answer one, or check a signed one
    #[command(subcommand)]
    Snapshot(snapshot::SnapshotCommand),
}

impl Picture {
    /// Does it.
    pub fn run(self, config: impl FnOnce() -> Result<Config>) -> Result<Exit> {
        match self {
            Picture::Snapshot(command) => command.run(config),
        }
    }
}
