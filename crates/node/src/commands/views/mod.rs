//! `entente views`: rebuild them, and prove that they are what the ledger says (I4).

mod compare;
mod rebuild;

use anyhow::Result;
use clap::Subcommand;

use crate::config::Config;
use crate::exit::Exit;

/// What to do with views.
#[derive(Debug, Subcommand)]
pub enum Views {
    /// Fold the ledger from its first entry
    Rebuild(rebuild::Rebuild),
}

impl Views {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let Views::Rebuild(command) = self;
        command.run(config)
    }
}
