//! Seal, verify, append, read, tail: the Merkle ledger and its engines.
//!
//! A *log* is one party's records in one realm: an RFC 6962 Merkle tree over record headers. A *ledger* holds a
//! node's own logs and its mirrors of other parties' logs. Every stored entry has a place in its log (`Position`)
//! and an arrival number on this node (`seq`, from 1 without gap), by which views fold.
//!
//! Blocking and without an async runtime: whoever must not wait uses `append_with`.

mod append;
mod cut;
mod disk;
mod draft;
mod entry;
mod error;
mod ledger;
mod log;
mod memory;
pub mod merkle;
mod nats;
mod operations;
mod options;
mod published;
mod reader;
mod runs;
mod sqlite;
mod work;

pub mod conformance;
pub mod keys;
pub mod note;

pub use append::{MAX_BATCH, MAX_BODY_BYTES, MAX_HEADER_BYTES, MAX_OPENINGS_BYTES};
pub use disk::{Disk, Fate};
pub use draft::{Draft, MirrorItem, Receipt};
pub use entry::EntryRef;
pub use error::{AppendError, EraseError, OpenError, ReadError, RevealError, State, WriteError};
pub use ledger::Ledger;
pub use log::{LogId, LogKey};
pub use nats::{
    AddressError, Change, Cluster, ClusterTls, Commons, CommonsError, MoveError, Moved, Reliance, Standing,
    StreamStanding, leave_cluster,
};
pub use note::{CheckpointNote, Evidence, NoteError};
pub use operations::{
    BackupError, CheckpointError, Fault, Inclusion, MirrorBatch, MirrorError, Progress, Verified,
};
pub use options::{Clock, Options, POOLED_READERS};
pub use reader::Reader;
pub use work::OnceKey;
