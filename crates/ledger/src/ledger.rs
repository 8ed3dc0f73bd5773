//! The ledger: one type over a closed set of engines. What it can do is told in the files of `operations`.

use std::path::Path;
use std::sync::Arc;

use model::Position;

use crate::cut::Cut;
use crate::disk::Disk;
use crate::error::{OpenError, ReadError, State, WriteError};
use crate::memory::Memory;
use crate::nats::{Cluster, Commons, Nats};
use crate::options::Options;
use crate::published::Published;
use crate::reader::Reader;
use crate::sqlite::{Role, Sqlite};
use crate::work::{Done, Outcome, Refusal, Work, waiting};
use crate::{LogId, LogKey};

/// An open ledger. Cloning gives another handle to the same one; the last one dropped closes it.
#[derive(Clone)]
pub struct Ledger {
    pub(crate) engine: Engine,
    /// Where this handle ends, when it shows the ledger as it stood.
    pub(crate) cut: Option<Arc<Cut>>,
}

/// Where entries live.
#[derive(Clone)]
pub(crate) enum Engine {
    Sqlite(Arc<Sqlite>),
    Memory(Arc<Memory>),
    Nats(Arc<Nats>),
}

impl Ledger {
    fn whole(engine: Engine) -> Self {
        Self { engine, cut: None }
    }

    /// Opens or creates `ledger.db` in the folder `dir`. Checks the end of the ledger before it is written to.
    pub fn open(dir: &Path, options: Options) -> Result<Self, OpenError> {
        Ok(Self::whole(Engine::Sqlite(Arc::new(Sqlite::open(dir, options, Role::Alone)?))))
    }

    /// Opens a ledger that is there for reading alone, also while another process writes to it. Every write is
    /// refused; what is asked without a reader (`size`, `last_seq`) is as of now.
    pub fn open_reading(dir: &Path, options: Options) -> Result<Self, OpenError> {
        Ok(Self::whole(Engine::Sqlite(Arc::new(Sqlite::open_reading(dir, options)?))))
    }

    /// Opens the ledger of a cluster, with `ledger.db` in the folder `dir` as this node's fold of it. Returns when the
    /// stream has been followed to its end; when no server answers, after ten seconds, read-only until one does.
    pub fn open_cluster(dir: &Path, cluster: &Cluster, options: Options) -> Result<Self, OpenError> {
        Ok(Self::whole(Engine::Nats(Arc::new(Nats::open(dir, cluster, options)?))))
    }

    /// A ledger in memory, for tests and dry runs: everything is lost when it is dropped.
    pub fn memory(options: Options) -> Self {
        Self::whole(Engine::Memory(Arc::new(Memory::new(options))))
    }

    /// The number of a log, which is created when it does not exist.
    pub fn log(&self, key: &LogKey) -> Result<LogId, WriteError> {
        if let Some(log) = self.find(key) {
            return Ok(log);
        }
        match self.ask(Work::Log(key.clone()), 0) {
            Ok(Outcome::Log(log)) => Ok(log),
            Ok(_) => Err(WriteError::Closed),
            Err(refusal) => Err(refusal.into_write()),
        }
    }

    /// The number of a log, if it exists.
    pub fn find(&self, key: &LogKey) -> Option<LogId> {
        self.published().facts().by_key.get(key).copied()
    }

    /// The name of a log.
    pub fn key(&self, log: LogId) -> Option<LogKey> {
        self.published().facts().key(log).cloned()
    }

    /// All logs with their sizes, in the order they were created.
    pub fn logs(&self) -> Vec<(LogId, LogKey, u64)> {
        let facts = self.published().facts();
        let numbered = facts.logs.iter().enumerate();
        numbered.map(|(index, (key, size))| (LogId(index as u32 + 1), key.clone(), *size)).collect()
    }

    /// How many records a log has; 0 for a log that is not here.
    pub fn size(&self, log: LogId) -> u64 {
        self.published().facts().size(log).unwrap_or(0)
    }

    /// The arrival number of the last durable entry, 0 when there is none.
    pub fn last_seq(&self) -> u64 {
        self.published().facts().last_seq
    }

    /// The commit time of the last durable entry, µs since 1970.
    pub fn last_at_us(&self) -> Option<i64> {
        let facts = self.published().facts();
        (facts.last_seq > 0).then_some(facts.last_at_us)
    }

    /// Whether writes are taken.
    pub fn state(&self) -> State {
        match &self.engine {
            Engine::Nats(engine) if self.cut.is_none() => engine.state(),
            Engine::Nats(_) | Engine::Sqlite(_) | Engine::Memory(_) => self.published().facts().state.clone(),
        }
    }

    /// What nodes of this party share beside the ledger; `None` when it is not in a cluster.
    pub fn commons(&self) -> Option<Commons> {
        match &self.engine {
            Engine::Nats(engine) => Some(engine.commons()),
            Engine::Sqlite(_) | Engine::Memory(_) => None,
        }
    }

    /// The last message of its cluster's stream that this ledger holds; `None` when it follows none.
    pub fn folded(&self) -> Option<u64> {
        let reader = self.database()?.reader().ok()?;
        reader.cursor().ok().map(|cursor| cursor.seq)
    }

    /// Calls `listener` with the last arrival number after every commit that added entries, on the thread that
    /// committed: it must be short and must not write to the ledger.
    pub fn on_commit(&self, listener: Box<dyn Fn(u64) + Send + Sync>) {
        self.published().listen(listener);
    }

    /// Something to read with. Take one per thread, or per request: it is cheap.
    pub fn reader(&self) -> Result<Reader, ReadError> {
        let reader = match &self.engine {
            Engine::Sqlite(engine) => engine.reader().map(Reader::sqlite)?,
            Engine::Nats(engine) => engine.local().reader().map(Reader::sqlite)?,
            Engine::Memory(engine) => Reader::memory(Arc::clone(engine)),
        };
        Ok(Reader { cut: self.cut.clone(), ..reader })
    }

    /// A ledger in memory of what `disk` holds, and whose commits are durable there. For simulations.
    pub fn on_disk(disk: &Disk, options: Options) -> Self {
        Self::whole(Engine::Memory(Arc::new(Memory::on_disk(disk, options))))
    }

    /// The database on this machine, if there is one.
    pub(crate) fn database(&self) -> Option<&Arc<Sqlite>> {
        match &self.engine {
            Engine::Sqlite(engine) => Some(engine),
            Engine::Nats(engine) => Some(engine.local()),
            Engine::Memory(_) => None,
        }
    }

    pub(crate) fn now_us(&self) -> i64 {
        match &self.engine {
            Engine::Sqlite(engine) => (engine.options().clock)(),
            Engine::Nats(engine) => (engine.local().options().clock)(),
            Engine::Memory(engine) => (engine.options().clock)(),
        }
    }

    /// Brings everything into the database file and empties the write-ahead log, as far as readers allow.
    pub fn settle(&self) -> Result<(), WriteError> {
        self.ask(Work::Settle, 0).map(drop).map_err(Refusal::into_write)
    }

    pub(crate) fn published(&self) -> &Published {
        if let Some(cut) = &self.cut {
            return cut.published();
        }
        match &self.engine {
            Engine::Sqlite(engine) => engine.published(),
            Engine::Nats(engine) => engine.local().published(),
            Engine::Memory(engine) => engine.published(),
        }
    }

    pub(crate) fn submit(&self, work: Work, bytes: usize, done: Done) {
        if self.cut.is_some() {
            return done(Err(WriteError::Past.into()));
        }
        match &self.engine {
            Engine::Sqlite(engine) => engine.submit(work, bytes, done),
            Engine::Nats(engine) => engine.submit(work, bytes, done),
            Engine::Memory(engine) => engine.submit(work, done),
        }
    }

    pub(crate) fn ask(&self, work: Work, bytes: usize) -> Result<Outcome, Refusal> {
        let (done, answer) = waiting();
        self.submit(work, bytes, done);
        answer.recv().unwrap_or_else(|_| Err(WriteError::Closed.into()))
    }
}

impl Refusal {
    /// For operations that only the disk or the log's number can refuse.
    pub(crate) fn into_write(self) -> WriteError {
        match self {
            Refusal::Write(error) => error,
            Refusal::Behind { .. }
            | Refusal::Repeated
            | Refusal::WrongRoot
            | Refusal::NotWithheld(Position(_))
            | Refusal::WrongLeaf(_)
            | Refusal::NoRecord(_) => WriteError::Closed,
        }
    }
}
