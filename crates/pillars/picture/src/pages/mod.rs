//! The pages of the picture.

mod board;
mod compared;
pub mod handover;
pub mod map;
pub(crate) mod matrix;
pub mod preview;
pub mod publish;
pub(crate) mod report;
mod slider;
pub mod snapshot;
pub mod snapshots;
pub(crate) mod sources;
mod space;
pub mod subject;
mod told;
pub mod trends;
pub mod watch;

use std::borrow::Cow;

use desk::pages::{NavEntry, PageError, Place, Visitor};
use maud::{Markup, html};
use ui::{Icon, Locale, t};

use crate::ask;

pub use board::board;
pub use compared::side_by_side;

/// The menu entries of this pillar.
pub const NAV: [NavEntry; 7] = [
    NavEntry { place: Place::Picture, href: "/picture/trends", label: trends_label, icon: Icon::Up },
    NavEntry { place: Place::Picture, href: "/picture/matrix", label: matrix_label, icon: Icon::Filter },
    NavEntry { place: Place::Picture, href: "/picture/map", label: map_label, icon: Icon::Globe },
    NavEntry { place: Place::Picture, href: "/picture/watch", label: watch_label, icon: Icon::Stack },
    NavEntry { place: Place::Picture, href: "/picture/report", label: report_label, icon: Icon::Document },
    NavEntry {
        place: Place::Picture,
        href: "/picture/snapshots",
        label: snapshots_label,
        icon: Icon::Agreement,
    },
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

fn snapshots_label(locale: Locale) -> Cow<'static, str> {
    t!(locale, "snapshot-title")
}

fn handover_label(locale: Locale) -> Cow<'static, str> {
    t!(locale, "picture-handover-title")
}

/// On a page of the past: of what its figures are made.
pub(crate) fn then(visitor: &Visitor) -> Result<Markup, PageError> {
    let past = ask::moment(visitor)?.is_some();
    Ok(html! { @if past { p.muted { (t!(visitor.locale, "picture-then")) } } })
}
