//! A backup while the node runs: a copy of one moment, verified before it is called a backup.

use std::path::{Path, PathBuf};

use super::verify::{Fault, Progress, Verified};
use crate::error::{OpenError, ReadError};
use crate::keys::VerifyingKeys;
use crate::ledger::Ledger;
use crate::reader::Source;
use crate::{LogKey, sqlite};

/// Why there is no backup.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// The folder holds a ledger already.
    #[error("{0} exists; choose an empty folder, a backup never overwrites another")]
    Exists(PathBuf),
    /// This engine has no file to copy.
    #[error("this ledger has no file to copy; back up the system it lives in")]
    NoFile,
    /// The copy could not be written.
    #[error("cannot write {path}: {reason}; free space or choose another folder")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What SQLite or the system said.
        reason: String,
    },
    /// The ledger could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The copy could not be opened.
    #[error("the copy cannot be opened: {0}")]
    Open(#[from] OpenError),
    /// The copy is not sound, so the original is not either, or the target disk fails.
    #[error("the copy is not sound: {0}; run `ledger verify` on the original")]
    Unsound(Fault),
}

impl Ledger {
    /// Copies the ledger into the folder `dir`, which becomes a ledger of its own (`ledger.db` and its sums), and
    /// verifies the copy from end to end.
    pub fn backup(
        &self,
        dir: &Path,
        keys: &dyn Fn(&LogKey) -> Vec<VerifyingKeys>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Verified, BackupError> {
        let Some(engine) = self.database() else { return Err(BackupError::NoFile) };
        let target = dir.join(sqlite::FILE_NAME);
        if target.exists() {
            return Err(BackupError::Exists(target));
        }
        let disk = |reason: String| BackupError::Disk { path: target.clone(), reason };
        std::fs::create_dir_all(dir).map_err(|error| disk(error.to_string()))?;
        let reader = self.reader()?;
        if let Source::Sqlite(reader) = &reader.source {
            sqlite::copy(reader, &target).map_err(disk)?;
        }
        drop(reader);
        let copy = Ledger::open_reading(dir, engine.options().clone())?;
        let mut verified = copy.verify(keys, progress)?;
        match verified.faults.pop() {
            None => Ok(verified),
            Some(last) => Err(BackupError::Unsound(verified.faults.into_iter().next().unwrap_or(last))),
        }
    }
}
