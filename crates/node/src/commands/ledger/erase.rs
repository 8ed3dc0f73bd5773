//! `entente ledger erase`: the body goes, header and tree stay, and a record says who decided and why.

use anyhow::{Result, bail};
use clap::Args;
use ledger::EntryRef;
use model::{PartyId, Position};
use records::erasure::Erasure;
use records::rotation::Rotation;
use records::trust::Trust;
use records::{Body as _, Header};

use crate::commands::party;
use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::{folder, print};

/// What to erase.
#[derive(Debug, Args)]
pub struct Erase {
    /// The record, by id, or its position in our log
    record: String,
    /// The party in whose log a position counts, by id or short name: our copy of its record is erased
    #[arg(long)]
    party: Option<String>,
    /// Why: retention, recall, court order, GDPR Art. 17
    #[arg(long)]
    reason: String,
    /// Who decided
    #[arg(long)]
    by: String,
}

impl Erase {
    /// Records the erasure first, so that no erasure is ever without its record, then erases. What a kill cuts off
    /// goes on at the next start.
    pub fn run(self, config: &Config) -> Result<Exit> {
        if self.reason.trim().is_empty() || self.by.trim().is_empty() {
            return Err(Ending::usage("--reason and --by must say something; they stay on the record"));
        }
        let desk = folder::open(config)?;
        let reader = desk.ledger.reader()?;
        let whose = match &self.party {
            Some(text) => party::find(&desk.known(), text)?.0,
            None => desk.me,
        };
        let (log, position) = super::place(&desk.ledger, &reader, whose, &self.record)?;
        let author = desk.ledger.key(log).map(|key| key.party).filter(|author| *author != desk.me);
        let (mut found, mut vital) = (None, false);
        reader.at(log, position, |entry| {
            found = Some((entry.record_id(), entry.body.is_some()));
            vital = log == desk.log && is_vital(&entry, desk.me);
        })?;
        if vital {
            bail!("by that record this party knows its own keys; nothing was erased");
        }
        match found {
            Some((_, false)) => bail!("the body of that record is not here; nothing was erased"),
            None => bail!("there is no record at {position}; nothing was erased"),
            Some((record, true)) => {
                let Position(at) = position;
                let said = Erasure { record, position, author, reason: self.reason, by: self.by };
                drop(reader);
                desk::erase::erase(&desk, &said)?;
                drop(desk);
                // The views take away what they hold of it when they fold the record.
                folder::open(config)?.close();
                let others = match author {
                    Some(_) => "Its author and other parties keep theirs",
                    None => "Peers that received it keep their copy: ask them, for content with a retraction",
                };
                print::line(&format!(
                    "erased the body of {record} at position {at}, and what views and search index held of it\n{others}"
                ))?;
            }
        }
        Ok(Exit::Ok)
    }
}

/// Without its own card on the record, or a change of its keys, the node would not know itself any more.
fn is_vital(entry: &EntryRef<'_>, me: PartyId) -> bool {
    let (Some(header), Some(body)) = (entry.header, entry.body) else { return false };
    match Header::parse(header).map(|header| header.kind.into_owned()).as_deref() {
        Ok(Trust::KIND) => serde_json::from_slice::<Trust>(body).is_ok_and(|trust| trust.party == me),
        Ok(Rotation::KIND) => true,
        _ => false,
    }
}
