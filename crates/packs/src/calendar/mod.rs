//! Public holidays of one State or institution: rules for any year, and lists of the years that were looked at.

mod easter;
mod rule;

use std::collections::BTreeMap;

use model::Bilingual;
use model::time::SignedDuration;
use model::time::civil::{Date, Weekday};
use serde::Deserialize;

use crate::version::Version;

pub use rule::{OnWeekday, Rule, RuleError};

/// One calendar.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Its code: that of the country, `US-SEC`, `EUI`.
    pub id: String,
    /// Other codes for it.
    #[serde(default)]
    pub also: Vec<String>,
    /// Whose it is.
    pub name: Bilingual,
    /// The time zone of its capital or seat.
    pub zone: String,
    /// The version of this file, recorded with what is computed by it.
    pub version: Version,
    /// When somebody last compared it with its sources.
    pub reviewed: Date,
    /// The law.
    pub source: String,
    /// How sure it is: A, A-, B or C.
    pub confidence: String,
    /// What a reader must know.
    pub note: Option<Bilingual>,
    /// Holidays by rule.
    #[serde(rename = "day")]
    pub days: Vec<Day>,
    /// Days of one year only.
    #[serde(default, rename = "extra")]
    pub extras: Vec<Extra>,
    /// The years that were looked at.
    #[serde(rename = "list")]
    pub lists: Vec<List>,
    #[serde(skip)]
    known: BTreeMap<Date, String>,
}

/// A holiday by rule.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Day {
    /// When.
    pub rule: Rule,
    /// Its name, in `packs/holidays.toml`.
    pub name: String,
    /// First year.
    pub from: Option<i16>,
    /// Last year.
    pub until: Option<i16>,
    /// What happens when it falls on a weekend.
    pub shift: Option<Shift>,
    /// Only in years in which this holds.
    pub only: Option<OnWeekday>,
    /// Only in years in which this does not hold.
    pub unless: Option<OnWeekday>,
}

/// What happens to a holiday on a weekend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shift {
    /// From Saturday to Friday, from Sunday to Monday (5 U.S.C. 6103(b), Executive Order 11582).
    Federal,
    /// From Sunday to the day before.
    SundayBefore,
    /// The Monday after is free as well.
    AddsMonday,
}

/// A day of one year only.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// When.
    pub date: Date,
    /// Its name, in `packs/holidays.toml`.
    pub name: String,
    /// What made it.
    pub source: String,
}

/// The holidays of one year, as they were looked at.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// The year.
    pub year: i16,
    /// With what it was compared.
    pub source: String,
    /// How sure it is.
    pub confidence: String,
    /// `MM-DD`.
    pub dates: Vec<String>,
}

/// Years that are worked out once, when a calendar is read.
const KEPT: std::ops::RangeInclusive<i16> = 2015..=2045;

impl Calendar {
    /// Works out the years that are asked for most.
    pub fn prepare(&mut self) {
        let years: Vec<_> = KEPT.flat_map(|year| self.work_out(year)).collect();
        self.known = years.into_iter().collect();
    }

    /// The holidays of a year with their names, in order.
    pub fn holidays(&self, year: i16) -> Vec<(Date, String)> {
        if KEPT.contains(&year) && !self.known.is_empty() {
            let first = Date::new(year, 1, 1).unwrap_or(Date::MIN);
            let days = self.known.range(first..).take_while(|(day, _)| day.year() == year);
            return days.map(|(day, name)| (*day, name.clone())).collect();
        }
        self.work_out(year)
    }

    /// The name of the holiday on that day.
    pub fn holiday(&self, day: Date) -> Option<String> {
        if KEPT.contains(&day.year()) && !self.known.is_empty() {
            return self.known.get(&day).cloned();
        }
        self.work_out(day.year()).into_iter().find(|(holiday, _)| *holiday == day).map(|(_, name)| name)
    }

    /// Whether it is a holiday.
    pub fn is_holiday(&self, day: Date) -> bool {
        if KEPT.contains(&day.year()) && !self.known.is_empty() {
            return self.known.contains_key(&day);
        }
        self.holiday(day).is_some()
    }

    /// Neither Saturday, Sunday nor holiday.
    pub fn is_working(&self, day: Date) -> bool {
        !is_weekend(day) && !self.is_holiday(day)
    }

    /// What the rules give; a shift may move a day over the end of a year.
    fn work_out(&self, year: i16) -> Vec<(Date, String)> {
        let mut found = BTreeMap::new();
        for near in [year.saturating_sub(1), year, year.saturating_add(1)] {
            for day in &self.days {
                for date in day.in_year(near) {
                    found.insert(date, day.name.clone());
                }
            }
        }
        found.extend(self.extras.iter().map(|extra| (extra.date, extra.name.clone())));
        found.into_iter().filter(|(date, _)| date.year() == year).collect()
    }
}

impl Day {
    fn in_year(&self, year: i16) -> Vec<Date> {
        let begun = self.from.is_none_or(|from| from <= year) && self.until.is_none_or(|until| year <= until);
        let allowed =
            self.only.is_none_or(|on| on.holds(year)) && self.unless.is_none_or(|on| !on.holds(year));
        let Some(day) = self.rule.in_year(year).filter(|_| begun && allowed) else { return Vec::new() };
        let moved = |days: i64| day.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(day);
        match (self.shift, day.weekday()) {
            (Some(Shift::Federal), Weekday::Saturday) => vec![moved(-1)],
            (Some(Shift::Federal), Weekday::Sunday) => vec![moved(1)],
            (Some(Shift::SundayBefore), Weekday::Sunday) => vec![moved(-1)],
            (Some(Shift::AddsMonday), Weekday::Saturday) => vec![day, moved(2)],
            (Some(Shift::AddsMonday), Weekday::Sunday) => vec![day, moved(1)],
            _ => vec![day],
        }
    }
}

/// Saturday or Sunday.
pub fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}
