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

/// Subjects that were spoken of in the period or in the one before, the most frequent first.
pub(crate) fn trends(
    sight: &Sight<'_>,
    locale: Locale,
    topic: Topic,
    period: Period,
) -> Result<Vec<Trend>, SightError> {
    of(sight, locale, period, (tally(sight, topic)?, MOST))
}

/// The same of subjects that were counted before, at most so many.
pub(crate) fn of(
    sight: &Sight<'_>,
    locale: Locale,
    period: Period,
    (tallies, most): (HashMap<Subject, Tally>, usize),
) -> Result<Vec<Trend>, SightError> {
    let today = sight.today();
    let (first, last) = period.until(today);
    let mut moving: Vec<_> = tallies
        .into_iter()
        .filter_map(|(subject, tally)| {
            let moved = moved(|first, last| tally.between(first, last), period, today)?;
            let rank = (tally.between(first, last), tally.between(first - period.days, first - 1));
            Some((rank, subject, moved, tally))
        })
        .collect();
    moving.sort_by(|one, other| (other.0, &one.1).cmp(&(one.0, &other.1)));
    moving.truncate(most);
    let row = |((now, before), subject, moved, tally): ((u64, u64), _, Move, Tally)| {
        let label = label(sight, locale, &subject, tally.kind)?;
        let spoken = first.saturating_sub(period.days);
        Ok(Trend {
            label,
            moved,
            now,
            before,
            series: series(|first, last| tally.between(first, last), period, today),
            authors: tally.authors_between(sight, spoken, last).into_keys().collect(),
            last: tally.last_until(last).unwrap_or(last),
            marking: tally.marking,
        })
    };
    let mut rows = moving.into_iter().map(row).collect::<Result<Vec<Trend>, SightError>>()?;
    rows.sort_by(|one, other| {
        (other.now, other.before, &one.label.text).cmp(&(one.now, one.before, &other.label.text))
    });
    Ok(rows)
}
