//! One stage of one incident: by when and why, step by step, and its form as the pack asks for it, filled from what was
//! stated; for the screen, for print, and to be copied into a portal field by field.

pub mod evidence;
pub mod file;
pub mod files;
pub mod mail;
pub mod proof;
mod receipt;
pub mod send;
pub mod template;

use axum::extract::{Path, State};
use desk::pages::{App, May, Page, PageError, Visitor};
use maud::{Markup, html};
use model::Timestamp;
use packs::Library;
use ui::component::{
    ButtonKind, Change, Column, Table, Tone, alert, breadcrumb, button_link, card, diff, facts, heading,
    status, table, time_full,
};
use ui::t;

use super::{asked_at, at_place, find, pill};
use crate::access::{IncidentRead, StageSubmit};
use crate::case::Case;
use crate::cite::cited;
use crate::commands::MARKING;
use crate::form::{self, Form, Need};
use crate::law;
use crate::plan::Obligation;
use crate::sending::{self, is_for_authority};

pub async fn page(
    State(app): State<App>,
    visitor: May<IncidentRead>,
    Path((id, stage)): Path<(String, String)>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        show(app, &visitor, &case, &stage)
    })
    .await
}

/// The duty of a stage and its form, as known at the moment that the address asks for.
pub(super) fn found(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    stage: &str,
) -> Result<(Obligation, Form), PageError> {
    let at = asked_at(visitor)?;
    let library = law::as_of(&app.desk.views, at.as_microsecond())?;
    let duty = duty(&library, case, stage, at)?;
    let form = form::form(&library, case, &duty, at).ok_or(PageError::NotFound)?;
    Ok((duty, form))
}

/// The duty of a stage at that moment, by that law.
pub(crate) fn duty(
    library: &Library,
    case: &Case,
    stage: &str,
    at: Timestamp,
) -> Result<Obligation, PageError> {
    let found = sending::duty(library, case, stage, at).map_err(|e| PageError::Conflict(e.sentence()))?;
    found.ok_or(PageError::NotFound)
}

fn show(app: &App, visitor: &Visitor, case: &Case, stage: &str) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let (duty, form) = found(app, visitor, case, stage)?;
    let library = law::as_of(&app.desk.views, form.at.as_microsecond())?;
    let made = template::of(app, visitor, case, stage)?;
    let here = format!("/notify/incidents/{}", case.id);
    let (list, title) = (t!(locale, "notify-incidents-title"), locale.pick(&duty.title).to_owned());
    let lede = html! {
        @if case.exercise { (status(Tone::Info, &t!(locale, "notify-exercise"))) " " }
        (case.title) " · " code translate="no" { (duty.stage) } " " (pill(locale, duty.state))
    };
    let actions = html! {
        @if visitor.may::<StageSubmit>() {
            @if !case.exercise && is_for_authority(&library, &duty) {
                (button_link(ButtonKind::Primary, &format!("{here}/stages/{stage}/send"), &t!(locale, "filing-title")))
            }
            @if !case.exercise && is_for_authority(&library, &duty) {
                (button_link(ButtonKind::Plain, &format!("{here}/stages/{stage}/mail"), &t!(locale, "mailing-title")))
            }
            (button_link(ButtonKind::Plain, &format!("{here}/stages/{stage}/file"), &t!(locale, "notify-file-verb")))
            (button_link(ButtonKind::Plain, &format!("{here}/intake"), &t!(locale, "notify-intake-title")))
        }
        (button_link(ButtonKind::Plain, &format!("{here}/stages/{stage}/document"), &t!(locale, "notify-document")))
        @if made.is_some() {
            (button_link(ButtonKind::Plain, &format!("{here}/stages/{stage}/template"), &t!(locale, "template-file")))
        }
        @if duty.is_sent() {
            (button_link(ButtonKind::Plain, &format!("{here}/stages/{stage}/proof"), &t!(locale, "notify-proof-title")))
        }
    };
    let body = html! {
        (breadcrumb(locale, &[("/notify/incidents", &list), (&here, &case.title)], &title))
        (heading(&title, lede, actions))
        div.stack {
            @if case.exercise { (alert(Tone::Info, &t!(locale, "notify-exercise-stays"), html! {})) }
            (receipt::held(app, visitor, case, stage)?)
            (receipt::receipts(app, visitor, case, stage)?)
            (mail::tried(app, visitor, case, stage)?)
            (evidence::filed(app, visitor, case, stage)?)
            (card(&t!(locale, "notify-when-why"), html! {}, dates(visitor, &duty)))
            (card(&t!(locale, "notify-form"), html! { (form.pack) }, fields(visitor, &form)))
            @if let Some(made) = &made { (template::list(visitor, made)) }
            (since(visitor, &library, case, &duty, &form))
        }
    };
    let page = Page { title: title.clone().into(), marking: Some(MARKING), updated: Some(visitor.now) };
    Ok(page.show(app, visitor, body))
}

/// What has changed since the report before.
fn since(visitor: &Visitor, library: &Library, case: &Case, duty: &Obligation, form: &Form) -> Markup {
    let locale = visitor.locale;
    let Some((stage, at, told)) = form::since_last(library, case, duty, form) else { return html! {} };
    let some = |text: String| (!text.is_empty()).then(|| text.into());
    let changes: Vec<Change<'_>> = told
        .into_iter()
        .map(|told| {
            let name = form.fields.iter().find(|field| field.code == told.code);
            let name = name.map_or(told.code.clone(), |field| locale.pick(&field.name).to_owned());
            Change { key: name.into(), before: some(told.before), after: some(told.now) }
        })
        .collect();
    let title = t!(locale, "notify-since", stage = stage);
    card(
        &title,
        html! { (locale.utc(at)) },
        html! {
            @if changes.is_empty() { p { (t!(locale, "notify-since-nothing")) } }
            @else { (diff(locale, &title, &changes)) }
        },
    )
}

fn dates(visitor: &Visitor, duty: &Obligation) -> Markup {
    let locale = visitor.locale;
    let at = |at: Option<model::Timestamp>, local: &Option<String>| {
        html! {
            @if let Some(at) = at {
                (time_full(locale, at, visitor.now, visitor.zone.as_ref()))
                @if let Some(local) = local { br; span.muted { (at_place(locale, local)) } }
            }
        }
    };
    let names = |list: &[crate::plan::Named]| {
        list.iter().map(|one| locale.pick(&one.name).to_owned()).collect::<Vec<_>>().join(", ")
    };
    html! {
        (facts([
            (t!(locale, "notify-alarm"), at(duty.alarm, &duty.alarm_local)),
            (t!(locale, "notify-limit"), at(duty.limit, &duty.limit_local)),
            (t!(locale, "notify-to"), html! { (names(&duty.recipients)) }),
            (t!(locale, "notify-by-way"), html! { (names(&duty.channels)) }),
            (t!(locale, "notify-clause"), html! { (cited(locale, &duty.clause)) " · " (duty.confidence) }),
        ]))
        h3 { (t!(locale, "notify-why")) }
        ul { @for reason in &duty.reasons { li { (locale.pick(reason)) } } }
        h3 { (t!(locale, "notify-steps")) }
        ol { @for step in &duty.steps { li { (locale.pick(step)) } } }
    }
}

fn fields(visitor: &Visitor, form: &Form) -> Markup {
    let locale = visitor.locale;
    let rows = form.fields.iter().map(|field| {
        let need = match field.need {
            Need::Required => t!(locale, "notify-required"),
            Need::WhereApplicable => t!(locale, "notify-where-applicable"),
        };
        vec![
            html! { (locale.pick(&field.name)) " " code.muted translate="no" { (field.code) } },
            html! { (need) },
            html! {
                @if field.value.is_empty() { (status(Tone::Warn, &t!(locale, "notify-lacks-it"))) }
                @else { (copied(visitor, &field.value)) }
                @if field.estimate { " " (status(Tone::Idle, &t!(locale, "notify-estimate"))) }
            },
        ]
    });
    let list = Table {
        caption: t!(locale, "notify-form"),
        columns: vec![
            Column::text(t!(locale, "notify-what")),
            Column::text(t!(locale, "notify-need")),
            Column::text(t!(locale, "notify-value")),
        ],
        rows: rows.collect(),
        empty: Some(html! { p { (t!(locale, "notify-form-free")) } }),
        ..Table::default()
    };
    html! {
        (table(locale, &list))
    }
}

/// A value, and with scripts a button that copies it for the field of a portal.
fn copied(visitor: &Visitor, value: &str) -> Markup {
    let label = t!(visitor.locale, "notify-copy");
    html! {
        span.copied-text { (value) } " "
        button.copy type="button" hidden data-copy=(value) data-copied=(t!(visitor.locale, "action-copied"))
            aria-label=(label) title=(label) { (ui::icon(ui::Icon::Copy)) }
    }
}
