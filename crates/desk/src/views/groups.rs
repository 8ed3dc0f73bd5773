//! Groups that this party keeps; membership counts from the newest version. Of two with one number the later counts: whoever
//! wrote it did not know the other, and what it takes from somebody must not be lost.

use std::collections::{BTreeMap, BTreeSet};

use model::{GroupId, PartyId};
use records::Body;
use records::group::Group;
use rusqlite::Connection;

use super::entry::{Entry, FoldError, Folding};
use crate::sql::SqlError;

pub(super) const SCHEMA: &str =
    "CREATE TABLE party_group (id TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL);";

pub(super) fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    if entry.header.kind != Group::KIND || entry.header.author != folding.me {
        return Ok(());
    }
    let Some(group) = entry.read::<Group>() else { return Ok(()) };
    folding
        .tx
        .prepare_cached(
            "INSERT INTO party_group (id, version, body) VALUES (?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET version = ?2, body = ?3 WHERE version <= ?2",
        )?
        .execute((group.id.to_string(), group.version, entry.body))?;
    folding.book_changed = true;
    Ok(())
}

/// Every group by id.
pub type Groups = BTreeMap<GroupId, Group>;

/// What the verdict needs of them.
pub(super) fn members(groups: &Groups) -> BTreeMap<GroupId, BTreeSet<PartyId>> {
    groups.iter().map(|(id, group)| (*id, group.members.iter().copied().collect())).collect()
}

pub(super) fn load(connection: &Connection) -> Result<Groups, SqlError> {
    let mut statement = connection.prepare_cached("SELECT body FROM party_group")?;
    let bodies = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    let mut groups = BTreeMap::new();
    for body in bodies {
        if let Ok(group) = serde_json::from_slice::<Group>(&body?) {
            groups.insert(group.id, group);
        }
    }
    Ok(groups)
}
