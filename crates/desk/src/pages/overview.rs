//! The overview: what this node holds, who is connected, what needs somebody, and what happened last.

use axum::extract::State;
use maud::{Markup, html};
use model::Timestamp;
use records::Header;
use ui::component::{Event, Tile, Tone, alert, card, heading, kind_name, live, tiles, timeline};
use ui::t;

use super::app::{App, LinkRow, LinkState};
use super::error::PageError;
use super::frame::Page;
use super::visitor::Visitor;
use super::{health, links, names, sight};

/// Entries looked at for the list of what happened last, and how many of them are shown.
const LOOKED_AT: u64 = 60;
const SHOWN: usize = 12;

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor)).await
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let rows = (app.site.links)(());
    let events = recent(app, visitor)?;
    let body = html! {
        (heading(&t!(locale, "overview-title"), html! { (t!(locale, "overview-lede")) }, html! {}))
        (live("overview", "/", &["accord", "exchange", "ledger", "links", "parties"], html! {
            div.stack {
                (tiles(locale, &figures(app, visitor, &rows)))
                (card(&t!(locale, "overview-attention"), html! {}, attention(app, visitor, &rows)))
                (card(&t!(locale, "overview-parties-links"), html! {}, links::table(app, visitor, &rows)))
                (card(&t!(locale, "overview-recent"), html! {}, html! {
                    @if events.is_empty() { p.muted { (t!(locale, "overview-recent-none")) } }
                    @else { (timeline(locale, &events, visitor.now)) }
                }))
            }
        }))
    };
    let page = Page { title: t!(locale, "overview-title"), updated: Some(visitor.now), ..Page::default() };
    Ok(page.show(app, visitor, body))
}

fn figures(app: &App, visitor: &Visitor, rows: &[LinkRow]) -> Vec<Tile<'static>> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let mut list: Vec<Tile<'static>> = app.site.tiles.iter().flat_map(|tiles| tiles(app, visitor)).collect();
    let peers = known.parties.iter().filter(|(id, party)| party.trusted && **id != app.desk.me).count();
    let connected = rows.iter().filter(|row| row.state == LinkState::Connected).count();
    let behind = app.desk.ledger.last_seq().saturating_sub(app.desk.views.folded());
    let of = |label, value: String, href: &'static str, tone| Tile {
        label,
        value: value.into(),
        href: Some(href.into()),
        tone,
        ..Tile::default()
    };
    let down = if connected < rows.len() { Tone::Warn } else { Tone::Idle };
    let links = format!("{} / {}", locale.count(connected as u64), locale.count(rows.len() as u64));
    list.push(of(t!(locale, "party-parties-title"), locale.count(peers as u64), "/parties", Tone::Idle));
    list.push(of(t!(locale, "overview-links"), links, "/links", down));
    let size = app.desk.ledger.size(app.desk.log);
    list.push(of(t!(locale, "ledger-own"), locale.count(size), "/ledger", Tone::Idle));
    let late = if behind > 100_000 { Tone::Warn } else { Tone::Idle };
    list.push(of(t!(locale, "overview-views-behind"), locale.count(behind), "/ledger", late));
    list
}

/// What a person must look at, or that there is nothing.
fn attention(app: &App, visitor: &Visitor, rows: &[LinkRow]) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let stopped: Vec<_> = rows.iter().filter(|row| row.state == LinkState::Stopped).collect();
    let waiting: Vec<_> = known
        .agreements
        .iter()
        .filter_map(|(id, state)| Some((id, state.newest()?)))
        .filter(|(_, version)| {
            version.agreement.has_party(&app.desk.me) && !version.signed.contains_key(&app.desk.me)
        })
        .collect();
    let trouble = health::trouble(app);
    let alone = known.parties.keys().all(|id| *id == app.desk.me);
    html! {
        div.stack {
            @if let Some(trouble) = &trouble { (alert(Tone::Err, &trouble.text(locale), html! {})) }
            @for row in &stopped {
                (alert(Tone::Err, &names::party_name(&known, row.peer), html! {
                    (row.error.as_deref().unwrap_or("")) " " a href="/links" { (t!(locale, "nav-links")) }
                }))
            }
            @for (id, _) in &waiting {
                (alert(Tone::Info, &t!(locale, "overview-sign"), html! {
                    (names::agreement_link(app, visitor, &known, id))
                }))
            }
            @if alone { (alert(Tone::Info, &t!(locale, "party-parties-empty"), html! {})) }
            @if trouble.is_none() && stopped.is_empty() && waiting.is_empty() && !alone {
                p.muted { (t!(locale, "overview-attention-none")) }
            }
        }
    }
}

/// The newest entries that this visitor may see, newest first.
fn recent(app: &App, visitor: &Visitor) -> Result<Vec<Event>, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let logs = app.desk.ledger.logs();
    let from = app.desk.ledger.last_seq().saturating_sub(LOOKED_AT) + 1;
    let mut events = Vec::new();
    app.desk.ledger.reader()?.entries(from, LOOKED_AT as usize, 16 << 20, |entry| {
        let seen = sight::may_see(app, visitor, &entry).is_some_and(|verdict| verdict.is_release());
        let author = logs.iter().find(|(id, ..)| *id == entry.log).map(|(_, key, _)| key.party);
        let header = entry.header.and_then(|header| Header::parse(header).ok());
        if let (true, Some(author), Some(header)) = (seen, author, header) {
            let record = entry.record_id();
            let kind = if header.object_type.is_empty() {
                kind_name(locale, &header.kind)
            } else {
                ui::component::type_name(locale, &header.object_type)
            };
            events.push(Event {
                at: Timestamp::from_microsecond(entry.at_us).unwrap_or(visitor.now),
                tone: Tone::Idle,
                what: html! {
                    a href={ "/ledger/records/" (record) } { (kind) } " · " (names::party_link(locale, &known, author))
                },
                more: html! {},
            });
        }
    })?;
    events.reverse();
    events.truncate(SHOWN);
    Ok(events)
}
