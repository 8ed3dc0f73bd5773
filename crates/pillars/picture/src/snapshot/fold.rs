//! Snapshots and answers as rows. Whether a signature holds is told when they are read: keys may come to be trusted later.

use desk::{Entry, FoldError, Folding};
use records::Body as _;
use records::cosign::Cosign;
use records::snapshot::Snapshot;

/// The longest id that is kept, in characters.
const ID_CHARS: usize = 64;
/// Claims of one snapshot.
pub(crate) const MOST_CLAIMS: usize = 400;

/// Whether a kind is folded here.
pub(crate) fn is_ours(kind: &str) -> bool {
    matches!(kind, Snapshot::KIND | Cosign::KIND)
}

pub(crate) fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    match entry.header.kind.as_ref() {
        Snapshot::KIND => fold_snapshot(folding, entry),
        Cosign::KIND => fold_cosign(folding, entry),
        _ => Ok(()),
    }
}

fn fold_snapshot(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let Some(said) = entry.read::<Snapshot>() else { return Ok(()) };
    let between = said.by == entry.header.author && said.with != said.by;
    let ours = said.by == folding.me || said.with == folding.me;
    if !between || !ours || said.snapshot.len() > ID_CHARS || said.claims.len() > MOST_CLAIMS {
        return Ok(());
    }
    folding
        .tx
        .prepare_cached(
            "INSERT OR IGNORE INTO picture_snapshot (id, seq, at_us, class, record, sha256, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            &said.snapshot,
            entry.seq as i64,
            entry.at_us,
            entry.class,
            entry.record_id().0.0,
            entry.header.body_sha256().hex(),
            entry.body,
        ))?;
    folding.topics.insert("picture");
    Ok(())
}

fn fold_cosign(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let Some(said) = entry.read::<Cosign>() else { return Ok(()) };
    if said.party != entry.header.author || said.snapshot.len() > ID_CHARS {
        return Ok(()); // nobody signs for another
    }
    folding
        .tx
        .prepare_cached(
            "INSERT OR IGNORE INTO picture_cosign (snapshot, seq, at_us, class, position, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            &said.snapshot,
            entry.seq as i64,
            entry.at_us,
            entry.class,
            entry.position.0 as i64,
            entry.body,
        ))?;
    folding.topics.insert("picture");
    Ok(())
}
