//! The audit trail as rows, for those who may read it.

use records::Body as _;
use records::audit::{Audit, Deed};
use rusqlite::{Row, ToSql};

use super::entry::{Entry, FoldError, Folding};
use crate::sql::{Reader, SqlError};

pub(super) const SCHEMA: &str = "
CREATE TABLE audit (seq INTEGER NOT NULL, n INTEGER NOT NULL, record BLOB NOT NULL, at_us INTEGER NOT NULL, who TEXT NOT NULL,
  by TEXT NOT NULL, program INTEGER NOT NULL, act TEXT NOT NULL, what TEXT NOT NULL, deed TEXT NOT NULL, count INTEGER NOT NULL,
  reason TEXT NOT NULL, PRIMARY KEY (seq, n)) WITHOUT ROWID;
CREATE INDEX audit_who ON audit (who, seq);
";

/// One line, and the record that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Arrival number and place in the record: newer lines have greater ones.
    pub place: (u64, u64),
    /// The record.
    pub record: model::RecordId,
    /// The line.
    pub line: records::audit::Line,
}

/// Which lines.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Of one account.
    pub who: Option<String>,
    /// Of one kind.
    pub deed: Option<Deed>,
    /// Whose permission or path holds this text.
    pub holds: Option<String>,
    /// Not before, µs since 1970.
    pub from_us: Option<i64>,
    /// Before, µs since 1970.
    pub until_us: Option<i64>,
    /// Older than this place.
    pub before: Option<(u64, u64)>,
}

/// The lines, the newest first, `most` at most.
pub fn traces(views: &Reader<'_>, asked: &Asked, most: usize) -> Result<Vec<Trace>, SqlError> {
    let (seq, n) = asked.before.map_or((i64::MAX, i64::MAX), |(seq, n)| (seq as i64, n as i64));
    let deed = asked.deed.map(Deed::word);
    let most = most as i64;
    let values: [&dyn ToSql; 8] =
        [&seq, &n, &asked.who, &deed, &asked.holds, &asked.from_us, &asked.until_us, &most];
    let mut statement = views.prepare_cached(
        "SELECT seq, n, record, at_us, who, by, program, act, what, deed, count, reason FROM audit
         WHERE (seq, n) < (?1, ?2) AND (?3 IS NULL OR who = ?3) AND (?4 IS NULL OR deed = ?4)
           AND (?5 IS NULL OR instr(act, ?5) > 0 OR instr(what, ?5) > 0)
           AND (?6 IS NULL OR at_us >= ?6) AND (?7 IS NULL OR at_us < ?7)
         ORDER BY seq DESC, n DESC LIMIT ?8",
    )?;
    statement.query_map(values.as_slice(), read)?.collect()
}

/// The accounts that occur.
pub fn people(views: &Reader<'_>) -> Result<Vec<String>, SqlError> {
    views
        .prepare_cached("SELECT DISTINCT who FROM audit ORDER BY who")?
        .query_map([], |row| row.get(0))?
        .collect()
}

fn read(row: &Row<'_>) -> Result<Trace, SqlError> {
    let at = model::Timestamp::from_microsecond(row.get(3)?).unwrap_or(model::Timestamp::UNIX_EPOCH);
    Ok(Trace {
        place: (row.get::<_, i64>(0)? as u64, row.get::<_, i64>(1)? as u64),
        record: model::RecordId(model::Digest(row.get(2)?)),
        line: records::audit::Line {
            at,
            who: row.get(4)?,
            by: row.get(5)?,
            program: row.get(6)?,
            act: row.get(7)?,
            what: row.get(8)?,
            deed: Deed::of(&row.get::<_, String>(9)?).unwrap_or(Deed::Failed),
            count: row.get::<_, i64>(10)? as u64,
            reason: row.get(11)?,
        },
    })
}

pub(super) fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    if entry.header.kind != Audit::KIND || entry.header.author != folding.me {
        return Ok(());
    }
    let Some(audit) = entry.read::<Audit>() else { return Ok(()) };
    let mut insert = folding.tx.prepare_cached(
        "INSERT OR REPLACE INTO audit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    let record = entry.record_id().0.0;
    for (n, line) in audit.lines.iter().enumerate() {
        insert.execute((
            entry.seq as i64,
            n as i64,
            record,
            line.at.as_microsecond(),
            &line.who,
            &line.by,
            line.program,
            &line.act,
            &line.what,
            line.deed.word(),
            line.count as i64,
            &line.reason,
        ))?;
    }
    folding.topics.insert("audit");
    Ok(())
}

/// The body was erased: nothing of it stays.
pub(super) fn forget(folding: &mut Folding<'_>, seq: u64) -> Result<(), FoldError> {
    folding.tx.execute("DELETE FROM audit WHERE seq = ?1", [seq as i64])?;
    Ok(())
}
