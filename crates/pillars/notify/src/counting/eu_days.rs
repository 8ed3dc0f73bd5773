//! Days and months under Regulation (EEC, Euratom) No 1182/71.
//!
//! Art. 3(1): the day of the event is not counted. Art. 3(2)(b) and (c): the period ends with the expiry of its
//! last day, months with the same date or the last day of the month. Art. 3(4): a period that ends on a holiday,
//! Sunday or Saturday ends with the next working day. Art. 3(5): two days or more hold at least two working days.

use model::Timestamp;
use model::time::civil::Date;
use packs::Period;

use super::{Ground, calendar_day};
use crate::moment::{Moment, end_of, later};

/// A period of days, with and without the rules on working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EuDays {
    /// The last day, nothing rolled.
    pub nominal: Date,
    /// The end of that day: the alarm.
    pub conservative: Timestamp,
    /// The day on which the period really ends.
    pub last: Date,
    /// The end of that day: the outer limit.
    pub limit: Timestamp,
}

/// Counts `period` from the event.
pub fn count(event: Moment, period: Period, ground: &Ground<'_>) -> EuDays {
    let day = event.day(&ground.zone);
    let nominal = calendar_day(day, period);
    let last = two_working_days(later(day, 1), nominal, ground.working_from(nominal), ground);
    EuDays { nominal, conservative: end_of(nominal, &ground.zone), last, limit: end_of(last, &ground.zone) }
}

/// Art. 3(5): moves the end on until two working days lie in the period.
fn two_working_days(first: Date, nominal: Date, rolled: Date, ground: &Ground<'_>) -> Date {
    if later(first, 1) > nominal {
        return rolled; // shorter than two days
    }
    let mut last = rolled;
    // Bounded as `working_from`: two working days are found within two months in every calendar.
    for _ in 0..60 {
        if ground.working_days(first, last) >= 2 {
            return last;
        }
        last = ground.working_from(later(last, 1));
    }
    last
}
