//! All incidents that this person may read, with the duty that is due next.

use std::sync::Arc;

use axum::extract::{Extension, State};
use desk::pages::{App, May, Page, PageError, Visitor};
use maud::{Markup, html};
use model::Timestamp;
use ui::component::{ButtonKind, Column, Table, Tone, button_link, heading, live, status, table, time};
use ui::t;

use super::{Readable, Stretch, pill};
use crate::access::{IncidentOpen, IncidentRead};
use crate::board::{Board, Planned};
use crate::commands::MARKING;

pub async fn page(
    State(app): State<App>,
    Extension(board): Extension<Arc<Board>>,
    visitor: May<IncidentRead>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &board, &visitor)).await
}

fn show(app: &App, board: &Board, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let all = board.incidents(&app.desk.views, visitor.now)?;
    let mut may = Readable::by(visitor.receiver(app));
    let shown: Vec<_> = all.iter().filter(|one| may.read(app, one.class, visitor.now)).collect();
    let stretch = Stretch::asked(visitor, shown.len());
    let rows: Vec<_> = stretch.part(&shown).iter().map(|one| row(visitor, one)).collect();
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
        (live("incidents", &visitor.path, &["notify"], html! { (table(locale, &list)) (stretch.pages(visitor)) }))
    };
    Ok(Page { title, marking, updated: Some(visitor.now) }.show(app, visitor, body))
}

fn row(visitor: &Visitor, one: &Planned) -> Vec<Markup> {
    let locale = visitor.locale;
    let next = one.next(visitor.now);
    let opened = Timestamp::from_microsecond(one.opened_us).unwrap_or(visitor.now);
    vec![
        html! {
            a href={ "/notify/incidents/" (one.id) } { (one.title) }
            @if one.exercise { " " (status(Tone::Info, &t!(locale, "notify-exercise"))) }
        },
        time(locale, opened, visitor.now),
        html! {
            @match next {
                Some((duty, _)) => {
                    (locale.pick(&duty.face.title)) " " code.muted translate="no" { (duty.face.stage) }
                    @if let Some(alarm) = duty.alarm { " " (time(locale, alarm, visitor.now)) }
                }
                None => { "–" }
            }
        },
        html! { @if let Some((_, state)) = next { (pill(locale, state)) } },
    ]
}
