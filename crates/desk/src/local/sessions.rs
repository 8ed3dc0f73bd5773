//! Sessions of the console: a random 256-bit token in a cookie, kept here only as its digest. A session ends after one
//! long shift, after an hour in which nothing was asked, when it is ended by hand, and with its account.

use model::{Digest, Timestamp, to_base64};
use rusqlite::{OptionalExtension, Row};

use super::{Account, Local};
use crate::edge;
use crate::sql::SqlError;

/// How long a session lives without a new sign-in: one long shift.
const LIFETIME_US: i64 = 12 * 3600 * 1_000_000;
/// How long it lives without being used.
const IDLE_US: i64 = 3600 * 1_000_000;
/// Its last use is written down this often.
const TOUCH_US: i64 = 60 * 1_000_000;
/// Sessions of one account at once; one more ends the one that was used least recently.
const MOST: i64 = 50;
/// What is kept of a browser's own name, characters.
const BROWSER_CHARS: usize = 160;

/// A signed-in person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Which of them: the digest of its token, which opens nothing.
    pub id: Digest,
    /// Who.
    pub account: Account,
    /// The secret that every form of this session carries, against cross-site requests.
    pub form_token: String,
    /// When it was last proved who is there: at the sign-in, or since.
    pub proved: Timestamp,
}

/// A session as its person sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// Which.
    pub id: Digest,
    /// When it began.
    pub began: Timestamp,
    /// When it was last used, to the minute.
    pub seen: Timestamp,
    /// What the browser called itself.
    pub browser: String,
    /// From where it was opened.
    pub address: String,
}

/// Where a session is opened from.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// What the browser calls itself.
    pub browser: String,
    /// Its address, where that is known.
    pub address: String,
}

impl Local {
    /// Opens a session and returns the token for the cookie.
    pub fn open_session(&self, account: &str, now: Timestamp) -> Result<String, SqlError> {
        self.open_session_from(account, now, &Origin::default())
    }

    /// The same, noting from where. Expired ones are cleared on the way.
    pub fn open_session_from(
        &self,
        account: &str,
        now: Timestamp,
        from: &Origin,
    ) -> Result<String, SqlError> {
        let (token, form, now_us) = (secret(), secret(), now.as_microsecond());
        let browser: String = from.browser.chars().take(BROWSER_CHARS).collect();
        let connection = self.lock();
        connection.execute(
            "DELETE FROM session WHERE expires_us <= ?1 OR seen_us <= ?2",
            [now_us, now_us - IDLE_US],
        )?;
        connection.execute(
            "INSERT INTO session (digest, account, form, expires_us, began_us, seen_us, proved_us, browser, address)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?5, ?6, ?7)",
            (
                Digest::of(token.as_bytes()).0,
                account,
                form,
                now_us + LIFETIME_US,
                now_us,
                browser,
                &from.address,
            ),
        )?;
        connection.execute(
            "DELETE FROM session WHERE account = ?1 AND digest IN
             (SELECT digest FROM session WHERE account = ?1 ORDER BY seen_us DESC, began_us DESC LIMIT -1 OFFSET ?2)",
            (account, MOST),
        )?;
        drop(connection);
        self.tell_others();
        Ok(token)
    }

    /// The session of a cookie, when it is still open and its person may still be here.
    pub fn session(&self, token: &str, now: Timestamp) -> Option<Session> {
        let id = Digest::of(token.as_bytes());
        let now_us = now.as_microsecond();
        let query = "SELECT account, form, proved_us, seen_us FROM session
                     WHERE digest = ?1 AND expires_us > ?2 AND seen_us > ?3";
        let read = |row: &Row<'_>| -> Result<(String, String, i64, i64), SqlError> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        };
        let connection = self.lock();
        let row = connection.query_row(query, (id.0, now_us, now_us - IDLE_US), read).optional().ok()??;
        let (name, form_token, proved_us, seen_us) = row;
        if now_us - seen_us >= TOUCH_US {
            let touch = "UPDATE session SET seen_us = ?2 WHERE digest = ?1";
            connection.execute(touch, (id.0, now_us)).ok()?;
        }
        drop(connection);
        let account = self.account(&name).filter(|account| self.may_be_here(&account.name, now))?;
        let proved = Timestamp::from_microsecond(proved_us).ok()?;
        Some(Session { id, account, form_token, proved })
    }

    /// Notes that it was proved just now who is there.
    pub fn prove_session(&self, id: &Digest, now: Timestamp) -> Result<(), SqlError> {
        let prove = "UPDATE session SET proved_us = ?2 WHERE digest = ?1";
        self.lock().execute(prove, (id.0, now.as_microsecond()))?;
        self.tell_others();
        Ok(())
    }

    /// The open sessions of an account, the latest used first.
    pub fn sessions(&self, account: &str, now: Timestamp) -> Result<Vec<OpenSession>, SqlError> {
        let now_us = now.as_microsecond();
        let connection = self.lock();
        let mut statement = connection.prepare(
            "SELECT digest, began_us, seen_us, browser, address FROM session
             WHERE account = ?1 AND expires_us > ?2 AND seen_us > ?3 ORDER BY seen_us DESC, began_us DESC",
        )?;
        let at = |us: i64| Timestamp::from_microsecond(us).unwrap_or(now);
        let rows = statement.query_map((account, now_us, now_us - IDLE_US), |row| {
            Ok(OpenSession {
                id: Digest(row.get(0)?),
                began: at(row.get(1)?),
                seen: at(row.get(2)?),
                browser: row.get(3)?,
                address: row.get(4)?,
            })
        })?;
        rows.collect()
    }

    /// Closes the session of a cookie.
    pub fn close_session(&self, token: &str) -> Result<(), SqlError> {
        self.lock().execute("DELETE FROM session WHERE digest = ?1", [Digest::of(token.as_bytes()).0])?;
        self.tell_others();
        Ok(())
    }

    /// Ends one session of an account. False when there is none such.
    pub fn end_session(&self, account: &str, id: &Digest) -> Result<bool, SqlError> {
        let end = "DELETE FROM session WHERE account = ?1 AND digest = ?2";
        let ended = self.lock().execute(end, (account, id.0))? > 0;
        self.tell_others();
        Ok(ended)
    }

    /// Ends every session of an account but `kept`; how many that were.
    pub fn end_sessions(&self, account: &str, kept: Option<&Digest>) -> Result<usize, SqlError> {
        let end = "DELETE FROM session WHERE account = ?1 AND digest IS NOT ?2";
        let ended = self.lock().execute(end, (account, kept.map(|id| id.0)))?;
        self.tell_others();
        Ok(ended)
    }
}

/// 256 random bits as text.
pub(super) fn secret() -> String {
    let mut bytes = [0; 32];
    edge::random(&mut bytes);
    to_base64(&bytes).replace('+', "-").replace('/', "_")
}
