//! What the task on the stream and the callers on other threads share.

use std::future::pending;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_nats::Subscriber;
use futures_util::StreamExt as _;
use tokio::sync::Notify;

use crate::sqlite::Queue;
use crate::work::Done;

/// Callers' work on one side, news of the stream on the other.
pub(crate) struct Shared {
    pub queue: Queue,
    /// Rung when work is queued, or the queue is closed.
    pub wake: Notify,
    /// Rung when a body must leave the stream.
    pub scrub: Notify,
    /// Who waits until erased bodies have left the stream.
    pub erasing: Mutex<Vec<Done>>,
    trouble: Mutex<Trouble>,
    place_checked: AtomicBool,
    ready: Mutex<Option<SyncSender<()>>>,
    /// The last stream sequence that `ledger.db` holds, and the last one known to exist.
    applied: AtomicU64,
    known: AtomicU64,
}

#[derive(Default)]
struct Trouble {
    /// Callers are refused for this reason.
    refusing: Option<String>,
    /// What went wrong last.
    last: Option<String>,
}

impl Shared {
    pub fn new(queue_bytes: usize, ready: SyncSender<()>) -> Self {
        Self {
            queue: Queue::new(queue_bytes),
            wake: Notify::new(),
            scrub: Notify::new(),
            erasing: Mutex::default(),
            trouble: Mutex::default(),
            place_checked: AtomicBool::new(false),
            ready: Mutex::new(Some(ready)),
            applied: AtomicU64::new(0),
            known: AtomicU64::new(0),
        }
    }

    fn trouble(&self) -> MutexGuard<'_, Trouble> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Why callers are refused, if they are.
    pub fn refusing(&self) -> Option<String> {
        self.trouble().refusing.clone()
    }

    /// What went wrong last, while it has not been mended.
    pub fn last_trouble(&self) -> Option<String> {
        self.trouble().last.clone()
    }

    /// Refuses callers from now on, or takes their work again.
    pub fn set_trouble(&self, reason: Option<String>) {
        let mut trouble = self.trouble();
        trouble.last.clone_from(&reason);
        trouble.refusing = reason;
    }

    /// Something went wrong that may pass by itself.
    pub fn worry(&self, reason: &str) {
        self.trouble().last = Some(reason.to_owned());
    }

    pub fn place_is_checked(&self) -> bool {
        self.place_checked.load(Ordering::Relaxed)
    }

    pub fn check_place(&self) {
        self.place_checked.store(true, Ordering::Relaxed);
    }

    /// The stream has been followed to its end for the first time.
    pub fn is_ready(&self) {
        if let Some(ready) = self.ready.lock().unwrap_or_else(PoisonError::into_inner).take() {
            // Whoever opened the ledger may have stopped waiting.
            let _ = ready.try_send(());
        }
    }

    /// Whether that has happened.
    pub fn was_ready(&self) -> bool {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    /// `ledger.db` has come so far, of what is known.
    pub fn reached(&self, applied: u64, known: u64) {
        self.applied.store(applied, Ordering::Relaxed);
        self.known.fetch_max(known.max(applied), Ordering::Relaxed);
    }

    pub fn applied(&self) -> u64 {
        self.applied.load(Ordering::Relaxed)
    }

    pub fn erasing(&self) -> MutexGuard<'_, Vec<Done>> {
        self.erasing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The next message of a subscription; never, when there is none.
pub(crate) async fn next(subscription: &mut Option<Subscriber>) -> bytes::Bytes {
    loop {
        let Some(subscriber) = subscription else { return pending().await };
        match subscriber.next().await {
            Some(message) => return message.payload,
            None => *subscription = None,
        }
    }
}

/// The next sequence that another node tells of.
pub(crate) async fn heard(grown: &mut Option<Subscriber>) -> u64 {
    let told = next(grown).await;
    told.as_ref().try_into().map_or(0, u64::from_le_bytes)
}
