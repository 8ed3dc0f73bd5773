//! A day and time as `datetime-local` sends and shows it, in UTC.

use model::Timestamp;

/// What was sent; empty is no moment. An error is something else than a day and time.
pub(super) fn read(text: &str) -> Result<Option<Timestamp>, NotAMoment> {
    if text.is_empty() {
        return Ok(None);
    }
    let seconds = if text.len() == "2026-11-25T14:05".len() { ":00" } else { "" };
    format!("{text}{seconds}Z").parse().map(Some).map_err(|_| NotAMoment)
}

/// What is shown: to the second where it matters.
pub(super) fn write(at: Timestamp) -> String {
    let text = at.to_string();
    let whole = text.get(..19).unwrap_or(&text);
    whole.strip_suffix(":00").unwrap_or(whole).to_owned()
}

/// Something else than a day and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotAMoment;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_reads_as_the_same_moment() {
        for text in ["2026-11-25T14:05:00Z", "2026-11-25T14:05:09Z"] {
            let at: Timestamp = text.parse().expect("a timestamp");
            assert_eq!(read(&write(at)), Ok(Some(at)));
        }
        assert_eq!(write("2026-11-25T14:05:00Z".parse().expect("a timestamp")), "2026-11-25T14:05");
        assert_eq!(read(""), Ok(None));
        assert_eq!(read("soon"), Err(NotAMoment));
    }
}
