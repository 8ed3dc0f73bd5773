//! `entente ledger`: verify, show, erase, move, checkpoint.

mod checkpoint;
mod erase;
mod moving;
mod show;
mod verify;

use anyhow::{Result, bail};
use clap::Subcommand;
use ledger::{LogId, LogKey, Reader};
use model::{PartyId, Position, Realm, RecordId};

use crate::config::Config;
use crate::exit::Exit;

/// What to do with the ledger.
#[derive(Debug, Subcommand)]
pub enum Ledger {
    /// Compute everything again and name the first thing that is wrong; works beside a running node
    Verify(verify::Verify),
    /// Show one record: header, body, proof, and who received it when; works beside a running node
    Show(show::Show),
    /// Erase the body of one of our records; header and tree stay, and the erasure is a record
    Erase(erase::Erase),
    /// Move the ledger into a cluster, or back out of it; may be interrupted and run again
    Move(moving::Move),
    /// Sign the present state of our log and print it
    Checkpoint(checkpoint::Checkpoint),
}

impl Ledger {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        match self {
            Ledger::Verify(command) => command.run(config),
            Ledger::Show(command) => command.run(config),
            Ledger::Erase(command) => command.run(config),
            Ledger::Move(command) => command.run(config),
            Ledger::Checkpoint(command) => command.run(config),
        }
    }
}

/// The place of a record that is named by its id, or by its position in `party`'s log.
pub fn place(
    ledger: &ledger::Ledger,
    reader: &Reader,
    party: PartyId,
    text: &str,
) -> Result<(LogId, Position)> {
    if let Ok(record) = text.parse::<RecordId>() {
        let logs: Vec<LogId> = ledger.logs().into_iter().map(|(log, ..)| log).collect();
        return match reader.find_record(&logs, &record)? {
            Some(place) => Ok(place),
            None => bail!("{record} is not in this ledger"),
        };
    }
    let Ok(position) = text.parse::<u64>() else {
        bail!("expected record:<64 hex digits> or a position, found {text:?}");
    };
    let Some(log) = ledger.find(&LogKey { party, realm: Realm::Real }) else {
        bail!("there is no log of {party} here");
    };
    let size = reader.size(log)?;
    if position >= size {
        bail!(
            "the log has {size} records, positions 0 to {}; {position} is beyond it",
            size.saturating_sub(1)
        );
    }
    Ok((log, Position(position)))
}
