//! Who struck whom, day by day: the ties that say that an identity was targeted, or that something was seen there.
//!
//! A row holds everything that struck one victim on one day as records of one class state it: nine bytes for each tie,
//! sorted. Who struck a sector in a quarter is then read from one end of the table to the other.

use desk::{FoldError, Folding};

use crate::kind::Kind;

/// A tie in a row: the kind of what strikes, and its key.
const BYTES: usize = 9;
pub(super) type By = [u8; BYTES];

/// Day, victim, class.
pub(super) type Struck = (i64, i64, u32);

/// Relations that strike.
pub(crate) const RELATIONS: [&str; 2] = ["targets", "sighted"];

/// True for a tie that says that somebody was hit.
pub(super) fn strikes(relation: &str, to: Kind) -> bool {
    to == Kind::Identity && RELATIONS.contains(&relation)
}

/// What strikes, as a row holds it.
pub(super) fn by(kind: Kind, key: i64) -> By {
    let mut packed = [0; BYTES];
    packed[0] = kind as u8;
    packed[1..].copy_from_slice(&key.to_be_bytes());
    packed
}

/// Calls `each` with what a row holds.
pub(crate) fn read(packed: &[u8], mut each: impl FnMut(Kind, i64)) {
    for one in packed.chunks_exact(BYTES) {
        let mut key = [0; 8];
        key.copy_from_slice(&one[1..]);
        each(Kind::at(one[0]), i64::from_be_bytes(key));
    }
}

/// Writes what came and what went of one row.
pub(super) fn write(
    folding: &Folding<'_>,
    (day, victim, class): Struck,
    come: &[By],
    gone: &[By],
) -> Result<(), FoldError> {
    let tx = folding.tx;
    let mut find =
        tx.prepare_cached("SELECT by FROM picture_strike WHERE day = ?1 AND victim = ?2 AND class = ?3")?;
    let mut rows = find.query((day, victim, class))?;
    let held: Vec<u8> = rows.next()?.map(|row| row.get(0)).transpose()?.unwrap_or_default();
    let mut all: Vec<&[u8]> = held.chunks_exact(BYTES).chain(come.iter().map(By::as_slice)).collect();
    all.sort_unstable();
    for one in gone {
        if let Ok(at) = all.binary_search(&one.as_slice()) {
            all.remove(at);
        }
    }
    if all.is_empty() {
        tx.prepare_cached("DELETE FROM picture_strike WHERE day = ?1 AND victim = ?2 AND class = ?3")?
            .execute((day, victim, class))?;
    } else {
        tx.prepare_cached(
            "INSERT OR REPLACE INTO picture_strike (day, victim, class, by) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((day, victim, class, all.concat()))?;
    }
    Ok(())
}
