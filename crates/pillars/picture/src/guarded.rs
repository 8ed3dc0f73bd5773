//! Figures by sector and country over what may not go itself: over three parties at least, of those whose agreements let
//! their records be passed on, and never so often that two of them give away a third.

use std::collections::{BTreeMap, BTreeSet};

use claims::{Aggregate, Audience, Published, SETTLED, Shown, aggregate};
use desk::sql::SqlError;
use model::{Onward, PartyId, Timestamp, Tlp};
use records::Marked;
use records::publication::{self, Publication};
use rusqlite::OptionalExtension as _;
use share::Class;
use ui::Locale;

use crate::label::label;
use crate::landscape::word;
use crate::sight::{Sight, SightError};
use crate::tally::{Topic, sum, tally_of};
use crate::trend::Period;

/// Figures of one topic: the most frequent.
const EACH: usize = 60;

/// One figure as the audience sees it.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub topic: Topic,
    pub subject: String,
    /// In the language asked for.
    pub name: String,
    pub shown: Shown,
    /// What is written down when it is published; nothing where it shows none.
    pub kept: Option<publication::Figure>,
}

/// What was published last for an audience.
#[derive(Debug, Clone)]
pub(crate) struct Last {
    pub said: Publication,
    pub at: Timestamp,
}

/// The last publication for an audience, by the instant of the picture.
pub(crate) fn last(sight: &Sight<'_>, audience: &Audience) -> Result<Option<Last>, SqlError> {
    let query = "SELECT at_us, body FROM picture_publication WHERE audience = ?1 AND seq <= ?2 ORDER BY seq DESC LIMIT 1";
    let row: Option<(i64, Vec<u8>)> = sight
        .reader
        .prepare_cached(query)?
        .query_row((word(audience), sight.last()), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(row.and_then(|(at, body)| {
        Some(Last { said: serde_json::from_slice(&body).ok()?, at: Timestamp::from_microsecond(at).ok()? })
    }))
}

/// Until when another period may not be published for the audience: figures of two lengths in a row tell as much as two
/// of one.
pub(crate) fn rests_until(last: Option<&Last>, period: Period, now: Timestamp) -> Option<Timestamp> {
    let until = last.filter(|last| last.said.days != period.days)?.at.checked_add(SETTLED).ok()?;
    (now < until).then_some(until)
}

/// The figures for an audience beyond the own organisation, counted from everything that `sight` shows.
pub(crate) fn guarded(
    sight: &Sight<'_>,
    locale: Locale,
    period: Period,
    before: Option<&Last>,
    now: Timestamp,
) -> Result<Vec<Figure>, SightError> {
    let (first, last) = period.until(sight.today());
    let mut figures = Vec::new();
    for topic in [Topic::Sectors, Topic::Countries] {
        let mut found = Vec::new();
        for (subject, tally) in tally_of(sight, topic, |class| is_willing(sight, class))? {
            let of: BTreeMap<PartyId, u64> = tally
                .authors
                .iter()
                .map(|(author, days)| (*author, sum(days, first, last)))
                .filter(|(_, count)| *count > 0)
                .collect();
            let count = tally.between(first, last);
            if count > 0 {
                let named = label(sight, locale, &subject, tally.kind)?;
                found.push((count, named.id, named.text, of));
            }
        }
        found.sort_by(|one, other| (other.0, &one.1).cmp(&(one.0, &other.1)));
        for (count, subject, name, of) in found.into_iter().take(EACH) {
            figures.extend(figure((topic, subject, name), (count, of), before, now));
        }
    }
    Ok(figures)
}

/// One figure; nothing where it says nothing.
fn figure(
    (topic, subject, name): (Topic, String, String),
    (count, of): (u64, BTreeMap<PartyId, u64>),
    before: Option<&Last>,
    now: Timestamp,
) -> Option<Figure> {
    let mut figures = before.into_iter().flat_map(|last| &last.said.figures);
    let earlier = figures.rfind(|one| one.topic == topic.code() && one.subject == subject);
    let published =
        earlier.map(|one| Published { count: one.count, at: one.since, changed: changed(&one.of, &of) });
    let contributors: BTreeSet<PartyId> = of.keys().copied().collect();
    let counted = Aggregate { count, contributors, unwilling: BTreeSet::new() };
    let shown = aggregate(&counted, published.as_ref(), now);
    let kept = match shown {
        Shown::Exactly(count) => Some(publication::Figure {
            topic: topic.code().to_owned(),
            subject: subject.clone(),
            count,
            since: now,
            of,
        }),
        Shown::Kept(_) => earlier.cloned(),
        Shown::Fewer(_) => None,
        Shown::Withheld => return None,
    };
    Some(Figure { topic, subject, name, shown, kept })
}

/// The parties whose part has changed.
fn changed(then: &BTreeMap<PartyId, u64>, now: &BTreeMap<PartyId, u64>) -> BTreeSet<PartyId> {
    let all: BTreeSet<&PartyId> = then.keys().chain(now.keys()).collect();
    all.into_iter().filter(|party| then.get(party) != now.get(party)).copied().collect()
}

/// Whether records of a class are counted for others: up to AMBER, and of others only where an agreement in force lets
/// this party pass them on as they are marked.
fn is_willing(sight: &Sight<'_>, class: u32) -> bool {
    let Some(facts) = sight.class(class) else { return false };
    let marked = matches!(facts.marked, Marked::Known(marking) if marking.tlp <= Tlp::Amber);
    marked && (facts.author == sight.desk.me || is_passed_on(sight, facts))
}

fn is_passed_on(sight: &Sight<'_>, facts: &Class) -> bool {
    let (known, now) = sight.desk.judged_by(sight.at);
    facts.under.iter().any(|id| {
        let Ok(agreement) = known.book.in_force(id, now) else { return false };
        agreement.grants.iter().any(|grant| {
            let from = match grant.from.is_empty() {
                true => agreement.has_party(&facts.author),
                false => grant.from.contains(&facts.author),
            };
            from && grant.onward == Onward::AsMarked
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parties(counts: &[u64]) -> BTreeMap<PartyId, u64> {
        (0_u8..).zip(counts).map(|(n, count)| (PartyId([n; 16]), *count)).collect()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn shown(counts: &[u64], before: Option<&Last>, now: &str) -> Option<Figure> {
        let named = (Topic::Sectors, "energy".to_owned(), "Energy".to_owned());
        figure(named, (counts.iter().sum(), parties(counts)), before, at(now))
    }

    fn published(figure: &Figure, at_: &str) -> Last {
        let figures = figure.kept.iter().cloned().collect();
        let said = Publication { audience: "public:x".into(), days: 28, by: "press".into(), figures };
        Last { said, at: at(at_) }
    }

    #[test]
    fn a_figure_is_published_anew_only_when_enough_have_changed_or_a_day_has_passed() {
        let first = shown(&[5, 4, 3], None, "2026-11-25T06:00:00Z").expect("a figure");
        assert_eq!(first.shown, Shown::Exactly(12));
        let last = published(&first, "2026-11-25T06:00:00Z");
        let one = shown(&[6, 4, 3], Some(&last), "2026-11-25T12:00:00Z").expect("a figure");
        assert_eq!(one.shown, Shown::Kept(12), "one party alone has said more");
        // What was kept is remembered with the time of its first publication, however often it goes out.
        let again = published(&one, "2026-11-25T12:00:00Z");
        let later = shown(&[6, 4, 3], Some(&again), "2026-11-26T06:00:00Z").expect("a figure");
        assert_eq!(later.shown, Shown::Exactly(13));
        let all = shown(&[6, 5, 4], Some(&last), "2026-11-25T12:00:00Z").expect("a figure");
        assert_eq!(all.shown, Shown::Exactly(15));
    }

    #[test]
    fn two_parties_are_too_few_and_two_lengths_of_period_too_many() {
        assert!(shown(&[50, 40], None, "2026-11-25T06:00:00Z").is_none());
        let first = shown(&[5, 4, 3], None, "2026-11-25T06:00:00Z").expect("a figure");
        let last = published(&first, "2026-11-25T06:00:00Z");
        let noon = at("2026-11-25T12:00:00Z");
        assert_eq!(rests_until(Some(&last), Period::USUAL, noon), None);
        let until = rests_until(Some(&last), Period::ALL[0], noon);
        assert_eq!(until.map(|at| at.to_string()).as_deref(), Some("2026-11-26T06:00:00Z"));
    }
}
