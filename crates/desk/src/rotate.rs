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
    /// The own log could not be read.
    #[error(transparent)]
    Read(#[from] ledger::ReadError),
    /// The rotation could not be recorded.
    #[error(transparent)]
    Submit(#[from] SubmitError),
    /// The key files could not be exchanged.
    #[error("cannot put a key file at {path}: {cause}; free space or mend the rights, the next start finishes the change", path = path.display())]
    Move {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
}

/// Records the change and exchanges the key files. After a kill at any instant the next start finishes it or undoes it:
/// see the module `unfinished`.
pub fn rotate(desk: &Desk) -> Result<Rotated, RotateError> {
    may_rotate(desk)?;
    let file = Desk::key_file(&desk.folder);
    let new = PartyKeys::generate()?;
    new.save(&fresh(&file))?;
    let told = announce(desk, &new)?;
    let old = exchange(&file, &desk.keys)?;
    desk.ledger.checkpoint(desk.log, &new)?;
    Ok(Rotated { keys: new, old, told })
}

fn may_rotate(desk: &Desk) -> Result<(), RotateError> {
    let known = desk.known();
    let often = known.parties.get(&desk.me).is_some_and(|own| own.line.rotations().count() >= MOST_ROTATIONS);
    if often { Err(RotateError::TooOften) } else { Ok(()) }
}

/// Records the change to keys that are kept already, and says who is told. From here on the new keys sign; the desk, which
/// holds the old ones, must be opened again.
pub fn announce(desk: &Desk, new: &PartyKeys) -> Result<Vec<PartyId>, RotateError> {
    may_rotate(desk)?;
    let known = desk.known();
    // What the old keys vouched for stays vouched for by them.
    desk.ledger.checkpoint(desk.log, &desk.keys)?;
    let statement = RotationStatement::issue(&desk.keys, new, desk.ledger.size(desk.log));
    let rotation = Rotation {
        party: desk.me,
        statement: statement.text,
        old: statement.old.to_base64(),
        new: statement.new.to_base64(),
    };
    let trusted = known.parties.iter().filter(|(id, party)| party.trusted && **id != desk.me);
    let told: Vec<PartyId> = trusted.map(|(id, _)| *id).collect();
    desk.send(&rotation, Marked::Known(Marking::tlp(Tlp::Amber)), &told, &[desk.me.to_string()])?;
    Ok(told)
}

/// Where new keys wait until the record that speaks of them is durable.
pub(crate) fn fresh(file: &Path) -> PathBuf {
    file.with_extension("key.new")
}

/// Puts the waiting keys in the place of the old ones, which are kept under another name. The key file is there at
/// every instant, and after a kill the same can be done again.
pub(crate) fn exchange(file: &Path, old: &PartyKeys) -> Result<PathBuf, RotateError> {
    let kept = keep(file, old)?;
    move_file(&fresh(file), file)?;
    Ok(kept)
}

/// Keeps the old keys under a name of their own, unless an earlier try did so.
fn keep(file: &Path, old: &PartyKeys) -> Result<PathBuf, RotateError> {
    for path in other_names(file, "old") {
        if !path.exists() {
            old.save(&path)?;
            return Ok(path);
        }
        match PartyKeys::load(&path) {
            Ok(kept) if kept.verifying() == old.verifying() => return Ok(path),
            // Begun and not ended: nothing is lost with it, the keys are still in their place.
            Err(KeyFileError::Malformed { .. }) => {
                std::fs::remove_file(&path)
                    .map_err(|cause| RotateError::Move { path: path.clone(), cause })?;
                old.save(&path)?;
                return Ok(path);
            }
            _ => {}
        }
    }
    Err(RotateError::TooOften)
}

/// Names beside the key file for keys that are not in use.
pub(crate) fn other_names(file: &Path, what: &str) -> impl Iterator<Item = PathBuf> {
    (1..=2 * MOST_ROTATIONS).map(move |n| file.with_extension(format!("key.{what}{n}")))
}

/// Moves a key file, durably.
pub(crate) fn move_file(from: &Path, to: &Path) -> Result<(), RotateError> {
    let folder = to.parent().unwrap_or_else(|| Path::new("."));
    std::fs::rename(from, to)
        .and_then(|()| std::fs::File::open(folder)?.sync_all())
        .map_err(|cause| RotateError::Move { path: to.to_owned(), cause })
}
