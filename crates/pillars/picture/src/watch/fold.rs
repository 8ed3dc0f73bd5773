//! Folding the watch-list: every version of every entry, by whoever states it.

use desk::{Entry, FoldError, Folding};
use records::watch::Watch;

pub(crate) fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let (Some(said), Some(body)) = (entry.read::<Watch>(), entry.body) else { return Ok(()) };
    folding
        .tx
        .prepare_cached(
            "INSERT OR IGNORE INTO picture_watch (seq, at_us, class, record, log, watch, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            entry.seq as i64,
            entry.at_us,
            entry.class,
            entry.record_id().to_string(),
            entry.log.to_string(),
            said.watch.to_string(),
            body,
        ))?;
    folding.topics.insert("picture");
    Ok(())
}

/// A version whose body is gone was never there.
pub(crate) fn erase(folding: &Folding<'_>, seq: u64) -> Result<(), FoldError> {
    folding.tx.prepare_cached("DELETE FROM picture_watch WHERE seq = ?1")?.execute([seq as i64])?;
    Ok(())
}
