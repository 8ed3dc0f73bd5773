//! Folding practices of this party and of others: the newest of one party, method and scope holds.

use desk::{Entry, FoldError, Folding};
use records::practice::Practice;

/// Keeps it.
pub fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let (Some(practice), Some(body)) = (entry.read::<Practice>(), entry.body) else { return Ok(()) };
    folding
        .tx
        .prepare_cached(
            "INSERT OR REPLACE INTO notify_practice (log, method, scope, seq, at_us, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            entry.log.to_string(),
            &practice.method,
            &practice.scope,
            entry.seq as i64,
            entry.at_us,
            body,
        ))?;
    folding.topics.insert("notify");
    Ok(())
}
