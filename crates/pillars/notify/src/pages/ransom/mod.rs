//! The ransom of an incident: what was demanded and what became of it, what stands before paying, whom the sanctions lists
//! hold, and which clocks run. Whatever is decided is a record of a person; the page only shows the way.

pub mod export;
mod gate;
pub mod screen;

use axum::extract::{Path, State};
use desk::pages::{App, Fields, May, Page, PageError, Visitor};
use maud::{Markup, html};
use packs::Library;
use ui::component::{
    ButtonKind, Column, Table, Tone, alert, breadcrumb, button_link, card, heading, status, table, time_full,
};
use ui::t;

use super::{find, pill};
use crate::access::{FactState, IncidentRead};
use crate::ask::name_of;
use crate::case::Case;
use crate::cite::cited;
use crate::commands::MARKING;
use crate::heads::{heads, typed};
use crate::{form, law, plan, ransom};

/// The fields of the record, in the order of what happens.
const FIELDS: [&str; 11] = ["R01", "R02", "R03", "R04", "R10", "R06", "R09", "R11", "R08", "R05", "R07"];
/// The stages whose clocks a ransom starts or moves.
const STAGES: [&str; 6] = ["circia.cci", "circia.rp", "circia.joint", "circia.sup", "nydfs.pay", "ofac.blk"];

pub async fn page(
    State(app): State<App>,
    visitor: May<IncidentRead>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        show(app, &visitor, &case, &Fields::default(), None)
    })
    .await
}

pub(super) fn show(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    sent: &Fields,
    fault: Option<&str>,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let library = law::now(&app.desk.views)?;
    let here = format!("/notify/incidents/{}", case.id);
    let (list, title) = (t!(locale, "notify-incidents-title"), t!(locale, "ransom-title"));
    let screened = ransom::screenings(&app.desk, case.id)?;
    let actions = html! {
        (button_link(ButtonKind::Plain, &format!("{here}/ransom/export/stix"), &t!(locale, "ransom-stix")))
        (button_link(ButtonKind::Plain, &format!("{here}/ransom/export/misp"), &t!(locale, "ransom-misp")))
        (button_link(ButtonKind::Plain, "/notify/pledges", &t!(locale, "pledges-title")))
    };
    let body = html! {
        (breadcrumb(locale, &[("/notify/incidents", &list), (&here, &case.title)], &title))
        (heading(&title, html! { (case.title) " · " (t!(locale, "ransom-lede")) }, actions))
        div.stack {
            @if let Some(fault) = fault { (alert(Tone::Err, fault, html! {})) }
            (card(&t!(locale, "ransom-gate"), html! {}, gate::steps(visitor, &library, case, &screened)))
            (card(&t!(locale, "ransom-record"), html! {}, record(visitor, &library, case)))
            (card(&t!(locale, "ransom-clocks"), html! {}, clocks(visitor, &library, case)))
            (card(&t!(locale, "ransom-screenings"), html! {}, html! {
                (screen::list(visitor, &screened))
                @if visitor.may::<FactState>() { (screen::form(app, visitor, case, sent)) }
            }))
        }
    };
    Ok(Page { title, marking: Some(MARKING), updated: Some(visitor.now) }.show(app, visitor, body))
}

/// The record of the ransom, field by field, each with the way to state or correct it.
fn record(visitor: &Visitor, library: &Library, case: &Case) -> Markup {
    let locale = visitor.locale;
    let may = visitor.may::<FactState>();
    let row = |code: &&str| {
        let (value, estimate) = form::value(library, case, code).unwrap_or_default();
        let stated = !value.is_null();
        let known = library.words.fields.get(*code).and_then(|field| field.fact.as_deref()).unwrap_or(code);
        let who = heads(case, library, known).last().map(|head| head.fact.by.clone()).unwrap_or_default();
        let href = format!("/notify/incidents/{}/intake?edit={code}", case.id);
        let verb = if stated { t!(locale, "notify-correct") } else { t!(locale, "ransom-state") };
        vec![
            html! { (locale.pick(&name_of(library, code))) " " code.muted translate="no" { (code) } },
            html! {
                @if stated { (lines(&typed(&value))) } @else { span.muted { (t!(locale, "notify-lacks-it")) } }
                @if estimate { " " (status(Tone::Idle, &t!(locale, "notify-estimate"))) }
            },
            html! { (who) },
            html! { @if may { a href=(href) { (verb) } } },
        ]
    };
    let list = Table {
        caption: t!(locale, "ransom-record"),
        columns: vec![
            Column::text(t!(locale, "notify-what")),
            Column::text(t!(locale, "notify-value")),
            Column::text(t!(locale, "notify-who")),
            Column::text(t!(locale, "action-details")),
        ],
        rows: FIELDS.iter().map(row).collect(),
        ..Table::default()
    };
    table(locale, &list)
}

/// A text of several lines, each on its own.
fn lines(text: &str) -> Markup {
    html! { @for (n, line) in text.lines().enumerate() { @if n > 0 { br; } (line) } }
}

/// The duties that a ransom starts; law that is not in force stays a shadow.
fn clocks(visitor: &Visitor, library: &Library, case: &Case) -> Markup {
    let locale = visitor.locale;
    let planned =
        case.incident(library, visitor.now).map(|incident| plan::plan(library, &incident, visitor.now));
    let Ok(plan) = planned else { return html! { p { (t!(locale, "notify-unsound")) } } };
    let of = plan.obligations.iter().filter(|duty| STAGES.contains(&duty.stage.as_str()));
    let row = |duty: &plan::Obligation| {
        vec![
            html! {
                a href={ "/notify/incidents/" (case.id) "/stages/" (duty.stage) } { (locale.pick(&duty.title)) }
                " " code.muted translate="no" { (duty.stage) }
            },
            pill(locale, duty.state),
            html! { @if let Some(at) = duty.alarm { (time_full(locale, at, visitor.now, visitor.zone.as_ref())) } @else { "–" } },
            cited(locale, &duty.clause),
        ]
    };
    let list = Table {
        caption: t!(locale, "ransom-clocks"),
        columns: vec![
            Column::text(t!(locale, "notify-duty")),
            Column::text(t!(locale, "word-state")),
            Column::text(t!(locale, "notify-alarm")),
            Column::text(t!(locale, "notify-clause")),
        ],
        rows: of.map(row).collect(),
        empty: Some(html! { p { (t!(locale, "ransom-clocks-none")) } }),
        ..Table::default()
    };
    html! {
        (table(locale, &list))
        p.muted { (t!(locale, "ransom-clocks-hint")) }
        @if visitor.may::<FactState>() {
            p { a href={ "/notify/incidents/" (case.id) "/intake?edit=paid" } { (t!(locale, "ransom-paid-when")) } " · "
                a href={ "/notify/incidents/" (case.id) "/intake?edit=ransom_disbursed" } { (t!(locale, "ransom-disbursed-when")) } }
        }
    }
}
