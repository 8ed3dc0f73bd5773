//! Handing a report on: what goes is chosen field by field, nothing is chosen beforehand, and the form shows what stays.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, Fields, May, Page, PageError, Signed, Visitor};
use maud::{Markup, html};
use model::{Marking, Tlp};
use ui::component::{
    ButtonKind, Field, FieldKind, Tone, alert, breadcrumb, button, button_link, error_summary, field,
    heading, time_full,
};
use ui::t;

use super::hand::csrf;
use super::step::duty_choice;
use super::{find, others, refused, words};
use crate::access::ReportForward;
use crate::authority::commands::MARKING;
use crate::authority::commands::forward_report::{Chosen, forward_report};
use crate::authority::docket::Docket;

pub async fn ask(
    State(app): State<App>,
    visitor: May<ReportForward>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let docket = find(app, &visitor, &id)?;
        Ok(form(app, &visitor, &docket, &Fields::default(), &Faults::default()))
    })
    .await
}

pub async fn submit(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Signed<ReportForward>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields) = (&sent.visitor, &sent.fields);
        let docket = find(app, visitor, &id)?;
        let mut faults = Faults::default();
        if let Some(chosen) = read(visitor, fields, &mut faults) {
            match forward_report(&app.desk, docket.report.report, &chosen, &visitor.account.name) {
                Ok(_) => return Ok(Redirect::to(&format!("/notify/reports/{id}")).into_response()),
                Err(error) => refused(visitor.locale, error, &mut faults)?,
            }
        }
        Ok(faults.answer(form(app, visitor, &docket, fields, &faults)))
    })
    .await
}

fn read(visitor: &Visitor, sent: &Fields, faults: &mut Faults) -> Option<Chosen> {
    let Ok(tlp) = sent.get("tlp").parse::<Tlp>() else {
        faults.say("tlp", t!(visitor.locale, "form-choose"));
        return None;
    };
    Some(Chosen {
        to: sent.all("to").filter_map(|party| party.parse().ok()).collect(),
        duty: sent.get("duty").into(),
        marking: Marking::tlp(tlp),
        fields: sent.all("field").map(str::to_owned).collect::<BTreeSet<_>>(),
        name_reporter: sent.get("named") == "on",
        note: sent.get("note").into(),
    })
}

fn form(app: &App, visitor: &Visitor, docket: &Docket, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let report = &docket.report;
    let back = format!("/notify/reports/{}", report.report);
    let fields = heads(visitor, docket, sent, faults);
    let title = t!(locale, "reports-forward");
    let body = html! {
        (breadcrumb(locale, &[("/notify/reports", &t!(locale, "reports-title")), (&back, &report.reference)], &title))
        (heading(&title, html! { (t!(locale, "reports-forward-lede")) }, html! {}))
        @if let Some(until) = docket.held_until(visitor.now) {
            (alert(Tone::Warn, &t!(locale, "reports-held"), time_full(locale, until, visitor.now, visitor.zone.as_ref())))
        }
        (error_summary(locale, &fields))
        form.form method="post" action={ (back) "/forward" } novalidate {
            (csrf(visitor))
            (parties(app, visitor, sent, faults))
            @for one in &fields[1..] { (field(locale, one)) }
            fieldset.field {
                legend { (t!(locale, "reports-forward-fields")) }
                @for (code, value) in &report.fields {
                    label {
                        input name="field" type="checkbox" value=(code)
                            checked[sent.all("field").any(|chosen| chosen == code)];
                        span { (words::field_name(locale, code)) ": " span.muted { (words::value(locale, value)) } }
                    }
                }
                @if report.fields.is_empty() { p.muted { (t!(locale, "reports-forward-no-fields")) } }
            }
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "reports-forward-send")))
                (button_link(ButtonKind::Plain, &back, &t!(locale, "action-cancel")))
            }
        }
    };
    Page { title, marking: Some(MARKING), updated: None }.show(app, visitor, body)
}

/// The first stands for the parties in the summary of errors; it is drawn by [`parties`].
fn heads<'a>(visitor: &Visitor, docket: &Docket, sent: &'a Fields, faults: &Faults) -> Vec<Field<'a>> {
    let locale = visitor.locale;
    let one = |name: &'static str, label, kind| Field {
        name,
        label,
        kind,
        value: sent.get(name).into(),
        error: faults.of(name),
        ..Field::default()
    };
    let tlp = if sent.get("tlp").is_empty() { Tlp::Amber.word() } else { sent.get("tlp") };
    vec![
        one("to", t!(locale, "reports-forward-to"), FieldKind::Text),
        one("duty", t!(locale, "notify-duty"), duty_choice(locale, docket)),
        Field {
            value: tlp.into(),
            ..one("tlp", t!(locale, "reports-marking"), FieldKind::Select(desk::pages::labels(Tlp::ALL)))
        },
        one("named", t!(locale, "reports-forward-named"), FieldKind::Check),
        one("note", t!(locale, "reports-forward-note"), FieldKind::Area),
    ]
}

/// Other parties to choose from.
pub(super) fn parties(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let wrong = faults.of("to");
    let others = others(app);
    html! {
        fieldset.field #to {
            legend { (t!(locale, "reports-forward-to")) }
            @if !wrong.is_empty() { p.field-error { (wrong) } }
            @for (party, name) in &others {
                @let value = party.to_string();
                label {
                    input name="to" type="checkbox" value=(value) checked[sent.all("to").any(|to| to == value)];
                    (name)
                }
            }
            @if others.is_empty() {
                p.muted { (t!(locale, "reports-no-parties")) " " a href="/parties/trust" { (t!(locale, "nav-parties")) } }
            }
        }
    }
}
