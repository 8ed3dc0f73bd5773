//! Figures by sector and country over what may not go itself: over three parties at least, of those whose agreements let
//! their records be passed on, and never so often that two of them give away a third.

use std::collections::{BTreeMap, BTreeSet};

use claims::{Aggregate, Audience, Published, SETTLED, Shown, aggregate};
use desk::sql::SqlError;
use model::{AgreementId, Marking, Onward, PartyId, Timestamp, Tlp};
use records::Marked;
use records::publication::{self, Publication};
use share::Class;
use ui::Locale;

use crate::label::label;
use crate::landscape::word;
use crate::sight::{Sight, SightError};
use crate::tally::{Topic, tally_of};
use crate::trend::Period;

/// Figures of one topic: the most frequent.
const EACH: usize = 60;

/// One figure, and what the audience sees of it.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub topic: Topic,
    pub subject: String,
    /// In the language asked for.
    pub name: String,
    pub shown: Shown,
    /// How often it is counted here now, and over how many parties: for who publishes, not for the audience.
    pub counted: u64,
    pub contributors: usize,
    /// Parties whose part has changed since it went out last.
    pub changed: usize,
    /// The strictest marking of anything counted.
    pub marking: Marking,
    /// What is written down when it is published; nothing where it shows none.
    pub kept: Option<publication::Figure>,
}

impl Figure {
    /// Whether the audience sees anything of it.
    pub fn goes_out(&self) -> bool {
        self.shown != Shown::Withheld
    }
}

/// One publication.
#[derive(Debug, Clone)]
pub(crate) struct Last {
    pub said: Publication,
    pub at: Timestamp,
}

/// What went out to anybody who is among an audience, the newest first: they have read it, whatever it was published for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Before {
    all: Vec<Last>,
}

/// Publications that are looked at.
const MOST_BEFORE: i64 = 200;

impl Before {
    /// By the instant of the picture.
    pub fn of(sight: &Sight<'_>, audience: &Audience) -> Result<Self, SqlError> {
        let query = "SELECT at_us, body FROM picture_publication WHERE seq <= ?1 ORDER BY seq DESC LIMIT ?2";
        let mut statement = sight.reader.prepare_cached(query)?;
        let rows = statement.query_map((sight.last(), MOST_BEFORE), |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
        })?;
        let mut all = Vec::new();
        for row in rows {
            let (at, body) = row?;
            let said: Option<Publication> = serde_json::from_slice(&body).ok();
            let at = Timestamp::from_microsecond(at).unwrap_or_default();
            let meets = |said: &Publication| have_readers_in_common(sight, &word(audience), &said.audience);
            all.extend(said.filter(meets).map(|said| Last { said, at }));
        }
        Ok(Self { all })
    }

    /// The last one for exactly this audience.
    pub fn last(&self, audience: &Audience) -> Option<&Last> {
        self.all.iter().find(|last| last.said.audience == word(audience))
    }

    /// A figure as it went out last.
    fn figure(&self, topic: Topic, subject: &str) -> Option<&publication::Figure> {
        let mut figures = self.all.iter().flat_map(|last| last.said.figures.iter().rev());
        figures.find(|one| one.topic == topic.code() && one.subject == subject)
    }

    /// The figures of a topic that readers of exactly this audience have in hand, each as it went out last: what went out to
    /// somebody else is not among them.
    pub fn in_hand(&self, audience: &Audience, topic: Topic, days: i64) -> BTreeMap<&str, u64> {
        let mut found = BTreeMap::new();
        let read = |last: &&Last| last.said.days == days && all_read(&word(audience), &last.said.audience);
        for last in self.all.iter().filter(read) {
            for one in last.said.figures.iter().filter(|one| one.topic == topic.code()) {
                found.entry(one.subject.as_str()).or_insert(one.count);
            }
        }
        found
    }

    /// Until when another period may not be published: figures of two lengths in a row tell as much as two of one.
    pub fn rests_until(&self, period: Period, now: Timestamp) -> Option<Timestamp> {
        let other = self.all.iter().find(|last| last.said.days != period.days)?;
        other.at.checked_add(SETTLED).ok().filter(|until| now < *until)
    }
}

/// Whether somebody may read both: the public reads everything that is published, within an agreement the narrower audience
/// reads what is for the wider one, and two agreements have readers in common where they have parties in common.
fn have_readers_in_common(sight: &Sight<'_>, one: &str, other: &str) -> bool {
    let is_public = |audience: &str| audience.starts_with("public:");
    if one == other || is_public(one) || is_public(other) {
        return true;
    }
    let agreement = |audience: &str| -> Option<AgreementId> { audience.split_once(':')?.1.parse().ok() };
    let (Some(one), Some(other)) = (agreement(one), agreement(other)) else { return true };
    let parties = |id: &AgreementId| -> BTreeSet<PartyId> {
        let version = sight.known.agreements.get(id).and_then(|state| state.newest_signed());
        version
            .map(|signed| signed.agreement.parties.iter().map(|party| party.party).collect())
            .unwrap_or_default()
    };
    let mut common = parties(&one);
    let theirs = parties(&other);
    common.retain(|party| theirs.contains(party) && *party != sight.desk.me);
    one == other || !common.is_empty()
}

/// Whether everybody who reads `one` has also read what was published for `other`: what is for the public, for themselves, or for
/// a wider audience of the same agreement.
fn all_read(one: &str, other: &str) -> bool {
    let width = |word: &str| ["parties", "community", "public"].iter().position(|wide| *wide == word);
    let split = |audience: &str| -> Option<(usize, String)> {
        let (word, agreement) = audience.split_once(':')?;
        Some((width(word)?, agreement.to_owned()))
    };
    match (split(one), split(other)) {
        (Some(_), Some((2, _))) => true,
        (Some((narrow, ours)), Some((wide, theirs))) => ours == theirs && narrow <= wide,
        _ => false,
    }
}

/// The figures for an audience beyond the own organisation, counted from everything that `sight` shows.
pub(crate) fn guarded(
    sight: &Sight<'_>,
    locale: Locale,
    period: Period,
    before: &Before,
    now: Timestamp,
) -> Result<Vec<Figure>, SightError> {
    let (first, last) = period.until(sight.today());
    let mut figures = Vec::new();
    for topic in [Topic::Sectors, Topic::Countries] {
        let mut found = Vec::new();
        for (subject, tally) in tally_of(sight, topic, |class| is_willing(sight, class))? {
            let of = tally.authors_between(sight, first, last);
            let count = tally.between(first, last);
            if count > 0 {
                let named = label(sight, locale, &subject, tally.kind)?;
                found.push((count, named.id, named.text, of, tally.marking));
            }
        }
        found.sort_by(|one, other| (other.0, &one.1).cmp(&(one.0, &other.1)));
        for (count, subject, name, of, marking) in found.into_iter().take(EACH) {
            figures.push(Figure { marking, ..figure((topic, subject, name), (count, of), before, now) });
        }
    }
    Ok(figures)
}

/// One figure, and what goes out of it.
fn figure(
    (topic, subject, name): (Topic, String, String),
    (count, of): (u64, BTreeMap<PartyId, u64>),
    before: &Before,
    now: Timestamp,
) -> Figure {
    let earlier = before.figure(topic, &subject);
    let published =
        earlier.map(|one| Published { count: one.count, at: one.since, changed: changed(&one.of, &of) });
    let contributors: BTreeSet<PartyId> = of.keys().copied().collect();
    let counted = Aggregate { count, contributors, unwilling: BTreeSet::new() };
    let shown = aggregate(&counted, published.as_ref(), now);
    let (contributors, changed) =
        (counted.contributors.len(), published.map_or(0, |published| published.changed.len()));
    let kept = match shown {
        Shown::Exactly(count) => Some(publication::Figure {
            topic: topic.code().to_owned(),
            subject: subject.clone(),
            count,
            since: now,
            of,
        }),
        Shown::Kept(_) => earlier.cloned(),
        Shown::Fewer(_) | Shown::Withheld => None,
    };
    let marking = Marking::tlp(Tlp::Red);
    Figure { topic, subject, name, shown, counted: count, contributors, changed, marking, kept }
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

    fn shown(counts: &[u64], before: &Before, now: &str) -> Figure {
        let named = (Topic::Sectors, "energy".to_owned(), "Energy".to_owned());
        figure(named, (counts.iter().sum(), parties(counts)), before, at(now))
    }

    fn never() -> Before {
        Before::default()
    }

    fn published(figure: &Figure, at_: &str) -> Before {
        let figures = figure.kept.iter().cloned().collect();
        let said = Publication { audience: "public:x".into(), days: 28, by: "press".into(), figures };
        Before { all: vec![Last { said, at: at(at_) }] }
    }

    #[test]
    fn a_figure_is_published_anew_only_when_enough_have_changed_or_a_day_has_passed() {
        let first = shown(&[5, 4, 3], &never(), "2026-11-25T06:00:00Z");
        assert_eq!(first.shown, Shown::Exactly(12));
        let last = published(&first, "2026-11-25T06:00:00Z");
        let one = shown(&[6, 4, 3], &last, "2026-11-25T12:00:00Z");
        assert_eq!(one.shown, Shown::Kept(12), "one party alone has said more");
        // What was kept is remembered with the time of its first publication, however often it goes out.
        let again = published(&one, "2026-11-25T12:00:00Z");
        let later = shown(&[6, 4, 3], &again, "2026-11-26T06:00:00Z");
        assert_eq!(later.shown, Shown::Exactly(13));
        let all = shown(&[6, 5, 4], &last, "2026-11-25T12:00:00Z");
        assert_eq!(all.shown, Shown::Exactly(15));
    }

    #[test]
    fn in_hand_is_what_everybody_in_the_audience_has_read() {
        let one = "0192f0c1-2f00-7000-8000-000000000001";
        let other = "0192f0c1-2f00-7000-8000-000000000002";
        let of = |word: &str, id: &str| format!("{word}:agreement:{id}");
        for (reader, said, reads) in [
            (of("parties", one), of("parties", one), true),
            (of("parties", one), of("community", one), true),
            (of("parties", one), of("public", other), true),
            (of("community", one), of("parties", one), false),
            (of("parties", one), of("parties", other), false),
            (of("public", one), of("community", one), false),
            ("organisation".to_owned(), of("public", one), false),
        ] {
            assert_eq!(all_read(&reader, &said), reads, "{reader} of {said}");
        }
    }

    #[test]
    fn two_parties_are_too_few_and_two_lengths_of_period_too_many() {
        let few = shown(&[50, 40], &never(), "2026-11-25T06:00:00Z");
        assert_eq!((few.shown, few.contributors, few.kept), (Shown::Withheld, 2, None));
        let first = shown(&[5, 4, 3], &never(), "2026-11-25T06:00:00Z");
        let last = published(&first, "2026-11-25T06:00:00Z");
        let noon = at("2026-11-25T12:00:00Z");
        assert_eq!(last.rests_until(Period::USUAL, noon), None);
        let until = last.rests_until(Period::ALL[0], noon);
        assert_eq!(until.map(|at| at.to_string()).as_deref(), Some("2026-11-26T06:00:00Z"));
    }
}
