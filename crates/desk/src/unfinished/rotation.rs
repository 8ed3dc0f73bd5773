//! A change of keys that was cut off. The record decides: when the log holds it, the new keys are the party's keys, and
//! are put in place before anything is signed; when it does not, nobody has ever heard of them.

use std::path::Path;

use ledger::keys::{HybridSignature, KeyFileError, PartyKeys, RotationStatement, VerifyingKeys};
use ledger::{Ledger, LogId, ReadError};
use records::rotation::Rotation;
use records::{Body as _, Header};

use crate::rotate::{RotateError, exchange, fresh, move_file, other_names};

/// Entries read in one go.
const STRETCH: usize = 10_000;
/// Bytes read in one go.
const STRETCH_BYTES: usize = 32 << 20;

/// The keys to sign with: those of the key file, unless a recorded change to others had not come to its end.
pub(crate) fn settle_keys(
    file: &Path,
    ledger: &Ledger,
    log: LogId,
    keys: PartyKeys,
) -> Result<PartyKeys, RotateError> {
    let waiting = fresh(file);
    if !waiting.exists() {
        return Ok(keys);
    }
    let new = match PartyKeys::load(&waiting) {
        // They are recorded only once the file is whole.
        Err(KeyFileError::Malformed { .. }) => None,
        other => Some(other?),
    };
    match new {
        Some(new) if is_recorded(ledger, log, keys.verifying(), new.verifying())? => {
            let old = exchange(file, &keys)?;
            tracing::warn!(old = %old.display(), "a change of keys that was cut off is finished: the new keys sign");
            Ok(new)
        }
        // The change was finished, and a copy was put back beside it.
        Some(new) if new.verifying() == keys.verifying() => set_aside(file).map(|()| keys),
        _ => {
            set_aside(file)?;
            tracing::warn!("a change of keys that was cut off before it was recorded is undone");
            Ok(keys)
        }
    }
}

/// Secret keys are never deleted by a program; nobody has heard of these.
fn set_aside(file: &Path) -> Result<(), RotateError> {
    let free = other_names(file, "unused").find(|path| !path.exists()).ok_or(RotateError::TooOften)?;
    move_file(&fresh(file), &free)
}

/// Whether the own log holds a change from `old` to `new` that both signed.
pub(crate) fn is_recorded(
    ledger: &Ledger,
    log: LogId,
    old: &VerifyingKeys,
    new: &VerifyingKeys,
) -> Result<bool, ReadError> {
    let reader = ledger.reader()?;
    let (mut next, mut found) = (1, false);
    while !found {
        let count = reader.entries(next, STRETCH, STRETCH_BYTES, |entry| {
            next = entry.seq + 1;
            if let (true, Some(header), Some(body)) = (entry.log == log, entry.header, entry.body) {
                found |= leads(header, body, old).is_some_and(|keys| keys == *new);
            }
        })?;
        if count == 0 {
            break;
        }
    }
    Ok(found)
}

/// The keys to which a record changes from `old`.
fn leads(header: &[u8], body: &[u8], old: &VerifyingKeys) -> Option<VerifyingKeys> {
    Header::parse(header).ok().filter(|header| header.kind == Rotation::KIND)?;
    let rotation: Rotation = serde_json::from_slice(body).ok()?;
    let signature = |pair: &[String; 2]| HybridSignature::from_base64(&pair[0], &pair[1]).ok();
    let (by_old, by_new) = (signature(&rotation.old)?, signature(&rotation.new)?);
    RotationStatement::verify(rotation.statement.as_bytes(), old, &by_old, &by_new).ok()
}
