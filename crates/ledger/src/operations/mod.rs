//! What a ledger can do besides appending: one file for each operation, the same over every engine.

mod backup;
mod checkpoint;
mod erase;
mod mirror;
mod prove;
mod reveal;
mod verify;

pub use backup::BackupError;
pub use checkpoint::CheckpointError;
pub use mirror::{MirrorBatch, MirrorError};
pub use prove::Inclusion;
pub use verify::{Fault, Progress, Verified};
