//! All agreements that this person may read: where each stands, who signs, until when.

use axum::extract::State;
use desk::pages::{App, May, Page, PageError, Visitor, may_read, party_link};
use desk::views::{AgreementState, Known};
use maud::{Markup, html};
use model::AgreementId;
use ui::component::{ButtonKind, Column, Table, button_link, heading, live, progress, table, time};
use ui::t;

use super::{MARKING, pill};
use crate::access::{AgreementPropose, AgreementRead};
use crate::standing::{Standing, awaits_us};

pub async fn page(State(app): State<App>, visitor: May<AgreementRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor)).await
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let mut rows = Vec::new();
    for (id, state) in &known.agreements {
        if let Some(newest) = state.newest()
            && may_read(app, visitor, newest)?
        {
            rows.push(row(app, visitor, &known, *id, state));
        }
    }
    let marking = (!rows.is_empty()).then_some(MARKING);
    let list = Table {
        caption: t!(locale, "accord-agreements-title"),
        columns: vec![
            Column::text(t!(locale, "word-name")),
            Column::text(t!(locale, "word-state")),
            Column::text(t!(locale, "word-parties")),
            Column::text(t!(locale, "accord-signatures-title")),
            Column::number(t!(locale, "word-version")),
            Column::text(t!(locale, "word-until")),
        ],
        rows,
        empty: Some(html! {
            p { (t!(locale, "accord-agreements-empty")) }
            p.muted { (t!(locale, "accord-propose-command")) " " code { "entente accord agreement propose" } }
        }),
        ..Table::default()
    };
    let propose = html! {
        @if visitor.may::<AgreementPropose>() {
            (button_link(ButtonKind::Primary, "/accord/agreements/propose", &t!(locale, "accord-propose-title")))
        }
    };
    let body = html! {
        (heading(&t!(locale, "accord-agreements-title"), html! { (t!(locale, "accord-agreements-lede")) }, propose))
        (live("agreements", "/accord/agreements", &["accord", "parties"], table(locale, &list)))
    };
    let title = t!(locale, "accord-agreements-title");
    Ok(Page { title, marking, updated: Some(visitor.now) }.show(app, visitor, body))
}

fn row(app: &App, visitor: &Visitor, known: &Known, id: AgreementId, state: &AgreementState) -> Vec<Markup> {
    let locale = visitor.locale;
    let Some(newest) = state.newest() else { return Vec::new() };
    let agreement = &newest.agreement;
    let standing = Standing::of(state, app.desk.me, visitor.now);
    let amended = standing == Standing::InForce && awaits_us(state, app.desk.me, visitor.now).is_some();
    vec![
        html! {
            a href={ "/accord/agreements/" (id) } { (locale.pick(&agreement.title)) }
            " " code.muted translate="no" { (agreement.name) }
        },
        html! {
            (pill(locale, standing))
            @if amended { " " (pill(locale, Standing::AwaitingUs)) }
        },
        html! { div.row { @for party in &agreement.parties { (party_link(locale, known, party.party)) } } },
        progress(
            locale,
            &t!(locale, "accord-signatures-title"),
            newest.signed.len() as u64,
            agreement.parties.len() as u64,
        ),
        html! { (locale.count(u64::from(agreement.version))) },
        time(locale, agreement.active_until, visitor.now),
    ]
}
