//! What moves, ready to be shown: one row for each subject of a topic.

use std::collections::{BTreeSet, HashMap};

use model::{Marking, PartyId};
use ui::Locale;

use crate::label::{Label, label};
use crate::sight::{Sight, SightError};
use crate::tally::{Subject, Tally, Topic, tally};
use crate::trend::{Move, Period, moved, series};

/// One subject.
pub(crate) struct Trend {
    pub label: Label,
    pub moved: Move,
    pub now: u64,
    pub before: u64,
    pub series: Vec<u64>,
    pub authors: BTreeSet<PartyId>,
    /// The last day on which it was spoken of.
    pub last: i64,
    pub marking: Marking,
}

/// The most subjects of one list.
pub(crate) const MOST: usize = 100;

/// One subject that was spoken of, before it has a name.
pub(crate) struct Moving {
    /// How often in the period, and in the one before.
    often: (u64, u64),
    subject: Subject,
    moved: Move,
    tally: Tally,
}

/// Subjects that were spoken of in the period or in the one before, the most frequent first.
pub(crate) fn trends(
    sight: &Sight<'_>,
    locale: Locale,
    topic: Topic,
    period: Period,
) -> Result<Vec<Trend>, SightError> {
    named(sight, locale, period, &moving(sight, period, tally(sight, topic)?, MOST))
}

/// The same of what was counted before, at most so many, without names.
pub(crate) fn moving(
    sight: &Sight<'_>,
    period: Period,
    tallies: HashMap<Subject, Tally>,
    most: usize,
) -> Vec<Moving> {
    let today = sight.today();
    let (first, last) = period.until(today);
    let mut moving: Vec<Moving> = tallies
        .into_iter()
        .filter_map(|(subject, tally)| {
            let moved = moved(|first, last| tally.between(first, last), period, today)?;
            let often = (tally.between(first, last), tally.between(first - period.days, first - 1));
            Some(Moving { often, subject, moved, tally })
        })
        .collect();
    moving.sort_by(|one, other| (other.often, &one.subject).cmp(&(one.often, &other.subject)));
    moving.truncate(most);
    moving
}

/// The same with their names in a language.
pub(crate) fn named(
    sight: &Sight<'_>,
    locale: Locale,
    period: Period,
    moving: &[Moving],
) -> Result<Vec<Trend>, SightError> {
    let today = sight.today();
    let (first, last) = period.until(today);
    let row = |Moving { often: (now, before), subject, moved, tally }: &Moving| {
        let spoken = first.saturating_sub(period.days);
        Ok(Trend {
            label: label(sight, locale, subject, tally.kind)?,
            moved: *moved,
            now: *now,
            before: *before,
            series: series(|first, last| tally.between(first, last), period, today),
            authors: tally.authors_between(sight, spoken, last).into_keys().collect(),
            last: tally.last_until(last).unwrap_or(last),
            marking: tally.marking,
        })
    };
    let mut rows = moving.iter().map(row).collect::<Result<Vec<Trend>, SightError>>()?;
    rows.sort_by(|one, other| {
        (other.now, other.before, &one.label.text).cmp(&(one.now, one.before, &other.label.text))
    });
    Ok(rows)
}
