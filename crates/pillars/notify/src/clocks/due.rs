//! By when: the shapes in which laws give a date.

use model::Timestamp;
use model::time::TimeZone;
use model::time::civil::Date;

use crate::counting::eu_days::EuDays;
use crate::counting::eu_hours::EuHours;
use crate::moment::{Moment, midnight};

/// A date of the law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// An instant.
    At(Timestamp),
    /// A day; the law gives no hour.
    On(Date),
    /// Hours under Regulation 1182/71.
    EuHours(EuHours),
    /// Days and months under it.
    EuDays(EuDays),
    /// It depends on the class of the entity, which nobody has said.
    ByClass(Vec<(String, Timestamp)>),
    /// Several dates, each with its name.
    Named(Vec<(String, Due)>),
}

impl Due {
    /// The earliest instant that it can mean, for alarms and order; of a day, its beginning.
    pub fn alarm(&self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::At(at) => *at,
            Self::On(day) => midnight(*day, zone),
            Self::EuHours(hours) => hours.conservative,
            Self::EuDays(days) => days.conservative,
            Self::ByClass(classes) => classes.iter().map(|(_, at)| *at).min().unwrap_or(Timestamp::MAX),
            Self::Named(dates) => {
                dates.iter().map(|(_, due)| due.alarm(zone)).min().unwrap_or(Timestamp::MAX)
            }
        }
    }

    /// The last instant that the law allows, by the reading that everybody accepts; of a day, its end.
    pub fn limit(&self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::At(at) => *at,
            Self::On(day) => crate::moment::end_of(*day, zone),
            Self::EuHours(hours) => hours.limit,
            Self::EuDays(days) => days.limit,
            // Nobody has said the class: the strictest holds.
            Self::ByClass(_) => self.alarm(zone),
            Self::Named(dates) => {
                dates.iter().map(|(_, due)| due.limit(zone)).min().unwrap_or(Timestamp::MAX)
            }
        }
    }

    /// The same as a moment, where another date refers to it.
    pub fn moment(&self, zone: &TimeZone) -> Moment {
        match self {
            Self::On(day) => Moment::On(*day),
            other => Moment::At(other.alarm(zone)),
        }
    }

    /// The day of it, as the wall calendar of `zone` shows it.
    pub fn day(&self, zone: &TimeZone) -> Date {
        match self {
            Self::On(day) => *day,
            Self::EuDays(days) => days.nominal,
            other => zone.to_datetime(other.alarm(zone)).date(),
        }
    }
}
