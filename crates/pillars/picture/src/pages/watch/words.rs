//! How the watch-list says things.

use std::borrow::Cow;

use maud::{Markup, html};
use model::time::civil::Date;
use records::watch::{Confidence, Maturity, Watch};
use ui::component::{Tone, status};
use ui::{Locale, t};

use crate::watch::Entry;

/// The next review, marked when it is overdue; for what is watched no longer only that.
pub(super) fn review(locale: Locale, entry: &Entry, today: Date) -> Markup {
    html! {
        @if !entry.is_watched() { (status(Tone::Idle, &t!(locale, "picture-watch-is-retired"))) }
        @else {
            div {
                (day(locale, entry.said.review))
                @if entry.is_overdue(today) { " " (status(Tone::Warn, &t!(locale, "picture-watch-overdue"))) }
            }
        }
    }
}

/// A day in words.
pub(super) fn day(locale: Locale, day: Date) -> Markup {
    let utc = model::time::TimeZone::UTC;
    match day.to_zoned(utc.clone()) {
        Ok(at) => html! { time datetime=(day) { (locale.date(at.timestamp(), &utc)) } },
        Err(_) => html! { (day) },
    }
}

/// From when until when.
pub(super) fn horizon(locale: Locale, said: &Watch) -> Cow<'static, str> {
    match (said.from.as_str(), said.until.as_str()) {
        ("", "") => t!(locale, "picture-watch-open"),
        (from, "") => t!(locale, "picture-watch-from-on", from = from),
        ("", until) => t!(locale, "picture-watch-until", until = until),
        (from, until) => format!("{from} – {until}").into(),
    }
}

pub(super) fn maturity(locale: Locale, maturity: Maturity) -> Cow<'static, str> {
    match maturity {
        Maturity::Research => t!(locale, "picture-watch-research"),
        Maturity::Shown => t!(locale, "picture-watch-shown"),
        Maturity::Early => t!(locale, "picture-watch-early"),
        Maturity::Spreading => t!(locale, "picture-watch-spreading"),
        Maturity::Common => t!(locale, "picture-watch-common"),
    }
}

/// Every step, with its word in forms.
pub(crate) const MATURITIES: [(&str, Maturity); 5] = [
    ("research", Maturity::Research),
    ("shown", Maturity::Shown),
    ("early", Maturity::Early),
    ("spreading", Maturity::Spreading),
    ("common", Maturity::Common),
];

pub(super) fn confidence(locale: Locale, confidence: Confidence) -> Cow<'static, str> {
    match confidence {
        Confidence::Low => t!(locale, "picture-watch-low"),
        Confidence::Moderate => t!(locale, "picture-watch-moderate"),
        Confidence::High => t!(locale, "picture-watch-high"),
    }
}

/// Every one, with its word in forms.
pub(crate) const CONFIDENCES: [(&str, Confidence); 3] =
    [("low", Confidence::Low), ("moderate", Confidence::Moderate), ("high", Confidence::High)];
