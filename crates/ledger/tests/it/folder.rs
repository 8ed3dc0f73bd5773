//! Folders for ledgers of this test run, below the build folder; those of the last run are removed first.

use std::path::PathBuf;
use std::sync::{
    LazyLock,
    atomic::{AtomicU32, Ordering},
};

static BASE: LazyLock<PathBuf> = LazyLock::new(|| {
    let base = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("ledger");
    drop(std::fs::remove_dir_all(&base));
    base
});
static NEXT: AtomicU32 = AtomicU32::new(0);

/// A path that does not exist yet.
pub fn folder() -> PathBuf {
    BASE.join(NEXT.fetch_add(1, Ordering::Relaxed).to_string())
}
