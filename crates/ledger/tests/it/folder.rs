//! Folders for ledgers of this test run, below the build folder; those of runs that have ended are removed first.

use std::path::{Path, PathBuf};
use std::sync::{
    LazyLock,
    atomic::{AtomicU32, Ordering},
};

static BASE: LazyLock<PathBuf> = LazyLock::new(|| {
    let base = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("ledger");
    for run in std::fs::read_dir(&base).into_iter().flatten().flatten() {
        // Another run may be going on beside this one.
        if !Path::new("/proc").join(run.file_name()).exists() {
            drop(std::fs::remove_dir_all(run.path()));
        }
    }
    base.join(std::process::id().to_string())
});
static NEXT: AtomicU32 = AtomicU32::new(0);

/// A path that does not exist yet.
pub fn folder() -> PathBuf {
    BASE.join(NEXT.fetch_add(1, Ordering::Relaxed).to_string())
}
