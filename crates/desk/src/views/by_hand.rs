//! Folding on the thread that waits: for a simulation, where everything happens in one thread, step by step.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::entry::FoldError;
use super::store::Views;
use super::thread::Folder;

/// Folds when it is told to, or when somebody waits.
pub(super) struct ByHand {
    folder: Mutex<Folder>,
    stalled: AtomicBool,
    closed: AtomicBool,
}

impl std::fmt::Debug for ByHand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ByHand").field("stalled", &self.stalled).finish_non_exhaustive()
    }
}

impl ByHand {
    pub fn new(folder: Folder) -> Self {
        Self { folder: Mutex::new(folder), stalled: AtomicBool::new(false), closed: AtomicBool::new(false) }
    }

    /// Folds up to arrival number `seq` at least, as a fold thread would while its caller waits.
    pub fn wait_for(&self, views: &Views, seq: u64) {
        while views.folded() < seq && !self.stalled.load(Ordering::Relaxed) {
            match self.step(views, usize::MAX) {
                Ok(folded) if folded > 0 => {}
                _ => return,
            }
        }
    }

    /// Ends folding, as the end of the thread does.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    fn step(&self, views: &Views, most: usize) -> Result<usize, FoldError> {
        if self.closed.load(Ordering::Relaxed) {
            return Ok(0);
        }
        self.folder.lock().unwrap_or_else(PoisonError::into_inner).step(views, most)
    }
}

impl Views {
    /// Folds at most `most` entries in one step, when these views are folded by hand; says how many it were.
    pub fn step(&self, most: usize) -> Result<usize, FoldError> {
        self.by_hand.as_ref().map_or(Ok(0), |by_hand| by_hand.step(self, most))
    }

    /// While stalled, views folded by hand do not move when somebody waits for them, as if the machine were too busy.
    pub fn stall(&self, stalled: bool) {
        if let Some(by_hand) = &self.by_hand {
            by_hand.stalled.store(stalled, Ordering::Relaxed);
        }
    }
}
