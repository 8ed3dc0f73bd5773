//! What one reader may see of the picture, now or as it stood: every page, count and figure goes through here (I1).
//!
//! "As it stood" means: what had arrived by then, and is still held, and is released to this reader today; as it would be
//! counted by a node that had stopped then. What was revoked since stands, under the name that it had then. What was taken
//! back since is not shown again, and a marking that was raised since holds for the past too (I5). Verdicts, names and sides
//! of parties are those of today.

use std::sync::Arc;

use claims::Audience;
use desk::sql::{Reader, SqlError};
use desk::views::Known;
use desk::views::classes::ClassList;
use desk::{Desk, Released};
use model::{Marking, PartyId, Side, Timestamp};
use records::Marked;
use records::delivery::OBJECT;
use share::{Class, Receiver, verdict};

use crate::fold::day_of;

/// One reader's view of the picture.
pub(crate) struct Sight<'a> {
    pub desk: &'a Desk,
    pub reader: Reader<'a>,
    pub known: Arc<Known>,
    /// The instant to which the picture is true.
    pub at: Timestamp,
    /// The last arrival that counts; `None` for all.
    pub upto: Option<u64>,
    classes: ClassList,
    released: Arc<Released>,
    /// One answer for each class where the picture is for others too.
    audience: Option<Vec<bool>>,
}

/// Why the picture could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SightError {
    #[error("cannot read the views: {0}; see `entente doctor`")]
    Sql(#[from] SqlError),
    #[error(transparent)]
    Ledger(#[from] ledger::ReadError),
}

impl<'a> Sight<'a> {
    /// What `receiver` sees at `now`, of what had arrived by `at`.
    pub fn new(
        desk: &'a Desk,
        receiver: &Receiver,
        now: Timestamp,
        at: Option<Timestamp>,
    ) -> Result<Self, SightError> {
        let upto = match at {
            None => None,
            Some(at) => Some(desk.entries_before(at)?),
        };
        Ok(Self {
            reader: desk.views.read()?,
            known: desk.known(),
            at: at.unwrap_or(now),
            upto,
            released: desk.released(receiver, now),
            classes: desk.views.classes(),
            audience: None,
            desk,
        })
    }

    /// The same, of what may also go to everybody in `audience`: what is made from it may be handed to them.
    pub fn for_audience(self, audience: &Audience, now: Timestamp) -> Self {
        let (known, now) = self.desk.judged_by(now);
        let may = |class: &Arc<Class>| audience.may_have(class, &known.book, now).is_ok();
        let answers = self.classes.iter().map(may).collect();
        Self { audience: Some(answers), ..self }
    }

    /// The same counted up to another day, of everything that has arrived.
    pub fn ending(self, at: Timestamp) -> Self {
        Self { at, ..self }
    }

    /// The same, of what `party` states itself or may have: what is made from it may be put to them.
    pub fn for_party(self, party: PartyId, now: Timestamp) -> Self {
        let (known, now) = self.desk.judged_by(now);
        let receiver = Receiver::node(self.desk.realm.clone(), party);
        let may = |class: &Arc<Class>| {
            class.author == party || verdict(class, &receiver, &known.book, now).is_release()
        };
        let answers = self.classes.iter().map(may).collect();
        Self { audience: Some(answers), ..self }
    }

    /// The day of the picture.
    pub fn today(&self) -> i64 {
        // The end of a day is the first instant of the next.
        day_of(self.at.as_microsecond() - 1)
    }

    /// True when records of this class are shown.
    pub fn sees(&self, class: u32) -> bool {
        let others =
            self.audience.as_ref().is_none_or(|may| may.get(class as usize).copied().unwrap_or(false));
        others && self.released.contains(class)
    }

    /// True when objects of this class are shown.
    pub fn has(&self, class: u32) -> bool {
        self.sees(class) && self.class(class).is_some_and(|facts| facts.kind == OBJECT)
    }

    /// Every class of which records are shown, by its number.
    pub fn seen(&self) -> impl Iterator<Item = (u32, &Class)> {
        let classes = (0..).zip(self.classes.iter().map(AsRef::as_ref));
        classes.filter(|(class, _)| self.sees(*class))
    }

    /// The facts of a class.
    pub fn class(&self, class: u32) -> Option<&Class> {
        self.classes.get(class as usize).map(AsRef::as_ref)
    }

    /// Who states records of this class.
    pub fn author(&self, class: u32) -> Option<PartyId> {
        self.class(class).map(|facts| facts.author)
    }

    /// The side of the Atlantic on which they stand.
    pub fn side(&self, class: u32) -> Side {
        let party = self.author(class).and_then(|author| self.known.parties.get(&author));
        party.map_or(Side::Other, |party| party.card.side)
    }

    /// The marking of a class; what has none, or an unknown one, counts as the strictest.
    pub fn marking(&self, class: u32) -> Marking {
        match self.class(class).map(|facts| facts.marked) {
            Some(Marked::Known(marking)) => marking,
            _ => Marking::tlp(model::Tlp::Red),
        }
    }

    /// The last arrival that counts, for SQL: `seq <= last AND gone > last`. What stands is gone at the end of time, so the
    /// present ends just before it.
    pub fn last(&self) -> i64 {
        let most = i64::MAX - 1;
        self.upto.map_or(most, |seq| i64::try_from(seq).unwrap_or(most).min(most))
    }
}
