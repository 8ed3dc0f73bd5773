//! Access beyond one's role for a while, taken in an emergency as behind a pane of glass: it leaves splinters for
//! everybody to see. Who, why and until when stands in the own ledger and on each page while it lasts.

use model::Timestamp;
use rusqlite::{OptionalExtension, Row};

use super::Local;
use crate::sql::SqlError;

/// One pane that is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glass {
    /// Who broke it.
    pub account: String,
    /// Why.
    pub reason: String,
    /// Since when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

impl Local {
    /// Lets an account see and do what its role does not include, until then.
    pub fn break_glass(&self, glass: &Glass) -> Result<(), SqlError> {
        self.lock().execute(
            "INSERT OR REPLACE INTO glass (account, reason, from_us, until_us) VALUES (?1, ?2, ?3, ?4)",
            (&glass.account, &glass.reason, glass.from.as_microsecond(), glass.until.as_microsecond()),
        )?;
        self.tell_others();
        Ok(())
    }

    /// Ends it before its time. False when nothing was broken.
    pub fn mend_glass(&self, account: &str) -> Result<bool, SqlError> {
        let mended = self.lock().execute("DELETE FROM glass WHERE account = ?1", [account])? > 0;
        self.tell_others();
        Ok(mended)
    }

    /// What an account has broken, while it lasts.
    pub fn glass_of(&self, account: &str, now: Timestamp) -> Option<Glass> {
        let query =
            "SELECT account, reason, from_us, until_us FROM glass WHERE account = ?1 AND until_us > ?2";
        self.lock().query_row(query, (account, now.as_microsecond()), read).optional().ok()?
    }

    /// Everything that is broken now.
    pub fn broken_glass(&self, now: Timestamp) -> Result<Vec<Glass>, SqlError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT account, reason, from_us, until_us FROM glass WHERE until_us > ?1 ORDER BY from_us",
        )?;
        statement.query_map([now.as_microsecond()], read)?.collect()
    }
}

fn read(row: &Row<'_>) -> Result<Glass, SqlError> {
    let at = |us: i64| Timestamp::from_microsecond(us).unwrap_or(Timestamp::UNIX_EPOCH);
    Ok(Glass { account: row.get(0)?, reason: row.get(1)?, from: at(row.get(2)?), until: at(row.get(3)?) })
}
