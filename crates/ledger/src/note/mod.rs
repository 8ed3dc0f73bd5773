//! Checkpoints: a log's origin, size and root as a C2SP tlog-checkpoint, signed as a C2SP signed note with two
//! signature lines. The first is plain Ed25519 (type 0x01), which existing tools verify; the second is ML-DSA-87.
//! C2SP assigns no type byte to ML-DSA-87, so the line uses 0xff and a name, as the specification provides.

mod checkpoint;
mod signed;

use crate::LogId;

pub use checkpoint::{CheckpointNote, NoteError};

/// Two checkpoints of one log and size with different roots: its author told two stories (I3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Whose log.
    pub log: LogId,
    /// The size both speak of.
    pub size: u64,
    /// When the contradiction was seen, µs since 1970.
    pub at_us: i64,
    /// The note known before.
    pub known: Vec<u8>,
    /// The note that contradicts it.
    pub contrary: Vec<u8>,
}
