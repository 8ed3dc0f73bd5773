//! The card of the map about space: how often it was hit, and how often the sectors that depend on it were.

use std::borrow::Cow;

use maud::{Markup, html};
use ui::component::{Column, Table, card, table};
use ui::{Locale, t};

use crate::label::sector;
use crate::space::{SPACE, Service};

fn name(locale: Locale, service: Service) -> Cow<'static, str> {
    match service {
        Service::Timing => t!(locale, "space-timing"),
        Service::Position => t!(locale, "space-position"),
        Service::Link => t!(locale, "space-link"),
        Service::Observation => t!(locale, "space-observation"),
    }
}

/// The card; `hits` says how often a sector was hit in the period, of what this reader may see.
pub(super) fn space(locale: Locale, hits: impl Fn(&str) -> u64) -> Markup {
    let row = |service: &Service| {
        let name = name(locale, *service);
        let (mut hit, mut calm) = (Vec::new(), Vec::new());
        for word in service.sectors() {
            match hits(word) {
                0 => calm.push(sector(locale, word)),
                count => hit.push((sector(locale, word), count)),
            }
        }
        vec![
            html! { (name) },
            html! {
                @if hit.is_empty() { span.muted { "–" } }
                @for (n, (name, count)) in hit.iter().enumerate() { @if n > 0 { ", " } (name) " " strong { (locale.count(*count)) } }
            },
            html! { span.muted { (calm.join(", ")) } },
        ]
    };
    let list = Table {
        caption: t!(locale, "space-title"),
        columns: vec![
            Column::text(t!(locale, "space-service")),
            Column::text(t!(locale, "space-hit")),
            Column::text(t!(locale, "space-calm")),
        ],
        rows: Service::ALL.iter().map(row).collect(),
        ..Table::default()
    };
    card(
        &t!(locale, "space-title"),
        html! {},
        html! {
            p { (t!(locale, "space-count", count = hits(SPACE))) " " (t!(locale, "space-ground")) }
            (table(locale, &list))
            p.muted.small { (t!(locale, "space-source")) }
        },
    )
}
