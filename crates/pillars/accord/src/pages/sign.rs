//! Signing, in two steps: read what it means, then do it.

use axum::extract::{Path, State};
use axum::response::Redirect;
use desk::local::Permission;
use desk::pages::{App, Page, PageError, Signed, Visitor};
use maud::{Markup, html};
use ui::component::{ButtonKind, Field, button, button_link, facts, field, hash};
use ui::t;

use super::{MARKING, find};
use crate::commands::sign::{SignError, sign};
use crate::standing::awaits_us;

pub async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    visitor.must(Permission::Agree)?;
    app.blocking(move |app| show(app, &visitor, &id)).await
}

pub async fn submit(
    State(app): State<App>,
    Path(id): Path<String>,
    form: Signed,
) -> Result<Redirect, PageError> {
    form.visitor.must(Permission::Agree)?;
    app.blocking(move |app| {
        let known = app.desk.known();
        let (id, _) = find(app, &form.visitor, &known, &id)?;
        let version = form.fields.get("version").parse();
        let version =
            version.map_err(|_| PageError::Wrong("the form names no version; load the page again".into()))?;
        sign(&app.desk, id, version, form.fields.get("signatory")).map_err(refusal)?;
        Ok(Redirect::to(&format!("/accord/agreements/{id}")))
    })
    .await
}

fn refusal(error: SignError) -> PageError {
    match error {
        SignError::Nobody => PageError::Wrong(error.to_string()),
        SignError::Read(_) | SignError::Submit(_) => PageError::broken(error),
        SignError::Unknown { .. }
        | SignError::Replaced { .. }
        | SignError::NotParty(_)
        | SignError::Signed(_)
        | SignError::Withdrawn(_)
        | SignError::Expired(_) => PageError::Conflict(error.to_string()),
    }
}

fn show(app: &App, visitor: &Visitor, id: &str) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let (id, state) = find(app, visitor, &known, id)?;
    let Some(version) = awaits_us(state, app.desk.me, visitor.now) else {
        return Err(PageError::Conflict(t!(locale, "accord-sign-nothing").into_owned()));
    };
    let agreement = &version.agreement;
    let (csrf, token) = visitor.csrf();
    let signatory = Field {
        name: "signatory",
        label: t!(locale, "accord-signatory"),
        hint: t!(locale, "accord-signatory-hint"),
        required: true,
        autocomplete: Some("name"),
        ..Field::default()
    };
    let here = format!("/accord/agreements/{id}");
    let body = html! {
        section.card.confirm {
            div.card-body.stack {
                h1 { (t!(locale, "accord-sign-question")) }
                p { (t!(locale, "accord-sign-consequence")) }
                (facts([
                    (t!(locale, "accord-agreement-title"), html! { (locale.pick(&agreement.title)) }),
                    (t!(locale, "word-version"), html! { (agreement.version) }),
                    (t!(locale, "accord-proposal-digest"), hash(locale, "SHA-256", &version.sha256.to_string())),
                ]))
                form.form method="post" action={ (here) "/sign" } {
                    input type="hidden" name=(csrf) value=(token);
                    input type="hidden" name="version" value=(agreement.version);
                    (field(locale, &signatory))
                    div.actions {
                        (button(ButtonKind::Primary, &t!(locale, "accord-sign")))
                        (button_link(ButtonKind::Plain, &here, &t!(locale, "action-cancel")))
                    }
                }
            }
        }
    };
    let page = Page { title: t!(locale, "accord-sign-question"), marking: Some(MARKING), updated: None };
    Ok(page.show(app, visitor, body))
}
