//! The rule of one holiday: a fixed day, days from Easter, the nth weekday of a month, or the first weekday from a
//! day on.

use model::time::SignedDuration;
use model::time::civil::{Date, Weekday};
use serde::Deserialize;

use super::easter;

/// A rule, as written: `07-21`, `easter+39`, `orthodox-2`, `01/mon/3`, `05/mon/-1`, `sat>=06-20`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Rule {
    /// The same day each year.
    Fixed(MonthDay),
    /// Days after the western Easter Sunday, or before.
    Easter(i64),
    /// Days after the orthodox Easter Sunday, or before.
    Orthodox(i64),
    /// The nth weekday of a month; from the end when negative.
    Nth(i8, Weekday, i8),
    /// The first such weekday on or after a day.
    From(Weekday, MonthDay),
}

/// A day of any year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay(pub i8, pub i8);

/// A weekday on which a day must fall, or must not: `02-01:fri`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct OnWeekday(MonthDay, Weekday);

/// The text is no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no rule for a holiday; write 07-21, easter+39, orthodox-2, 01/mon/3 or sat>=06-20")]
pub struct RuleError(String);

impl MonthDay {
    fn read(text: &str) -> Option<Self> {
        let (month, day) = text.split_once('-')?;
        let month_day = Self(month.parse().ok()?, day.parse().ok()?);
        Date::new(2024, month_day.0, month_day.1).ok()?; // a leap year, so that 02-29 may be said
        (text.len() == 5).then_some(month_day)
    }

    pub(crate) fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.0, self.1).ok()
    }
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
}

fn read(text: &str) -> Option<Rule> {
    let days = |rest: &str| if rest.is_empty() { Some(0) } else { rest.parse::<i64>().ok() };
    let near = |rest: &str| days(rest).filter(|days| days.abs() <= 100);
    if let Some(rest) = text.strip_prefix("easter") {
        return near(rest).map(Rule::Easter);
    }
    if let Some(rest) = text.strip_prefix("orthodox") {
        return near(rest).map(Rule::Orthodox);
    }
    if let Some((day, from)) = text.split_once(">=") {
        return Some(Rule::From(weekday(day)?, MonthDay::read(from)?));
    }
    if let Some((month, rest)) = text.split_once('/') {
        let (day, nth) = rest.split_once('/')?;
        let (month, nth) = (month.parse().ok()?, nth.parse().ok()?);
        let fits = (1..=12).contains(&month) && (-4..=4).contains(&nth) && nth != 0;
        return fits.then_some(Rule::Nth(month, weekday(day)?, nth));
    }
    MonthDay::read(text).map(Rule::Fixed)
}

impl TryFrom<String> for Rule {
    type Error = RuleError;

    fn try_from(text: String) -> Result<Self, RuleError> {
        read(&text).ok_or_else(|| RuleError(text.chars().take(40).collect()))
    }
}

impl TryFrom<String> for OnWeekday {
    type Error = RuleError;

    fn try_from(text: String) -> Result<Self, RuleError> {
        let parts = text.split_once(':').and_then(|(day, on)| Some(Self(MonthDay::read(day)?, weekday(on)?)));
        parts.ok_or_else(|| RuleError(text.chars().take(40).collect()))
    }
}

impl OnWeekday {
    /// Whether the day falls on that weekday in `year`.
    pub fn holds(self, year: i16) -> bool {
        self.0.in_year(year).is_some_and(|day| day.weekday() == self.1)
    }
}

impl Rule {
    /// The day in `year`.
    pub fn in_year(self, year: i16) -> Option<Date> {
        let shifted =
            |from: Option<Date>, days: i64| from?.checked_add(SignedDuration::from_hours(24 * days)).ok();
        match self {
            Self::Fixed(day) => day.in_year(year),
            Self::Easter(days) => shifted(easter::western(year), days),
            Self::Orthodox(days) => shifted(easter::orthodox(year), days),
            Self::Nth(month, weekday, nth) => {
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
            }
            Self::From(weekday, from) => {
                let from = from.in_year(year)?;
                if from.weekday() == weekday { Some(from) } else { from.nth_weekday(1, weekday).ok() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use model::time::civil::date;

    use super::Rule;

    fn rule(text: &str) -> Rule {
        text.to_owned().try_into().expect("a rule")
    }

    #[test]
    fn each_rule_finds_its_day() {
        assert_eq!(rule("07-21").in_year(2026), Some(date(2026, 7, 21)));
        assert_eq!(rule("easter+39").in_year(2026), Some(date(2026, 5, 14)));
        assert_eq!(rule("orthodox-2").in_year(2024), Some(date(2024, 5, 3)));
        assert_eq!(rule("01/mon/3").in_year(2026), Some(date(2026, 1, 19)));
        assert_eq!(rule("05/mon/-1").in_year(2027), Some(date(2027, 5, 31)));
        assert_eq!(rule("sat>=06-20").in_year(2026), Some(date(2026, 6, 20)));
        assert_eq!(rule("sat>=10-31").in_year(2027), Some(date(2027, 11, 6)));
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for text in ["", "7-21", "13-01", "easter+400", "01/mon/0", "01/monday/1", "sat>=", "noon"] {
            assert!(Rule::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
