//! The default engine: one SQLite file, one writer thread with group commit, a small pool of readers.

mod apply;
mod audit;
mod backup;
mod cluster;
mod connect;
mod engine;
mod load;
mod mover;
mod once;
mod pack;
mod queue;
mod reader;
mod runs;
mod sums;
mod wal;
mod writer;

pub(crate) use audit::audit;
pub(crate) use backup::copy;
pub(crate) use engine::{FILE_NAME, Role, Sqlite};
pub(crate) use queue::{Queue, Taken};
pub(crate) use reader::SqliteReader;
