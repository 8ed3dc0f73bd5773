//! What an engine is asked to write, and how it answers.

use std::sync::{Arc, OnceLock, mpsc};

use model::{Digest, Position};

use crate::draft::{Parts, Receipt};
use crate::error::WriteError;
use crate::merkle::Hash;
use crate::{LogId, LogKey};

/// One request with its answer slip.
pub(crate) struct Job {
    pub work: Work,
    /// Bytes it holds, for back-pressure.
    pub bytes: usize,
    pub done: Done,
}

/// Called once, on the writer thread, after the commit that holds the work.
pub(crate) type Done = Box<dyn FnOnce(Result<Outcome, Refusal>) + Send>;

/// What must be done once carries such a key, whoever does it.
pub type OnceKey = [u8; 16];

/// The work itself. Hashes and signatures were checked on the caller's thread.
pub(crate) enum Work {
    Log(LogKey),
    Append {
        log: LogId,
        parts: Vec<Parts>,
        leaves: Vec<Hash>,
        /// Keys of which none may have been used before.
        once: Vec<OnceKey>,
    },
    Mirror {
        log: LogId,
        first: Position,
        parts: Vec<Parts>,
        leaves: Vec<Hash>,
        root: Digest,
        note: Vec<u8>,
    },
    Reveal {
        log: LogId,
        parts: Vec<(Position, Parts)>,
        leaves: Vec<Hash>,
    },
    Erase {
        log: LogId,
        position: Position,
    },
    Note {
        log: LogId,
        size: u64,
        note: Vec<u8>,
    },
    Evidence {
        log: LogId,
        size: u64,
        known: Vec<u8>,
        contrary: Vec<u8>,
    },
    /// Move everything from the write-ahead log into the database file and empty the log.
    Settle,
    /// A commit of the cluster's stream, see [`Commit`].
    Commit(Box<Commit>),
    /// The body of this arrival has left the cluster's stream too.
    Scrubbed(u64),
}

/// Works that a cluster's stream holds as one commit: applied in one transaction, with the times they have on every
/// node, together with the place that was reached.
pub(crate) struct Commit {
    /// The sequence that must have been reached before.
    pub after: u64,
    /// What is reached now.
    pub cursor: Cursor,
    pub stamp: Stamp,
    pub works: Vec<Work>,
    /// Where the answers are put, one for each work; read after the commit.
    pub outcomes: Arc<OnceLock<Vec<Result<Outcome, Refusal>>>>,
}

/// A place in a cluster's stream: the sequence of a commit, and its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cursor {
    pub seq: u64,
    pub id: [u8; 16],
}

/// The clock of one commit: the same on every node that applies it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// When it was written.
    pub at_us: i64,
    /// Times of single entries, for those that had theirs before they came into the stream.
    pub times: std::collections::VecDeque<i64>,
}

impl Stamp {
    pub fn next(&mut self) -> i64 {
        self.times.pop_front().unwrap_or(self.at_us)
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Outcome {
    Receipt(Receipt),
    Log(LogId),
    Done,
}

/// Why a job was not done; the caller's operation turns it into its own error.
#[derive(Debug, Clone)]
pub(crate) enum Refusal {
    Write(WriteError),
    Behind { expected: u64, actual: u64 },
    Repeated,
    WrongRoot,
    NotWithheld(Position),
    WrongLeaf(Position),
    NoRecord(Position),
}

impl From<WriteError> for Refusal {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

/// A slip to wait on.
pub(crate) fn waiting() -> (Done, mpsc::Receiver<Result<Outcome, Refusal>>) {
    let (sender, receiver) = mpsc::sync_channel(1);
    // The caller may have gone; then nobody needs the answer.
    (Box::new(move |answer| drop(sender.send(answer))), receiver)
}
