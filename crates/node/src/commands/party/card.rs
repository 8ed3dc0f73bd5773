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
use crate::{folder, print};

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
        let signed = card::make(&keys, &init::about(config), tls.digest().hex());
        // After a rotation the keys no longer give the party's id: peers learn the new ones from the record of the
        // rotation, and keep the card they have.
        let signed = match card::verify(&signed) {
            Ok(_) if is_first(config, &keys)? => signed,
            _ => kept(&folder.join("card.json"))?,
        };
        match file {
            Some(file) => init::write_card(&file, &signed)?,
            None => print::line(&serde_json::to_string_pretty(&signed)?)?,
        }
        let (_, first) = card::verify(&signed).map_err(|error| Ending::not_verified(error.to_string()))?;
        eprintln!("fingerprint  {}", first.fingerprint_text());
        Ok(Exit::Ok)
    }
}

/// True while the keys are those that gave the party its id.
fn is_first(config: &Config, keys: &PartyKeys) -> Result<bool> {
    let folder = config.folder();
    let local = desk::local::Local::open(&folder.join("local.db"))?;
    Ok(folder::party(&local, &folder)? == keys.verifying().party_id())
}

fn kept(path: &std::path::Path) -> Result<records::card::SignedCard> {
    let text = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is not a card", path.display()))
}
