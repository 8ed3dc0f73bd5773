//! Opening the SQLite engine, handing work to its writer, keeping its readers.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;

use super::cluster;
use super::mover::Moving;
use super::queue::Queue;
use super::reader::SqliteReader;
use super::sums::{PageSums, suffixed};
use super::writer::Writer;
use super::{connect, load};
use crate::error::{OpenError, ReadError, State, WriteError};
use crate::options::{Options, POOLED_READERS};
use crate::published::{Facts, Published};
use crate::work::{Cursor, Done, Job, Work};
use crate::{LogId, LogKey};

/// Name of the database inside the folder.
pub(crate) const FILE_NAME: &str = "ledger.db";

/// Logs written to last whose edges are checked when opening; the others are checked on first use.
const CHECKED_AT_OPEN: usize = 8;

/// Whether a ledger stands alone or follows a cluster's stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role<'a> {
    Alone,
    /// A fold of the stream of this name.
    Fold(&'a str),
}

/// An open ledger on disk.
pub(crate) struct Sqlite {
    path: PathBuf,
    options: Options,
    queue: Arc<Queue>,
    published: Arc<Published>,
    pool: Mutex<Vec<Connection>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    /// Held while open: one process writes.
    _lock: Option<File>,
}

impl Sqlite {
    pub fn open(dir: &Path, options: Options, role: Role<'_>) -> Result<Self, OpenError> {
        let path = dir.join(FILE_NAME);
        let disk = |reason: String| OpenError::Disk { path: path.clone(), reason };
        std::fs::create_dir_all(dir).map_err(|error| disk(error.to_string()))?;
        let lock = File::create(suffixed(&path, "-lock")).map_err(|error| disk(error.to_string()))?;
        lock.try_lock().map_err(|_| OpenError::InUse(path.clone()))?;
        let connection =
            connect::writer(&path, options.writer_cache_kib).map_err(|error| disk(error.to_string()))?;
        check_format(&connection, &path)?;
        limit(&connection, options.limit_bytes).map_err(|error| disk(error.to_string()))?;
        let facts = read_facts(&connection).map_err(|error| disk(error.to_string()))?;
        check_tail(&connection, &path, &facts)?;
        take_role(&connection, &path, role, &facts)?;
        let sums = PageSums::open(&path).map_err(|error| disk(error.to_string()))?;
        sync_folder(dir).map_err(|error| disk(error.to_string()))?;
        let published = Arc::new(Published::new(facts));
        // What a crash left in the log gets its sums before anything new is written.
        let mut moving = Moving::start(&path, sums).map_err(disk)?;
        moving.settle(false).map_err(disk)?;
        let writer = Writer::new(connection, path.clone(), options.clone(), Arc::clone(&published), moving)
            .map_err(|error| disk(error.to_string()))?;
        let queue = Arc::new(Queue::new(options.queue_bytes));
        let line = Arc::clone(&queue);
        let thread = thread::Builder::new()
            .name("ledger-writer".to_owned())
            .spawn(move || writer.run(&line))
            .map_err(|error| OpenError::Disk { path: path.clone(), reason: error.to_string() })?;
        Ok(Self {
            path,
            options,
            queue,
            published,
            pool: Mutex::default(),
            thread: Mutex::new(Some(thread)),
            _lock: Some(lock),
        })
    }

    /// Opens a fold of the stream `name` as a ledger that stands alone from now on.
    pub fn leave(dir: &Path, options: Options, name: &str) -> Result<Self, OpenError> {
        drop(Self::open(dir, options.clone(), Role::Fold(name))?);
        let path = dir.join(FILE_NAME);
        let left = connect::writer(&path, options.writer_cache_kib)
            .and_then(|connection| cluster::unbind(&connection));
        left.map_err(|error| OpenError::Disk { path, reason: error.to_string() })?;
        Self::open(dir, options, Role::Alone)
    }

    /// Opens what is there without the right to write: no writer thread, no lock.
    pub fn open_reading(dir: &Path, options: Options) -> Result<Self, OpenError> {
        let path = dir.join(FILE_NAME);
        let disk = |reason: String| OpenError::Disk { path: path.clone(), reason };
        let connection =
            connect::reader(&path, options.reader_cache_kib).map_err(|error| disk(error.to_string()))?;
        check_format(&connection, &path)?;
        let mut facts = read_facts(&connection).map_err(|error| disk(error.to_string()))?;
        facts.state = State::ReadOnly { reason: "it was opened for reading".to_owned() };
        let queue = Arc::new(Queue::new(0));
        queue.close();
        Ok(Self {
            path,
            options,
            queue,
            published: Arc::new(Published::new(facts)),
            pool: Mutex::new(vec![connection]),
            thread: Mutex::default(),
            _lock: None,
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn options(&self) -> &Options {
        &self.options
    }

    pub fn published(&self) -> &Published {
        &self.published
    }

    /// Hands work to the writer; `done` is called on its thread.
    pub fn submit(&self, work: Work, bytes: usize, done: Done) {
        if let Err(done) = self.queue.push(Job { work, bytes, done }) {
            done(Err(WriteError::Closed.into()));
        }
    }

    /// A reading connection from the pool, or a new one.
    pub fn reader(self: &Arc<Self>) -> Result<SqliteReader, ReadError> {
        let pooled = self.pool.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match pooled {
            Some(connection) => connection,
            None => connect::reader(&self.path, self.options.reader_cache_kib)
                .map_err(|error| ReadError::Disk { path: self.path.clone(), reason: error.to_string() })?,
        };
        Ok(SqliteReader { connection: Some(connection), engine: Arc::clone(self) })
    }

    pub fn give_back(&self, connection: Connection) {
        let mut pool = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        if pool.len() < POOLED_READERS {
            pool.push(connection);
        }
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.queue.close();
        let handle = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(handle) = handle {
            // The last handle may be dropped inside an answer, on the writer's own thread: it ends by itself.
            if handle.thread().id() != thread::current().id() {
                drop(handle.join());
            }
        }
    }
}

fn check_format(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let found = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|error| OpenError::Disk { path: path.to_owned(), reason: error.to_string() })?;
    if found == connect::FORMAT {
        Ok(())
    } else {
        Err(OpenError::Format { path: path.to_owned(), found, known: connect::FORMAT })
    }
}

/// A ledger that follows a cluster is written to by nobody else; one with records of its own follows none.
fn take_role(connection: &Connection, path: &Path, role: Role<'_>, facts: &Facts) -> Result<(), OpenError> {
    let disk = |error: rusqlite::Error| OpenError::Disk { path: path.to_owned(), reason: error.to_string() };
    match (role, cluster::bound_to(connection).map_err(disk)?) {
        (Role::Alone, None) => Ok(()),
        (Role::Fold(name), Some(bound)) if name == bound => Ok(()),
        (_, Some(name)) => Err(OpenError::OfCluster { path: path.to_owned(), name }),
        (Role::Fold(name), None) if facts.logs.is_empty() => {
            cluster::bind(connection, name, Cursor::default()).map_err(disk)
        }
        (Role::Fold(_), None) => Err(OpenError::StandsAlone(path.to_owned())),
    }
}

fn limit(connection: &Connection, limit_bytes: Option<u64>) -> rusqlite::Result<()> {
    let pages = limit_bytes.map_or(0xffff_fffe, |bytes| (bytes / connect::PAGE_BYTES as u64).max(1) as i64);
    connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
}

fn read_facts(connection: &Connection) -> rusqlite::Result<Facts> {
    let mut facts = Facts::default();
    let mut logs = connection.prepare("SELECT id, party, realm FROM log ORDER BY id")?;
    let mut rows = logs.query([])?;
    while let Some(row) = rows.next()? {
        let realm: String = row.get(2)?;
        let realm = realm.parse().map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(2, rusqlite::types::Type::Text, Box::new(error))
        })?;
        let log = LogId(row.get(0)?);
        let size = super::runs::last_run(connection, log)?.map_or(0, |run| run.end());
        facts.add(LogKey { party: model::PartyId(row.get(1)?), realm }, size);
    }
    let mut last = connection.prepare("SELECT seq, at_us FROM entry ORDER BY seq DESC LIMIT 1")?;
    let mut rows = last.query([])?;
    if let Some(row) = rows.next()? {
        facts.last_seq = row.get::<_, i64>(0)? as u64;
        facts.last_at_us = row.get(1)?;
    }
    Ok(facts)
}

/// The end of the ledger must agree with itself before anything is added to it: the logs written to last,
/// their unfinished tiles and their newest checkpoints.
fn check_tail(connection: &Connection, path: &Path, facts: &Facts) -> Result<(), OpenError> {
    let damaged = |what: String| OpenError::Damaged { path: path.to_owned(), what };
    let mut logs = Vec::new();
    let mut select = connection
        .prepare("SELECT log FROM entry WHERE seq > ?1 GROUP BY log ORDER BY max(seq) DESC LIMIT ?2")
        .map_err(|error| damaged(error.to_string()))?;
    let from = facts.last_seq.saturating_sub(256) as i64;
    let mut rows =
        select.query([from, CHECKED_AT_OPEN as i64]).map_err(|error| damaged(error.to_string()))?;
    while let Some(row) = rows.next().map_err(|error| damaged(error.to_string()))? {
        logs.push(LogId(row.get(0).map_err(|error| damaged(error.to_string()))?));
    }
    for log in logs {
        let edge = load::edge(connection, log).map_err(|error| match error {
            load::LoadError::Sqlite(error) => damaged(error.to_string()),
            load::LoadError::Damaged(what) => damaged(what),
        })?;
        load::check_note(connection, log, &edge.tree).map_err(damaged)?;
    }
    Ok(())
}

/// New files survive a power cut only when their folder has been synced too.
fn sync_folder(dir: &Path) -> std::io::Result<()> {
    File::open(dir)?.sync_all()
}
