//! Writing down what became of an attempt whose end nobody knew: it went, then; or it did not.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, PageError, Signed, Visitor};
use maud::{Markup, html};
use ui::component::{ButtonKind, Field, FieldKind, button, field};
use ui::t;

use super::super::find;
use super::show;
use crate::access::StageSubmit;
use crate::case::Case;
use crate::mailing::{Attempt, Found, settle};
use crate::{law, moment};

pub async fn settled(
    State(app): State<App>,
    Path((id, stage)): Path<(String, String)>,
    form: Signed<StageSubmit>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields) = (&form.visitor, &form.fields);
        let locale = visitor.locale;
        let case = find(app, visitor, &id)?;
        let again = |fault: &str| {
            let page = show(app, visitor, (&case, &stage), "", Some(fault))?;
            Ok((http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        };
        let library = law::now(&app.desk.views)?;
        let incident = case.incident(&library, visitor.now).map_err(|e| PageError::Conflict(e.sentence()))?;
        let went = match fields.get("went") {
            "yes" => match moment::local(fields.get("at"), &incident.facts.time_zone()) {
                Some(at) => Some(at),
                None => return again(&t!(locale, "notify-no-moment")),
            },
            "no" => None,
            _ => return again(&t!(locale, "mailing-choose")),
        };
        let found = Found { went, reason: fields.get("reason"), by: &visitor.account.name };
        match settle(&app.desk, case.id, fields.get("mailing"), &found) {
            Ok(_) => {
                let there = format!("/notify/incidents/{}/stages/{stage}", case.id);
                Ok(Redirect::to(&there).into_response())
            }
            Err(error) => again(&error.theirs().map_err(PageError::broken)?.say(locale)),
        }
    })
    .await
}

/// The form below an attempt.
pub(super) fn form(visitor: &Visitor, case: &Case, attempt: &Attempt) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let library = law::embedded();
    let zone = case.incident(&library, visitor.now).ok().map(|incident| incident.facts.time_zone());
    let zone = zone.and_then(|zone| zone.iana_name().map(str::to_owned)).unwrap_or_else(|| "UTC".to_owned());
    let fields = [
        Field {
            name: "went",
            label: t!(locale, "mailing-found"),
            kind: FieldKind::Select(vec![
                ("".into(), "".into()),
                ("yes".into(), t!(locale, "mailing-it-went")),
                ("no".into(), t!(locale, "mailing-it-did-not")),
            ]),
            required: true,
            ..Field::default()
        },
        Field {
            name: "at",
            label: t!(locale, "mailing-when"),
            kind: FieldKind::Moment,
            hint: t!(locale, "mailing-when-hint", zone = zone.as_str()),
            ..Field::default()
        },
        Field {
            name: "reason",
            label: t!(locale, "mailing-how"),
            kind: FieldKind::Area,
            hint: t!(locale, "mailing-how-hint"),
            required: true,
            ..Field::default()
        },
    ];
    html! {
        form.form method="post" action={ "/notify/incidents/" (case.id) "/stages/" (attempt.stage) "/mail/settle" } {
            input type="hidden" name=(csrf) value=(token);
            input type="hidden" name="mailing" value=(attempt.mailing);
            @for one in &fields { (field(locale, one)) }
            div.actions { (button(ButtonKind::Primary, &t!(locale, "mailing-settle"))) }
        }
    }
}
