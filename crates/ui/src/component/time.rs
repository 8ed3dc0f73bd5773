//! An instant: how long ago, with UTC beside it and the viewer's own time where it is known.

use maud::{Markup, html};
use model::time::{TimeZone, Timestamp};

use crate::Locale;

/// "3 min ago", the full time as tooltip; for lists.
pub fn time(locale: Locale, at: Timestamp, now: Timestamp) -> Markup {
    html! { time datetime=(at) title=(locale.utc(at)) { (locale.relative(at, now)) } }
}

/// "25 Nov 2026", in one piece; for what is dated by day, in UTC.
pub fn day(locale: Locale, at: Timestamp) -> Markup {
    let date = locale.date(at, &TimeZone::UTC);
    html! { time.day datetime=(at.to_string().get(..10).unwrap_or("")) { (date) } }
}

/// "25 Nov 2026, 14:05 UTC (15:05 CET) · 3 min ago"; for the page of one thing.
pub fn time_full(locale: Locale, at: Timestamp, now: Timestamp, zone: Option<&TimeZone>) -> Markup {
    html! {
        span.time-full {
            time datetime=(at) { (locale.utc(at)) }
            @if let Some(zone) = zone { span.muted { " (" (locale.local(at, zone)) ")" } }
            span.muted { " · " (locale.relative(at, now)) }
        }
    }
}
