//! How far something is, and how full something is.

use maud::{Markup, html};

use super::Tone;
use crate::{Locale, t};

/// A bar with "3 of 10" beside it; `label` names it for screen readers.
pub fn progress(locale: Locale, label: &str, done: u64, total: u64) -> Markup {
    let text = t!(locale, "component-progress-of", done = done, total = total);
    html! {
        span.progress {
            progress max=(total.max(1)) value=(done.min(total)) aria-label=(label) { (text) }
            span { (text) }
        }
    }
}

/// A level between 0 and 1 with its percentage; the tone says whether that is good.
pub fn meter(locale: Locale, label: &str, level: f64, tone: Tone) -> Markup {
    let level = if level.is_finite() { level.clamp(0.0, 1.0) } else { 0.0 };
    let percent = (level * 100.0).round();
    html! {
        span class={ "progress tone-" (tone.class()) } {
            svg.meter viewBox="0 0 100 4" preserveAspectRatio="none" role="meter" aria-label=(label)
                aria-valuemin="0" aria-valuemax="100" aria-valuenow=(percent) {
                rect.meter-track width="100" height="4" {}
                rect.meter-fill width=(percent) height="4" {}
            }
            span { (locale.percent(level, 0)) }
        }
    }
}
