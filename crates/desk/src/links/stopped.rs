//! A link that was stopped by a failed check stays stopped until a person has looked: nobody is called, and who calls
//! is told so. The mirror stays as it was; two histories are kept as evidence in the ledger.

use ledger::{CheckpointError, MirrorError, RevealError};
use model::PartyId;
use rusqlite::OptionalExtension as _;
use serde::{Deserialize, Serialize};

use crate::edge;
use crate::local::Local;
use crate::sql::SqlError;

/// What did not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The author signed two histories.
    TwoHistories,
    /// A checkpoint is not one of this log by its author's keys, or of another size.
    Checkpoint,
    /// Records or hashes are not those that their author signed.
    Records,
}

/// A stopped link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// What did not hold.
    pub cause: Cause,
    /// The check's own words.
    pub reason: String,
    /// When, µs.
    pub at_us: i64,
}

impl Stopped {
    /// What a peer is told that calls meanwhile.
    pub(super) fn in_vain(&self) -> String {
        format!("this link is stopped: {}; a person must look at it and resume it", self.reason)
    }
}

fn name(peer: &PartyId) -> String {
    format!("stopped:{peer}")
}

/// Whether the link with `peer` is stopped, and why.
pub fn stopped(local: &Local, peer: &PartyId) -> Option<Stopped> {
    serde_json::from_str(&local.cursor(&name(peer))?).ok()
}

/// Lets the link with `peer` run again; what had stopped it, if anything had.
pub fn resume(local: &Local, peer: &PartyId) -> Result<Option<Stopped>, SqlError> {
    let before = stopped(local, peer);
    local.lock().execute("DELETE FROM cursor WHERE name = ?1", [name(peer)]).optional()?;
    Ok(before)
}

pub(super) fn stop(local: &Local, peer: &PartyId, cause: Cause, reason: &str) -> Result<(), SqlError> {
    let stopped = Stopped { cause, reason: reason.to_owned(), at_us: edge::now_us() };
    local.set_cursor(&name(peer), &serde_json::to_string(&stopped).unwrap_or_default())
}

/// Why a frame was not believed, or could not be stored: only the first stops a link.
#[derive(Debug)]
pub(super) struct Broken {
    pub cause: Option<Cause>,
    pub reason: String,
}

impl From<String> for Broken {
    fn from(reason: String) -> Self {
        Self { cause: None, reason }
    }
}

impl From<ledger::NoteError> for Broken {
    fn from(error: ledger::NoteError) -> Self {
        Self { cause: Some(Cause::Checkpoint), reason: error.to_string() }
    }
}

impl From<ledger::ReadError> for Broken {
    fn from(error: ledger::ReadError) -> Self {
        error.to_string().into()
    }
}

impl From<CheckpointError> for Broken {
    fn from(error: CheckpointError) -> Self {
        let cause = match &error {
            CheckpointError::Equivocation { .. } => Some(Cause::TwoHistories),
            CheckpointError::Note(_) => Some(Cause::Checkpoint),
            CheckpointError::Read(_) | CheckpointError::Write(_) => None,
        };
        Self { cause, reason: error.to_string() }
    }
}

impl From<MirrorError> for Broken {
    fn from(error: MirrorError) -> Self {
        let cause = match &error {
            MirrorError::Checkpoint(CheckpointError::Equivocation { .. }) => Some(Cause::TwoHistories),
            MirrorError::Checkpoint(CheckpointError::Note(_)) | MirrorError::OtherSize { .. } => {
                Some(Cause::Checkpoint)
            }
            MirrorError::WrongRoot | MirrorError::WrongBody(_) | MirrorError::WrongHeader { .. } => {
                Some(Cause::Records)
            }
            MirrorError::Checkpoint(_)
            | MirrorError::Write(_)
            | MirrorError::Behind { .. }
            | MirrorError::TooLarge(_) => None,
        };
        Self { cause, reason: error.to_string() }
    }
}

impl From<RevealError> for Broken {
    fn from(error: RevealError) -> Self {
        let cause = match &error {
            RevealError::WrongLeaf(_) | RevealError::WrongBody(_) | RevealError::WrongHeader { .. } => {
                Some(Cause::Records)
            }
            RevealError::Write(_) | RevealError::NotWithheld(_) | RevealError::TooLarge(_) => None,
        };
        Self { cause, reason: error.to_string() }
    }
}
