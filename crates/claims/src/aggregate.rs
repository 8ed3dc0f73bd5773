//! Figures over sources that may not go themselves: only over many contributors, with their consent, and never so often
//! that two of them give away a third.

use std::collections::BTreeSet;

use model::time::SignedDuration;
use model::{PartyId, Timestamp};

/// So many contributors at least.
pub const CONTRIBUTORS: usize = 3;
/// After so long a figure may be published again whatever changed.
pub const SETTLED: SignedDuration = SignedDuration::from_hours(24);

/// What a figure is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// The figure.
    pub count: u64,
    /// Those whose records are in it.
    pub contributors: BTreeSet<PartyId>,
    /// Those of them who do not allow that their records are counted for this audience.
    pub unwilling: BTreeSet<PartyId>,
}

/// The same figure as it was published last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The figure.
    pub count: u64,
    /// When.
    pub at: Timestamp,
    /// Whose records have changed in it since.
    pub changed: BTreeSet<PartyId>,
}

/// What the audience sees of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The figure.
    Exactly(u64),
    /// The figure published last, because the difference would tell of single contributors.
    Kept(u64),
    /// That there are fewer than this, and no more.
    Fewer(usize),
    /// Nothing.
    Withheld,
}

/// What may be said of an aggregate.
pub fn aggregate(figure: &Aggregate, before: Option<&Published>, now: Timestamp) -> Shown {
    if !figure.unwilling.is_empty() || figure.contributors.len() < CONTRIBUTORS {
        return Shown::Withheld;
    }
    if figure.count < CONTRIBUTORS as u64 {
        return Shown::Fewer(CONTRIBUTORS);
    }
    match before {
        Some(before) if before.changed.len() < CONTRIBUTORS && now.duration_since(before.at) < SETTLED => {
            Shown::Kept(before.count)
        }
        _ => Shown::Exactly(figure.count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parties(count: u8) -> BTreeSet<PartyId> {
        (0..count).map(|n| PartyId([n; 16])).collect()
    }

    fn figure(count: u64, contributors: u8) -> Aggregate {
        Aggregate { count, contributors: parties(contributors), unwilling: BTreeSet::new() }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn few_contributors_or_an_unwilling_one_say_nothing() {
        let now = at("2026-11-25T12:00:00Z");
        assert_eq!(aggregate(&figure(90, 2), None, now), Shown::Withheld);
        assert_eq!(aggregate(&figure(90, 3), None, now), Shown::Exactly(90));
        let unwilling = Aggregate { unwilling: parties(1), ..figure(90, 3) };
        assert_eq!(aggregate(&unwilling, None, now), Shown::Withheld);
        assert_eq!(aggregate(&figure(2, 3), None, now), Shown::Fewer(3));
    }

    #[test]
    fn two_figures_in_a_row_do_not_give_away_the_third() {
        let published =
            |changed| Published { count: 90, at: at("2026-11-25T06:00:00Z"), changed: parties(changed) };
        let shown = |changed, now| aggregate(&figure(91, 3), Some(&published(changed)), at(now));
        assert_eq!(shown(1, "2026-11-25T12:00:00Z"), Shown::Kept(90));
        assert_eq!(shown(3, "2026-11-25T12:00:00Z"), Shown::Exactly(91));
        assert_eq!(shown(1, "2026-11-26T06:00:00Z"), Shown::Exactly(91), "a day later");
    }
}
