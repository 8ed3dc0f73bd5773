//! What can go wrong when writing or reading, in words for the person who must act.

use std::path::PathBuf;

use model::Position;

use crate::LogId;

/// Why nothing could be written; shared by every writing operation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// The disk refused; nothing of this call was kept and the ledger is now read-only.
    #[error("cannot write {path}: {reason}; free space or change `data_dir`")]
    Disk {
        /// The database file.
        path: PathBuf,
        /// What SQLite or the system said.
        reason: String,
    },
    /// An earlier write failed; the ledger tries again by itself about every second.
    #[error("the ledger is read-only since a write failed ({reason}); free space, it recovers by itself")]
    ReadOnly {
        /// What failed first.
        reason: String,
    },
    /// No such log here.
    #[error("no log number {0} in this ledger; ask `log` for it first")]
    UnknownLog(LogId),
    /// The ledger is closing.
    #[error("the ledger is closed; open it again")]
    Closed,
    /// This is the ledger as it stood at an earlier instant.
    #[error("nothing can be changed in the past; go back to the present and do it there")]
    Past,
}

/// Why records were not appended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// Not written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// One part of a record is larger than the ledger accepts.
    #[error("record {index} of the batch has a {part} of {size} bytes, more than {limit}; split it")]
    TooLarge {
        /// Which draft of the batch, from 0.
        index: usize,
        /// `header`, `body` or `openings`.
        part: &'static str,
        /// Its size.
        size: usize,
        /// The limit.
        limit: usize,
    },
    /// What must be done once has been done, perhaps by another node of this party.
    #[error("this was done before, under the same key; read the ledger again")]
    Repeated,
    /// More records than one call may carry.
    #[error("a batch of {count} records is more than {limit}; send several")]
    TooMany {
        /// Records in the batch.
        count: usize,
        /// The limit.
        limit: usize,
    },
}

/// Why a withheld record was not revealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RevealError {
    /// Not written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Nothing withheld is stored there.
    #[error("position {0} holds no withheld record; it was released already or is beyond the log")]
    NotWithheld(Position),
    /// The header is another record's.
    #[error(
        "the header for position {0} does not hash to the stored leaf; stop this link and ask its author"
    )]
    WrongLeaf(Position),
    /// The body is not the one the header promises.
    #[error("the body at position {0} does not match its header; stop this link and ask its author")]
    WrongBody(Position),
    /// The header cannot be read.
    #[error("the header at position {position} is not a record header: {reason}")]
    WrongHeader {
        /// Where.
        position: Position,
        /// What is wrong.
        reason: String,
    },
    /// One part of a record is larger than the ledger accepts, or too many records at once.
    #[error("the batch is too large at position {0}; send less at once")]
    TooLarge(Position),
}

/// Why a body was not erased.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EraseError {
    /// Not written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Nothing is stored there.
    #[error("no record at position {0}; nothing was erased")]
    NoRecord(Position),
}

/// Why something could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The database could not be read.
    #[error("cannot read {path}: {reason}; run `ledger verify`")]
    Disk {
        /// The database file.
        path: PathBuf,
        /// What SQLite or the system said.
        reason: String,
    },
    /// The content contradicts itself.
    #[error("the ledger is damaged: {0}; run `ledger verify` and restore a backup")]
    Damaged(String),
    /// Asked for a place or size beyond the log.
    #[error("the log has {size} records, {asked} was asked for")]
    Beyond {
        /// What was asked.
        asked: u64,
        /// Size of the log.
        size: u64,
    },
}

impl From<crate::merkle::MissingTile> for ReadError {
    fn from(missing: crate::merkle::MissingTile) -> Self {
        Self::Damaged(format!("tile {} of level {} is missing or too short", missing.index, missing.level))
    }
}

/// Why a ledger could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The folder or file cannot be used.
    #[error(
        "cannot open {path}: {reason}; check that the folder exists and is writable, or change `data_dir`"
    )]
    Disk {
        /// The database file.
        path: PathBuf,
        /// What SQLite or the system said.
        reason: String,
    },
    /// Another process writes to it.
    #[error("{0} is in use by another process; stop it first, or open read-only")]
    InUse(PathBuf),
    /// Made by a newer version of the software, or by something else.
    #[error("{path} has ledger format {found}, this version reads {known}; use the version that wrote it")]
    Format {
        /// The database file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// What this version reads.
        known: i64,
    },
    /// It follows a cluster's ledger.
    #[error(
        "{path} follows the cluster ledger `{name}`; start with `--ledger nats://…/{name}`, or `entente ledger move` it"
    )]
    OfCluster {
        /// The database file.
        path: PathBuf,
        /// The ledger it follows.
        name: String,
    },
    /// It has records of its own and cannot follow a cluster.
    #[error("{0} has records of its own; bring them into the cluster with `entente ledger move`")]
    StandsAlone(PathBuf),
    /// The end of the ledger contradicts itself.
    #[error("{path} is damaged: {what}; run `ledger verify` and restore a backup")]
    Damaged {
        /// The database file.
        path: PathBuf,
        /// The first contradiction found.
        what: String,
    },
}

/// Whether the ledger takes writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Writes are taken.
    Ready,
    /// A write failed; reads work, writes are refused until a later probe succeeds.
    ReadOnly {
        /// What failed.
        reason: String,
    },
}
