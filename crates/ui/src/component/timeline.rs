//! What happened, newest first or last as given.

use maud::{Markup, html};
use model::time::Timestamp;

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

/// The list.
pub fn timeline(locale: Locale, events: &[Event], now: Timestamp) -> Markup {
    html! {
        ol.timeline {
            @for event in events {
                li class={ "tone-" (event.tone.class()) } {
                    div.timeline-when { (time(locale, event.at, now)) span.muted { (locale.utc(event.at)) } }
                    div.timeline-what {
                        div { (event.what) }
                        @if !event.more.0.is_empty() { div.muted { (event.more) } }
                    }
                }
            }
        }
    }
}
