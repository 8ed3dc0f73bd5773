//! The filters of the audit trail, as they stand in the address.

use model::Timestamp;
use model::time::TimeZone;
use model::time::civil::Date;
use records::audit::Deed;
use serde::Deserialize;
use ui::sentence;

use super::super::error::PageError;
use crate::views::audit::Asked;

/// As they were typed; an unreadable one is an error, not "everything".
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in super::super) struct Wanted {
    pub who: String,
    pub deed: String,
    pub holds: String,
    pub from: String,
    pub until: String,
    pub before: String,
    pub format: String,
}

impl Wanted {
    /// As the trail is asked. Days are those of UTC; the last one is included.
    pub fn asked(&self) -> Result<Asked, PageError> {
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let deed = text(&self.deed).map(|word| Deed::of(&word).ok_or_else(wrong)).transpose()?;
        let before = text(&self.before).map(|place| read_place(&place).ok_or_else(wrong)).transpose()?;
        Ok(Asked {
            who: text(&self.who),
            deed,
            holds: text(&self.holds),
            from_us: day(&self.from, 0)?,
            until_us: day(&self.until, 1)?,
            before,
        })
    }
}

fn read_place(text: &str) -> Option<(u64, u64)> {
    let (seq, n) = text.split_once('.')?;
    Some((seq.parse().ok()?, n.parse().ok()?))
}

/// The beginning of a day, or of the one `later`.
fn day(text: &str, later: i64) -> Result<Option<i64>, PageError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let begin = || -> Option<Timestamp> {
        let date: Date = text.trim().parse().ok()?;
        let days = model::time::SignedDuration::from_hours(24 * later);
        date.to_zoned(TimeZone::UTC).ok()?.timestamp().checked_add(days).ok()
    };
    begin().map(|at| Some(at.as_microsecond())).ok_or_else(wrong)
}

fn wrong() -> PageError {
    PageError::Wrong(sentence!("refused-filter"))
}
