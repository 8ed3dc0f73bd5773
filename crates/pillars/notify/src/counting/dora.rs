//! The relief of DORA: Delegated Regulation (EU) 2025/301, art. 5(4).
//!
//! A limit on a weekend day, or on a bank holiday of the entity's Member State, may be met until noon of the next
//! working day. It comes in the place of Regulation 1182/71, art. 3(4). Who may use it is decided elsewhere.

use model::Timestamp;
use model::time::SignedDuration;
use packs::Period;

use super::{Ground, calendar_day, elapsed};
use crate::moment::{Moment, at, end_of};

/// The limit itself: hours elapse, months end with their last day.
pub fn limit(event: Moment, period: Period, ground: &Ground<'_>) -> Timestamp {
    match period {
        Period::Minutes(minutes) => elapsed(event.start(&ground.zone), minutes),
        period => end_of(calendar_day(event.day(&ground.zone), period), &ground.zone),
    }
}

/// The limit with relief. A limit at midnight is the end of the day before, not the beginning of the next.
pub fn relieved(limit: Timestamp, ground: &Ground<'_>) -> Timestamp {
    let within = limit.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(limit);
    let day = ground.zone.to_datetime(within).date();
    if ground.is_working(day) { limit } else { at(ground.working_from(day), 12, 0, &ground.zone) }
}
