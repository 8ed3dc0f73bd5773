//! How long ago, how long still: in one unit, rounded down, never "0 hours".

use std::borrow::Cow;

use model::time::{SignedDuration, Timestamp};

use super::Locale;
use crate::t;

impl Locale {
    /// "3 min ago", "in 2 days", "just now"; `now` is given by the edge.
    pub fn relative(self, at: Timestamp, now: Timestamp) -> Cow<'static, str> {
        let away = at.duration_since(now);
        let text = self.duration(away);
        match away.as_secs() {
            -4..=4 => t!(self, "time-just-now"),
            i64::MIN..=-5 => t!(self, "time-ago", duration = text),
            5.. => t!(self, "time-in", duration = text),
        }
    }

    /// "3 min", "2 days"; the sign is ignored.
    pub fn duration(self, length: SignedDuration) -> Cow<'static, str> {
        let seconds = length.as_secs().unsigned_abs();
        match seconds {
            0..60 => t!(self, "time-seconds", count = seconds),
            60..3_600 => t!(self, "time-minutes", count = seconds / 60),
            3_600..172_800 => t!(self, "time-hours", count = seconds / 3_600),
            172_800..5_184_000 => t!(self, "time-days", count = seconds / 86_400),
            5_184_000..63_072_000 => t!(self, "time-months", count = seconds / 2_592_000),
            _ => t!(self, "time-years", count = seconds / 31_536_000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_ago_reads_naturally_in_both_languages() {
        let now: Timestamp = "2026-11-25T14:05:00Z".parse().expect("a timestamp");
        let at = |seconds: i64| now + SignedDuration::from_secs(seconds);
        assert_eq!(Locale::En.relative(at(-2), now), "just now");
        assert_eq!(Locale::En.relative(at(-185), now), "3 min ago");
        assert_eq!(Locale::Fr.relative(at(-185), now), "il y a 3 min");
        assert_eq!(Locale::En.relative(at(-86_400 * 2), now), "2 days ago");
        assert_eq!(Locale::Fr.relative(at(86_400 * 70), now), "dans 2 mois");
        assert_eq!(Locale::En.relative(at(-86_400 * 800), now), "2 years ago");
    }
}
