//! `entente party trust` and `distrust`: a person compared fingerprints and decided.

use std::io::Read as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use desk::card;
use ledger::keys::VerifyingKeys;
use records::card::{Card, SignedCard};
use records::trust::Trust as Statement;

use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::{folder, print};

/// Larger than any card, bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// Whom to trust.
#[derive(Debug, Args)]
pub struct Trust {
    /// The peer's card file
    card: PathBuf,
    /// The fingerprint as the peer read it to you, with or without spaces
    #[arg(long)]
    fingerprint: String,
    /// Who compared it
    #[arg(long, default_value = "command line")]
    by: String,
}

/// Whom to trust no longer.
#[derive(Debug, Args)]
pub struct Distrust {
    /// The party, by id or short name
    party: String,
    /// Who decided
    #[arg(long, default_value = "command line")]
    by: String,
}

impl Trust {
    /// Records the decision, when the fingerprint is that of the card.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let (signed, card, keys) = read(&self.card)?;
        compare(&self.fingerprint, &keys)?;
        let desk = folder::open(config)?;
        let known = desk.known();
        let namesake =
            known.parties.values().find(|p| p.card.short == card.short && p.card.party != card.party);
        if let Some(namesake) = namesake.filter(|party| party.trusted) {
            bail!(
                "{} is called {:?} too and is trusted; ask one of them for another short name",
                namesake.card.party,
                card.short
            );
        }
        desk.note(&Statement { party: card.party, card: Some(signed), by: self.by })?;
        desk.close();
        print::line(&format!("trusted {} ({})", card.short, card.party))?;
        Ok(Exit::Ok)
    }
}

impl Distrust {
    /// Records that the party is trusted no longer.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let desk = folder::open(config)?;
        let known = desk.known();
        let (id, party) = super::find(&known, &self.party)?;
        if id == desk.me {
            bail!("a node cannot distrust itself");
        }
        if !party.trusted {
            bail!("{} is not trusted already", party.card.short);
        }
        desk.note(&Statement { party: id, card: None, by: self.by })?;
        desk.close();
        print::line(&format!("no longer trusted: {} ({id})", party.card.short))?;
        Ok(Exit::Ok)
    }
}

fn read(path: &std::path::Path) -> Result<(SignedCard, Card, VerifyingKeys)> {
    let shown = path.display();
    let mut text = String::new();
    let file = std::fs::File::open(path).with_context(|| format!("cannot read the card {shown}"))?;
    file.take(MAX_BYTES)
        .read_to_string(&mut text)
        .with_context(|| format!("cannot read the card {shown}"))?;
    let signed: SignedCard = serde_json::from_str(&text)
        .with_context(|| format!("{shown} is not a card; ask the party for it again"))?;
    let (card, keys) = card::verify(&signed).map_err(|error| Ending::not_verified(error.to_string()))?;
    Ok((signed, card, keys))
}

/// Spaces, colons and case are how people read it aloud; the 64 digits are what counts.
fn compare(said: &str, keys: &VerifyingKeys) -> Result<()> {
    let said: String = said.chars().filter(|c| !c.is_whitespace() && !matches!(c, ':' | '-')).collect();
    if said.len() != 64 || !said.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Ending::usage("a fingerprint has 64 hexadecimal digits; ask the peer to read all of it"));
    }
    if said.eq_ignore_ascii_case(&keys.fingerprint().hex()) {
        return Ok(());
    }
    Err(Ending::not_verified(format!(
        "the fingerprint of the card is {}, not what you were told; nothing was trusted, ask the party for its card \
         over another channel",
        keys.fingerprint_text()
    )))
}
