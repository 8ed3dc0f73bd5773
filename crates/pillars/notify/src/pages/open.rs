//! Opening an incident: a title, and whether it is an exercise. Everything else is asked afterwards.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, May, Page, PageError, Signed, Visitor};
use maud::{Markup, html};
use ui::component::{ButtonKind, Field, FieldKind, breadcrumb, button, button_link, field, heading};
use ui::t;

use crate::access::IncidentOpen;
use crate::commands::open_incident::open_incident;

pub async fn ask(State(app): State<App>, visitor: May<IncidentOpen>) -> Result<Markup, PageError> {
    Ok(show(&app, &visitor, "", "", &Faults::default()))
}

pub async fn submit(State(app): State<App>, form: Signed<IncidentOpen>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, title, exercise) =
            (&form.visitor, form.fields.get("title"), form.fields.get("exercise"));
        match open_incident(&app.desk, title, exercise == "on", &visitor.account.name) {
            Ok(id) => Ok(Redirect::to(&format!("/notify/incidents/{id}/laws")).into_response()),
            Err(error) => {
                let mut faults = Faults::default();
                faults.say("title", error.theirs().map_err(PageError::broken)?.say(visitor.locale));
                Ok(faults.answer(show(app, visitor, title, exercise, &faults)))
            }
        }
    })
    .await
}

fn show(app: &App, visitor: &Visitor, title: &str, exercise: &str, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let list = t!(locale, "notify-incidents-title");
    let heads = t!(locale, "notify-open-title");
    let name = Field {
        name: "title",
        label: t!(locale, "word-name"),
        value: title.into(),
        hint: t!(locale, "notify-open-name-hint"),
        error: faults.of("title"),
        required: true,
        ..Field::default()
    };
    let drill = Field {
        name: "exercise",
        label: t!(locale, "notify-open-exercise"),
        value: exercise.into(),
        hint: t!(locale, "notify-open-exercise-hint"),
        kind: FieldKind::Check,
        ..Field::default()
    };
    let body = html! {
        (breadcrumb(locale, &[("/notify/incidents", &list)], &heads))
        (heading(&heads, html! { (t!(locale, "notify-open-lede")) }, html! {}))
        form.form method="post" action="/notify/incidents/open" {
            input type="hidden" name=(csrf) value=(token);
            (field(locale, &name))
            (field(locale, &drill))
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "notify-open-verb")))
                (button_link(ButtonKind::Plain, "/notify/incidents", &t!(locale, "action-cancel")))
            }
        }
    };
    Page { title: heads.clone(), ..Page::default() }.show(app, visitor, body)
}
