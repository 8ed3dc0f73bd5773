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
}

impl Local {
    /// The searches of an account, by name.
    pub fn saved_searches(&self, account: &str) -> Result<Vec<Saved>, SqlError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT name, path FROM saved_search WHERE account = ?1 ORDER BY name LIMIT ?2",
        )?;
        let rows = statement
            .query_map((account, MOST_SAVED), |row| Ok(Saved { name: row.get(0)?, path: row.get(1)? }))?;
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
