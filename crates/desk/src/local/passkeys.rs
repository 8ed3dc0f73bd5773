//! Passkeys of accounts: a public key each, and how often it was used.

use model::Timestamp;
use rusqlite::{OptionalExtension, Row};

use super::Local;
use crate::sql::SqlError;
use crate::webauthn::{Made, PublicKey};

/// Passkeys of one account at once.
pub const MOST_PASSKEYS: usize = 10;

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Its id, in base 64 for URLs.
    pub id: String,
    /// Whose.
    pub account: String,
    /// What its person calls it.
    pub label: String,
    /// Its public key.
    pub key: PublicKey,
    /// How often it was used, as it says.
    pub counter: u32,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

impl Local {
    /// Keeps a new passkey. False when the id is taken, or the account has enough.
    pub fn add_passkey(
        &self,
        account: &str,
        label: &str,
        made: &Made,
        now: Timestamp,
    ) -> Result<bool, SqlError> {
        if self.passkeys(account)?.len() >= MOST_PASSKEYS {
            return Ok(false);
        }
        let key = serde_json::to_string(&made.key).unwrap_or_default(); // an enum of bytes always serialises
        let added = self.lock().execute(
            "INSERT OR IGNORE INTO passkey (id, account, label, key, counter, created_us, used_us)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
            (&made.id, account, label, key, made.counter, now.as_microsecond()),
        )? > 0;
        self.tell_others();
        Ok(added)
    }

    /// The passkey of that id.
    pub fn passkey(&self, id: &str) -> Result<Option<Passkey>, SqlError> {
        let query = "SELECT id, account, label, key, counter, created_us, used_us FROM passkey WHERE id = ?1";
        self.lock().query_row(query, [id], read).optional().map(Option::flatten)
    }

    /// The passkeys of an account, the oldest first.
    pub fn passkeys(&self, account: &str) -> Result<Vec<Passkey>, SqlError> {
        let connection = self.lock();
        let mut statement = connection.prepare(
            "SELECT id, account, label, key, counter, created_us, used_us FROM passkey
             WHERE account = ?1 ORDER BY created_us, id",
        )?;
        let rows = statement.query_map([account], read)?;
        rows.filter_map(Result::transpose).collect()
    }

    /// Notes a use. False when the counter is not ahead of the one kept: another answer was faster, or there is a copy.
    pub fn use_passkey(&self, id: &str, counter: u32, now: Timestamp) -> Result<bool, SqlError> {
        let used = self.lock().execute(
            "UPDATE passkey SET counter = ?2, used_us = ?3 WHERE id = ?1 AND (counter < ?2 OR (counter = 0 AND ?2 = 0))",
            (id, counter, now.as_microsecond()),
        )? > 0;
        self.tell_others();
        Ok(used)
    }

    /// Takes a passkey of an account away. False when there is none such.
    pub fn drop_passkey(&self, account: &str, id: &str) -> Result<bool, SqlError> {
        let dropped =
            self.lock().execute("DELETE FROM passkey WHERE account = ?1 AND id = ?2", (account, id))? > 0;
        self.tell_others();
        Ok(dropped)
    }
}

fn read(row: &Row<'_>) -> Result<Option<Passkey>, SqlError> {
    let at = |us: i64| Timestamp::from_microsecond(us).unwrap_or(Timestamp::UNIX_EPOCH);
    let used_us: i64 = row.get(6)?;
    let Ok(key) = serde_json::from_str(&row.get::<_, String>(3)?) else { return Ok(None) };
    Ok(Some(Passkey {
        id: row.get(0)?,
        account: row.get(1)?,
        label: row.get(2)?,
        key,
        counter: row.get(4)?,
        created: at(row.get(5)?),
        used: (used_us > 0).then(|| at(used_us)),
    }))
}
