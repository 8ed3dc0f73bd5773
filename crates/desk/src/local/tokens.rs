//! Tokens of consumers: 256 random bits, so a plain digest protects them and checking costs a microsecond.

use std::collections::HashMap;
use std::sync::RwLock;

use model::{Digest, to_base64};
use rusqlite::Connection;

use super::Local;
use crate::edge;
use crate::sql::SqlError;

/// Digests in memory: by token for `Bearer`, by consumer for `Basic`.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    by_digest: RwLock<HashMap<[u8; 32], String>>,
}

impl Tokens {
    pub(super) fn load(connection: &Connection) -> Result<Self, SqlError> {
        let tokens = Self::default();
        tokens.reload(connection)?;
        Ok(tokens)
    }

    /// Reads them again, after another node has changed some.
    pub(super) fn reload(&self, connection: &Connection) -> Result<(), SqlError> {
        let mut statement = connection.prepare("SELECT digest, consumer FROM token")?;
        let rows =
            statement.query_map([], |row| Ok((row.get::<_, [u8; 32]>(0)?, row.get::<_, String>(1)?)))?;
        let read = rows.collect::<Result<_, _>>()?;
        *self.by_digest.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = read;
        Ok(())
    }
}

impl Local {
    /// Gives a consumer a new token, which replaces the one before. Shown once, kept as a digest.
    pub fn issue_token(&self, consumer: &str) -> Result<String, SqlError> {
        let mut bytes = [0; 32];
        edge::random(&mut bytes);
        let token = to_base64(&bytes).replace('+', "-").replace('/', "_");
        self.set_token(consumer, &token)?;
        Ok(token)
    }

    /// Sets a token chosen elsewhere, such as in a test or a migration.
    pub fn set_token(&self, consumer: &str, token: &str) -> Result<(), SqlError> {
        let digest = Digest::of(token.as_bytes()).0;
        self.lock()
            .execute("INSERT OR REPLACE INTO token (consumer, digest) VALUES (?1, ?2)", (consumer, digest))?;
        let mut by_digest = self.tokens.by_digest.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        by_digest.retain(|_, owner| owner != consumer);
        by_digest.insert(digest, consumer.to_owned());
        drop(by_digest);
        self.tell_others();
        Ok(())
    }

    /// The consumer a token belongs to. Looking up a digest tells an attacker nothing about the token.
    pub fn consumer_of(&self, token: &str) -> Option<String> {
        let digest = Digest::of(token.as_bytes()).0;
        self.tokens.by_digest.read().ok()?.get(&digest).cloned()
    }
}
