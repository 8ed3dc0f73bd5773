//! A disk for the engine in memory: what was synced outlives the process, and what was not is lost. For simulations,
//! which let the power fail between any two moments of a commit.
//!
//! A ledger of [`Ledger::on_disk`](crate::Ledger::on_disk) answers a writer once its commit is here, as SQLite does
//! after its fsync. A commit is whole or absent: SQLite rolls back what a crash has torn.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::error::WriteError;
use crate::memory::Store;
use crate::published::Facts;

/// What happens to one commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The machine stops with nothing of it on the disk.
    Lost,
    /// The machine stops with a part of it on the disk.
    Torn,
    /// The machine stops when all of it is on the disk, before anybody is told.
    Unanswered,
    /// The disk is full.
    Full,
}

/// A disk that is still there when the process is not. Clones are the same disk.
#[derive(Clone, Default)]
pub struct Disk(Arc<Mutex<Platter>>);

#[derive(Default)]
struct Platter {
    synced: Image,
    /// What happens to a commit, after so many others.
    next: Option<(Fate, u8)>,
    full: bool,
    waits: bool,
    dead: bool,
    syncs: u64,
}

/// Everything that a ledger holds.
#[derive(Clone, Default)]
pub(crate) struct Image {
    pub store: Store,
    pub facts: Facts,
}

impl std::fmt::Debug for Disk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let platter = self.platter();
        f.debug_struct("Disk")
            .field("syncs", &platter.syncs)
            .field("dead", &platter.dead)
            .finish_non_exhaustive()
    }
}

impl Disk {
    fn platter(&self) -> MutexGuard<'_, Platter> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Decides what happens to the next commit; `None` takes it back.
    pub fn decide(&self, fate: Option<Fate>) {
        self.platter().next = fate.map(|fate| (fate, 0));
    }

    /// Decides what happens to the commit after the next `others`.
    pub fn decide_after(&self, others: u8, fate: Fate) {
        self.platter().next = Some((fate, others));
    }

    /// From now on there is no room, or there is again.
    pub fn fill(&self, full: bool) {
        self.platter().full = full;
    }

    /// Whether there is no room.
    pub fn is_full(&self) -> bool {
        self.platter().full
    }

    /// The next commit waits in front of the disk, unanswered, until another one takes it along.
    pub fn delay_next(&self) {
        self.platter().waits = true;
    }

    /// Whether the machine has stopped in a commit. A ledger opened anew starts it again.
    pub fn is_dead(&self) -> bool {
        self.platter().dead
    }

    /// The machine stops between two commits.
    pub fn stop(&self) {
        self.platter().dead = true;
    }

    /// How many commits were synced.
    pub fn syncs(&self) -> u64 {
        self.platter().syncs
    }

    /// Starts the machine again: what a ledger finds on the disk.
    pub(crate) fn start(&self) -> Image {
        let mut platter = self.platter();
        (platter.dead, platter.next, platter.waits) = (false, None, false);
        platter.synced.clone()
    }

    pub(crate) fn takes_its_time(&self) -> bool {
        std::mem::take(&mut self.platter().waits)
    }

    /// Refuses a commit, or says how it will end.
    pub(crate) fn begin(&self) -> Result<Option<Fate>, WriteError> {
        let mut platter = self.platter();
        if platter.dead {
            return Err(WriteError::Closed);
        }
        let fate = match platter.next.take() {
            Some((fate, 0)) => Some(fate),
            Some((fate, others)) => {
                platter.next = Some((fate, others - 1));
                None
            }
            None => None,
        };
        if platter.full || fate == Some(Fate::Full) {
            return Err(WriteError::Disk {
                path: PathBuf::from("ledger.db"),
                reason: "the disk is full".into(),
            });
        }
        Ok(fate)
    }

    /// Syncs a commit that `store` and `facts` hold already; false when nobody may be told of it.
    pub(crate) fn sync(&self, fate: Option<Fate>, store: &Store, facts: &Facts) -> bool {
        let mut platter = self.platter();
        match fate {
            None | Some(Fate::Full) => {}
            Some(Fate::Lost | Fate::Torn) => {
                platter.dead = true;
                return false;
            }
            Some(Fate::Unanswered) => platter.dead = true,
        }
        platter.synced = Image { store: store.clone(), facts: facts.clone() };
        platter.syncs += 1;
        !platter.dead
    }
}
