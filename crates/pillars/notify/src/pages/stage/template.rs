//! The form of the law for machines, and the same as a list to copy into a portal, number by number.

use axum::extract::{Path, State};
use axum::response::Response;
use desk::pages::{App, May, PageError, Visitor};
use maud::{Markup, html};
use ui::component::{Column, Table, Tone, card, status, table};
use ui::t;

use super::super::{asked_at, find};
use super::files::file;
use super::{copied, found};
use crate::access::IncidentRead;
use crate::case::Case;
use crate::cite::cited;
use crate::law;
use crate::template::{Filled, Template, template};

pub async fn document(
    State(app): State<App>,
    visitor: May<IncidentRead>,
    Path((id, stage)): Path<(String, String)>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        found(app, &visitor, &case, &stage)?;
        let made = of(app, &visitor, &case, &stage)?.ok_or(PageError::NotFound)?;
        Ok(file(&format!("{stage}.template.json"), &made))
    })
    .await
}

/// The form of a stage, when its law has one here.
pub(super) fn of(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    stage: &str,
) -> Result<Option<Template>, PageError> {
    let at = asked_at(visitor)?;
    let library = law::as_of(&app.desk.views, at.as_microsecond())?;
    Ok(template(&library, case, stage, at))
}

/// The list, number by number.
pub(super) fn list(visitor: &Visitor, made: &Template) -> Markup {
    let locale = visitor.locale;
    let row = |field: &Filled| {
        vec![
            html! { code translate="no" { (field.number) } },
            html! {
                (locale.pick(&field.name))
                @if field.confidence == "C" { " " (status(Tone::Warn, &t!(locale, "template-unsure"))) }
                br; span.muted translate="no" { (field.path) }
            },
            html! {
                @if !field.text.is_empty() { (copied(visitor, &field.text)) }
                @else if let Some(see) = &field.see { (t!(locale, "template-see", number = see.as_str())) }
                @else { span.muted { (t!(locale, "notify-lacks-it")) } }
                @if field.estimate { " " (status(Tone::Idle, &t!(locale, "notify-estimate"))) }
            },
        ]
    };
    let list = Table {
        caption: t!(locale, "template-title"),
        columns: vec![
            Column::text(t!(locale, "template-number")),
            Column::text(t!(locale, "notify-what")),
            Column::text(t!(locale, "notify-value")),
        ],
        rows: made.fields.iter().map(row).collect(),
        ..Table::default()
    };
    let head = html! { (cited(locale, &made.form)) " · " (made.confidence) " · " (made.reviewed) };
    card(
        &t!(locale, "template-title"),
        head,
        html! {
            (table(locale, &list))
            p { strong { (t!(locale, "template-open")) } }
            ul { @for one in &made.open { li { (locale.pick(one)) } } }
        },
    )
}
