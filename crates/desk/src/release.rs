//! Releases: the verdict, computed once for each class and receiver, and remembered until something changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use model::Timestamp;
use share::{Receiver, Verdict, verdict};

use crate::desk::Desk;

/// The classes released to one receiver, as of one instant.
#[derive(Debug, Clone)]
pub struct Released {
    /// Epoch of the book it was computed under.
    epoch: u64,
    /// The instant at which time alone may change an answer.
    valid_until: Option<Timestamp>,
    /// One answer for each class number.
    classes: Vec<bool>,
}

impl Released {
    /// True when records of `class` are released.
    pub fn contains(&self, class: u32) -> bool {
        self.classes.get(class as usize).copied().unwrap_or(false)
    }

    /// The released classes, in ascending order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.classes.iter().enumerate().filter(|(_, released)| **released).map(|(class, _)| class as u32)
    }

    /// How many classes have an answer; later ones are not released yet.
    pub fn known_classes(&self) -> usize {
        self.classes.len()
    }
}

/// Remembered answers.
#[derive(Debug, Default)]
pub(crate) struct Releases {
    cache: Mutex<HashMap<Receiver, Arc<Released>>>,
}

/// Receivers remembered; beyond it the cache starts anew.
const MAX_RECEIVERS: usize = 10_000;

impl Desk {
    /// The classes released to `receiver` at `now`.
    pub fn released(&self, receiver: &Receiver, now: Timestamp) -> Arc<Released> {
        let (known, now) = self.judged_by(now);
        let classes = self.views.classes();
        let mut cache = self.releases.cache.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let kept = cache.get(receiver).filter(|released| {
            released.epoch == known.epoch && released.valid_until.is_none_or(|until| now < until)
        });
        if let Some(kept) = kept
            && kept.classes.len() == classes.len()
        {
            return Arc::clone(kept);
        }
        let mut answers = kept.map_or_else(Vec::new, |kept| kept.classes.clone());
        for class in &classes[answers.len()..] {
            answers.push(verdict(class, receiver, &known.book, now).is_release());
        }
        let valid_until = known.book.turns_at(now);
        let released = Arc::new(Released { epoch: known.epoch, valid_until, classes: answers });
        if cache.len() >= MAX_RECEIVERS {
            cache.clear();
        }
        cache.insert(receiver.clone(), Arc::clone(&released));
        released
    }

    /// The full answer for one class, with its reason.
    pub fn verdict(&self, class: u32, receiver: &Receiver, now: Timestamp) -> Option<Verdict> {
        let classes = self.views.classes();
        let class = classes.get(class as usize)?;
        let (known, now) = self.judged_by(now);
        Some(verdict(class, receiver, &known.book, now))
    }
}
