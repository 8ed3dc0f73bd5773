//! How a ledger is opened.

use std::fmt;
use std::sync::Arc;

/// The clock, given from outside: µs since 1970.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Settings of a ledger; the defaults keep all caches and queues together below 64 MB.
#[derive(Clone)]
pub struct Options {
    /// Where commit times come from.
    pub clock: Clock,
    /// Bytes that may wait in front of the writer before callers wait themselves.
    pub queue_bytes: usize,
    /// Bytes that one transaction takes from the queue.
    pub group_bytes: usize,
    /// Page cache of the writer, KiB.
    pub writer_cache_kib: usize,
    /// Page cache of each reader, KiB; up to [`POOLED_READERS`] stay open.
    pub reader_cache_kib: usize,
    /// The database file may not grow beyond this; reaching it is like a full disk.
    pub limit_bytes: Option<u64>,
}

/// Readers kept open for the next caller.
pub const POOLED_READERS: usize = 4;

impl Options {
    /// The defaults with this clock.
    pub fn new(clock: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self {
            clock: Arc::new(clock),
            queue_bytes: 24 << 20,
            group_bytes: 4 << 20,
            writer_cache_kib: 8 << 10,
            reader_cache_kib: 2 << 10,
            limit_bytes: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("queue_bytes", &self.queue_bytes)
            .field("group_bytes", &self.group_bytes)
            .field("writer_cache_kib", &self.writer_cache_kib)
            .field("reader_cache_kib", &self.reader_cache_kib)
            .field("limit_bytes", &self.limit_bytes)
            .finish_non_exhaustive()
    }
}
