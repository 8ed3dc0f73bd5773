//! The guided intake: what a live stage needs next, in order of deadline. It needs no script; with one, it saves while
//! people type. Everything saved is a statement of its own, so that two people at once contradict each other, and lose
//! nothing.

mod conflicts;
mod form;
mod save;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, Fields, May, Page, PageError, Signed, Visitor};
use http::HeaderMap;
use maud::{Markup, html};
use serde_json::json;
use ui::component::{ButtonKind, Tone, alert, breadcrumb, button_link, card, heading, live, time_full};
use ui::t;

use super::{find, pill};
use crate::access::FactState;
use crate::ask::{asks, undecided};
use crate::case::Case;
use crate::commands::MARKING;
use crate::law;
use crate::plan::{self, Plan};

pub(super) use conflicts::show as contradictions;

pub async fn ask(
    State(app): State<App>,
    visitor: May<FactState>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        show(app, &visitor, &case, &Fields::default(), &Faults::default())
    })
    .await
}

pub async fn submit(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: Signed<FactState>,
) -> Result<Response, PageError> {
    let quietly = headers.contains_key("x-autosave");
    app.blocking(move |app| {
        let (visitor, fields) = (&form.visitor, &form.fields);
        let case = find(app, visitor, &id)?;
        let saved = save::save(app, visitor, &case, fields)?;
        if quietly {
            let note = match saved.faults.is_empty() {
                true => t!(visitor.locale, "notify-saved-at", at = visitor.locale.utc(desk::edge::now())),
                false => t!(visitor.locale, "notify-saved-partly"),
            };
            return Ok(Json(json!({ "note": note, "fields": saved.fields })).into_response());
        }
        if saved.faults.is_empty() {
            return Ok(Redirect::to(&format!("/notify/incidents/{}/intake", case.id)).into_response());
        }
        // What was right is kept already: the page shows the rest again, over what stands now.
        let case = find(app, visitor, &id)?;
        Ok(saved.faults.answer(show(app, visitor, &case, fields, &saved.faults)?))
    })
    .await
}

fn show(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    sent: &Fields,
    faults: &Faults,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let library = law::now(&app.desk.views)?;
    let incident = case.incident(&library, visitor.now).map_err(|e| PageError::Conflict(e.sentence()))?;
    let plan = plan::plan(&library, &incident, visitor.now);
    let list = asks(&library, &incident, &plan);
    let here = format!("/notify/incidents/{}", case.id);
    let (all, title) = (t!(locale, "notify-incidents-title"), t!(locale, "notify-intake-title"));
    let open = undecided(&library, &incident);
    let actions =
        html! { (button_link(ButtonKind::Plain, &format!("{here}/laws"), &t!(locale, "notify-laws-title"))) };
    let sheet = form::Sheet { visitor, library: &library, case, incident: &incident, sent, faults };
    let body = html! {
        (breadcrumb(locale, &[("/notify/incidents", &all), (&here, &case.title)], &title))
        (heading(&title, html! { (case.title) " · " (t!(locale, "notify-intake-lede")) }, actions))
        div.stack {
            (live("intake-next", &visitor.path, &["notify"], next(visitor, &plan)))
            (live("intake-conflicts", &visitor.path, &["notify"], conflicts::show(visitor, &library, case)))
            @if !open.is_empty() {
                (alert(Tone::Info, &t!(locale, "notify-laws-open", count = open.len()), html! {
                    p { a href={ (here) "/laws" } { (t!(locale, "notify-laws-decide")) } }
                }))
            }
            @if !faults.is_empty() { (alert(Tone::Err, &t!(locale, "notify-not-saved"), html! {})) }
            (card(&t!(locale, "notify-intake-questions"), html! {}, form::form(&sheet, &list)))
        }
    };
    Ok(Page { title, marking: Some(MARKING), updated: Some(visitor.now) }.show(app, visitor, body))
}

/// The duty that is due next, so that whoever types knows how much time is left.
fn next(visitor: &Visitor, plan: &Plan) -> Markup {
    let locale = visitor.locale;
    html! {
        @if let Some(duty) = plan.next() {
            p {
                (t!(locale, "notify-next")) ": " strong { (locale.pick(&duty.title)) } " "
                code.muted translate="no" { (duty.stage) } " " (pill(locale, duty.state)) " "
                @if let Some(alarm) = duty.alarm { (time_full(locale, alarm, visitor.now, visitor.zone.as_ref())) }
            }
        }
    }
}
