//! `entente party card export`: the file that peers trust.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Subcommand;
use desk::links::certificate;
use desk::{Desk, card};
use ledger::keys::PartyKeys;

use crate::commands::init;
use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::folder::{self, Reading};
use crate::print;

/// What to do with the card.
#[derive(Debug, Subcommand)]
pub enum Card {
    /// Write the card as the configuration and the keys give it now
    Export {
        /// The file; without it the card is printed
        file: Option<PathBuf>,
    },
}

impl Card {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let Card::Export { file } = self;
        let folder = folder::must_exist(config)?;
        let keys = PartyKeys::load(&Desk::key_file(&folder))?;
        let tls = certificate::load(&certificate::path(&folder))?;
        let reading = Reading::open(config)?;
        let known = reading.known();
        let own = known.parties.get(&reading.me).context("the node does not know its own card")?;
        if own.keys != *keys.verifying() {
            return Err(Ending::not_verified(
                "the key file is not the one that the newest rotation on the record speaks of; put that one in its place",
            ));
        }
        let signed = card::renew(&keys, &own.line, &init::about(config), tls.digest().hex());
        match file {
            Some(file) => init::write_card(&file, &signed)?,
            None => print::line(&serde_json::to_string_pretty(&signed)?)?,
        }
        let (_, first) = card::verify(&signed).map_err(|error| Ending::not_verified(error.to_string()))?;
        eprintln!("fingerprint  {}", first.fingerprint_text());
        Ok(Exit::Ok)
    }
}
