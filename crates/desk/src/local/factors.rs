//! The second factor of an account: a telephone that makes codes, and recovery codes for when it is lost.

use model::Timestamp;
use rusqlite::OptionalExtension;

use super::totp::{SECRET_BYTES, base32, matching_step};
use super::{Local, recovery};
use crate::edge;
use crate::sql::SqlError;

/// By which code somebody proved to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// One that the telephone made.
    Telephone,
    /// One from the paper; it is used up.
    Recovery,
}

impl Local {
    /// Begins anew with a secret for a telephone; it counts once a code of it was typed. The secret in base 32.
    pub fn begin_totp(&self, account: &str) -> Result<String, SqlError> {
        let mut secret = [0; SECRET_BYTES];
        edge::random(&mut secret);
        // One that counts already stays in force until the new one is confirmed: it has a row of its own.
        self.lock().execute(
            "INSERT OR REPLACE INTO totp (account, secret, confirmed, step) VALUES (?1, ?2, 0, 0)",
            (pending(account), secret),
        )?;
        self.tell_others();
        Ok(base32(&secret))
    }

    /// Puts the secret in force whose code this is; returns the recovery codes, which are shown once.
    pub fn confirm_totp(
        &self,
        account: &str,
        code: &str,
        now: Timestamp,
    ) -> Result<Option<Vec<String>>, SqlError> {
        let connection = self.lock();
        let query = "SELECT secret FROM totp WHERE account = ?1";
        let secret: Option<Vec<u8>> =
            connection.query_row(query, [pending(account)], |row| row.get(0)).optional()?;
        let Some((secret, step)) =
            secret.and_then(|secret| matching_step(&secret, code, now).map(|step| (secret, step)))
        else {
            return Ok(None);
        };
        connection.execute(
            "INSERT OR REPLACE INTO totp (account, secret, confirmed, step) VALUES (?1, ?2, 1, ?3)",
            (account, secret, step),
        )?;
        connection.execute("DELETE FROM totp WHERE account = ?1", [pending(account)])?;
        let codes = recovery::write(&connection, account)?;
        drop(connection);
        self.tell_others();
        Ok(Some(codes))
    }

    /// True when a password alone does not open the account.
    pub fn has_second_factor(&self, account: &str) -> Result<bool, SqlError> {
        let query = "SELECT count(*) > 0 FROM totp WHERE account = ?1 AND confirmed = 1";
        self.lock().query_row(query, [account], |row| row.get(0))
    }

    /// Whether this is a code of the account, of either kind. A code that was taken is taken once: a step that was used,
    /// or one before it, is refused (RFC 6238, section 5.2).
    pub fn check_code(&self, account: &str, code: &str, now: Timestamp) -> Result<Option<Way>, SqlError> {
        let query = "SELECT secret FROM totp WHERE account = ?1 AND confirmed = 1";
        let secret: Option<Vec<u8>> = self.lock().query_row(query, [account], |row| row.get(0)).optional()?;
        let Some(secret) = secret else { return Ok(None) };
        if let Some(step) = matching_step(&secret, code, now) {
            let take = "UPDATE totp SET step = ?2 WHERE account = ?1 AND step < ?2";
            let fresh = self.lock().execute(take, (account, step))? > 0;
            self.tell_others();
            return Ok(fresh.then_some(Way::Telephone));
        }
        Ok(self.use_recovery(account, code)?.then_some(Way::Recovery))
    }

    /// Takes the second factor away again.
    pub fn drop_second_factor(&self, account: &str) -> Result<(), SqlError> {
        let connection = self.lock();
        connection.execute("DELETE FROM totp WHERE account IN (?1, ?2)", [account, &pending(account)])?;
        connection.execute("DELETE FROM recovery WHERE account = ?1", [account])?;
        drop(connection);
        self.tell_others();
        Ok(())
    }
}

/// Under which name a secret waits for its first code; no account has such a name.
fn pending(account: &str) -> String {
    format!("{account} (not confirmed)")
}
