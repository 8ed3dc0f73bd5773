//! Signing, in two steps: read what it means, then do it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Redirect;
use desk::Act;
use desk::access::Permit as _;
use desk::pages::{App, CarryOut, May, Page, PageError, Signed, Visitor};
use desk::views::AgreementState;
use maud::{Markup, html};
use model::AgreementId;
use records::release_draft::ReleaseDraft;
use serde::{Deserialize, Serialize};
use ui::component::{ButtonKind, Field, button, button_link, facts, field, hash};
use ui::{sentence, t};

use super::{MARKING, find};
use crate::access::AgreementSign;
use crate::commands::sign::{SignError, sign};
use crate::standing::awaits_us;

pub async fn ask(
    State(app): State<App>,
    visitor: May<AgreementSign>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, &id)).await
}

pub async fn submit(
    State(app): State<App>,
    Path(id): Path<String>,
    form: Signed<AgreementSign>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        let known = app.desk.known();
        let (id, state) = find(app, &form.visitor, &known, &id)?;
        let version = form.fields.get("version").parse();
        let version = version.map_err(|_| PageError::Wrong(sentence!("refused-form-version")))?;
        let request = Request { agreement: id, version, signatory: form.fields.get("signatory").to_owned() };
        if let Some(draft) = hold(app, &form.visitor, state, &request)? {
            return Ok(Redirect::to(&format!("/release/{draft}")));
        }
        sign(&app.desk, id, version, &request.signatory).map_err(refusal)?;
        Ok(Redirect::to(&format!("/accord/agreements/{id}")))
    })
    .await
}

/// Everything that is needed to sign later.
#[derive(Debug, Serialize, Deserialize)]
struct Request {
    agreement: AgreementId,
    version: u32,
    signatory: String,
}

/// Holds a signature for which a rule wants two people; the draft's id.
fn hold(
    app: &App,
    visitor: &Visitor,
    state: &AgreementState,
    request: &Request,
) -> Result<Option<String>, PageError> {
    let Some(version) = state.versions.get(&request.version) else { return Ok(None) };
    let title = visitor.locale.pick(&version.agreement.title);
    let others = version.agreement.parties.iter().map(|party| party.party).filter(|id| *id != app.desk.me);
    let act = Act {
        name: AgreementSign::PERMISSION.name,
        title,
        markings: vec![MARKING.tlp],
        recipients: others.collect(),
        regime: None,
    };
    let rules = app.desk.held_by(&act)?;
    if rules.is_empty() {
        return Ok(None);
    }
    let text = serde_json::to_value(request).map_err(PageError::broken)?;
    app.desk.hold(&act, &rules, text, &visitor.account.name).map(Some).map_err(PageError::broken)
}

/// What signs once a second person has approved it.
pub fn carry_out() -> (&'static str, CarryOut) {
    let sign = |app: &App, draft: &ReleaseDraft, _: &str| {
        let request: Request = serde_json::from_value(draft.request.clone()).map_err(PageError::broken)?;
        sign(&app.desk, request.agreement, request.version, &request.signatory).map_err(refusal)?;
        Ok(format!("/accord/agreements/{}", request.agreement))
    };
    (AgreementSign::PERMISSION.name, Arc::new(sign))
}

fn refusal(error: SignError) -> PageError {
    match error {
        SignError::Nobody => PageError::Wrong(error.sentence()),
        SignError::Read(_) | SignError::Submit(_) => PageError::broken(error),
        SignError::Unknown { .. }
        | SignError::Replaced { .. }
        | SignError::NotParty(_)
        | SignError::Signed(_)
        | SignError::Withdrawn(_)
        | SignError::Expired(_) => PageError::Conflict(error.sentence()),
    }
}

fn show(app: &App, visitor: &Visitor, id: &str) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let (id, state) = find(app, visitor, &known, id)?;
    let Some(version) = awaits_us(state, app.desk.me, visitor.now) else {
        return Err(PageError::Conflict(t!(locale, "accord-sign-nothing").into()));
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
