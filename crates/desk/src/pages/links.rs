//! Links: replication with each party, as its driver reports it.

use std::borrow::Cow;

use axum::extract::State;
use maud::{Markup, html};
use model::PartyId;
use ui::component::{Column, Table, Tone, card, heading, live, status, table as rows_of, time};
use ui::{Locale, t};

use super::app::{App, LinkRow, LinkState};
use super::error::PageError;
use super::frame::Page;
use super::may::May;
use super::visitor::Visitor;
use super::{ledger, names};
use crate::access::LinkRead;
use crate::links::Cause;
use crate::views::Known;

pub(super) async fn page(State(app): State<App>, visitor: May<LinkRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor)).await
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let rows = (app.site.links)(());
    let reader = app.desk.ledger.reader()?;
    let body = html! {
        (heading(&t!(locale, "link-links-title"), html! { (t!(locale, "link-links-lede")) }, html! {}))
        (live("links", "/links", &["links", "ledger"], html! {
            div.stack {
                (table(app, visitor, &rows))
                @for part in &app.site.link_parts { (part(app, visitor)) }
                (card(&t!(locale, "link-checkpoints"), html! {}, ledger::mirrors(app, visitor, &reader)?))
            }
        }))
        (card(&t!(locale, "link-explain"), html! {}, html! {
            p.muted { (t!(locale, "link-explain-lede")) }
            (ledger::search(visitor, ""))
        }))
    };
    let page = Page { title: t!(locale, "link-links-title"), updated: Some(visitor.now), ..Page::default() };
    Ok(page.show(app, visitor, body))
}

/// The table of links, also shown on other pages.
pub(super) fn table(app: &App, visitor: &Visitor, rows: &[LinkRow]) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let columns = vec![
        Column::text(t!(locale, "word-party")),
        Column::text(t!(locale, "word-state")),
        Column::text(t!(locale, "link-since")),
        Column::number(t!(locale, "link-received")),
        Column::number(t!(locale, "link-sent")),
        Column::text(t!(locale, "link-checkpoint")),
        Column::text(t!(locale, "link-lag")),
        Column::text(t!(locale, "link-error")),
    ];
    let moment = |at: Option<model::Timestamp>, none: Cow<'static, str>| match at {
        Some(at) => time(locale, at, visitor.now),
        None => html! { span.muted { (none) } },
    };
    let row = |row: &LinkRow| {
        let (tone, word) = state(locale, row.state);
        vec![
            names::party_link(locale, &known, row.peer),
            status(tone, &word),
            moment(row.connected_since, "–".into()),
            html! { (locale.count(row.their_size)) },
            html! { (locale.count(row.our_size_there)) },
            moment(row.last_checkpoint, no_checkpoint(locale, row)),
            html! { (lag(locale, row)) (waiting(app, visitor, row)) },
            problem(locale, &short(&known, row.peer), row),
        ]
    };
    let list = Table {
        caption: t!(locale, "link-links-title"),
        columns,
        rows: rows.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "link-links-empty")) } }),
        ..Table::default()
    };
    rows_of(locale, &list)
}

/// Who is connected, and how far behind: the same in short, for the overview.
pub(super) fn brief(app: &App, visitor: &Visitor, rows: &[LinkRow]) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let row = |row: &LinkRow| {
        let (tone, word) = state(locale, row.state);
        vec![
            names::party_link(locale, &known, row.peer),
            status(tone, &word),
            lag(locale, row),
            match row.last_checkpoint {
                Some(at) => time(locale, at, visitor.now),
                None => html! { span.muted { (no_checkpoint(locale, row)) } },
            },
        ]
    };
    let list = Table {
        caption: t!(locale, "link-links-title"),
        columns: vec![
            Column::text(t!(locale, "word-party")),
            Column::text(t!(locale, "word-state")),
            Column::text(t!(locale, "link-lag")),
            Column::text(t!(locale, "link-checkpoint")),
        ],
        rows: rows.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "link-links-empty")) } }),
        ..Table::default()
    };
    rows_of(locale, &list)
}

fn no_checkpoint(locale: Locale, row: &LinkRow) -> Cow<'static, str> {
    if row.state == LinkState::Recorded { "–".into() } else { t!(locale, "link-checkpoint-none") }
}

fn lag(locale: Locale, row: &LinkRow) -> Markup {
    html! {
        @if row.lag == 0 { (t!(locale, "link-lag-none")) }
        @else { (t!(locale, "link-lag-records", count = row.lag)) }
    }
}

/// How long the oldest record that the peer lacks has waited.
fn waiting(app: &App, visitor: &Visitor, row: &LinkRow) -> Markup {
    let mut since = None;
    if row.lag > 0
        && let Ok(reader) = app.desk.ledger.reader()
    {
        let oldest = model::Position(row.our_size_there);
        let _ = reader
            .at(app.desk.log, oldest, |entry| since = model::Timestamp::from_microsecond(entry.at_us).ok()); // no time is shown then
    }
    html! {
        @if let Some(since) = since {
            p.muted { (t!(visitor.locale, "link-lag-since")) " " (time(visitor.locale, since, visitor.now)) }
        }
    }
}

/// How the command line calls a party.
fn short(known: &Known, peer: PartyId) -> String {
    known.parties.get(&peer).map_or_else(|| peer.to_string(), |party| party.card.short.clone())
}

/// Why it is stopped and what to do, else the last problem.
fn problem(locale: Locale, name: &str, row: &LinkRow) -> Markup {
    html! {
        @if let Some(stopped) = &row.stopped {
            p { (stopped_why(locale, stopped.cause)) }
            p { (t!(locale, "link-stopped-do")) " " code { "entente link resume " (name) } }
            p.muted { (stopped.reason) }
        } @else if let Some(error) = &row.error { (error) } @else { span.muted { "–" } }
    }
}

/// What stopped a link, for people.
pub fn stopped_why(locale: Locale, cause: Cause) -> Cow<'static, str> {
    match cause {
        Cause::TwoHistories => t!(locale, "link-stopped-two-histories"),
        Cause::Checkpoint => t!(locale, "link-stopped-checkpoint"),
        Cause::Records => t!(locale, "link-stopped-records"),
    }
}

fn state(locale: Locale, state: LinkState) -> (Tone, Cow<'static, str>) {
    match state {
        LinkState::Connected => (Tone::Ok, t!(locale, "link-state-connected")),
        LinkState::Connecting => (Tone::Info, t!(locale, "link-state-connecting")),
        LinkState::Silent => (Tone::Warn, t!(locale, "link-state-silent")),
        LinkState::Stopped => (Tone::Err, t!(locale, "link-state-stopped")),
        LinkState::Offline => (Tone::Idle, t!(locale, "link-state-offline")),
        LinkState::Recorded => (Tone::Idle, t!(locale, "link-state-recorded")),
    }
}
