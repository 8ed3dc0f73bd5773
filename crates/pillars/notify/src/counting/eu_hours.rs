//! Hours under Regulation (EEC, Euratom) No 1182/71.
//!
//! Art. 3(1): the hour of the event is not counted. Art. 3(2)(a): the period ends with the expiry of its last
//! hour. Art. 3(3) and (4): holidays and weekends are included, and hours do not roll to a working day. Art. 3(5)
//! gives a period of two days or more at least two working days; supervisory authorities do not apply it to
//! hours, some commentators do, so it is flagged and never used.

use model::Timestamp;
use model::time::{SignedDuration, TimeZone};

use super::{Ground, elapsed};
use crate::moment::{Moment, later};

/// Both readings of a period of hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EuHours {
    /// So many hours after the very instant: the alarm.
    pub conservative: Timestamp,
    /// With the hour of the event left out: the outer limit.
    pub limit: Timestamp,
    /// A reading exists under which it would be longer (art. 3(5)).
    pub disputed: bool,
}

/// Two days, from which on art. 3(5) speaks.
const TWO_DAYS_MINUTES: i64 = 48 * 60;

/// Counts `minutes` from the event.
pub fn count(event: Moment, minutes: i64, ground: &Ground<'_>) -> EuHours {
    let start = event.start(&ground.zone);
    let limit = elapsed(end_of_hour(start, &ground.zone), minutes);
    let last = limit.checked_sub(SignedDuration::from_secs(1)).unwrap_or(limit);
    let first = later(event.day(&ground.zone), 1);
    let working = ground.working_days(first, ground.zone.to_datetime(last).date());
    EuHours {
        conservative: elapsed(start, minutes),
        limit,
        disputed: minutes >= TWO_DAYS_MINUTES && working < 2,
    }
}

/// The end of the hour, on the wall, in which the event fell. An event on the hour belongs to the hour that begins.
fn end_of_hour(start: Timestamp, zone: &TimeZone) -> Timestamp {
    let local = zone.to_datetime(start);
    let into = SignedDuration::from_secs(i64::from(local.minute()) * 60 + i64::from(local.second()))
        + SignedDuration::from_nanos(i64::from(local.subsec_nanosecond()));
    let begun = start.checked_sub(into).unwrap_or(start);
    elapsed(begun, 60)
}
