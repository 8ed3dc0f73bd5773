//! The local store of one node of a cluster, kept the same on every node of the party: whoever signs in on one is
//! signed in on all, and whoever takes over the links knows what was sent.
//!
//! Every change to a shared table is noted in `outbox` by triggers, published sealed under
//! `keys/cluster.key`, and applied by the others. The order of the cluster decides between two writers; a row that
//! waits in the outbox is newer than anything that comes in.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use ledger::{Change, Commons, CommonsError};
use model::{Digest, from_base64, to_base64};
use rusqlite::{Connection, OptionalExtension};

use super::tables::TABLES;
use super::{Local, mac_key};
use crate::edge;
use crate::sql::SqlError;

/// Changes read at once.
const STEP: usize = 500;

/// Between two looks at the outbox.
const LOOK: Duration = Duration::from_millis(20);

/// A person who signs in waits so long for the other nodes to be told.
const PATIENCE: Duration = Duration::from_millis(300);

const OUTBOX: &str = "
CREATE TABLE IF NOT EXISTS outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, tbl TEXT NOT NULL, key TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS applying (now INTEGER);
";

/// The place up to which changes of others have been applied.
const PLACE: &str = "shared-place";

/// Why a node cannot share.
#[derive(Debug, thiserror::Error)]
pub enum ShareError {
    /// The cluster.
    #[error(transparent)]
    Commons(#[from] CommonsError),
    /// The store.
    #[error("cannot use the local store: {0}")]
    Store(#[from] SqlError),
    /// The key file.
    #[error("cannot use {path}: {reason}")]
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Sealed under another key.
    #[error("{0} is not the key of this cluster; copy the folder `keys` from a node that runs in it")]
    OtherKey(PathBuf),
}

/// What seals rows on their way.
struct Sealing {
    key: RandomizedNonceKey,
    path: PathBuf,
}

impl Local {
    /// Keeps this store the same as those of the other nodes: takes what they have, gives them what they lack, and goes
    /// on so until the store is dropped.
    pub fn share(self: &Arc<Self>, commons: &Commons, keys: &Path) -> Result<(), ShareError> {
        let sealing = Sealing::load(&keys.join("cluster.key"))?;
        {
            let connection = self.lock();
            connection.execute_batch(OUTBOX)?;
            for table in TABLES {
                connection.execute_batch(&table.triggers())?;
            }
        }
        let first = self.cursor(PLACE).is_none();
        self.receive(commons, &sealing)?;
        if first {
            self.offer_everything()?;
        }
        self.publish(commons, &sealing)?;
        self.receive(commons, &sealing)?;
        self.shared.store(true, std::sync::atomic::Ordering::Relaxed);
        self.go_on_sharing(commons, sealing);
        Ok(())
    }

    /// This store belongs to one node alone again.
    pub fn stop_sharing(&self) -> Result<(), SqlError> {
        let connection = self.lock();
        for table in TABLES {
            connection.execute_batch(&table.no_triggers())?;
        }
        connection.execute_batch("DROP TABLE IF EXISTS outbox; DROP TABLE IF EXISTS applying;")?;
        connection.execute("DELETE FROM cursor WHERE name = ?1", [PLACE])?;
        Ok(())
    }

    /// Two threads of the cluster: one publishes what changes here, the other applies what changes elsewhere.
    fn go_on_sharing(self: &Arc<Self>, commons: &Commons, sealing: Sealing) {
        let sealing = Arc::new(sealing);
        let (store, asking, opening) = (Arc::downgrade(self), commons.clone(), Arc::clone(&sealing));
        commons.follow(move || {
            let Some(store) = store.upgrade() else { return false };
            if let Err(error) = store.receive(&asking, &opening) {
                tracing::debug!(%error, "what other nodes share was not read");
            }
            true
        });
        let (store, commons) = (Arc::downgrade(self), commons.clone());
        std::thread::spawn(move || {
            while let Some(store) = store.upgrade() {
                if let Err(error) = store.publish(&commons, &sealing) {
                    tracing::debug!(%error, "the other nodes were not told");
                    std::thread::sleep(PATIENCE);
                }
                drop(store);
                std::thread::sleep(LOOK);
            }
        });
    }

    /// Waits a moment until everything that other nodes had told by now is known here; false when that takes longer.
    pub(crate) fn knows_all(&self, commons: &Commons) -> Result<bool, ShareError> {
        for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
            let place = self.cursor(PLACE).and_then(|text| text.parse().ok()).unwrap_or(0);
            if commons.changes(place, 1)?.is_empty() {
                return Ok(true);
            }
            std::thread::sleep(LOOK);
        }
        Ok(false)
    }

    /// Waits a moment until the other nodes have been told of what was just changed.
    pub(super) fn tell_others(&self) {
        if !self.shared.load(std::sync::atomic::Ordering::Relaxed) {
            return;
        }
        for _ in 0..PATIENCE.as_millis() / 5 {
            let waiting =
                self.lock().query_row("SELECT count(*) FROM outbox", [], |row| row.get::<_, i64>(0));
            if !matches!(waiting, Ok(1..)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Everything here that no other node has told of goes out: this node was alone before.
    fn offer_everything(&self) -> Result<(), SqlError> {
        let connection = self.lock();
        for table in TABLES {
            connection.execute(&table.offer(), [])?;
        }
        Ok(())
    }

    fn publish(&self, commons: &Commons, sealing: &Sealing) -> Result<(), ShareError> {
        loop {
            let next = self.lock().query_row(
                "SELECT max(seq), tbl, key FROM outbox GROUP BY tbl, key ORDER BY min(seq) LIMIT 1",
                [],
                |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?)),
            );
            let Some((seq, name, key)) = next.optional()? else { return Ok(()) };
            if let Some(table) = TABLES.iter().find(|table| table.name == name) {
                let row: Option<String> =
                    self.lock().query_row(&table.read(), [&key], |row| row.get(0)).optional()?;
                let text = serde_json::json!([name, key, row]).to_string();
                let shared = shared_key(&name, &key);
                commons.put(&shared, sealing.seal(&shared, text.into_bytes())?.into())?;
            }
            self.lock().execute(
                "DELETE FROM outbox WHERE tbl = ?1 AND key = ?2 AND seq <= ?3",
                (&name, &key, seq),
            )?;
        }
    }

    fn receive(&self, commons: &Commons, sealing: &Sealing) -> Result<(), ShareError> {
        let _turn = self.receiving.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let after = self.cursor(PLACE).and_then(|text| text.parse().ok()).unwrap_or(0);
            let changes = commons.changes(after, STEP)?;
            if changes.is_empty() {
                return Ok(());
            }
            let mut applied = Ok(());
            let connection = self.lock();
            connection.execute_batch("BEGIN; INSERT INTO applying VALUES(1)")?;
            for change in &changes {
                applied = applied.and_then(|()| apply(&connection, sealing, change));
            }
            let last = changes.last().map_or(after, |change| change.sequence);
            let end = if applied.is_ok() { "COMMIT" } else { "ROLLBACK" };
            connection.execute("INSERT OR REPLACE INTO cursor VALUES(?1, ?2)", (PLACE, last.to_string()))?;
            connection.execute_batch(&format!("DELETE FROM applying; {end}"))?;
            applied?;
            self.tokens.reload(&connection)?;
            *self.mac_key.write().unwrap_or_else(PoisonError::into_inner) = mac_key(&connection)?;
        }
    }
}

/// Applies a row of another node, unless a newer one waits to go out.
fn apply(connection: &Connection, sealing: &Sealing, change: &Change) -> Result<(), ShareError> {
    let text = sealing.open(&change.key, change.value.to_vec())?;
    let read: Result<(String, String, Option<String>), _> = serde_json::from_slice(&text);
    // A later version may share more than this one knows.
    let Ok((name, key, row)) = read else { return Ok(()) };
    let Some(table) = TABLES.iter().find(|table| table.name == name) else { return Ok(()) };
    let waits: bool = connection.query_row(
        "SELECT count(*) > 0 FROM outbox WHERE tbl = ?1 AND key = ?2",
        [&name, &key],
        |row| row.get(0),
    )?;
    if waits {
        return Ok(());
    }
    match row {
        Some(row) => connection.execute(&table.write(), [row]),
        None => connection.execute(&table.delete(), [key]),
    }?;
    Ok(())
}

/// The name of a row among the nodes: what it is about can be told from it, who cannot.
fn shared_key(table: &str, key: &str) -> String {
    format!("{table}-{}", Digest::of(key.as_bytes()).hex())
}

impl Sealing {
    /// Reads the key, which the first node of a cluster makes.
    fn load(path: &Path) -> Result<Self, ShareError> {
        let bad = |reason: String| ShareError::Key { path: path.to_owned(), reason };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                make(path).map_err(|error| bad(error.to_string()))?
            }
            Err(error) => return Err(bad(error.to_string())),
        };
        let bytes = from_base64(text.trim()).map_err(|_| bad("it is not a key in base64".to_owned()))?;
        let key = RandomizedNonceKey::new(&AES_256_GCM, &bytes)
            .map_err(|_| bad("it does not hold 32 bytes".to_owned()))?;
        Ok(Self { key, path: path.to_owned() })
    }

    fn seal(&self, name: &str, mut text: Vec<u8>) -> Result<Vec<u8>, ShareError> {
        let failed = |_| ShareError::Key { path: self.path.clone(), reason: "it seals nothing".to_owned() };
        let nonce = self.key.seal_in_place_append_tag(Aad::from(name), &mut text).map_err(failed)?;
        let mut sealed = nonce.as_ref().to_vec();
        sealed.append(&mut text);
        Ok(sealed)
    }

    fn open(&self, name: &str, mut sealed: Vec<u8>) -> Result<Vec<u8>, ShareError> {
        let other = || ShareError::OtherKey(self.path.clone());
        if sealed.len() < NONCE_LEN {
            return Err(other());
        }
        let mut text = sealed.split_off(NONCE_LEN);
        let nonce = Nonce::try_assume_unique_for_key(&sealed).map_err(|_| other())?;
        let length = self.key.open_in_place(nonce, Aad::from(name), &mut text).map_err(|_| other())?.len();
        text.truncate(length);
        Ok(text)
    }
}

fn make(path: &Path) -> std::io::Result<String> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut bytes = [0; 32];
    edge::random(&mut bytes);
    let text = to_base64(&bytes);
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(text)
}
