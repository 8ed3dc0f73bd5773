//! What everybody may ask without touching the database: the logs, their sizes, the last arrival, the state.
//! Changed by the writer after each commit, so it never shows what is not durable.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::error::State;
use crate::{LogId, LogKey};

/// Called with the last arrival number after every commit that added entries.
pub(crate) type Listener = Box<dyn Fn(u64) + Send + Sync>;

/// The facts.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    /// Key and size by log number − 1; numbers are given without gap.
    pub logs: Vec<(LogKey, u64)>,
    pub by_key: HashMap<LogKey, LogId>,
    pub last_seq: u64,
    pub last_at_us: i64,
    pub state: State,
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            logs: Vec::new(),
            by_key: HashMap::new(),
            last_seq: 0,
            last_at_us: i64::MIN,
            state: State::Ready,
        }
    }
}

impl Facts {
    pub fn size(&self, log: LogId) -> Option<u64> {
        Some(self.logs.get((log.0 as usize).checked_sub(1)?)?.1)
    }

    pub fn key(&self, log: LogId) -> Option<&LogKey> {
        Some(&self.logs.get((log.0 as usize).checked_sub(1)?)?.0)
    }

    /// Gives the next number to a new log.
    pub fn add(&mut self, key: LogKey, size: u64) -> LogId {
        self.logs.push((key.clone(), size));
        let log = LogId(self.logs.len() as u32);
        self.by_key.insert(key, log);
        log
    }

    pub fn set_size(&mut self, log: LogId, size: u64) {
        if let Some(entry) = self.logs.get_mut(log.0 as usize - 1) {
            entry.1 = size;
        }
    }
}

/// The facts behind a lock, and those who want to hear of changes.
#[derive(Default)]
pub(crate) struct Published {
    facts: RwLock<Facts>,
    listeners: Mutex<Vec<Listener>>,
}

impl Published {
    pub fn new(facts: Facts) -> Self {
        Self { facts: RwLock::new(facts), ..Self::default() }
    }

    pub fn facts(&self) -> RwLockReadGuard<'_, Facts> {
        self.facts.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn facts_mut(&self) -> RwLockWriteGuard<'_, Facts> {
        self.facts.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn listen(&self, listener: Listener) {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(listener);
    }

    pub fn announce(&self, last_seq: u64) {
        for listener in self.listeners.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            listener(last_seq);
        }
    }
}
