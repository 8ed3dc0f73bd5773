//! The pages of the picture.

mod board;
pub mod handover;
pub mod map;
pub(crate) mod matrix;
pub(crate) mod report;
pub mod subject;
pub mod trends;
pub mod watch;

use std::borrow::Cow;

use desk::pages::{NavEntry, Place, Visitor};
use maud::{Markup, html};
use ui::component::{Tone, alert};
use ui::{Icon, Locale, query, t};

use crate::sight::Sight;

pub use board::board;

/// The menu entries of this pillar.
pub const NAV: [NavEntry; 6] = [
    NavEntry { place: Place::Picture, href: "/picture/trends", label: trends_label, icon: Icon::Up },
    NavEntry { place: Place::Picture, href: "/picture/matrix", label: matrix_label, icon: Icon::Filter },
    NavEntry { place: Place::Picture, href: "/picture/map", label: map_label, icon: Icon::Globe },
    NavEntry { place: Place::Picture, href: "/picture/watch", label: watch_label, icon: Icon::Stack },
    NavEntry { place: Place::Picture, href: "/picture/report", label: report_label, icon: Icon::Document },
    NavEntry { place: Place::Picture, href: "/picture/handover", label: handover_label, icon: Icon::Clock },
];

fn trends_label(locale: Locale) -> Cow<'static, str> {
    t!(locale, "picture-trends-title")
}

fn matrix_label(locale: Locale) -> Cow<'static, str> {
    t!(locale, "picture-matrix-title")
}

fn map_label(locale: Locale) -> Cow<'static, str> {
    t!(locale, "picture-map-title")
}

fn watch_label(locale: Locale) -> Cow<'static, str> {
    t!(locale, "picture-watch-title")
}

fn report_label(locale: Locale) -> Cow<'static, str> {
    t!(locale, "picture-report-title")
}

fn handover_label(locale: Locale) -> Cow<'static, str> {
    t!(locale, "picture-handover-title")
}

/// Says that the page does not show the present, and leads back to it.
fn as_of(visitor: &Visitor, sight: &Sight<'_>) -> Markup {
    let locale = visitor.locale;
    html! {
        @if sight.upto.is_some() {
            (alert(Tone::Info, &t!(locale, "picture-as-of", at = locale.utc(sight.at).as_str()), html! {
                p { (t!(locale, "picture-as-of-how")) }
                p { a href=(query::with(&visitor.path, &[("at", None)])) { (t!(locale, "picture-as-of-now")) } }
            }))
        }
    }
}
