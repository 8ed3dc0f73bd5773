//! The few ways in which laws count time. Each is a small pure function from a moment to a date.

pub mod business;
pub mod dora;
pub mod eu_days;
pub mod eu_hours;

use model::Timestamp;
use model::time::civil::Date;
use model::time::{SignedDuration, TimeZone};
use packs::{Calendar, Period};

use crate::moment::{Moment, later, months_later};

/// Where a period is counted: a zone, and the calendars that may hold there.
#[derive(Debug, Clone)]
pub struct Ground<'a> {
    /// The zone of whoever receives the report, or of the entity.
    pub zone: TimeZone,
    /// The calendars. With several, a day is off only where all agree, so that the earliest date comes out.
    pub calendars: Vec<&'a Calendar>,
}

impl Ground<'_> {
    /// Neither weekend nor holiday.
    pub fn is_working(&self, day: Date) -> bool {
        let off =
            !self.calendars.is_empty() && self.calendars.iter().all(|calendar| calendar.is_holiday(day));
        !packs::calendar::is_weekend(day) && !off
    }

    /// That day, or the first working day after it.
    pub fn working_from(&self, day: Date) -> Date {
        // No calendar has a month without a working day; the bound is for calendars yet to be written.
        (0..60).map(|days| later(day, days)).find(|day| self.is_working(*day)).unwrap_or(day)
    }

    /// How many working days there are from the one to the other, both counted.
    pub fn working_days(&self, first: Date, last: Date) -> usize {
        let mut count = 0;
        let mut day = first;
        while day <= last && count < 400 {
            count += usize::from(self.is_working(day));
            day = later(day, 1);
        }
        count
    }
}

/// Hours and minutes that pass, whatever the clock on the wall does.
pub fn elapsed(start: Timestamp, minutes: i64) -> Timestamp {
    start.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MAX)
}

/// The day so many days, months or years after the day of the event; nothing rolls.
pub fn calendar_day(event: Date, period: Period) -> Date {
    match period {
        Period::Days(days) => later(event, days),
        Period::Months(months) => months_later(event, months),
        Period::Minutes(minutes) => later(event, minutes / (24 * 60)),
        Period::BusinessDays(days) => later(event, days),
    }
}

/// A moment and a period, as instants compare them: used to ask which of two came later.
pub fn shifted(moment: Moment, period: Option<Period>, zone: &TimeZone) -> Timestamp {
    let start = moment.start(zone);
    match period {
        None => start,
        Some(Period::Minutes(minutes)) => elapsed(start, minutes),
        Some(period) => {
            let day = calendar_day(moment.day(zone), period);
            let time = zone.to_datetime(start).time();
            zone.to_timestamp(day.to_datetime(time)).unwrap_or(Timestamp::MAX)
        }
    }
}
