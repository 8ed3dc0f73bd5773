//! The local store: what is not a record. Accounts, sessions, tokens, the party's first id, and whatever
//! small state a gate registers with its own table. Losing it loses no truth.

mod accounts;
mod api_tokens;
mod columns;
mod factors;
mod glass;
mod guests;
mod passkeys;
mod recovery;
mod saved;
mod sessions;
mod shared;
mod tables;
mod tickets;
mod tokens;
mod totp;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use model::PartyId;
use rusqlite::{Connection, OptionalExtension};

use crate::sql::{self, Durability, SqlError};

pub use accounts::{Account, AccountError, Role};
pub use api_tokens::{ApiToken, Bearer, IssueError, MOST_DAYS, MOST_LABEL_CHARS};
pub use factors::Way;
pub use glass::Glass;
pub use guests::{Stay, StayError};
pub use passkeys::{MOST_PASSKEYS, Passkey};
pub use saved::{Saved, Watched};
pub use sessions::{OpenSession, Origin, Session};
pub use shared::ShareError;

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS account (name TEXT PRIMARY KEY, phc TEXT NOT NULL, role TEXT NOT NULL, clearance TEXT NOT NULL,
  active INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS session (digest BLOB PRIMARY KEY, account TEXT NOT NULL, form TEXT NOT NULL, expires_us INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS guest (account TEXT PRIMARY KEY, host TEXT NOT NULL, zone TEXT NOT NULL, starts TEXT NOT NULL,
  ends TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS totp (account TEXT PRIMARY KEY, secret BLOB NOT NULL, confirmed INTEGER NOT NULL,
  step INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recovery (account TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (account, digest)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS api_token (digest BLOB PRIMARY KEY, account TEXT NOT NULL, label TEXT NOT NULL, scope TEXT NOT NULL,
  created_us INTEGER NOT NULL, expires_us INTEGER NOT NULL, used_us INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS passkey (id TEXT PRIMARY KEY, account TEXT NOT NULL, label TEXT NOT NULL, key TEXT NOT NULL,
  counter INTEGER NOT NULL, created_us INTEGER NOT NULL, used_us INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS glass (account TEXT PRIMARY KEY, reason TEXT NOT NULL, from_us INTEGER NOT NULL,
  until_us INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS token (consumer TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dispatched (peer TEXT NOT NULL, class INTEGER NOT NULL, first INTEGER NOT NULL,
  last INTEGER NOT NULL, at_us INTEGER NOT NULL, PRIMARY KEY (peer, class, first)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refused (peer TEXT NOT NULL, position INTEGER NOT NULL, reason TEXT NOT NULL, at_us INTEGER NOT NULL,
  PRIMARY KEY (peer, position)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS held_back (peer TEXT NOT NULL, position INTEGER NOT NULL, class INTEGER,
  PRIMARY KEY (peer, position)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS objected (peer TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (peer, position)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS saved_search (account TEXT NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL, at_us INTEGER NOT NULL,
  PRIMARY KEY (account, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS preference (account TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (account, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cursor (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
";

/// The local store of one desk.
#[derive(Debug)]
pub struct Local {
    connection: Mutex<Connection>,
    tokens: tokens::Tokens,
    mac_key: RwLock<aws_lc_rs::hmac::Key>,
    /// Whether other nodes are told of changes.
    shared: AtomicBool,
    /// Held while changes of other nodes are applied.
    receiving: Mutex<()>,
    /// How often it was made safe from a power cut.
    synced: AtomicU64,
}

/// Why the local store could not be used.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// SQLite refused.
    #[error(
        "cannot use the local store {path}: {reason}; check the disk and the file's rights, or restore it from a backup; moved away, accounts and tokens must be issued anew"
    )]
    Open {
        /// The database file.
        path: PathBuf,
        /// What SQLite said.
        reason: SqlError,
    },
}

impl Local {
    /// Opens or makes the store.
    pub fn open(path: &Path) -> Result<Self, LocalError> {
        let failed = |reason| LocalError::Open { path: path.to_owned(), reason };
        let connection = sql::open(path, Durability::Kept, 1024).map_err(failed)?;
        connection.execute_batch(SCHEMA).map_err(failed)?;
        connection.execute_batch(crate::notice::SCHEMA).map_err(failed)?;
        columns::add_missing(&connection).map_err(failed)?;
        restrict(path);
        let tokens = tokens::Tokens::load(&connection).map_err(failed)?;
        let mac_key = RwLock::new(mac_key(&connection).map_err(failed)?);
        let (shared, receiving, synced) = Default::default();
        Ok(Self { connection: Mutex::new(connection), tokens, mac_key, shared, receiving, synced })
    }

    /// The connection, for modules of this crate and gates that keep a cursor.
    pub fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// One remembered fact.
    pub fn fact(&self, name: &str) -> Option<String> {
        let query = "SELECT value FROM fact WHERE name = ?1";
        self.lock().query_row(query, [name], |row| row.get(0)).optional().ok().flatten()
    }

    /// Remembers a fact.
    pub fn set_fact(&self, name: &str, value: &str) -> Result<(), SqlError> {
        self.lock().execute("INSERT OR REPLACE INTO fact (name, value) VALUES (?1, ?2)", (name, value))?;
        Ok(())
    }

    /// Remembers a fact so that it outlives a power cut from here on.
    pub(crate) fn set_fact_durably(&self, name: &str, value: &str) -> Result<(), SqlError> {
        self.durably(|connection| {
            connection
                .execute("INSERT OR REPLACE INTO fact (name, value) VALUES (?1, ?2)", (name, value))
                .map(drop)
        })
    }

    /// One change that outlives a power cut from here on, as does everything before it: for what must not be forgotten
    /// once the ledger goes on.
    pub(crate) fn durably(
        &self,
        change: impl FnOnce(&Connection) -> Result<(), SqlError>,
    ) -> Result<(), SqlError> {
        let connection = self.lock();
        connection.execute_batch("PRAGMA synchronous=FULL")?;
        let changed = connection.unchecked_transaction().and_then(|transaction| {
            change(&transaction)?;
            transaction.commit()
        });
        connection.execute_batch("PRAGMA synchronous=NORMAL")?;
        self.synced.fetch_add(u64::from(changed.is_ok()), Ordering::Relaxed);
        changed
    }

    /// How often a change was made safe from a power cut, with everything before it.
    pub fn synced(&self) -> u64 {
        self.synced.load(Ordering::Relaxed)
    }

    /// Forgets a fact.
    pub(crate) fn forget_fact(&self, name: &str) -> Result<(), SqlError> {
        self.lock().execute("DELETE FROM fact WHERE name = ?1", [name]).map(drop)
    }

    /// The party's id, as its first keys gave it.
    pub fn party(&self) -> Option<PartyId> {
        self.fact("party")?.parse().ok()
    }

    /// A cursor of a gate, such as a TAXII pull.
    pub fn cursor(&self, name: &str) -> Option<String> {
        let query = "SELECT value FROM cursor WHERE name = ?1";
        self.lock().query_row(query, [name], |row| row.get(0)).optional().ok().flatten()
    }

    /// Moves a cursor.
    pub fn set_cursor(&self, name: &str, value: &str) -> Result<(), SqlError> {
        self.lock().execute("INSERT OR REPLACE INTO cursor (name, value) VALUES (?1, ?2)", (name, value))?;
        Ok(())
    }
}

/// The store holds password hashes: nobody but the owner reads it.
fn restrict(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600));
}

impl Local {
    /// Authenticates bytes that this node hands out and takes back, such as cursors, under a key of its own.
    pub fn mac(&self, bytes: &[u8]) -> [u8; 16] {
        let key = self.mac_key.read().unwrap_or_else(PoisonError::into_inner);
        let tag = aws_lc_rs::hmac::sign(&key, bytes);
        let mut short = [0; 16];
        short.copy_from_slice(&tag.as_ref()[..16]);
        short
    }
}

/// The key for [`Local::mac`], made on first use and kept, so that cursors survive a restart.
fn mac_key(connection: &Connection) -> Result<aws_lc_rs::hmac::Key, SqlError> {
    let mut fresh = [0; 32];
    crate::edge::random(&mut fresh);
    connection.execute("INSERT OR IGNORE INTO fact VALUES ('mac-key', ?1)", [model::to_base64(&fresh)])?;
    let kept: String =
        connection.query_row("SELECT value FROM fact WHERE name = 'mac-key'", [], |row| row.get(0))?;
    let key = model::from_base64(&kept).unwrap_or_else(|_| fresh.to_vec());
    Ok(aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &key))
}
