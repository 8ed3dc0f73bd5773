//! What happened, newest first or last as given.

use maud::{Markup, html};
use model::time::{TimeZone, Timestamp};

use super::{Tone, time};
use crate::Locale;

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// How good or bad.
    pub tone: Tone,
    /// In a sentence.
    pub what: Markup,
    /// More below it; may be empty.
    pub more: Markup,
}

/// With the hour, unless only the day is known: what is dated by day stands at its first instant.
fn when(locale: Locale, at: Timestamp) -> String {
    let is_day = at.as_microsecond().rem_euclid(24 * 3600 * 1_000_000) == 0;
    if is_day { locale.date(at, &TimeZone::UTC) } else { locale.utc(at) }
}

/// The list.
pub fn timeline(locale: Locale, events: &[Event], now: Timestamp) -> Markup {
    html! {
        ol.timeline {
            @for event in events {
                li class={ "tone-" (event.tone.class()) } {
                    div.timeline-when { (time(locale, event.at, now)) span.muted { (when(locale, event.at)) } }
                    div.timeline-what {
                        div { (event.what) }
                        @if !event.more.0.is_empty() { div.muted { (event.more) } }
                    }
                }
            }
        }
    }
}
