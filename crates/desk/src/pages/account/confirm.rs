//! Proving again who is there: before a sensitive act, unless it was proved a moment ago.
//!
//! A page that leads to such an act sends here first and back again. A form that was left open for too long is not
//! lost: it is asked for the proof with all its fields in it, and goes on where it was.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;
use ui::component::{ButtonKind, Field, FieldKind, button, button_link, field};
use ui::t;

use super::super::app::App;
use super::super::error::PageError;
use super::super::fields::{Fields, Signed};
use super::super::frame::Page;
use super::super::may::May;
use super::super::visitor::{Came, PROOF_HOLDS, Visitor, local_path};
use crate::access::OwnAccount;
use crate::local::AccountError;

/// The fields that carry the proof.
const PASSWORD: &str = "proof-password";
const CODE: &str = "proof-code";

#[derive(Debug, Default, Deserialize)]
pub(in super::super) struct Where {
    #[serde(default)]
    next: String,
}

/// Asks for the proof, and leads on to `next`.
pub(in super::super) async fn ask(
    State(app): State<App>,
    visitor: May<OwnAccount>,
    Query(to): Query<Where>,
) -> Result<Markup, PageError> {
    let fields = Fields(vec![("next".into(), local_path(&to.next).to_owned())]);
    form(&app, &visitor, &Form { action: "/account/confirm", fields: &fields, wrong: false })
}

/// Takes the proof.
pub(in super::super) async fn submit(
    State(app): State<App>,
    mut sent: Signed<OwnAccount>,
) -> Result<Response, PageError> {
    if prove(&app, &mut sent.visitor, &sent.fields).await? {
        return Ok(Redirect::to(local_path(sent.fields.get("next"))).into_response());
    }
    let fields = Fields(vec![("next".into(), local_path(sent.fields.get("next")).to_owned())]);
    let page = form(&app, &sent.visitor, &Form { action: "/account/confirm", fields: &fields, wrong: true })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// For a form that came too late: goes on when it brings the proof, else answers with the form asking for it.
pub(in super::super) async fn ask_again(
    app: &App,
    visitor: &mut Visitor,
    fields: &mut Fields,
) -> Result<(), Response> {
    let brought = !fields.get(PASSWORD).is_empty();
    if brought && prove(app, visitor, fields).await.map_err(IntoResponse::into_response)? {
        fields.0.retain(|(name, _)| name != PASSWORD && name != CODE);
        return Ok(());
    }
    let kept = fields.0.iter().filter(|(name, _)| !matches!(name.as_str(), PASSWORD | CODE | "csrf"));
    let kept = Fields(kept.cloned().collect());
    let action = visitor.path.clone();
    let page = form(app, visitor, &Form { action: &action, fields: &kept, wrong: brought });
    let status = if brought { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::FORBIDDEN };
    Err(page.map_or_else(IntoResponse::into_response, |page| (status, page).into_response()))
}

/// Whether the fields prove who is there; notes it when they do. As slow and as seldom as signing in.
async fn prove(app: &App, visitor: &mut Visitor, fields: &Fields) -> Result<bool, PageError> {
    let name = visitor.account.name.clone();
    if let Err(wait) = app.attempts.take(&name, None, visitor.now) {
        return Err(PageError::TooOften { wait_s: wait.as_secs().unsigned_abs() });
    }
    let _turn = app.checks.acquire().await.map_err(PageError::broken)?;
    let typed = |name: &str| fields.all(name).next().unwrap_or("").to_owned();
    let (password, code, now) = (typed(PASSWORD), typed(CODE), visitor.now);
    let session = visitor.session().copied();
    let proved = app
        .blocking(move |app| {
            let local = &app.desk.local;
            match local.sign_in(&name, &password) {
                Ok(_) => {}
                Err(AccountError::Denied) => return Ok(false),
                Err(error) => return Err(PageError::broken(error)),
            }
            if local.has_second_factor(&name)? && local.check_code(&name, &code, now)?.is_none() {
                return Ok(false);
            }
            let Some(session) = session else { return Ok(false) };
            local.prove_session(&session, now)?;
            Ok(true)
        })
        .await?;
    if proved {
        app.attempts.forget(&visitor.account.name, None);
        if let Came::Session { proved, .. } = &mut visitor.came {
            *proved = now;
        }
    } else {
        tracing::warn!(account = visitor.account.name, "confirmation refused");
    }
    Ok(proved)
}

struct Form<'a> {
    action: &'a str,
    /// Fields that come back with the proof.
    fields: &'a Fields,
    wrong: bool,
}

fn form(app: &App, visitor: &Visitor, about: &Form<'_>) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let second = app.desk.local.has_second_factor(&visitor.account.name)?;
    let wrong = if about.wrong { t!(locale, "confirm-wrong") } else { "".into() };
    let password = Field {
        name: PASSWORD,
        label: t!(locale, "account-password-old"),
        kind: FieldKind::Password,
        error: wrong,
        required: true,
        autocomplete: Some("current-password"),
        ..Field::default()
    };
    let code = Field {
        name: CODE,
        label: t!(locale, "factor-code"),
        hint: t!(locale, "factor-code-hint"),
        required: true,
        autocomplete: Some("one-time-code"),
        ..Field::default()
    };
    let (csrf, token) = visitor.csrf();
    let title = t!(locale, "confirm-title");
    let body = html! {
        section.card.confirm {
            div.card-body.stack {
                h1 { (title) }
                p { (t!(locale, "confirm-lede", duration = locale.duration(PROOF_HOLDS))) }
                form.form method="post" action=(about.action) {
                    input type="hidden" name=(csrf) value=(token);
                    @for (name, value) in &about.fields.0 { input type="hidden" name=(name) value=(value); }
                    (field(locale, &password))
                    @if second { (field(locale, &code)) }
                    div.actions {
                        (button(ButtonKind::Primary, &t!(locale, "action-confirm")))
                        (button_link(ButtonKind::Plain, "/", &t!(locale, "action-cancel")))
                    }
                }
            }
        }
    };
    Ok(Page { title, ..Page::default() }.show(app, visitor, body))
}
