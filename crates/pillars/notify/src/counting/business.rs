//! Business days in the United States, and the hour at which the Commission's day ends.

use model::Timestamp;
use model::time::TimeZone;
use model::time::civil::Date;

use super::Ground;
use crate::moment::{at, later};

/// The nth business day after `day`, which is not counted itself, whatever day it is.
///
/// Form 8-K, General Instruction B.1, counts the same way: after an event on a Saturday, Sunday or holiday the
/// period begins on, and includes, the first business day.
pub fn after(day: Date, count: i64, ground: &Ground<'_>) -> Date {
    (0..count).fold(day, |day, _| ground.working_from(later(day, 1)))
}

/// The hour until which a filing is of that day: 17:30 Eastern time (Regulation S-T, 17 CFR 232.13).
pub fn filing_hour(day: Date, eastern: &TimeZone) -> Timestamp {
    at(day, 17, 30, eastern)
}
