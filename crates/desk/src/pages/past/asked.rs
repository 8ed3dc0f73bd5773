//! Which instant a text means: RFC 3339, a day, or a time of day where the reader is.

use model::Timestamp;
use model::time::TimeZone;
use model::time::civil::{Date, DateTime};

/// What a text asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// An instant that lies in the past.
    Past(Timestamp),
    /// The day that is not over yet.
    Present,
}

/// Why a text names no instant of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AskedError {
    /// It is none.
    #[error(
        "not an instant; write one like 2026-11-20T16:20:00Z, 2026-11-20T16:20 in your time zone, or 2026-11-20"
    )]
    Unreadable,
    /// It has not come yet.
    #[error("that instant has not come yet; leave it out to see the present")]
    ToCome,
}

/// The instant that `text` means to somebody in `zone`: a day means its end, and no more than `now`.
pub fn asked(text: &str, zone: &TimeZone, now: Timestamp) -> Result<Asked, AskedError> {
    let text = text.trim();
    let today = now.to_zoned(zone.clone()).date();
    let (at, is_today) = match instant(text, zone) {
        Some(at) => (at, false),
        None => {
            let day = day(text).ok_or(AskedError::Unreadable)?;
            (end_of(day, zone).ok_or(AskedError::Unreadable)?, day == today)
        }
    };
    match at < now {
        true => Ok(Asked::Past(at)),
        false if is_today => Ok(Asked::Present),
        false => Err(AskedError::ToCome),
    }
}

/// With an offset as it stands, else where the reader is.
fn instant(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if text.len() > 40 {
        return None;
    }
    let local = || {
        let has_time = text.contains(['T', ' ']);
        let local: DateTime = has_time.then(|| text.parse().ok()).flatten()?;
        Some(local.to_zoned(zone.clone()).ok()?.timestamp())
    };
    text.parse().ok().or_else(local)
}

fn day(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

fn end_of(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    Some(day.tomorrow().ok()?.to_zoned(zone.clone()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Result<String, AskedError> {
        let zone = model::time::zone("Europe/Brussels").expect("a zone");
        let now = "2026-11-25T12:00:00Z".parse().expect("an instant");
        asked(text, &zone, now).map(|asked| match asked {
            Asked::Past(at) => at.to_string(),
            Asked::Present => "now".to_owned(),
        })
    }

    #[test]
    fn an_instant_is_written_with_its_offset_or_where_the_reader_is() {
        assert_eq!(at("2026-11-24T14:00:00Z").as_deref(), Ok("2026-11-24T14:00:00Z"));
        assert_eq!(at("2026-11-24T14:00:00+02:00").as_deref(), Ok("2026-11-24T12:00:00Z"));
        assert_eq!(at("2026-11-24T14:00").as_deref(), Ok("2026-11-24T13:00:00Z"));
        assert_eq!(at("2026-07-24 14:00:30").as_deref(), Ok("2026-07-24T12:00:30Z"));
    }

    #[test]
    fn a_day_means_its_end_where_the_reader_is() {
        assert_eq!(at("2026-11-25").as_deref(), Ok("now"), "today is not over");
        assert_eq!(at("2026-11-23").as_deref(), Ok("2026-11-23T23:00:00Z"));
        assert_eq!(
            at("2026-10-24").as_deref(),
            Ok("2026-10-24T22:00:00Z"),
            "the night in which clocks go back"
        );
    }

    #[test]
    fn what_is_none_or_is_to_come_is_said_so() {
        for text in ["", "yesterday", "2026-13-01", "2026-11-24T25:00", "14:00", &"1".repeat(200)] {
            assert_eq!(at(text), Err(AskedError::Unreadable), "{text:?}");
        }
        for text in ["2026-11-26", "2026-11-25T12:00:00Z", "2031-01-01"] {
            assert_eq!(at(text), Err(AskedError::ToCome), "{text:?}");
        }
    }
}
