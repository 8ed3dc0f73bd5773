//! Guests: accounts with a first and a last moment, said as a clock on the wall of a place says it.
//!
//! What is kept is the wall time and the place, not an instant: when a country changes its rules, the guest still leaves
//! at five in the afternoon. Where the clock shows a time twice or never, access is the shorter of the readings.

use model::Timestamp;
use model::time::civil::DateTime;
use model::time::{TimeZone, zone};
use rusqlite::OptionalExtension;

use super::Local;
use crate::sql::SqlError;

/// When a guest may be here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// Who answers for the guest.
    pub host: String,
    /// The place whose clock counts, such as `Europe/Brussels`.
    pub zone: String,
    /// From then, by that clock.
    pub starts: DateTime,
    /// Until then, by that clock.
    pub ends: DateTime,
}

/// What is wrong with a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StayError {
    /// There is no such place.
    #[error("this is no time zone; write one such as Europe/Brussels")]
    Zone,
    /// The clock has no such time.
    #[error("this is no moment; write one such as 2026-03-29T17:00")]
    Moment,
    /// It ends before it begins.
    #[error("the end is not after the beginning")]
    Order,
    /// It is too long.
    #[error("a stay is two years at most")]
    Long,
}

impl Stay {
    /// A stay as it was typed.
    pub fn read(host: &str, zone: &str, starts: &str, ends: &str) -> Result<Self, StayError> {
        if model::time::zone(zone.trim()).is_none() {
            return Err(StayError::Zone);
        }
        let moment = |text: &str| text.trim().parse::<DateTime>().map_err(|_| StayError::Moment);
        let stay = Self {
            host: host.to_owned(),
            zone: zone.trim().to_owned(),
            starts: moment(starts)?,
            ends: moment(ends)?,
        };
        let (from, until) = stay.bounds().ok_or(StayError::Zone)?;
        if from >= until {
            return Err(StayError::Order);
        }
        if until.duration_since(from).as_secs() > 2 * 366 * 86_400 {
            return Err(StayError::Long);
        }
        Ok(stay)
    }

    /// Its first instant, and the first one after it.
    pub fn bounds(&self) -> Option<(Timestamp, Timestamp)> {
        let zone = zone(&self.zone)?;
        let (_, from) = readings(&zone, self.starts)?;
        let (until, _) = readings(&zone, self.ends)?;
        Some((from, until))
    }

    /// True while it lasts. A place that is no longer known lets nobody in.
    pub fn covers(&self, now: Timestamp) -> bool {
        self.bounds().is_some_and(|(from, until)| from <= now && now < until)
    }
}

/// The earlier and the later instant that a wall time may mean; the same one but for an hour in spring and autumn.
fn readings(zone: &TimeZone, at: DateTime) -> Option<(Timestamp, Timestamp)> {
    let ambiguous = zone.to_ambiguous_timestamp(at);
    Some((ambiguous.earlier().ok()?, ambiguous.later().ok()?))
}

impl Local {
    /// Says when an account may be here; `None` makes it one of the house.
    pub fn set_stay(&self, account: &str, stay: Option<&Stay>) -> Result<(), SqlError> {
        let connection = self.lock();
        match stay {
            Some(stay) => connection.execute(
                "INSERT OR REPLACE INTO guest (account, host, zone, starts, ends) VALUES (?1, ?2, ?3, ?4, ?5)",
                (account, &stay.host, &stay.zone, stay.starts.to_string(), stay.ends.to_string()),
            ),
            None => connection.execute("DELETE FROM guest WHERE account = ?1", [account]),
        }?;
        drop(connection);
        self.tell_others();
        Ok(())
    }

    /// When an account may be here, for a guest.
    pub fn stay(&self, account: &str) -> Result<Option<Stay>, SqlError> {
        let query = "SELECT host, zone, starts, ends FROM guest WHERE account = ?1";
        let row = self.lock().query_row(query, [account], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
        });
        let Some((host, zone, starts, ends)) = row.optional()? else { return Ok(None) };
        // What cannot be read any more is a stay that is over.
        let moment = |text: String| text.parse().unwrap_or(DateTime::MIN);
        Ok(Some(Stay { host, zone, starts: moment(starts), ends: moment(ends) }))
    }

    /// Whether an account may be here now: guests only while their stay lasts, and nobody when that cannot be read.
    pub fn may_be_here(&self, account: &str, now: Timestamp) -> bool {
        match self.stay(account) {
            Ok(stay) => stay.is_none_or(|stay| stay.covers(now)),
            Err(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_stay_ends_by_the_clock_of_its_place_on_both_sides_of_a_change_of_hour() {
        let brussels =
            |ends| Stay::read("m.roe", "Europe/Brussels", "2026-03-01T09:00", ends).expect("a stay");
        // One day before the clock goes forward, and one day after: five in the afternoon is another instant.
        let (_, before) = brussels("2026-03-28T17:00").bounds().expect("known");
        let (_, after) = brussels("2026-03-29T17:00").bounds().expect("known");
        assert_eq!((before, after), (at("2026-03-28T16:00:00Z"), at("2026-03-29T15:00:00Z")));
        let stay = brussels("2026-03-29T17:00");
        assert!(stay.covers(at("2026-03-29T14:59:59Z")) && !stay.covers(at("2026-03-29T15:00:00Z")));
    }

    #[test]
    fn a_time_that_comes_twice_or_never_gives_the_shorter_stay() {
        let new_york = |starts, ends| Stay::read("m.roe", "America/New_York", starts, ends).expect("a stay");
        // 01:30 comes twice on 1 November 2026: at 05:30 and at 06:30 UTC.
        let (_, ends) = new_york("2026-10-01T09:00", "2026-11-01T01:30").bounds().expect("known");
        assert_eq!(ends, at("2026-11-01T05:30:00Z"));
        let (starts, _) = new_york("2026-11-01T01:30", "2026-12-01T09:00").bounds().expect("known");
        assert_eq!(starts, at("2026-11-01T06:30:00Z"));
        // 02:30 does not come on 8 March 2026.
        let (_, ends) = new_york("2026-03-01T09:00", "2026-03-08T02:30").bounds().expect("known");
        assert!(ends <= at("2026-03-08T07:00:00Z"), "{ends}");
    }

    #[test]
    fn a_stay_that_makes_no_sense_is_refused() {
        let read = |zone, starts, ends| Stay::read("m.roe", zone, starts, ends).expect_err("refused");
        assert_eq!(read("Brussels", "2026-03-01T09:00", "2026-03-02T09:00"), StayError::Zone);
        assert_eq!(read("Europe/Paris", "soon", "2026-03-02T09:00"), StayError::Moment);
        assert_eq!(read("Europe/Paris", "2026-03-02T09:00", "2026-03-02T09:00"), StayError::Order);
        assert_eq!(read("Europe/Paris", "2026-03-02T09:00", "2029-03-02T09:00"), StayError::Long);
    }
}
