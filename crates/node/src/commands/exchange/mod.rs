//! `entente exchange`: taking threat information in, and saying what is wrong with it.

mod export;
mod import;
mod pull;
mod validate;

use anyhow::Result;
use clap::Subcommand;

use crate::config::Config;
use crate::exit::Exit;

/// What to do with threat information.
#[derive(Debug, Subcommand)]
pub enum Exchange {
    /// Import STIX 2.1: bundle, envelope, array, one object or one per line; twice without harm
    Import(import::Import),
    /// Fetch what is new in a TAXII 2.1 collection of somebody else
    Pull(pull::Pull),
    /// Write what one receiver may have into a file, byte for byte
    Export(export::Export),
    /// Say what is wrong with STIX 2.1 content, with positions and clauses; needs no node
    Validate(validate::Validate),
}

impl Exchange {
    /// Does it.
    pub fn run(self, config: impl FnOnce() -> Result<Config>) -> Result<Exit> {
        match self {
            Exchange::Import(command) => command.run(&config()?),
            Exchange::Pull(command) => command.run(&config()?),
            Exchange::Export(command) => command.run(&config()?),
            Exchange::Validate(command) => command.run(),
        }
    }
}
