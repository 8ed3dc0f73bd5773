//! Tokens with which a program acts for a person: a part of what the person may, until a day, revocable.

use model::{Digest, Timestamp};
use rusqlite::{OptionalExtension, Row};

use super::sessions::secret;
use super::{Account, Local};
use crate::sql::SqlError;

/// Tokens of one account at once.
const MOST: i64 = 20;
/// The longest life, days.
pub const MOST_DAYS: i64 = 366;
/// The longest name, characters.
pub const MOST_LABEL_CHARS: usize = 80;
/// Its last use is written down this often.
const TOUCH_US: i64 = 60 * 1_000_000;
/// How such a token begins, so that it is recognised where it was left lying about.
pub const PREFIX: &str = "entente_";

/// A token as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Which: the head of its digest, which opens nothing.
    pub id: String,
    /// What it is for, in its person's words.
    pub label: String,
    /// Names of permissions.
    pub scope: Vec<String>,
    /// When it was issued.
    pub created: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// When it was last used, to the minute.
    pub used: Option<Timestamp>,
}

/// Whom a token speaks for, and how far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// The person.
    pub account: Account,
    /// The token.
    pub token: String,
    /// Names of permissions.
    pub scope: Vec<String>,
}

/// Why no token was issued.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// There are enough.
    #[error("an account has {MOST} tokens at most; revoke one that is not needed")]
    Full,
    /// The store refused.
    #[error(transparent)]
    Store(#[from] SqlError),
}

impl Local {
    /// Issues a token. Shown once, kept as a digest.
    pub fn issue_api_token(
        &self,
        account: &str,
        label: &str,
        scope: &[String],
        (now, expires): (Timestamp, Timestamp),
    ) -> Result<String, IssueError> {
        let token = format!("{PREFIX}{}", secret());
        let digest = Digest::of(token.as_bytes());
        let connection = self.lock();
        connection.execute("DELETE FROM api_token WHERE expires_us <= ?1", [now.as_microsecond()])?;
        let held: i64 =
            connection.query_row("SELECT count(*) FROM api_token WHERE account = ?1", [account], |row| {
                row.get(0)
            })?;
        if held >= MOST {
            return Err(IssueError::Full);
        }
        connection.execute(
            "INSERT INTO api_token (digest, account, label, scope, created_us, expires_us, used_us)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
            (digest.0, account, label, scope.join("\n"), now.as_microsecond(), expires.as_microsecond()),
        )?;
        drop(connection);
        self.tell_others();
        Ok(token)
    }

    /// The tokens of an account, the newest first.
    pub fn api_tokens(&self, account: &str, now: Timestamp) -> Result<Vec<ApiToken>, SqlError> {
        let connection = self.lock();
        let mut statement = connection.prepare(
            "SELECT digest, label, scope, created_us, expires_us, used_us FROM api_token
             WHERE account = ?1 AND expires_us > ?2 ORDER BY created_us DESC",
        )?;
        let at = |us: i64| Timestamp::from_microsecond(us).unwrap_or(now);
        let rows = statement.query_map((account, now.as_microsecond()), |row| {
            let used_us: i64 = row.get(5)?;
            Ok(ApiToken {
                id: short(&Digest(row.get(0)?)),
                label: row.get(1)?,
                scope: lines(&row.get::<_, String>(2)?),
                created: at(row.get(3)?),
                expires: at(row.get(4)?),
                used: (used_us > 0).then(|| at(used_us)),
            })
        })?;
        rows.collect()
    }

    /// Revokes a token of an account. False when there is none such.
    pub fn revoke_api_token(&self, account: &str, id: &str) -> Result<bool, SqlError> {
        let revoke = "DELETE FROM api_token WHERE account = ?1 AND lower(substr(hex(digest), 1, 16)) = ?2";
        let revoked = self.lock().execute(revoke, (account, id))? > 0;
        self.tell_others();
        Ok(revoked)
    }

    /// Whom a token speaks for, while it is valid.
    pub fn bearer(&self, token: &str, now: Timestamp) -> Option<Bearer> {
        if !token.starts_with(PREFIX) {
            return None;
        }
        let (digest, now_us) = (Digest::of(token.as_bytes()), now.as_microsecond());
        let read = |row: &Row<'_>| -> Result<(String, String, i64), SqlError> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        };
        let query = "SELECT account, scope, used_us FROM api_token WHERE digest = ?1 AND expires_us > ?2";
        let connection = self.lock();
        let (name, scope, used_us) =
            connection.query_row(query, (digest.0, now_us), read).optional().ok()??;
        if now_us - used_us >= TOUCH_US {
            let touch = "UPDATE api_token SET used_us = ?2 WHERE digest = ?1";
            connection.execute(touch, (digest.0, now_us)).ok()?;
        }
        drop(connection);
        let account = self.account(&name).filter(|account| self.may_be_here(&account.name, now))?;
        Some(Bearer { account, token: short(&digest), scope: lines(&scope) })
    }
}

fn short(digest: &Digest) -> String {
    digest.hex()[..16].to_owned()
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
