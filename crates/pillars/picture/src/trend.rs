//! What is new, rising, fading: a pure function of daily counts, the same for everybody who sees the same counts.
//!
//! A period is compared with the one of equal length before it. *New*: spoken of in the period and never before. *Back*:
//! silent in the period before, but known from earlier. *Rising*: at least [`ENOUGH`] times and at least twice as often as
//! before. *Fading*: the reverse, or silent now after at least [`ENOUGH`] times. Everything else is *steady*. Small
//! numbers do not make a trend: below [`ENOUGH`] nothing rises or fades.

use std::collections::BTreeMap;

/// So often something must have been spoken of before it can rise or fade.
pub(crate) const ENOUGH: u64 = 3;

/// How a subject moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Move {
    New,
    Back,
    Rising,
    Steady,
    Fading,
}

impl Move {
    /// As the API writes it.
    pub const fn code(self) -> &'static str {
        match self {
            Move::New => "new",
            Move::Back => "back",
            Move::Rising => "rising",
            Move::Steady => "steady",
            Move::Fading => "fading",
        }
    }
}

/// So many days up to one, and in how many steps they are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    pub days: i64,
    pub step: i64,
}

impl Period {
    /// Those to choose from: a week, four weeks, a quarter, a year.
    pub const ALL: [Period; 4] = [
        Period { days: 7, step: 1 },
        Period { days: 28, step: 1 },
        Period { days: 91, step: 7 },
        Period { days: 364, step: 7 },
    ];
    /// Four weeks.
    pub const USUAL: Period = Self::ALL[1];

    /// The period of so many days.
    pub fn of(days: &str) -> Option<Self> {
        let days: i64 = days.parse().ok()?;
        Self::ALL.into_iter().find(|period| period.days == days)
    }

    /// First and last day when it ends with `today`.
    pub const fn until(self, today: i64) -> (i64, i64) {
        (today - self.days + 1, today)
    }
}

/// The sum of the days from `first` to `last`, both counted.
pub(crate) fn sum(days: &BTreeMap<i64, u64>, first: i64, last: i64) -> u64 {
    if first > last { 0 } else { days.range(first..=last).map(|(_, count)| count).sum() }
}

/// How something moved in the period that ends with `today`; `None` when it was silent then and before. `between` says how
/// often it was spoken of from one day to another, both counted.
pub(crate) fn moved(between: impl Fn(i64, i64) -> u64, period: Period, today: i64) -> Option<Move> {
    let (first, last) = period.until(today);
    let now = between(first, last);
    let before = between(first - period.days, first - 1);
    let earlier = between(i64::MIN, first - period.days - 1);
    match (now, before, earlier) {
        (0, 0, _) => None,
        (0, before, _) => Some(if before >= ENOUGH { Move::Fading } else { Move::Steady }),
        (_, 0, 0) => Some(Move::New),
        (_, 0, _) => Some(Move::Back),
        (now, before, _) if now >= ENOUGH && now >= before.saturating_mul(2) => Some(Move::Rising),
        (now, before, _) if before >= ENOUGH && before >= now.saturating_mul(2) => Some(Move::Fading),
        _ => Some(Move::Steady),
    }
}

/// The counts of a period, one for each step, the oldest first.
pub(crate) fn series(between: impl Fn(i64, i64) -> u64, period: Period, today: i64) -> Vec<u64> {
    let (first, last) = period.until(today);
    (0..period.days / period.step)
        .map(|n| {
            let from = first + n * period.step;
            between(from, (from + period.step - 1).min(last))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEK: Period = Period::ALL[0];

    fn said(days: &[(i64, u64)]) -> BTreeMap<i64, u64> {
        days.iter().copied().collect()
    }

    #[test]
    fn each_word_has_one_meaning() {
        let today = 100;
        let moved = |days: &[(i64, u64)]| {
            let days = said(days);
            moved(|first, last| sum(&days, first, last), WEEK, today)
        };
        assert_eq!(moved(&[(100, 1)]), Some(Move::New));
        assert_eq!(moved(&[(100, 1), (80, 9)]), Some(Move::Back));
        assert_eq!(moved(&[(100, 4), (90, 2)]), Some(Move::Rising));
        assert_eq!(moved(&[(100, 2), (90, 1)]), Some(Move::Steady), "two are no trend");
        assert_eq!(moved(&[(100, 1), (90, 3)]), Some(Move::Fading));
        assert_eq!(moved(&[(90, 3)]), Some(Move::Fading));
        assert_eq!(moved(&[(90, 2)]), Some(Move::Steady));
        assert_eq!(moved(&[(80, 9)]), None);
        assert_eq!(moved(&[(101, 9)]), None, "what lies ahead does not count");
    }

    #[test]
    fn a_period_ends_with_today_and_is_drawn_in_whole_steps() {
        let days = said(&[(93, 9), (94, 1), (100, 2)]);
        let between = |first, last| sum(&days, first, last);
        assert_eq!(series(between, WEEK, 100), [1, 0, 0, 0, 0, 0, 2]);
        for period in Period::ALL {
            assert_eq!(period.days % period.step, 0);
            let drawn = series(between, period, 100);
            assert_eq!(drawn.iter().sum::<u64>(), sum(&days, period.until(100).0, 100));
        }
    }
}
