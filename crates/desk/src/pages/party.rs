//! One party: its card, its keys, whom this node owes the trust in it, and what binds both.

use axum::extract::{Path, State};
use maud::{Markup, html};
use model::{PartyId, Timestamp};
use ui::component::{
    ButtonKind, Column, Table, breadcrumb, button_link, card, facts, hash, heading, party as chip, table,
    time, time_full,
};
use ui::t;

use super::app::App;
use super::error::PageError;
use super::frame::Page;
use super::may::May;
use super::visitor::Visitor;
use super::{links, names, parties};
use crate::access::{PartyRead, PartyTrust};
use crate::views::{Known, Party};

pub(super) async fn page(
    State(app): State<App>,
    visitor: May<PartyRead>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    let id: PartyId = id.parse().map_err(|_| PageError::NotFound)?;
    app.blocking(move |app| show(app, &visitor, id)).await
}

fn show(app: &App, visitor: &Visitor, id: PartyId) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let party = known.parties.get(&id).ok_or(PageError::NotFound)?;
    let rows: Vec<_> = (app.site.links)(()).into_iter().filter(|row| row.peer == id).collect();
    let title = t!(locale, "party-parties-title");
    let body = html! {
        (breadcrumb(locale, &[("/parties", &title)], &party.card.short))
        (heading(locale.pick(&party.card.name), chip(locale, &party.card.short, party.card.side), actions(visitor, id, party, id == app.desk.me)))
        div.stack {
            (card(&t!(locale, "party-card"), parties::trust(locale, party, id == app.desk.me), about(app, visitor, id, party)?))
            (card(&t!(locale, "party-agreements"), html! {}, agreements(app, visitor, &known, id)))
            @if id != app.desk.me { (card(&t!(locale, "nav-links"), html! {}, links::table(app, visitor, &rows))) }
        }
    };
    let page = Page { title: party.card.short.as_str().into(), ..Page::default() };
    Ok(page.show(app, visitor, body))
}

/// What may be done with it: our own card goes out, a trusted party can lose the trust.
fn actions(visitor: &Visitor, id: PartyId, party: &Party, own: bool) -> Markup {
    let locale = visitor.locale;
    html! {
        @if own {
            (button_link(ButtonKind::Primary, "/parties/card", &t!(locale, "party-card-download")))
        } @else if party.trusted && visitor.may::<PartyTrust>() {
            (button_link(ButtonKind::Danger, &format!("/parties/{id}/distrust"), &t!(locale, "party-distrust")))
        }
    }
}

fn about(app: &App, visitor: &Visitor, id: PartyId, party: &Party) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let since = match trusted_at(app, id)? {
        Some(at) => time_full(locale, at, visitor.now, visitor.zone.as_ref()),
        None => html! {},
    };
    let optional = |text: &str| {
        if text.is_empty() {
            html! {}
        } else {
            html! { (text) }
        }
    };
    Ok(html! {
        (facts([
            (t!(locale, "word-id"), hash(locale, &t!(locale, "word-id"), &id.to_string())),
            (t!(locale, "party-fingerprint"), html! { code translate="no" { (names::fingerprint(party)) } }),
            (t!(locale, "party-roles"), html! { (parties::roles(locale, party)) }),
            (t!(locale, "party-contact"), optional(&party.card.contact)),
            (t!(locale, "party-link-address"), optional(party.card.link.as_deref().unwrap_or(""))),
            (t!(locale, "party-tls"), hash(locale, &t!(locale, "party-tls"), &party.card.tls_sha256)),
            (t!(locale, "party-decided"), since),
            (t!(locale, "party-decided-by"), optional(&party.by)),
        ]))
        @if id == app.desk.me { p.muted { (t!(locale, "party-own-hint")) } }
    })
}

/// When the last decision about trusting this party was recorded.
fn trusted_at(app: &App, id: PartyId) -> Result<Option<Timestamp>, PageError> {
    let seq: i64 =
        app.desk
            .views
            .read()?
            .query_row("SELECT seq FROM party WHERE id = ?1", [id.to_string()], |row| row.get(0))?;
    let mut at = None;
    app.desk
        .ledger
        .reader()?
        .entry(seq as u64, |entry| at = Timestamp::from_microsecond(entry.at_us).ok())?;
    Ok(at)
}

fn agreements(app: &App, visitor: &Visitor, known: &Known, id: PartyId) -> Markup {
    let locale = visitor.locale;
    let shared: Vec<_> = known
        .agreements
        .iter()
        .filter(|(_, state)| state.newest().is_some_and(|version| version.agreement.has_party(&id)))
        .collect();
    let rows = shared.iter().map(|(id, state)| {
        let version = state.newest_signed().or(state.newest());
        let until = version.map(|version| time(locale, version.agreement.active_until, visitor.now));
        vec![names::agreement_link(app, visitor, known, id), until.unwrap_or_else(|| html! {})]
    });
    let list = Table {
        caption: t!(locale, "party-agreements"),
        columns: vec![Column::text(t!(locale, "word-name")), Column::text(t!(locale, "word-until"))],
        rows: rows.collect(),
        empty: Some(html! { p { (t!(locale, "party-agreements-none")) } }),
        ..Table::default()
    };
    table(locale, &list)
}
