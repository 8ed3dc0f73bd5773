//! The writer thread: takes what has queued up, writes it in one transaction, waits for one fsync, answers all.
//!
//! Nothing is published or answered before the commit has returned. When a write fails, everything in memory
//! goes back to what the disk holds, the callers are told, and the ledger is read-only until a probe succeeds.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rusqlite::{Connection, params};

use super::load::{self, LoadError, LogEdge};
use super::mover::Moving;
use super::queue::{Queue, Taken};
use crate::error::{State, WriteError};
use crate::merkle::{Growth, Hash, TileId};
use crate::options::{Clock, Options};
use crate::published::Published;
use crate::runs::Run;
use crate::work::{Done, Job, Outcome, Refusal, Stamp, Work};
use crate::{LogId, LogKey};

/// How long to wait for work before tidying up, or between probes of a disk that refused.
const PATIENCE: Duration = Duration::from_secs(1);

/// Everything the thread owns.
pub(crate) struct Writer {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    pub(super) options: Options,
    pub(super) edges: HashMap<LogId, LogEdge>,
    pub(super) group: Group,
    pub(super) published: Arc<Published>,
    moving: Moving,
    /// Frames in the write-ahead log after the last commit, told by SQLite's hook; 0 when there was none since.
    frames: Arc<AtomicU64>,
}

/// What the present transaction has changed but not yet written out or published.
#[derive(Default)]
pub(crate) struct Group {
    pub last_seq: u64,
    pub last_at_us: i64,
    /// New sizes, published after the commit.
    pub sizes: BTreeMap<LogId, u64>,
    /// New logs, numbered behind the existing ones.
    pub created: Vec<LogKey>,
    /// Edges as they were before, to go back to.
    pub undo: HashMap<LogId, LogEdge>,
    pub runs: BTreeMap<(LogId, u64), Run>,
    pub tiles: BTreeMap<(LogId, TileId), Vec<Hash>>,
    /// Set while a commit of a cluster's stream is applied, which brings its own times.
    pub stamp: Option<Stamp>,
}

impl Group {
    /// The time of the next entry, before it is made later than all others.
    pub fn now_us(&mut self, clock: &Clock) -> i64 {
        self.stamp.as_mut().map_or_else(|| clock(), Stamp::next)
    }
}

/// An answer slip with what will be said.
struct Answer {
    done: Done,
    outcome: Result<Outcome, Refusal>,
    /// Said only when the write-ahead log has been moved too.
    tidy: bool,
}

/// Why the whole group failed.
pub(crate) enum Failure {
    Sqlite(rusqlite::Error),
    Damaged(String),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Sqlite(error) => Self::Sqlite(error),
            LoadError::Damaged(what) => Self::Damaged(what),
        }
    }
}

impl Failure {
    fn reason(&self) -> String {
        match self {
            Self::Sqlite(error) => error.to_string(),
            Self::Damaged(what) => what.clone(),
        }
    }
}

/// Whether the answer waits until what was changed has left the write-ahead log.
fn wants_tidying(work: &Work) -> bool {
    match work {
        Work::Commit(commit) => commit.works.iter().any(wants_tidying),
        other => matches!(other, Work::Settle | Work::Erase { .. }),
    }
}

impl Writer {
    pub fn new(
        mut connection: Connection,
        path: PathBuf,
        options: Options,
        published: Arc<Published>,
        moving: Moving,
    ) -> rusqlite::Result<Self> {
        let frames = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&frames);
        connection.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, pages: i32| {
            counter.store(pages.unsigned_abs().into(), Ordering::Relaxed);
            Ok(())
        }))?;
        Ok(Self {
            connection,
            path,
            options,
            edges: HashMap::new(),
            group: Group::default(),
            published,
            moving,
            frames,
        })
    }

    /// Works until the queue is closed and empty.
    pub fn run(mut self, queue: &Queue) {
        loop {
            match queue.take(self.options.group_bytes, PATIENCE) {
                Taken::Jobs(jobs) => self.serve(jobs),
                Taken::Idle => self.idle(),
                Taken::Closed => break,
            }
        }
        // Leave a tidy file behind; if this fails, the log still holds everything.
        drop(self.moving.settle(true));
    }

    fn idle(&mut self) {
        let probing = matches!(self.published.facts().state, State::ReadOnly { .. });
        if probing {
            self.probe();
        } else if !self.moving.is_settled() {
            let result = self.moving.settle(false);
            self.note_failure(result);
        }
    }

    /// One group: all jobs in one transaction, then all answers.
    fn serve(&mut self, jobs: Vec<Job>) {
        let state = self.published.facts().state.clone();
        if let State::ReadOnly { reason } = state {
            for job in jobs {
                (job.done)(Err(WriteError::ReadOnly { reason: reason.clone() }.into()));
            }
            // A flood of refused jobs must not keep the writer from probing.
            return self.probe();
        }
        let mut answers = Vec::with_capacity(jobs.len());
        let mut works = Vec::with_capacity(jobs.len());
        for job in jobs {
            let tidy = wants_tidying(&job.work);
            answers.push(Answer { done: job.done, outcome: Ok(Outcome::Done), tidy });
            works.push(job.work);
        }
        match self.transaction(works, &mut answers) {
            Ok(()) => self.committed(answers),
            Err(failure) => self.failed(&failure, answers),
        }
    }

    fn transaction(&mut self, works: Vec<Work>, answers: &mut [Answer]) -> Result<(), Failure> {
        self.begin();
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        for (work, answer) in works.into_iter().zip(answers) {
            answer.outcome = self.apply(work)?;
        }
        self.write_out()?;
        self.connection.execute_batch("COMMIT")?;
        Ok(())
    }

    fn begin(&mut self) {
        let facts = self.published.facts();
        self.group = Group { last_seq: facts.last_seq, last_at_us: facts.last_at_us, ..Group::default() };
    }

    /// Runs and tiles are written once per group, not once per job.
    fn write_out(&mut self) -> rusqlite::Result<()> {
        self.write_runs()?;
        let mut tile = self.connection.prepare_cached("INSERT OR REPLACE INTO tile VALUES(?1, ?2)")?;
        for ((log, id), hashes) in &self.group.tiles {
            tile.execute(params![super::pack::tile(*log, *id), hashes.as_flattened()])?;
        }
        Ok(())
    }

    fn committed(&mut self, answers: Vec<Answer>) {
        let group = std::mem::take(&mut self.group);
        let grown = self.publish(&group);
        self.note_frames();
        let (tidy, durable): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.tidy);
        for Answer { done, outcome, .. } in durable {
            done(outcome);
        }
        if grown {
            self.published.announce(group.last_seq);
        }
        // Those who asked for a tidy file, or for bytes to be gone, are answered when that is done.
        let moved = if tidy.is_empty() { self.moving.go_on() } else { self.moving.settle(true) };
        for Answer { done, outcome, .. } in tidy {
            done(moved.clone().map_err(|reason| self.disk(reason).into()).and(outcome));
        }
        self.note_failure(moved);
    }

    /// Makes the committed changes visible; tells whether entries were added.
    fn publish(&mut self, group: &Group) -> bool {
        let mut facts = self.published.facts_mut();
        for key in &group.created {
            facts.add(key.clone(), 0);
        }
        for (log, size) in &group.sizes {
            facts.set_size(*log, *size);
        }
        facts.last_at_us = group.last_at_us;
        std::mem::replace(&mut facts.last_seq, group.last_seq) != group.last_seq
    }

    fn failed(&mut self, failure: &Failure, answers: Vec<Answer>) {
        let reason = failure.reason();
        if !self.connection.is_autocommit() {
            // Nothing more can be done if this fails too: SQLite rolls back when the connection is next used.
            drop(self.connection.execute_batch("ROLLBACK"));
        }
        let group = std::mem::take(&mut self.group);
        self.edges.extend(group.undo);
        self.published.facts_mut().state = State::ReadOnly { reason: reason.clone() };
        for Answer { done, .. } in answers {
            done(Err(self.disk(reason.clone()).into()));
        }
    }

    fn disk(&self, reason: String) -> WriteError {
        WriteError::Disk { path: self.path.clone(), reason }
    }

    fn note_failure(&self, result: Result<(), String>) {
        if let Err(reason) = result {
            self.published.facts_mut().state = State::ReadOnly { reason };
        }
    }

    fn note_frames(&mut self) {
        let frames = self.frames.swap(0, Ordering::Relaxed);
        if frames > 0 {
            self.moving.committed(frames);
        }
    }

    /// Asks the disk whether it takes writes again, by really writing and settling.
    fn probe(&mut self) {
        let written = self.connection.execute_batch("UPDATE probe SET count = count + 1");
        self.note_frames();
        let outcome = written.map_err(|error| error.to_string()).and_then(|()| self.moving.settle(false));
        self.published.facts_mut().state = match outcome {
            Ok(()) => State::Ready,
            Err(reason) => State::ReadOnly { reason },
        };
    }

    /// The edge of a log, loaded on first use, remembered for going back.
    pub(super) fn edge(&mut self, log: LogId) -> Result<&mut LogEdge, Failure> {
        if !self.edges.contains_key(&log) {
            let edge = load::edge(&self.connection, log)?;
            self.edges.insert(log, edge);
        }
        let edge = self.edges.entry(log).or_default();
        self.group.undo.entry(log).or_insert_with(|| edge.clone());
        Ok(edge)
    }

    pub(super) fn keep_growth(&mut self, log: LogId, growth: &Growth) {
        for (id, hashes) in growth.tiles() {
            self.group.tiles.insert((log, id), hashes.to_vec());
        }
    }

    /// The size of a log as this transaction sees it.
    pub(super) fn size(&self, log: LogId) -> Option<u64> {
        let pending = self.group.sizes.get(&log).copied();
        pending.or_else(|| self.published.facts().size(log)).or_else(|| {
            let known = self.published.facts().logs.len() + self.group.created.len();
            (1..=known).contains(&(log.0 as usize)).then_some(0)
        })
    }

    /// Runs of this group; written early when a statement of the same group must see them.
    pub(super) fn write_runs(&self) -> rusqlite::Result<()> {
        let mut run = self.connection.prepare_cached("INSERT OR REPLACE INTO run VALUES(?1, ?2, ?3, ?4)")?;
        for ((log, first_pos), value) in &self.group.runs {
            run.execute(params![log.0, *first_pos as i64, value.first_seq as i64, value.count as i64])?;
        }
        Ok(())
    }
}
