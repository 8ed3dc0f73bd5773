//! The ledger: size, root and last checkpoint of every log, and the way to one record.

use axum::extract::{Query, State};
use ledger::{CheckpointNote, LogId, Reader};
use maud::{Markup, html};
use serde::Deserialize;
use ui::component::{
    ButtonKind, Column, Field, Table, Tone, button, button_link, card, facts, field, hash, heading, live,
    status, table,
};
use ui::t;

use super::app::App;
use super::error::PageError;
use super::frame::Page;
use super::may::May;
use super::visitor::Visitor;
use super::{names, verify};
use crate::access::LedgerRead;
use crate::views::Known;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    verify: String,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: May<LedgerRead>,
    Query(asked): Query<Asked>,
) -> Result<Markup, PageError> {
    let found = if asked.verify.is_empty() {
        html! {}
    } else {
        verify::verify(&app, &visitor).await?
    };
    app.blocking(move |app| show(app, &visitor, &found)).await
}

fn show(app: &App, visitor: &Visitor, found: &Markup) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let reader = app.desk.ledger.reader()?;
    let size = reader.size(app.desk.log)?;
    let root = reader.root(app.desk.log, size)?;
    let note = reader.checkpoint_upto(app.desk.log, size)?;
    let body = html! {
        (heading(&t!(locale, "ledger-title"), html! { (t!(locale, "ledger-lede")) }, html! {
            (button_link(ButtonKind::Primary, "/ledger?verify=1", &t!(locale, "action-verify")))
        }))
        @if !found.0.is_empty() { div.stack { (found) } }
        (live("ledger", "/ledger", &["ledger"], html! {
            div.stack {
                (own(app, visitor, size, &root.to_string(), note.as_ref()))
                (card(&t!(locale, "ledger-mirrors"), html! {}, mirrors(app, visitor, &reader)?))
            }
        }))
        (card(&t!(locale, "ledger-find"), html! {}, search(visitor, "")))
        (card(&t!(locale, "ledger-verify-title"), html! {}, html! {
            p { (t!(locale, "ledger-verify-lede")) }
            p { (t!(locale, "ledger-verify-command")) " " code { "entente ledger verify" } }
        }))
    };
    let page = Page { title: t!(locale, "ledger-title"), updated: Some(visitor.now), ..Page::default() };
    Ok(page.show(app, visitor, body))
}

fn own(app: &App, visitor: &Visitor, size: u64, root: &str, note: Option<&CheckpointNote>) -> Markup {
    let locale = visitor.locale;
    let state = match app.desk.ledger.state() {
        ledger::State::Ready => status(Tone::Ok, &t!(locale, "ledger-state-ready")),
        ledger::State::ReadOnly { .. } => status(Tone::Err, &t!(locale, "ledger-state-read-only")),
    };
    let arrived = app.desk.ledger.last_seq();
    let folded = app.desk.views.folded();
    card(
        &t!(locale, "ledger-own"),
        state,
        html! {
            (facts([
                (t!(locale, "ledger-size"), html! { (locale.count(size)) }),
                (t!(locale, "ledger-root"), hash(locale, &t!(locale, "ledger-root"), root)),
                (t!(locale, "ledger-arrivals"), html! { (locale.count(arrived)) }),
                (t!(locale, "overview-views-behind"), html! { (locale.count(arrived.saturating_sub(folded))) }),
            ]))
            h3 { (t!(locale, "ledger-checkpoint")) }
            @match note {
                Some(note) => {
                    p { (t!(locale, "ledger-checkpoint-covers", count = note.size())) }
                    details {
                        summary { (t!(locale, "ledger-checkpoint-text")) }
                        div.code-frame tabindex="0" { pre.json translate="no" { (note.text()) } }
                    }
                }
                None => { p.muted { (t!(locale, "ledger-checkpoint-none")) } }
            }
        },
    )
}

/// Size, root and verified checkpoint of every mirror.
pub(super) fn mirrors(app: &App, visitor: &Visitor, reader: &Reader) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let mut rows = Vec::new();
    for (log, key, size) in app.desk.ledger.logs() {
        if log != app.desk.log && key.realm == app.desk.realm {
            rows.push(mirror(visitor, &known, reader, (log, key.party, size))?);
        }
    }
    let list = Table {
        caption: t!(locale, "ledger-mirrors"),
        columns: vec![
            Column::text(t!(locale, "word-party")),
            Column::number(t!(locale, "ledger-size")),
            Column::text(t!(locale, "ledger-root")),
            Column::number(t!(locale, "link-checkpoint")),
        ],
        rows,
        empty: Some(html! { p { (t!(locale, "ledger-mirrors-empty")) } }),
        ..Table::default()
    };
    Ok(table(locale, &list))
}

fn mirror(
    visitor: &Visitor,
    known: &Known,
    reader: &Reader,
    (log, party, size): (LogId, model::PartyId, u64),
) -> Result<Vec<Markup>, PageError> {
    let locale = visitor.locale;
    let size = size.min(reader.size(log)?);
    let verified = reader.checkpoint_upto(log, size)?.map(|note| locale.count(note.size()));
    Ok(vec![
        names::party_link(locale, known, party),
        html! { (locale.count(size)) },
        hash(locale, &t!(locale, "ledger-root"), &reader.root(log, size)?.to_string()),
        html! { @match verified { Some(size) => { (size) } None => { (t!(locale, "link-checkpoint-none")) } } },
    ])
}

/// The form that leads to a record by id or position.
pub(super) fn search(visitor: &Visitor, value: &str) -> Markup {
    let locale = visitor.locale;
    let id = Field {
        name: "id",
        label: t!(locale, "ledger-find-what"),
        value: value.into(),
        hint: t!(locale, "ledger-find-hint"),
        required: true,
        ..Field::default()
    };
    html! {
        form.form method="get" action="/ledger/records" {
            (field(locale, &id))
            div.actions { (button(ButtonKind::Primary, &t!(locale, "action-search"))) }
        }
    }
}
