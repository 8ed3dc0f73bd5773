//! Changing the keys of this party: new ones, vouched for by the old ones on the record.

use std::path::{Path, PathBuf};

use ledger::CheckpointError;
use ledger::keys::{KeyError, KeyFileError, PartyKeys, RotationStatement};
use model::{Marking, PartyId, Tlp};
use records::Marked;
use records::rotation::Rotation;

use crate::desk::Desk;
use crate::key_line::MOST_ROTATIONS;
use crate::submit::SubmitError;

/// What a rotation did. The desk must be opened again: it still holds the old keys.
#[derive(Debug)]
pub struct Rotated {
    /// The new keys.
    pub keys: PartyKeys,
    /// Where the old ones lie now.
    pub old: PathBuf,
    /// The trusted parties that are told.
    pub told: Vec<PartyId>,
}

/// Why keys were not changed.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// The line of keys is as long as a card may carry.
    #[error(
        "the keys were changed {MOST_ROTATIONS} times already; found a new party and let your peers trust it"
    )]
    TooOften,
    /// A key file.
    #[error(transparent)]
    File(#[from] KeyFileError),
    /// New keys could not be made.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The own log could not be signed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The rotation could not be recorded.
    #[error(transparent)]
    Submit(#[from] SubmitError),
    /// The key files could not be exchanged.
    #[error("{what} {path}: {cause}; do it by hand, then start the node", path = path.display())]
    Move {
        /// What could not be done.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
}

/// Records the change and exchanges the key files.
pub fn rotate(desk: &Desk) -> Result<Rotated, RotateError> {
    let known = desk.known();
    if known.parties.get(&desk.me).is_some_and(|own| own.line.rotations().count() >= MOST_ROTATIONS) {
        return Err(RotateError::TooOften);
    }
    let file = Desk::key_file(&desk.folder);
    let fresh = file.with_extension("key.new");
    let new = pending(&fresh)?;
    // What the old keys vouched for stays vouched for by them.
    desk.ledger.checkpoint(desk.log, &desk.keys)?;
    let statement = RotationStatement::issue(&desk.keys, &new, desk.ledger.size(desk.log));
    let rotation = Rotation {
        party: desk.me,
        statement: statement.text,
        old: statement.old.to_base64(),
        new: statement.new.to_base64(),
    };
    let trusted = known.parties.iter().filter(|(id, party)| party.trusted && **id != desk.me);
    let told: Vec<PartyId> = trusted.map(|(id, _)| *id).collect();
    desk.send(&rotation, Marked::Known(Marking::tlp(Tlp::Amber)), &told, &[desk.me.to_string()])?;
    let old = free_name(&file);
    rename("the rotation is recorded, but the old keys cannot be moved to", &file, &old)?;
    rename("the rotation is recorded, but the new keys cannot be moved to", &fresh, &file)?;
    desk.ledger.checkpoint(desk.log, &new)?;
    Ok(Rotated { keys: new, old, told })
}

/// New keys, or those of a rotation that was interrupted before it was recorded.
fn pending(path: &Path) -> Result<PartyKeys, RotateError> {
    if path.exists() {
        return Ok(PartyKeys::load(path)?);
    }
    let keys = PartyKeys::generate()?;
    keys.save(path)?;
    Ok(keys)
}

/// A name for the old keys that nothing has yet.
fn free_name(file: &Path) -> PathBuf {
    let names = (1..=2 * MOST_ROTATIONS).map(|n| file.with_extension(format!("key.old{n}")));
    names.into_iter().find(|path| !path.exists()).unwrap_or_else(|| file.with_extension("key.old"))
}

fn rename(what: &'static str, from: &Path, to: &Path) -> Result<(), RotateError> {
    std::fs::rename(from, to).map_err(|cause| RotateError::Move { what, path: to.to_owned(), cause })
}
