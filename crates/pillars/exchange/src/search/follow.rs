//! The one thread that writes the index: behind the views, in batches, and never while a storm of objects comes in.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{JoinHandle, sleep};
use std::time::Duration;

use desk::views::Views;
use desk::{Desk, edge};
use formats::json::{Document, Limits};
use formats::stix::references_of;
use ledger::{EntryRef, Ledger, LogId};
use records::delivery::{Delivery, OBJECT};
use records::{Body as _, Header};
use rusqlite::{Connection, OptionalExtension as _, Transaction};
use share::Class;

use super::database;
use super::erased::{self, Stands, erasure_in};
use super::names::{Came, Names};
use super::told::Told;
use crate::key::key_of;
use desk::sql::{self, SqlError};

/// Entries indexed in one transaction at most: small enough that stopping never waits long.
const BATCH_ENTRIES: usize = 1_000;
/// Bytes read for one transaction at most.
const BATCH_BYTES: usize = 8 << 20;
/// How long one wait for news may last; also how long stopping may take.
const WAIT: Duration = Duration::from_millis(100);
/// Arrivals during one wait from which on the machine belongs to those who bring them.
const STORM: u128 = 1_000;
/// Waits after which indexing goes on in a storm all the same, at half speed.
const PATIENCE: u32 = 600;
/// Waits for a body that is about to be erased.
const ERASED_WITHIN: u32 = 600;
/// References kept of one object: a report may name thousands.
const MOST_EDGES: usize = 2_000;

struct Follower {
    connection: Connection,
    ledger: Arc<Ledger>,
    views: Arc<Views>,
    own: LogId,
    realm: String,
    names: Arc<Names>,
    position: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
    /// The log of the database still holds what was wiped.
    unclean: bool,
    /// How often an erasure was waited for.
    waited: u32,
}

/// How fast entries arrive, looked at every [`WAIT`].
struct Weather {
    since: std::time::Instant,
    seen: u64,
    /// True when arrivals were many during the last look.
    busy: bool,
    waited: u32,
}

impl Weather {
    fn new(seen: u64) -> Self {
        Self { since: edge::monotonic(), seen, busy: true, waited: 0 }
    }

    /// True when indexing should wait: entries arrive in numbers, and it has not waited for too long already.
    fn is_storm(&mut self, last_seq: u64) -> bool {
        let elapsed = self.since.elapsed();
        if elapsed >= WAIT {
            let arrived = u128::from(last_seq.saturating_sub(self.seen));
            self.busy = arrived * WAIT.as_micros() >= STORM * elapsed.as_micros();
            self.waited = if self.busy { self.waited + 1 } else { 0 };
            (self.since, self.seen) = (edge::monotonic(), last_seq);
        }
        self.busy && self.waited < PATIENCE
    }
}

/// Why a batch was not indexed; the follower tries again.
#[derive(Debug, thiserror::Error)]
pub(super) enum FollowError {
    #[error(
        "cannot write the search index: {0}; free space, or restart the node when it is damaged: it is made again"
    )]
    Sql(#[from] SqlError),
    #[error(transparent)]
    Ledger(#[from] ledger::ReadError),
}

pub(super) fn start(
    desk: &Desk,
    connection: Connection,
    names: Arc<Names>,
    position: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
) -> Option<JoinHandle<()>> {
    let follower = Follower {
        connection,
        ledger: Arc::clone(&desk.ledger),
        views: Arc::clone(&desk.views),
        own: desk.log,
        realm: desk.realm.to_string(),
        names,
        position,
        stop,
        unclean: false,
        waited: 0,
    };
    std::thread::Builder::new().name("search".into()).spawn(move || follower.run()).ok()
}

impl Follower {
    fn run(mut self) {
        let mut weather = Weather::new(self.ledger.last_seq());
        while !self.stop.load(Ordering::Relaxed) {
            let position = self.position.load(Ordering::Relaxed);
            self.unclean = self.unclean && !matches!(database::empty_log(&self.connection), Ok(true));
            if self.views.folded() <= position {
                let _ = self.views.wait_blocking(position + 1, WAIT); // nothing new is no error
                continue;
            }
            if weather.is_storm(self.ledger.last_seq()) {
                sleep(WAIT);
                continue;
            }
            let begun = edge::monotonic();
            if let Err(error) = self.step(position) {
                if let (FollowError::Sql(cause), Some(path)) = (&error, self.connection.path())
                    && sql::is_damaged(cause)
                {
                    sql::note_damage(Path::new(path)); // the next start makes it anew
                }
                tracing::warn!(%error, "indexing waits");
                sleep(WAIT);
            }
            if weather.busy {
                sleep(begun.elapsed().min(WAIT));
            }
        }
    }

    fn step(&mut self, position: u64) -> Result<(), FollowError> {
        let most = (self.views.folded() - position).min(BATCH_ENTRIES as u64) as usize;
        let tx = self.connection.transaction()?;
        let (mut last, mut failed, mut erased) = (position, None, Vec::new());
        let mut writing = Writing { tx: &tx, own: self.own, realm: &self.realm, came: Came::default() };
        self.ledger.reader()?.entries(position + 1, most, BATCH_BYTES, |entry| {
            if failed.is_none() {
                failed = writing.entry(&entry).err();
                erased.extend(erasure_in(&entry, writing.own, writing.realm));
            }
            last = entry.seq;
        })?;
        if let Some(error) = failed {
            return Err(error.into());
        }
        let came = writing.came;
        for erasure in erased {
            match erased::stands(&tx, &self.ledger, &erasure)? {
                Stands::Nowhere => {}
                Stands::Here if self.waited < ERASED_WITHIN => {
                    self.waited += 1;
                    drop(tx);
                    sleep(WAIT);
                    return Ok(());
                }
                Stands::Here | Stands::HereAlone => {
                    drop(tx);
                    database::wipe(&mut self.connection)?;
                    self.names.forget();
                    (self.unclean, self.waited) = (true, 0);
                    self.position.store(0, Ordering::Release);
                    return Ok(());
                }
            }
        }
        self.names.write(&tx, &came)?;
        tx.prepare_cached("UPDATE followed SET seq = ?1")?.execute([last as i64])?;
        tx.commit()?;
        self.names.add(came);
        self.waited = 0;
        self.position.store(last, Ordering::Release);
        Ok(())
    }
}

/// One transaction under way.
struct Writing<'a> {
    tx: &'a Transaction<'a>,
    own: LogId,
    realm: &'a str,
    came: Came,
}

impl Writing<'_> {
    fn entry(&mut self, entry: &EntryRef<'_>) -> Result<(), SqlError> {
        let Some(header) = entry.header.and_then(|bytes| Header::parse(bytes).ok()) else { return Ok(()) };
        if header.realm != self.realm {
            return Ok(());
        }
        match (header.kind.as_ref(), entry.body) {
            (OBJECT, Some(body)) => self.object(entry, &Class::of(&header, entry.openings), body),
            (Delivery::KIND, _) if entry.log == self.own => {
                let mut insert = self.tx.prepare_cached("INSERT OR IGNORE INTO delivery VALUES (?1)")?;
                insert.execute([entry.seq as i64]).map(drop)
            }
            _ => Ok(()),
        }
    }

    fn object(&mut self, entry: &EntryRef<'_>, class: &Class, body: &[u8]) -> Result<(), SqlError> {
        let Ok(document) = Document::parse(body, &Limits::default()) else { return Ok(()) };
        let Some(told) = Told::of(&document) else { return Ok(()) };
        let (tx, key, seq) = (self.tx, key_of(&told.id), entry.seq as i64);
        let class = number(tx, class)?;
        tx.prepare_cached(
            "INSERT OR REPLACE INTO item (seq, key, class, at_us, id, type, title) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((seq, key, class, entry.at_us, &told.id, &told.object_type, &told.title))?;
        tx.prepare_cached("INSERT INTO words (rowid, title, body) VALUES (?1, ?2, ?3)")?.execute((
            seq,
            &told.named,
            &told.text,
        ))?;
        tx.prepare_cached("INSERT INTO titles (rowid, title) VALUES (?1, ?2)")?
            .execute((seq, &told.named))?;
        for network in &told.networks {
            let (first, _) = network.span();
            tx.prepare_cached(
                "INSERT OR IGNORE INTO network (wide, first, bits, seq) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((first.len() == 16, first, network.bits(), seq))?;
        }
        for (words, came) in [(told.names, &mut self.came.called), (told.terms, &mut self.came.said)] {
            for word in words {
                *came.entry(word).or_default() += 1;
            }
        }
        let mut add = tx.prepare_cached(
            "INSERT OR REPLACE INTO edge (src_key, seq, n, dst_key, dst, property) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        // Every object points at its marking; that says nothing about what belongs together.
        let telling = references_of(&document).into_iter().filter(|edge| !edge.property.contains("marking"));
        for (n, edge) in telling.take(MOST_EDGES).enumerate() {
            add.execute((key, seq, n as i64, key_of(&edge.target), &edge.target, &edge.property))?;
        }
        Ok(())
    }
}

/// The index's own number of a release class, given out on first sight.
fn number(tx: &Transaction<'_>, class: &Class) -> Result<i64, SqlError> {
    let facts = serde_json::to_string(class).map_err(|e| SqlError::ToSqlConversionFailure(Box::new(e)))?;
    let mut find = tx.prepare_cached("SELECT n FROM class WHERE facts = ?1")?;
    if let Some(n) = find.query_row([&facts], |row| row.get(0)).optional()? {
        return Ok(n);
    }
    tx.prepare_cached("INSERT INTO class (facts) VALUES (?1)")?.execute([&facts])?;
    Ok(tx.last_insert_rowid())
}
