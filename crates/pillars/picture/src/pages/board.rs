//! The picture's part of the start page: what this officer has not seen yet, what is going on, what is exploited.

use desk::pages::{App, Part, Visitor, party_link};
use maud::{Markup, html};
use model::Marking;
use ui::component::{
    ButtonKind, Column, Table, Tone, button_link, card, day, marking, status, stix_type, table, time,
};
use ui::svg::sparkline;
use ui::{Locale, t};

use super::map;
use super::trends::move_pill;
use crate::exploited::{Exploited, exploited};
use crate::fold::start_of;
use crate::held::Thing;
use crate::kind::Kind;
use crate::sight::{Sight, SightError};
use crate::since::since;
use crate::tally::Topic;
use crate::trend::Period;
use crate::trends::{Trend, trends};

/// Rows of each list.
const ROWS: usize = 8;
/// Sectors of the start page.
const SECTORS: usize = 3;
/// Things named in one cell.
const NAMED: usize = 3;

/// For the start page, as this visitor may see it.
pub fn board(app: &App, visitor: &Visitor) -> Part {
    match cards(app, visitor) {
        Ok((cards, marking)) => Part { due: Vec::new(), cards, marking },
        Err(error) => {
            tracing::warn!(%error, "the picture was not read");
            let body = html! { p { (t!(visitor.locale, "state-error")) } };
            let cards = card(&t!(visitor.locale, "picture-active-title"), html! {}, body);
            Part { due: Vec::new(), cards, marking: None }
        }
    }
}

fn cards(app: &App, visitor: &Visitor) -> Result<(Markup, Option<Marking>), SightError> {
    let locale = visitor.locale;
    let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now, None)?;
    let mut active = trends(&sight, locale, Topic::Campaigns, Period::USUAL)?;
    active.retain(|row| row.now > 0 && !row.label.unnamed);
    active.truncate(ROWS);
    let used = exploited(&sight, ROWS)?;
    let (left, left_marking) = left(app, visitor, &sight)?;
    let (hit, hit_marking) = map::hit(&sight, locale, Period::ALL[0], SECTORS)?;
    let marks = active.iter().map(|row| row.marking).chain(used.iter().map(|one| one.marking));
    let marking = marks.chain(left_marking).chain(hit_marking).reduce(Marking::strictest);
    let cards = html! {
        (left)
        (card(&t!(locale, "picture-hit-title"), html! {
            a href="/picture/map?days=7" { (t!(locale, "picture-active-all")) }
        }, hit))
        (card(&t!(locale, "picture-active-title"), html! {
            a href="/picture/trends?topic=campaigns" { (t!(locale, "picture-active-all")) }
        }, active_list(app, visitor, &active)))
        (card(&t!(locale, "picture-exploited-title"), html! {
            a href="/picture/trends?topic=vulnerabilities" { (t!(locale, "picture-active-all")) }
        }, exploited_list(app, visitor, &used)))
    };
    Ok((cards, marking))
}

/// What is new in a few lines, and where all of it is.
fn left(app: &App, visitor: &Visitor, sight: &Sight<'_>) -> Result<(Markup, Option<Marking>), SightError> {
    let locale = visitor.locale;
    let since = since(sight, &visitor.account.name)?;
    let parts: Vec<Part> = app.site.since.iter().map(|part| part(app, visitor, since.from)).collect();
    let line = |thing: &Thing| {
        html! {
            li {
                (stix_type(locale, thing.kind.stix_type())) " "
                (thing.link(locale)) " "
                (marking(locale, sight.marking(thing.class))) " "
                span.muted { (time(locale, thing.at, visitor.now)) }
            }
        }
    };
    let shown: Vec<&Thing> = since.things.iter().take(NAMED + 2).collect();
    let marks = shown.iter().map(|thing| sight.marking(thing.class)).reduce(Marking::strictest);
    let due: Vec<_> = parts.into_iter().flat_map(|part| part.due).collect();
    let body = html! {
        p.muted {
            @if since.acknowledged { (t!(locale, "picture-since")) } @else { (t!(locale, "picture-since-day")) }
            " " (time(locale, since.from, visitor.now))
        }
        @if !since.notes.is_empty() { p { (status(Tone::Info, &t!(locale, "picture-since-notes", count = since.notes.len()))) } }
        @if !due.is_empty() { (ui::component::due(due)) }
        @if shown.is_empty() { p { (t!(locale, "picture-since-none")) } }
        @else { ul.plain-list { @for thing in &shown { (line(thing)) } } }
        @if since.things.len() > shown.len() {
            p.muted { (t!(locale, "picture-since-others", count = since.things.len() - shown.len())) }
        }
        div.actions { (button_link(ButtonKind::Primary, "/picture/handover", &t!(locale, "picture-handover-open"))) }
    };
    Ok((card(&t!(locale, "picture-since-title"), html! {}, body), marks))
}

fn active_list(app: &App, visitor: &Visitor, rows: &[Trend]) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let row = |row: &Trend| {
        let words = t!(locale, "picture-spoken-of", now = row.now, before = row.before);
        let kind = Kind::of_id(&row.label.id);
        vec![
            row.label.show(locale),
            stix_type(locale, kind.stix_type()),
            move_pill(locale, row.moved),
            html! { div.spark-cell { (sparkline(&words, &row.series)) } },
            day(locale, start_of(row.last)),
            html! { div.row { @for author in &row.authors { (party_link(locale, &known, *author)) } } },
            marking(locale, row.marking),
        ]
    };
    let list = Table {
        caption: t!(locale, "picture-active-title"),
        columns: vec![
            Column::text(t!(locale, "word-name")),
            Column::text(t!(locale, "word-type")),
            Column::text(t!(locale, "picture-move")),
            Column::text(t!(locale, "picture-course")),
            Column::text(t!(locale, "picture-last")),
            Column::text(t!(locale, "picture-by")),
            Column::text(t!(locale, "word-marking")),
        ],
        rows: rows.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "picture-active-none")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

fn exploited_list(app: &App, visitor: &Visitor, rows: &[Exploited]) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let row = |one: &Exploited| {
        vec![
            html! {
                (one.thing.link(locale))
                @if one.ours { " " (status(Tone::Warn, &t!(locale, "picture-exploited-ours"))) }
            },
            names(locale, &one.by),
            html! { (names(locale, &one.seen_at)) @if one.seen_at.is_empty() { (names(locale, &one.has)) } },
            html! { div.row { @for author in &one.authors { (party_link(locale, &known, *author)) } } },
            marking(locale, one.marking),
        ]
    };
    let list = Table {
        caption: t!(locale, "picture-exploited-title"),
        columns: vec![
            Column::text(t!(locale, "word-name")),
            Column::text(t!(locale, "picture-exploited-by")),
            Column::text(t!(locale, "picture-exploited-where")),
            Column::text(t!(locale, "picture-by")),
            Column::text(t!(locale, "word-marking")),
        ],
        rows: rows.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "picture-exploited-none")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

fn names(locale: Locale, things: &[Thing]) -> Markup {
    html! {
        span {
            @for (n, thing) in things.iter().take(NAMED).enumerate() {
                @if n > 0 { ", " }
                (thing.link(locale))
            }
            @if things.len() > NAMED { " +" (locale.count((things.len() - NAMED) as u64)) }
        }
    }
}
