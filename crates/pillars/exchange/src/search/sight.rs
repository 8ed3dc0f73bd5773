//! What one reader may see of the placements: every page, picture and count goes through here (I1).

use std::sync::Arc;

use desk::sql::{Reader, SqlError};
use desk::views::classes::ClassList;
use desk::{Desk, Released};
use model::{AgreementId, Timestamp};
use records::delivery::OBJECT;
use share::{Class, Receiver};

use crate::key::key_of;

/// One reader's view of what is held, as of one instant.
pub struct Sight<'a> {
    /// The desk.
    pub desk: &'a Desk,
    /// The instant.
    pub now: Timestamp,
    pub(super) reader: Reader<'a>,
    pub(super) classes: ClassList,
    released: Arc<Released>,
    /// A consumer sees only what is published under its agreements, whatever its standing.
    within: Option<Vec<AgreementId>>,
}

impl std::fmt::Debug for Sight<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sight").field("now", &self.now).finish_non_exhaustive()
    }
}

/// One visible placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Placed {
    pub seq: u64,
    pub at_us: i64,
    pub class: u32,
    pub version: i64,
}

impl<'a> Sight<'a> {
    /// What `receiver` sees at `now`.
    pub fn new(desk: &'a Desk, receiver: &Receiver, now: Timestamp) -> Result<Self, SqlError> {
        Ok(Self {
            desk,
            now,
            reader: desk.views.read()?,
            released: desk.released(receiver, now),
            classes: desk.views.classes(),
            within: receiver.agreements.as_ref().map(|agreements| agreements.iter().copied().collect()),
        })
    }

    /// True when objects of this class are shown.
    pub fn has(&self, class: u32) -> bool {
        let Some(facts) = self.classes.get(class as usize) else { return false };
        let within =
            self.within.as_ref().is_none_or(|within| facts.under.iter().any(|id| within.contains(id)));
        facts.kind == OBJECT && within && self.released.contains(class)
    }

    /// The facts of a class.
    pub fn class(&self, class: u32) -> Option<&Class> {
        self.classes.get(class as usize).map(AsRef::as_ref)
    }

    /// The facts of every visible class.
    pub fn visible(&self) -> impl Iterator<Item = &Class> {
        let visible = self.classes.iter().enumerate().filter(|(n, _)| self.has(*n as u32));
        visible.map(|(_, class)| class.as_ref())
    }

    /// The visible records of an object, oldest first, each once however many agreements it is under.
    pub(crate) fn placed(&self, key: i64) -> Result<Vec<Placed>, SqlError> {
        let standing = crate::placed::standing(&self.reader, key)?.into_iter();
        let mut placed: Vec<Placed> = standing
            .map(|place| Placed {
                seq: place.seq,
                at_us: place.date,
                class: place.class,
                version: place.version,
            })
            .collect();
        placed.retain(|row| self.has(row.class));
        let mut seen = std::collections::BTreeSet::new();
        placed.retain(|row| seen.insert(row.seq));
        Ok(placed)
    }

    /// One record of an object, when it is visible and still in force.
    pub(crate) fn record(&self, key: i64, seq: u64) -> Result<Option<Placed>, SqlError> {
        Ok(self.placed(key)?.into_iter().find(|row| row.seq == seq))
    }

    /// The newest visible record of the object with this id.
    pub(crate) fn newest(&self, id: &str) -> Result<Option<Placed>, SqlError> {
        Ok(self.placed(key_of(id))?.into_iter().max_by_key(|row| (row.version, row.at_us)))
    }
}
