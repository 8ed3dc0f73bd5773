//! When something happened, as exactly as it is known: an instant, or only a day.

use model::Timestamp;
use model::time::civil::Date;
use model::time::{SignedDuration, TimeZone};

/// An instant, or a day whose hour nobody wrote down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// Exactly then.
    At(Timestamp),
    /// Some time on that day.
    On(Date),
}

impl Moment {
    /// The day, as the calendar on the wall of `zone` shows it.
    pub fn day(self, zone: &TimeZone) -> Date {
        match self {
            Self::At(at) => zone.to_datetime(at).date(),
            Self::On(day) => day,
        }
    }

    /// The earliest instant that it can mean: a clock that starts too early warns, one that starts too late fails.
    pub fn start(self, zone: &TimeZone) -> Timestamp {
        match self {
            Self::At(at) => at,
            Self::On(day) => midnight(day, zone),
        }
    }

    /// Whether only the day is known.
    pub fn is_day(self) -> bool {
        matches!(self, Self::On(_))
    }
}

/// The first instant of a day in a zone, also where the clocks skip midnight.
pub fn midnight(day: Date, zone: &TimeZone) -> Timestamp {
    at(day, 0, 0, zone)
}

/// The instant at which a day is over: 24:00, written as 00:00 of the next.
pub fn end_of(day: Date, zone: &TimeZone) -> Timestamp {
    midnight(later(day, 1), zone)
}

/// A time of day in a zone.
pub fn at(day: Date, hour: i8, minute: i8, zone: &TimeZone) -> Timestamp {
    let local = day.at(hour, minute, 0, 0);
    // Facts are refused outside 1970–2200, so every date here has an instant.
    zone.to_timestamp(local).unwrap_or(Timestamp::MAX)
}

/// What a person wrote as a time on the wall clock of `zone`, if it was shown there exactly once.
pub fn local(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let wall: model::time::civil::DateTime = text.parse().ok()?;
    zone.to_ambiguous_timestamp(wall).unambiguous().ok()
}

/// So many days later.
pub fn later(day: Date, days: i64) -> Date {
    day.checked_add(SignedDuration::from_hours(24 * days)).unwrap_or(Date::MAX)
}

/// The same day of the month so many months later, or the last day of that month when it has no such day
/// (Regulation (EEC, Euratom) No 1182/71, art. 3(2)(c)).
pub fn months_later(day: Date, months: i64) -> Date {
    let total = i64::from(day.year()) * 12 + i64::from(day.month()) - 1 + months;
    let first = i16::try_from(total.div_euclid(12)).ok().and_then(|year| {
        let month = i8::try_from(total.rem_euclid(12) + 1).ok()?;
        Date::new(year, month, 1).ok()
    });
    let Some(first) = first else { return Date::MAX };
    let wanted = day.day().min(first.days_in_month());
    Date::new(first.year(), first.month(), wanted).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use model::time::civil::date;

    use super::months_later;

    #[test]
    fn a_month_from_the_last_days_ends_on_the_last_day_there_is() {
        assert_eq!(months_later(date(2028, 1, 31), 1), date(2028, 2, 29));
        assert_eq!(months_later(date(2027, 1, 30), 1), date(2027, 2, 28));
        assert_eq!(months_later(date(2026, 12, 31), 1), date(2027, 1, 31));
        assert_eq!(months_later(date(2026, 2, 28), 1), date(2026, 3, 28));
        assert_eq!(months_later(date(2028, 2, 29), 24), date(2030, 2, 28));
    }
}
