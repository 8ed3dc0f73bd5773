//! Tiles, filters, tables, pages, empty states.

use maud::{Markup, html};
use model::time::SignedDuration;
use model::{Side, Tlp};

use super::now;
use crate::component::{self, ButtonKind, Column, Filter, Pages, Tab, Table, Tile, Tone};
use crate::{Locale, svg, t};

/// Arrivals per hour of two invented days.
pub(super) const ARRIVALS: [u64; 48] = [
    12, 9, 7, 4, 3, 5, 14, 31, 58, 77, 83, 80, 61, 74, 92, 88, 71, 49, 33, 28, 22, 19, 15, 13, 11, 8, 6, 5,
    9, 17, 44, 96, 210, 402, 388, 341, 290, 233, 181, 164, 122, 97, 90, 84, 70, 61, 55, 48,
];

pub(super) fn figures(locale: Locale) -> Markup {
    let hours = t!(locale, "styleguide-sample-hours");
    let since = || t!(locale, "styleguide-sample-since");
    let tile = |label, value: u64, delta, tone, extra| Tile {
        label,
        value: locale.count(value).into(),
        delta: Some((delta, since())),
        href: Some("/exchange/objects".into()),
        tone,
        extra,
    };
    component::tiles(
        locale,
        &[
            tile(t!(locale, "styleguide-sample-objects"), 1_048_576, 4_120, Tone::Idle, None),
            tile(
                t!(locale, "styleguide-sample-received"),
                4_120,
                980,
                Tone::Idle,
                Some(svg::sparkline(&hours, &ARRIVALS)),
            ),
            tile(t!(locale, "styleguide-sample-withheld"), 37, -4, Tone::Warn, None),
            tile(
                t!(locale, "styleguide-sample-lag"),
                2,
                2,
                Tone::Err,
                Some(html! { (t!(locale, "styleguide-sample-attempt")) }),
            ),
        ],
    )
}

pub(super) fn lists(locale: Locale) -> Markup {
    let tab = |label, count, active| Tab { href: "#lists".into(), label, count: Some(count), active };
    let shown = t!(locale, "count-selected-range", from = 1, to = 5, total = 4120);
    html! {
        (component::tabs(locale, &[
            tab(t!(locale, "nav-objects"), 4_120, true),
            tab(t!(locale, "nav-quarantine"), 3, false),
            tab(t!(locale, "exchange-conflicts-title"), 0, false),
        ]))
        (filters(locale))
        (component::table(locale, &objects(locale)))
        (component::pagination(locale, &Pages { first: Some("#lists".into()), next: Some("#lists".into()), summary: shown }))
        (component::table(locale, &Table { empty: Some(html! {
            p { (t!(locale, "exchange-objects-empty")) }
            p { (component::button_link(ButtonKind::Plain, "#lists", &t!(locale, "action-import"))) }
        }), ..Table::default() }))
    }
}

fn filters(locale: Locale) -> Markup {
    let labels = Tlp::ALL.map(|l| (l.word().into(), l.to_string().into()));
    let mut options = vec![("".into(), t!(locale, "word-all"))];
    options.extend(labels);
    component::filter_bar(
        locale,
        "/styleguide",
        &[
            Filter::Text { name: "q", label: t!(locale, "exchange-objects-search"), value: "heron".into() },
            Filter::Select {
                name: "tlp",
                label: t!(locale, "exchange-filter-tlp"),
                options,
                value: "AMBER".into(),
            },
            Filter::Date {
                name: "since",
                label: t!(locale, "exchange-filter-since"),
                value: "2026-11-24".into(),
            },
        ],
        &[("sort", "-received")],
    )
}

fn objects(locale: Locale) -> Table<'static> {
    let columns = vec![
        Column::text(t!(locale, "word-name")).sorted_by("name"),
        Column::text(t!(locale, "word-type")).sorted_by("type"),
        Column::text(t!(locale, "word-marking")),
        Column::text(t!(locale, "word-author")),
        Column::number(t!(locale, "exchange-object-confidence")).sorted_by("confidence"),
        Column::text(t!(locale, "word-received")).sorted_by("received"),
        Column::text(t!(locale, "word-state")),
    ];
    let row = |name: &str,
               kind: &str,
               tlp,
               (author, side): (&str, Side),
               confidence: u64,
               minutes,
               state: Markup| {
        vec![
            html! { a href="#thing" { (name) } },
            component::stix_type(locale, kind),
            component::tlp(locale, tlp),
            component::party(locale, author, side),
            html! { (locale.count(confidence)) },
            component::time(locale, now() - SignedDuration::from_mins(minutes), now()),
            state,
        ]
    };
    let (eu, us, nato) =
        (("CSIRT Meridian", Side::Eu), ("Harbor ISAC", Side::Us), ("NCIRC Lyra", Side::Nato));
    let sent = || component::status(Tone::Ok, &t!(locale, "state-sent"));
    let withheld = |code| component::reason(locale, code, Tone::Warn);
    let actor = t!(locale, "styleguide-sample-actor");
    let rows = vec![
        row(&actor, "intrusion-set", Tlp::AmberStrict, eu, 85, 3, withheld("organisation-only")),
        row(&t!(locale, "styleguide-sample-malware"), "malware", Tlp::Amber, us, 70, 14, sent()),
        row(&t!(locale, "styleguide-sample-report"), "report", Tlp::Green, nato, 100, 55, sent()),
        row(
            "198.51.100.24",
            "indicator",
            Tlp::Clear,
            us,
            50,
            60 * 7,
            component::status(Tone::Idle, &t!(locale, "state-superseded")),
        ),
        row("CVE-2026-31337", "vulnerability", Tlp::Red, eu, 90, 60 * 80, withheld("not-named")),
    ];
    Table {
        caption: t!(locale, "exchange-objects-title"),
        columns,
        rows,
        path: "/styleguide?sort=-received".into(),
        sorted: Some("-received".into()),
        ..Table::default()
    }
}
