//! `entente share`: why a record goes to somebody or does not, and what would happen to one not yet written.

mod dry_run;
mod explain;
pub mod told;

use anyhow::Result;
use clap::Subcommand;

use crate::config::Config;
use crate::exit::Exit;

/// What to ask the verdict.
#[derive(Debug, Subcommand)]
pub enum Share {
    /// Why a record goes to a party or consumer, or does not
    Explain(explain::Explain),
    /// Who would receive a record of this kind and marking, who would not, and why
    DryRun(dry_run::DryRun),
}

impl Share {
    /// Asks.
    pub fn run(self, config: &Config) -> Result<Exit> {
        match self {
            Share::Explain(command) => command.run(config),
            Share::DryRun(command) => command.run(config),
        }
    }
}
