//! Pages as they were served: most consumers of a collection ask for the same ones, and a page that was full stays
//! what it is until something else than adding at the end happens.
//!
//! A page is found only under the very releases it was made for, so the shelf answers nothing that the verdict would
//! not answer now: another agreement, clearance or instant makes other releases, and those find nothing here.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use desk::{Desk, Released};
use formats::taxii::Query;

/// Bytes kept at most.
const MOST_BYTES: usize = 24 << 20;
/// A page larger than this is not kept.
const LARGEST: usize = 4 << 20;
/// Pages kept at most.
const MOST_PAGES: usize = 4_096;

/// What a page was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    pub collection: uuid::Uuid,
    pub after: i64,
    pub limit: usize,
    /// The filters, as the query itself writes them.
    pub filter: String,
}

impl Asked {
    pub fn new(collection: uuid::Uuid, after: i64, limit: usize, query: &Query) -> Self {
        Self { collection, after, limit, filter: format!("{:?}", query.filter) }
    }
}

/// A served page.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub body: Bytes,
    /// First and last date, µs.
    pub span: Option<(i64, i64)>,
    /// True when more rows follow.
    pub full: bool,
    /// How often the past had been changed when it was made.
    pub epoch: i64,
    /// Up to which arrival the views had folded before it was made.
    pub folded: u64,
}

/// A page and whose it is. Holding the releases keeps their address from being used again.
#[derive(Debug)]
struct Place {
    released: Arc<Released>,
    kept: Kept,
}

/// The pages kept.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    places: HashMap<(usize, Asked), Place>,
    order: VecDeque<(usize, Asked)>,
    bytes: usize,
}

impl Shelf {
    /// The page asked for, when it still is what it was.
    pub fn find(&self, desk: &Desk, released: &Arc<Released>, asked: &Asked) -> Option<Kept> {
        let key = (Arc::as_ptr(released) as usize, asked.clone());
        let folded = desk.views.folded();
        let kept = self.lock().places.get(&key)?.kept.clone();
        if kept.folded == folded {
            return Some(kept);
        }
        let holds = kept.full && crate::select::epoch(&desk.views.read().ok()?).ok()? == kept.epoch;
        if !holds {
            self.lock().remove(&key);
            return None;
        }
        if let Some(place) = self.lock().places.get_mut(&key) {
            place.kept.folded = folded; // the next one need not ask
        }
        Some(kept)
    }

    /// Keeps a page.
    pub fn keep(&self, released: &Arc<Released>, asked: Asked, kept: Kept) {
        if kept.body.len() > LARGEST {
            return;
        }
        let key = (Arc::as_ptr(released) as usize, asked);
        let mut inner = self.lock();
        inner.remove(&key);
        inner.bytes += kept.body.len();
        inner.order.push_back(key.clone());
        inner.places.insert(key, Place { released: Arc::clone(released), kept });
        while inner.bytes > MOST_BYTES || inner.order.len() > MOST_PAGES {
            let Some(oldest) = inner.order.pop_front() else { break };
            inner.remove(&oldest);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn remove(&mut self, key: &(usize, Asked)) {
        if let Some(place) = self.places.remove(key) {
            self.bytes -= place.kept.body.len();
            debug_assert_eq!(Arc::as_ptr(&place.released) as usize, key.0);
        }
    }
}
