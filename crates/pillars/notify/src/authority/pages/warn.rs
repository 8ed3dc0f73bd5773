//! Warning other parties early.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, Fields, May, Page, PageError, Signed, Visitor};
use maud::{Markup, html};
use model::{Marking, PartyId, Tlp};
use records::warning::Warning;
use ui::component::{
    ButtonKind, Field, FieldKind, breadcrumb, button, button_link, error_summary, field, heading,
};
use ui::t;

use super::forward::parties;
use super::hand::csrf;
use super::refused;
use crate::access::ReportForward;
use crate::authority::commands::warn::warn;

pub async fn ask(State(app): State<App>, visitor: May<ReportForward>) -> Result<Markup, PageError> {
    Ok(form(&app, &visitor, &Fields::default(), &Faults::default()))
}

pub async fn submit(State(app): State<App>, sent: Signed<ReportForward>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields) = (&sent.visitor, &sent.fields);
        let mut faults = Faults::default();
        let to: Vec<PartyId> = fields.all("to").filter_map(|party| party.parse().ok()).collect();
        let list = |name: &str| {
            fields
                .get(name)
                .split([',', ';'])
                .map(|one| one.trim().to_owned())
                .filter(|one| !one.is_empty())
                .collect()
        };
        let warning = Warning {
            title: fields.get("title").into(),
            text: fields.get("text").into(),
            advice: fields.get("advice").into(),
            cause: fields.get("cause").into(),
            sectors: list("sectors"),
            countries: list("countries"),
            exercise: fields.get("exercise") == "on",
        };
        match fields.get("tlp").parse::<Tlp>() {
            Err(_) => faults.say("tlp", t!(visitor.locale, "form-choose")),
            Ok(tlp) => match warn(&app.desk, warning, Marking::tlp(tlp), &to) {
                Ok(_) => return Ok(Redirect::to("/notify/received").into_response()),
                Err(error) => refused(visitor.locale, error, &mut faults)?,
            },
        }
        Ok(faults.answer(form(app, visitor, fields, &faults)))
    })
    .await
}

fn form(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let one = |name: &'static str, label, kind, required| Field {
        name,
        label,
        kind,
        required,
        value: sent.get(name).into(),
        error: faults.of(name),
        ..Field::default()
    };
    let tlp = if sent.get("tlp").is_empty() { Tlp::Amber.word() } else { sent.get("tlp") };
    let fields = [
        one("to", t!(locale, "reports-forward-to"), FieldKind::Text, true),
        one("title", t!(locale, "reports-warn-title"), FieldKind::Text, true),
        one("text", t!(locale, "reports-warn-text"), FieldKind::Area, true),
        one("advice", t!(locale, "reports-advice"), FieldKind::Area, false),
        Field {
            hint: t!(locale, "reports-list-hint"),
            ..one("sectors", t!(locale, "reports-ask-sector"), FieldKind::Text, false)
        },
        Field {
            hint: t!(locale, "reports-list-hint"),
            ..one("countries", t!(locale, "reports-ask-country"), FieldKind::Text, false)
        },
        one("cause", t!(locale, "reports-cause"), FieldKind::Text, false),
        Field {
            value: tlp.into(),
            ..one(
                "tlp",
                t!(locale, "reports-marking"),
                FieldKind::Select(desk::pages::labels(Tlp::ALL)),
                true,
            )
        },
        one("exercise", t!(locale, "notify-exercise"), FieldKind::Check, false),
    ];
    let title = t!(locale, "reports-warn");
    let body = html! {
        (breadcrumb(locale, &[("/notify/received", &t!(locale, "reports-received-title"))], &title))
        (heading(&title, html! { (t!(locale, "reports-warn-lede")) }, html! {}))
        (error_summary(locale, &fields))
        form.form method="post" action="/notify/warnings/new" novalidate {
            (csrf(visitor))
            (parties(app, visitor, sent, faults))
            @for one in &fields[1..] { (field(locale, one)) }
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "reports-warn-send")))
                (button_link(ButtonKind::Plain, "/notify/received", &t!(locale, "action-cancel")))
            }
        }
    };
    Page { title, ..Page::default() }.show(app, visitor, body)
}
