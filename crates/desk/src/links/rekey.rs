//! A local store of an earlier version kept its books by the numbers that the views had given classes: they get keys.
//!
//! What no number of today answers for is forgotten, and what was on its way with it: the peer's next greeting then has every
//! record that it holds looked at again.

use std::collections::BTreeSet;

use rusqlite::params;

use crate::local::Local;
use crate::sql::SqlError;
use crate::views::classes::{ClassKey, ClassList};

/// Says that the books are kept by keys.
const KEYED: &str = "books-by-class-key";

/// Gives the books keys, once. `classes` are those of the views by which they were kept.
pub(crate) fn rekey(local: &Local, classes: &ClassList) -> Result<(), SqlError> {
    if local.fact(KEYED).is_some() {
        return Ok(());
    }
    let key = |number: i64| {
        let class = usize::try_from(number).ok().and_then(|number| classes.get(number));
        class.map(|class| ClassKey::of(class))
    };
    {
        let mut connection = local.lock();
        let tx = connection.transaction()?;
        for book in ["dispatched", "held_back"] {
            let numbers: Vec<i64> = tx
                .prepare(&format!("SELECT DISTINCT class FROM {book} WHERE class IS NOT NULL"))?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for number in numbers {
                match key(number) {
                    Some(key) => tx.execute(
                        &format!("UPDATE {book} SET class = ?2 WHERE class = ?1"),
                        params![number, key.0],
                    )?,
                    None => tx.execute(&format!("DELETE FROM {book} WHERE class = ?1"), [number])?,
                };
            }
        }
        let withheld: Vec<(String, String)> = tx
            .prepare("SELECT name, value FROM cursor WHERE name GLOB 'withheld:*'")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        for (name, value) in withheld {
            let numbers: BTreeSet<i64> = serde_json::from_str(&value).unwrap_or_default();
            let keys: BTreeSet<ClassKey> = numbers.into_iter().filter_map(key).collect();
            let keys = serde_json::to_string(&keys).unwrap_or_default();
            tx.execute("UPDATE cursor SET value = ?2 WHERE name = ?1", (name, keys))?;
        }
        tx.execute("DELETE FROM cursor WHERE name GLOB 'under-way:*'", [])?;
        tx.commit()?;
    }
    local.set_fact(KEYED, "yes")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use model::{PartyId, Realm, Timestamp};
    use records::trust::Trust;
    use records::{HeaderReader, Seal};
    use share::Class;

    use super::*;
    use crate::links::{Outcome, outcome};

    fn class(author: PartyId) -> Arc<Class> {
        let trust = Trust { party: author, card: None, by: "somebody".into() };
        let sealed = Seal::of::<Trust>(author, &Realm::Real, Timestamp::UNIX_EPOCH).body(&trust, [0; 16]);
        let mut reader = HeaderReader::default();
        Arc::new(Class::of(&reader.read(&sealed.header).expect("a header").header, None))
    }

    #[test]
    fn books_kept_by_number_are_kept_by_key_and_read_as_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let local = Local::open(&folder.path().join("local.db")).expect("a store");
        let (one, two, peer) = (class(PartyId([1; 16])), class(PartyId([2; 16])), PartyId([9; 16]));
        let classes: ClassList = Arc::new(vec![Arc::clone(&one), Arc::clone(&two)]);
        {
            let sql = local.lock();
            let sent = "INSERT INTO dispatched (peer, class, first, last, at_us) VALUES (?1, ?2, 0, 9, 7)";
            sql.execute(sent, params![peer.to_string(), 1]).expect("written");
            sql.execute(sent, params![peer.to_string(), 77]).expect("written");
            let held = "INSERT INTO held_back (peer, position, class) VALUES (?1, ?2, ?3)";
            sql.execute(held, params![peer.to_string(), 12, 0]).expect("written");
            sql.execute(held, params![peer.to_string(), 13, None::<i64>]).expect("written");
        }
        local.set_cursor(&format!("withheld:{peer}"), "[0,5]").expect("written");
        rekey(&local, &classes).expect("given keys");
        rekey(&local, &Arc::new(Vec::new())).expect("once");
        let of = |class: &Class, place| outcome(&local, &peer, class, place, i64::MAX).expect("readable");
        assert!(matches!(of(&two, 4), Outcome::Sent(_)));
        assert_eq!(of(&one, 4), Outcome::Open);
        assert_eq!(of(&two, 12), Outcome::Held(Some(ClassKey::of(&one))));
        assert_eq!(of(&two, 13), Outcome::Held(None));
        let rows: i64 =
            local.lock().query_row("SELECT count(*) FROM dispatched", [], |row| row.get(0)).expect("a count");
        assert_eq!(rows, 1, "what no class answers for is forgotten");
        let kept = local.cursor(&format!("withheld:{peer}"));
        assert_eq!(kept, Some(format!("[{}]", ClassKey::of(&one).0)));
    }
}
