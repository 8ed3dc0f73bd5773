//! Sessions of the console: a random 256-bit token in a cookie, kept here only as its digest.

use model::{Digest, Timestamp, to_base64};
use rusqlite::OptionalExtension;

use super::{Account, Local};
use crate::edge;
use crate::sql::SqlError;

/// How long a session lives without a new sign-in: one long shift.
const LIFETIME_US: i64 = 12 * 3600 * 1_000_000;

/// A signed-in person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub account: Account,
    /// The secret that every form of this session carries, against cross-site requests.
    pub form_token: String,
}

impl Local {
    /// Opens a session and returns the token for the cookie. Expired ones are cleared on the way.
    pub fn open_session(&self, account: &str, now: Timestamp) -> Result<String, SqlError> {
        let (token, form) = (secret(), secret());
        let connection = self.lock();
        connection.execute("DELETE FROM session WHERE expires_us <= ?1", [now.as_microsecond()])?;
        connection.execute(
            "INSERT INTO session (digest, account, form, expires_us) VALUES (?1, ?2, ?3, ?4)",
            (Digest::of(token.as_bytes()).0, account, form, now.as_microsecond() + LIFETIME_US),
        )?;
        drop(connection);
        self.tell_others();
        Ok(token)
    }

    /// The session of a cookie, when it is still open.
    pub fn session(&self, token: &str, now: Timestamp) -> Option<Session> {
        let query = "SELECT account, form FROM session WHERE digest = ?1 AND expires_us > ?2";
        let row = self
            .lock()
            .query_row(query, (Digest::of(token.as_bytes()).0, now.as_microsecond()), |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
            })
            .optional()
            .ok()??;
        Some(Session { account: self.account(&row.0)?, form_token: row.1 })
    }

    /// Closes a session.
    pub fn close_session(&self, token: &str) -> Result<(), SqlError> {
        self.lock().execute("DELETE FROM session WHERE digest = ?1", [Digest::of(token.as_bytes()).0])?;
        self.tell_others();
        Ok(())
    }
}

fn secret() -> String {
    let mut bytes = [0; 32];
    edge::random(&mut bytes);
    to_base64(&bytes).replace('+', "-").replace('/', "_")
}
