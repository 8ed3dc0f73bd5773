//! Consumers: whom this node serves without a node of their own.

use std::collections::BTreeMap;

use records::Body;
use records::consumer::Consumer;
use rusqlite::Connection;

use super::entry::{Entry, FoldError, Folding};
use crate::sql::SqlError;

pub(super) const SCHEMA: &str =
    "CREATE TABLE party_consumer (name TEXT PRIMARY KEY, seq INTEGER NOT NULL, body TEXT NOT NULL);";

/// Every consumer by name, closed ones included.
pub type Consumers = BTreeMap<String, Consumer>;

pub(super) fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    if entry.header.kind != Consumer::KIND || entry.header.author != folding.me {
        return Ok(());
    }
    let Some(consumer) = entry.read::<Consumer>() else { return Ok(()) };
    folding
        .tx
        .prepare_cached("INSERT OR REPLACE INTO party_consumer (name, seq, body) VALUES (?1, ?2, ?3)")?
        .execute((&consumer.name, entry.seq as i64, entry.body))?;
    folding.book_changed = true;
    folding.topics.insert("parties");
    Ok(())
}

pub(super) fn load(connection: &Connection) -> Result<Consumers, SqlError> {
    let mut statement = connection.prepare_cached("SELECT body FROM party_consumer")?;
    let bodies = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    let mut consumers = BTreeMap::new();
    for body in bodies {
        if let Ok(consumer) = serde_json::from_slice::<Consumer>(&body?) {
            consumers.insert(consumer.name.clone(), consumer);
        }
    }
    Ok(consumers)
}
