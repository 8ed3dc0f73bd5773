//! What a result can be narrowed by, and how many of each kind there are.

use std::collections::BTreeMap;

use model::Timestamp;
use model::time::SignedDuration;
use ui::query;

/// One way to narrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// What it is: a STIX type, `agreement`, `incident`, `party`, `page`.
    Kind,
    /// Who states it: a party's id.
    Author,
    /// Its TLP label, or `none`.
    Marking,
    /// How long ago it arrived: one of [`PERIODS`].
    Period,
    /// Whether it goes to anybody outside: `out` or `stays`.
    Verdict,
}

/// The periods that one can choose, and their length in days.
pub const PERIODS: [(&str, i64); 4] = [("1d", 1), ("7d", 7), ("30d", 30), ("365d", 365)];

impl Facet {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Facet; 5] = [Facet::Kind, Facet::Author, Facet::Marking, Facet::Period, Facet::Verdict];

    /// The parameter in the URL.
    pub const fn name(self) -> &'static str {
        match self {
            Facet::Kind => "kind",
            Facet::Author => "author",
            Facet::Marking => "tlp",
            Facet::Period => "period",
            Facet::Verdict => "verdict",
        }
    }
}

/// What one hit says of itself; an empty text is nothing that could be narrowed by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values {
    /// See [`Facet::Kind`].
    pub kind: String,
    /// See [`Facet::Author`].
    pub author: String,
    /// See [`Facet::Marking`].
    pub marking: String,
    /// See [`Facet::Verdict`].
    pub verdict: &'static str,
}

impl Values {
    fn of(&self, facet: Facet) -> &str {
        match facet {
            Facet::Kind => &self.kind,
            Facet::Author => &self.author,
            Facet::Marking => &self.marking,
            Facet::Verdict => self.verdict,
            Facet::Period => "",
        }
    }
}

/// What is asked for; a facet that is not named narrows nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    chosen: BTreeMap<Facet, String>,
}

impl Filters {
    /// As the query of a URL names them.
    pub fn of(path: &str) -> Self {
        let read = |facet: Facet| {
            let value = query::value(path, facet.name()).filter(|value| !value.is_empty())?;
            Some((facet, value.chars().take(200).collect()))
        };
        Self { chosen: Facet::ALL.into_iter().filter_map(read).collect() }
    }

    /// The value chosen for a facet.
    pub fn get(&self, facet: Facet) -> Option<&str> {
        self.chosen.get(&facet).map(String::as_str)
    }

    /// Those that narrow, with their values.
    pub fn chosen(&self) -> impl Iterator<Item = (Facet, &str)> {
        self.chosen.iter().map(|(facet, value)| (*facet, value.as_str()))
    }

    /// True when nothing narrows.
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// The instant from which on something counts; an unknown period reaches back for ever.
    pub fn since(&self, now: Timestamp) -> Option<Timestamp> {
        let chosen = self.get(Facet::Period)?;
        PERIODS.iter().find(|(name, _)| *name == chosen).map(|(_, days)| back(now, *days))
    }

    /// True when every facet lets this through.
    pub fn let_through(&self, values: &Values, at: Option<Timestamp>, now: Timestamp) -> bool {
        self.pass(values, at, now).into_iter().all(|pass| pass)
    }

    /// Which facets let this through, in the order of [`Facet::ALL`].
    fn pass(&self, values: &Values, at: Option<Timestamp>, now: Timestamp) -> [bool; 5] {
        Facet::ALL.map(|facet| match (facet, self.get(facet)) {
            (_, None) => true,
            (Facet::Period, Some(_)) => self.since(now).is_none_or(|since| at.is_some_and(|at| at >= since)),
            (_, Some(chosen)) => values.of(facet) == chosen,
        })
    }
}

fn back(now: Timestamp, days: i64) -> Timestamp {
    now.checked_sub(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MIN)
}

/// How many hits there are of each value: of each facet, those that the other facets let through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Counts by facet and value.
    pub counts: BTreeMap<Facet, BTreeMap<String, u64>>,
    /// Hits that every facet lets through.
    pub total: u64,
}

impl Facets {
    /// Counts one hit; true when every filter lets it through.
    pub fn add(&mut self, filters: &Filters, values: &Values, at: Option<Timestamp>, now: Timestamp) -> bool {
        let pass = filters.pass(values, at, now);
        let refused = pass.iter().filter(|pass| !**pass).count();
        for (facet, pass) in Facet::ALL.into_iter().zip(pass) {
            if refused > usize::from(!pass) {
                continue; // another facet refuses it
            }
            let counts = self.counts.entry(facet).or_default();
            if facet == Facet::Period {
                for (name, days) in PERIODS {
                    if at.is_some_and(|at| at >= back(now, days)) {
                        *counts.entry(name.to_owned()).or_default() += 1;
                    }
                }
            } else if !values.of(facet).is_empty() {
                match counts.get_mut(values.of(facet)) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(values.of(facet).to_owned(), 1)),
                }
            }
        }
        self.total += u64::from(refused == 0);
        refused == 0
    }

    /// Counts many that say the same and of which nothing is known about when: a chosen period lets them through.
    pub fn add_many(&mut self, filters: &Filters, values: &Values, many: u64) {
        let pass = Facet::ALL.map(|facet| match filters.get(facet) {
            Some(chosen) if facet != Facet::Period => values.of(facet) == chosen,
            _ => true,
        });
        let refused = pass.iter().filter(|pass| !**pass).count();
        for (facet, pass) in Facet::ALL.into_iter().zip(pass) {
            if refused <= usize::from(!pass) && !values.of(facet).is_empty() && many > 0 {
                let counts = self.counts.entry(facet).or_default();
                *counts.entry(values.of(facet).to_owned()).or_default() += many;
            }
        }
        self.total += if refused == 0 { many } else { 0 };
    }

    /// Adds the counts of another source.
    pub fn merge(&mut self, other: &Self) {
        for (facet, counts) in &other.counts {
            for (value, count) in counts {
                *self.counts.entry(*facet).or_default().entry(value.clone()).or_default() += count;
            }
        }
        self.total += other.total;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(kind: &str, marking: &str) -> Values {
        Values { kind: kind.into(), marking: marking.into(), ..Values::default() }
    }

    #[test]
    fn a_facet_counts_what_the_others_let_through() {
        let now: Timestamp = "2026-11-25T12:00:00Z".parse().expect("a time");
        let filters = Filters::of("/find?kind=malware&tlp=GREEN");
        let mut facets = Facets::default();
        let old = Some(back(now, 20));
        for (values, at) in [
            (values("malware", "GREEN"), old),
            (values("malware", "RED"), old),
            (values("tool", "GREEN"), old),
            (values("tool", "RED"), old),
        ] {
            facets.add(&filters, &values, at, now);
        }
        let of =
            |facet: Facet| facets.counts[&facet].iter().map(|(v, n)| format!("{v} {n}")).collect::<Vec<_>>();
        assert_eq!(facets.total, 1);
        assert_eq!(of(Facet::Kind), ["malware 1", "tool 1"]);
        assert_eq!(of(Facet::Marking), ["GREEN 1", "RED 1"]);
        assert_eq!(of(Facet::Period), ["30d 1", "365d 1"]);
    }

    #[test]
    fn a_period_reaches_back_from_now() {
        let now: Timestamp = "2026-11-25T12:00:00Z".parse().expect("a time");
        let filters = Filters::of("/find?period=7d");
        let mut facets = Facets::default();
        let one = values("tool", "");
        assert!(facets.add(&filters, &one, Some(back(now, 6)), now));
        assert!(!facets.add(&filters, &one, Some(back(now, 8)), now));
        assert!(!facets.add(&filters, &one, None, now));
        assert!(Filters::of("/find?period=always").since(now).is_none());
    }
}
