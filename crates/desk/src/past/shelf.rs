//! The instants that were asked for lately, each with its desk: few of them, made ready one after the other by one thread,
//! used by everybody who asks for the same, and gone when nobody has for a while.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::desk::Desk;
use crate::edge;

/// How much of the past is kept at once.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Instants.
    pub kept: usize,
    /// Nobody has asked for so long: it goes.
    pub idle: Duration,
    /// Folding may take so long.
    pub build: Duration,
    /// Whoever asks waits so long before they are told how far it is.
    pub patience: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            kept: 4,
            idle: Duration::from_secs(1_800),
            build: Duration::from_secs(900),
            patience: Duration::from_millis(1_500),
        }
    }
}

/// Makes of a desk what is kept on the shelf: its pages.
pub type Dress<T> = Box<dyn Fn(Arc<Desk>) -> Result<T, String> + Send + Sync>;

/// What there is for an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<T> {
    /// Here it is.
    Ready(T),
    /// Being made ready.
    Preparing {
        /// Entries folded.
        folded: u64,
        /// Of so many.
        of: u64,
    },
    /// As many are being made ready as there is room for.
    Full,
    /// It could not be made ready, and why.
    Failed(String),
}

/// The shelf. Dropping it ends its thread and removes what is on it.
pub struct Shelf<T: Send + 'static> {
    room: Arc<Room<T>>,
    worker: Option<JoinHandle<()>>,
}

struct Room<T> {
    present: Arc<Desk>,
    folder: PathBuf,
    bounds: Bounds,
    dress: Dress<T>,
    slots: Mutex<Slots<T>>,
    changed: Condvar,
}

struct Slots<T> {
    list: Vec<Slot<T>>,
    /// Counts the folders, so that none is used twice.
    serial: u64,
    stop: bool,
}

struct Slot<T> {
    upto: u64,
    used: Instant,
    stage: Stage<T>,
}

enum Stage<T> {
    Waiting,
    Folding(Arc<AtomicU64>),
    Ready(Arc<Desk>, T),
    Failed(String),
}

impl<T: Clone + Send + 'static> Shelf<T> {
    /// An empty shelf with its folders in `folder`; whatever an earlier process left there is removed.
    pub fn new(
        present: Arc<Desk>,
        folder: PathBuf,
        bounds: Bounds,
        dress: Dress<T>,
    ) -> std::io::Result<Self> {
        match std::fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let slots = Mutex::new(Slots { list: Vec::new(), serial: 0, stop: false });
        let room = Arc::new(Room { present, folder, bounds, dress, slots, changed: Condvar::new() });
        let working = Arc::clone(&room);
        let worker = std::thread::Builder::new().name("past".into()).spawn(move || working.work())?;
        Ok(Self { room, worker: Some(worker) })
    }

    /// What was made of the desk as it stood when entry `upto` had just arrived; asks for it where it is not there. Waits
    /// for it a little; do not call it on an async thread.
    pub fn find(&self, upto: u64) -> Found<T> {
        let until = edge::monotonic() + self.room.bounds.patience;
        let mut slots = self.room.lock();
        loop {
            let now = edge::monotonic();
            let Some(place) = slots.place(upto, now, self.room.bounds.kept) else { return Found::Full };
            let slot = &mut slots.list[place];
            let answer = match &slot.stage {
                Stage::Ready(desk, dressed) => match still_holds(desk) {
                    true => return Found::Ready(dressed.clone()),
                    false => {
                        slot.stage = Stage::Waiting;
                        None
                    }
                },
                Stage::Failed(why) => {
                    let why = why.clone();
                    slots.list.remove(place);
                    return Found::Failed(why);
                }
                Stage::Waiting => None,
                Stage::Folding(folded) => Some(folded.load(Ordering::Relaxed)),
            };
            self.room.changed.notify_all();
            if now >= until {
                return Found::Preparing { folded: answer.unwrap_or(0), of: upto };
            }
            slots = self.room.wait(slots, until - now);
        }
    }
}

impl<T: Send + 'static> Drop for Shelf<T> {
    fn drop(&mut self) {
        self.room.lock().stop = true;
        self.room.changed.notify_all();
        if let Some(worker) = self.worker.take() {
            let _ = worker.join(); // it has nothing to say
        }
    }
}

impl<T: Send + 'static> std::fmt::Debug for Shelf<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shelf").field("kept", &self.room.lock().list.len()).finish_non_exhaustive()
    }
}

/// Whether a desk of the past may still be shown; when that cannot be told, it may not.
fn still_holds(desk: &Desk) -> bool {
    desk.past().is_some_and(|past| past.still_holds(desk).unwrap_or(false))
}

impl<T> Slots<T> {
    /// Where the instant stands, given a place when there is room: what is ready and was used longest ago makes room.
    fn place(&mut self, upto: u64, now: Instant, kept: usize) -> Option<usize> {
        if let Some(place) = self.list.iter().position(|slot| slot.upto == upto) {
            self.list[place].used = now;
            return Some(place);
        }
        if self.list.len() >= kept.max(1) {
            let settled = |slot: &&Slot<T>| matches!(slot.stage, Stage::Ready(..) | Stage::Failed(_));
            let oldest = self.list.iter().filter(settled).min_by_key(|slot| slot.used)?.upto;
            self.list.retain(|slot| slot.upto != oldest);
        }
        self.list.push(Slot { upto, used: now, stage: Stage::Waiting });
        Some(self.list.len() - 1)
    }
}

impl<T> Room<T> {
    fn lock(&self) -> MutexGuard<'_, Slots<T>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, slots: MutexGuard<'a, Slots<T>>, at_most: Duration) -> MutexGuard<'a, Slots<T>> {
        self.changed.wait_timeout(slots, at_most).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Makes ready what is waited for, one after the other, until the shelf goes.
    fn work(&self) {
        let mut slots = self.lock();
        while !slots.stop {
            let now = edge::monotonic();
            // Nothing in use is removed: whoever reads holds it.
            let fresh = |slot: &Slot<T>| {
                now.duration_since(slot.used) < self.bounds.idle || matches!(slot.stage, Stage::Waiting)
            };
            slots.list.retain(fresh);
            let waiting = slots.list.iter_mut().find(|slot| matches!(slot.stage, Stage::Waiting));
            let Some(slot) = waiting else {
                slots = self.wait(slots, self.bounds.idle.clamp(Duration::from_millis(100), TICK));
                continue;
            };
            let (upto, folded) = (slot.upto, Arc::new(AtomicU64::new(0)));
            slot.stage = Stage::Folding(Arc::clone(&folded));
            slots.serial += 1;
            let folder = self.folder.join(format!("{upto}-{}", slots.serial));
            drop(slots);
            let stage = self.make(upto, folder, &folded);
            slots = self.lock();
            if let Some(slot) = slots.list.iter_mut().find(|slot| slot.upto == upto) {
                slot.stage = stage;
                slot.used = edge::monotonic();
            }
            self.changed.notify_all();
        }
        slots.list.clear();
    }

    fn make(&self, upto: u64, folder: PathBuf, folded: &AtomicU64) -> Stage<T> {
        let began = edge::monotonic();
        let go_on = |count: u64| {
            folded.store(count, Ordering::Relaxed);
            began.elapsed() < self.bounds.build && !self.lock().stop
        };
        let made = self.present.as_it_stood(upto, &folder, &go_on).map_err(|error| error.to_string());
        match made.and_then(|desk| Ok((Arc::clone(&desk), (self.dress)(desk)?))) {
            Ok((desk, dressed)) => Stage::Ready(desk, dressed),
            Err(why) => {
                tracing::warn!(upto, why, "the past was not made ready");
                Stage::Failed(why)
            }
        }
    }
}

/// How often it is looked whether something has been idle for too long.
const TICK: Duration = Duration::from_secs(30);
