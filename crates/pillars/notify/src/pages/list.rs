//! All incidents that this person may read, with the duty that is due next.

use axum::extract::State;
use desk::pages::{App, May, Page, PageError, Visitor};
use maud::{Markup, html};
use model::Timestamp;
use packs::Library;
use ui::component::{ButtonKind, Column, Table, Tone, button_link, heading, live, status, table, time};
use ui::t;

use super::{pill, readable};
use crate::access::{IncidentOpen, IncidentRead};
use crate::case::{Case, cases};
use crate::commands::MARKING;
use crate::law;
use crate::plan::{self, Plan};

pub async fn page(State(app): State<App>, visitor: May<IncidentRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor)).await
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let library = law::now(&app.desk.views)?;
    let mut rows = Vec::new();
    for case in cases(&app.desk.views)? {
        if readable(app, visitor, &case) {
            rows.push(row(visitor, &library, &case));
        }
    }
    let marking = (!rows.is_empty()).then_some(MARKING);
    let list = Table {
        caption: t!(locale, "notify-incidents-title"),
        columns: vec![
            Column::text(t!(locale, "word-name")),
            Column::text(t!(locale, "notify-opened")),
            Column::text(t!(locale, "notify-next")),
            Column::text(t!(locale, "word-state")),
        ],
        rows,
        empty: Some(html! {
            p { (t!(locale, "notify-incidents-empty")) }
            p.muted { (t!(locale, "notify-open-command")) " " code { "entente notify incident open" } }
        }),
        ..Table::default()
    };
    let title = t!(locale, "notify-incidents-title");
    let body = html! {
        (heading(&title, html! { (t!(locale, "notify-incidents-lede")) }, html! {
            @if visitor.may::<IncidentOpen>() {
                (button_link(ButtonKind::Primary, "/notify/incidents/open", &t!(locale, "notify-open-title")))
            }
            @if visitor.may::<IncidentOpen>() {
                (button_link(ButtonKind::Plain, "/notify/incidents/import", &t!(locale, "notify-import-title")))
            }
            (button_link(ButtonKind::Plain, "/notify/clocks", &t!(locale, "notify-clocks-title")))
            (button_link(ButtonKind::Plain, "/notify/pledges", &t!(locale, "pledges-title")))
        }))
        (live("incidents", "/notify/incidents", &["notify"], table(locale, &list)))
    };
    Ok(Page { title, marking, updated: Some(visitor.now) }.show(app, visitor, body))
}

fn row(visitor: &Visitor, library: &Library, case: &Case) -> Vec<Markup> {
    let locale = visitor.locale;
    let plan =
        case.incident(library, visitor.now).map(|incident| plan::plan(library, &incident, visitor.now));
    let next = plan.as_ref().ok().and_then(Plan::next);
    let opened = Timestamp::from_microsecond(case.opened_us).unwrap_or(visitor.now);
    vec![
        html! {
            a href={ "/notify/incidents/" (case.id) } { (case.title) }
            @if case.exercise { " " (status(Tone::Info, &t!(locale, "notify-exercise"))) }
        },
        time(locale, opened, visitor.now),
        html! {
            @match next {
                Some(duty) => {
                    (locale.pick(&duty.title)) " " code.muted translate="no" { (duty.stage) }
                    @if let Some(alarm) = duty.alarm { " " (time(locale, alarm, visitor.now)) }
                }
                None => { "–" }
            }
        },
        html! { @if let Some(duty) = next { (pill(locale, duty.state)) } },
    ]
}
