//! Records held back from a peer although their header's class is released: they were narrowed or taken back before
//! they went out (I5). The dispatch book counts by class and cannot tell them apart.

use std::collections::BTreeMap;

use model::PartyId;
use rusqlite::{OptionalExtension as _, params};

use crate::local::Local;
use crate::sql::SqlError;
use crate::views::classes::ClassKey;

/// Rows remembered by one session.
const MOST_HELD: i64 = 100_000;

/// What is held back from one peer: by place, the class now in force; none where the author took the record back.
#[derive(Debug, Default)]
pub(super) struct Held {
    places: BTreeMap<u64, Option<ClassKey>>,
}

impl Held {
    pub fn load(local: &Local, peer: &PartyId) -> Result<Self, SqlError> {
        let connection = local.lock();
        let mut statement = connection.prepare_cached(
            "SELECT position, class FROM held_back WHERE peer = ?1 ORDER BY position LIMIT ?2",
        )?;
        let rows = statement.query_map(params![peer.to_string(), MOST_HELD], |row| {
            Ok((row.get::<_, i64>(0)? as u64, row.get::<_, Option<i64>>(1)?.map(ClassKey)))
        })?;
        Ok(Self { places: rows.collect::<Result<_, _>>()? })
    }

    /// The record at `position` stays here, as `class` says.
    pub fn keep(
        &mut self,
        local: &Local,
        peer: &PartyId,
        position: u64,
        class: Option<ClassKey>,
    ) -> Result<(), SqlError> {
        if self.places.insert(position, class) == Some(class) {
            return Ok(());
        }
        local
            .lock()
            .prepare_cached("INSERT OR REPLACE INTO held_back (peer, position, class) VALUES (?1, ?2, ?3)")?
            .execute(params![peer.to_string(), position as i64, class.map(|class| class.0)])?;
        Ok(())
    }

    /// The record at `position` goes out after all.
    pub fn release(&mut self, local: &Local, peer: &PartyId, position: u64) -> Result<(), SqlError> {
        if self.places.remove(&position).is_some() {
            local
                .lock()
                .prepare_cached("DELETE FROM held_back WHERE peer = ?1 AND position = ?2")?
                .execute(params![peer.to_string(), position as i64])?;
        }
        Ok(())
    }

    /// The record at `position`, if it is held back, is so for good.
    pub fn forget(&mut self, local: &Local, peer: &PartyId, position: u64) -> Result<(), SqlError> {
        if self.places.contains_key(&position) { self.keep(local, peer, position, None) } else { Ok(()) }
    }

    /// The classes now in force, each once.
    pub fn classes(&self) -> std::collections::BTreeSet<ClassKey> {
        self.places.values().flatten().copied().collect()
    }
}

/// Whether the record at `position` is held back from `peer` although its class is released, and the class that holds
/// now; none inside where its author took it back.
pub(super) fn held_back(
    local: &Local,
    peer: &PartyId,
    position: u64,
) -> Result<Option<Option<ClassKey>>, SqlError> {
    local
        .lock()
        .prepare_cached("SELECT class FROM held_back WHERE peer = ?1 AND position = ?2")?
        .query_row(params![peer.to_string(), position as i64], |row| {
            Ok(row.get::<_, Option<i64>>(0)?.map(ClassKey))
        })
        .optional()
}
