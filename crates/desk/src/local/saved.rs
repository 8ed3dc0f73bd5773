//! What a person keeps for themselves: searches to come back to, and how they want to see things.

use model::Timestamp;
use rusqlite::OptionalExtension as _;

use super::Local;
use crate::sql::SqlError;

/// Searches that one account may keep.
const MOST_SAVED: i64 = 50;
/// Characters of a name.
const NAME_CHARS: usize = 80;

/// A search that somebody keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// What they call it.
    pub name: String,
    /// The page, with everything that narrows it.
    pub path: String,
    /// Whether new hits are told.
    pub watched: bool,
}

/// A search that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    /// Whose.
    pub account: String,
    /// See [`Saved::name`].
    pub name: String,
    /// See [`Saved::path`].
    pub path: String,
    /// What arrived later was not told yet.
    pub since: Timestamp,
    /// Up to where it was last looked.
    pub looked: Timestamp,
}

impl Local {
    /// The searches of an account, by name.
    pub fn saved_searches(&self, account: &str) -> Result<Vec<Saved>, SqlError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT name, path, watched_us > 0 FROM saved_search WHERE account = ?1 ORDER BY name LIMIT ?2",
        )?;
        let rows = statement.query_map((account, MOST_SAVED), |row| {
            Ok(Saved { name: row.get(0)?, path: row.get(1)?, watched: row.get(2)? })
        })?;
        rows.collect()
    }

    /// Keeps a search; the same name replaces. False when the account has as many as it may have.
    pub fn save_search(
        &self,
        account: &str,
        name: &str,
        path: &str,
        now: Timestamp,
    ) -> Result<bool, SqlError> {
        let name: String = name.trim().chars().take(NAME_CHARS).collect();
        let connection = self.lock();
        let others: i64 = connection
            .prepare_cached("SELECT count(*) FROM saved_search WHERE account = ?1 AND name <> ?2")?
            .query_row((account, &name), |row| row.get(0))?;
        if others >= MOST_SAVED {
            return Ok(false);
        }
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO saved_search (account, name, path, at_us) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((account, name, path, now.as_microsecond()))?;
        Ok(true)
    }

    /// Watches a search from now on, or no longer.
    pub fn watch_search(
        &self,
        account: &str,
        name: &str,
        watch: bool,
        now: Timestamp,
    ) -> Result<(), SqlError> {
        let since = if watch { now.as_microsecond() } else { 0 };
        self.lock().execute(
            "UPDATE saved_search SET watched_us = ?3, looked_us = ?3 WHERE account = ?1 AND name = ?2",
            (account, name, since),
        )?;
        Ok(())
    }

    /// Searches that are watched and were not looked at since then, the longest ago first.
    pub(crate) fn watched_searches(&self, before: Timestamp, most: usize) -> Result<Vec<Watched>, SqlError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT account, name, path, watched_us, looked_us FROM saved_search
             WHERE watched_us > 0 AND looked_us <= ?1 ORDER BY looked_us LIMIT ?2",
        )?;
        let instant = |us: i64| Timestamp::from_microsecond(us).unwrap_or_default();
        let rows = statement.query_map((before.as_microsecond(), most as i64), |row| {
            Ok(Watched {
                account: row.get(0)?,
                name: row.get(1)?,
                path: row.get(2)?,
                since: instant(row.get(3)?),
                looked: instant(row.get(4)?),
            })
        })?;
        rows.collect()
    }

    /// Notes how far a search was looked at and told.
    pub(crate) fn note_look(&self, watched: &Watched) -> Result<(), SqlError> {
        self.lock().execute(
            "UPDATE saved_search SET watched_us = ?3, looked_us = ?4 WHERE account = ?1 AND name = ?2 AND watched_us > 0",
            (&watched.account, &watched.name, watched.since.as_microsecond(), watched.looked.as_microsecond()),
        )?;
        Ok(())
    }

    /// Forgets a search.
    pub fn forget_search(&self, account: &str, name: &str) -> Result<(), SqlError> {
        let connection = self.lock();
        connection.execute("DELETE FROM saved_search WHERE account = ?1 AND name = ?2", [account, name])?;
        Ok(())
    }

    /// How a person wants to see something, as they last said.
    pub fn preference(&self, account: &str, name: &str) -> Option<String> {
        let connection = self.lock();
        let mut statement = connection
            .prepare_cached("SELECT value FROM preference WHERE account = ?1 AND name = ?2")
            .ok()?;
        statement.query_row([account, name], |row| row.get(0)).optional().ok().flatten()
    }

    /// Remembers how; an empty value forgets it.
    pub fn prefer(&self, account: &str, name: &str, value: &str) -> Result<(), SqlError> {
        let connection = self.lock();
        if value.is_empty() {
            connection.execute("DELETE FROM preference WHERE account = ?1 AND name = ?2", [account, name])?;
        } else {
            connection.execute(
                "INSERT OR REPLACE INTO preference (account, name, value) VALUES (?1, ?2, ?3)",
                [account, name, value],
            )?;
        }
        Ok(())
    }
}
