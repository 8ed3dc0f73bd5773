//! The overview answers in ten seconds: what needs somebody, who is connected, what arrived, what goes out and what
//! stays.

use axum::extract::State;
use maud::{Markup, html};
use model::Marking;
use ui::component::{Due, Tile, Tone, card, due, heading, live, tiles, timeline};
use ui::t;

use super::app::{App, LinkRow, LinkState, Part};
use super::error::PageError;
use super::frame::Page;
use super::may::May;
use super::visitor::Visitor;
use super::{first_steps, health, links, names, recent};
use crate::access::{LinkRead, OverviewRead};

/// The views may be this far behind before somebody is told.
const LATE: u64 = 100_000;

pub(super) async fn page(State(app): State<App>, visitor: May<OverviewRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor)).await
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    // Who may not read the state of links reads it nowhere.
    let staff = visitor.may::<LinkRead>();
    let rows = if staff { (app.site.links)(()) } else { Vec::new() };
    let events = recent::recent(app, visitor)?;
    let parts: Vec<Part> = app.site.parts.iter().map(|part| part(app, visitor)).collect();
    let body = html! {
        (heading(&t!(locale, "overview-title"), html! { (t!(locale, "overview-lede")) }, html! {}))
        (live("overview", "/", &["accord", "exchange", "ledger", "links", "notify", "parties", "picture"], html! {
            div.stack {
                (first_steps::first_steps(app, visitor, &rows))
                (tiles(locale, &figures(app, visitor, &rows)?))
                div.columns {
                    (card(&t!(locale, "overview-attention"), html! {}, attention(app, visitor, &rows, &parts)))
                    @if staff { (card(&t!(locale, "link-links-title"), html! {}, links::brief(app, visitor, &rows))) }
                }
                @for part in &parts { (part.cards) }
                (card(&t!(locale, "overview-recent"), html! {}, html! {
                    @if events.is_empty() { p.muted { (t!(locale, "overview-recent-none")) } }
                    @else { (timeline(locale, &events, visitor.now)) }
                }))
            }
        }))
    };
    let marking = parts.iter().filter_map(|part| part.marking).reduce(Marking::strictest);
    let page = Page { title: t!(locale, "overview-title"), marking, updated: Some(visitor.now) };
    Ok(page.show(app, visitor, body))
}

/// Links first, then what the pillars count of what this visitor may see.
fn figures(app: &App, visitor: &Visitor, rows: &[LinkRow]) -> Result<Vec<Tile<'static>>, PageError> {
    let locale = visitor.locale;
    let connected = rows.iter().filter(|row| row.state == LinkState::Connected).count();
    let of = |label, value: String, href: &'static str, tone| Tile {
        label,
        value: value.into(),
        href: Some(href.into()),
        tone,
        ..Tile::default()
    };
    // Of the past it is not known who was connected.
    let recorded = rows.iter().any(|row| row.state == LinkState::Recorded);
    let tone = match rows.len() {
        _ if recorded => Tone::Idle,
        0 => Tone::Idle,
        all if connected < all => Tone::Warn,
        _ => Tone::Ok,
    };
    let all = locale.count(rows.len() as u64);
    let links = if recorded { all } else { format!("{} / {all}", locale.count(connected as u64)) };
    let mut list = Vec::new();
    if visitor.may::<LinkRead>() {
        list.push(of(t!(locale, "overview-links"), links, "/links", tone));
    }
    list.extend(app.site.tiles.iter().flat_map(|tiles| tiles(app, visitor)));
    Ok(list)
}

/// What a person must look at, or that there is nothing.
fn attention(app: &App, visitor: &Visitor, rows: &[LinkRow], parts: &[Part]) -> Markup {
    let locale = visitor.locale;
    let mut list = node(app, visitor);
    list.extend(rows.iter().filter_map(|row| link(app, visitor, row)));
    list.extend(parts.iter().flat_map(|part| part.due.iter().cloned()));
    html! {
        @if list.is_empty() { p.muted { (t!(locale, "overview-attention-none")) } }
        @else { (due(list)) }
    }
}

/// The node itself: it takes no writes, its views are late, nobody is trusted yet.
fn node(app: &App, visitor: &Visitor) -> Vec<Due> {
    let locale = visitor.locale;
    let one = |tone, what: &str, todo| Due { tone, what: html! { (what) }, todo };
    let mut list = Vec::new();
    if let Some(trouble) = health::trouble(app) {
        list.push(one(
            Tone::Err,
            &trouble.text(locale),
            html! { a href="/ledger" { (t!(locale, "nav-ledger")) } },
        ));
    }
    let behind = app.desk.ledger.last_seq().saturating_sub(app.desk.views.folded());
    if behind > LATE {
        let text = t!(locale, "overview-late", count = behind);
        list.push(one(Tone::Warn, &text, html! { (t!(locale, "overview-late-do")) }));
    }
    list
}

fn link(app: &App, visitor: &Visitor, row: &LinkRow) -> Option<Due> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let party = names::party_name(&known, row.peer);
    let (tone, what) = match row.state {
        LinkState::Stopped => (Tone::Err, t!(locale, "overview-link-stopped", party = party)),
        LinkState::Silent => (Tone::Warn, t!(locale, "overview-link-silent", party = party)),
        LinkState::Connecting if row.error.is_some() => {
            (Tone::Warn, t!(locale, "overview-link-fails", party = party))
        }
        LinkState::Connected | LinkState::Connecting | LinkState::Offline | LinkState::Recorded => {
            return None;
        }
    };
    let why = row.stopped.as_ref().map(|stopped| links::stopped_why(locale, stopped.cause));
    let todo = html! {
        @match (&why, &row.error) {
            (Some(why), _) => { (why) " " }
            (None, Some(error)) => { (error) " " }
            (None, None) => {}
        }
        a href="/links" { (t!(locale, "overview-link-look")) }
    };
    Some(Due { tone, what: html! { (what) }, todo })
}
