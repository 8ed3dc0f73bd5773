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
use super::passkeys;
use crate::access::OwnAccount;
use crate::local::AccountError;

/// The fields that carry the proof.
const PASSWORD: &str = "proof-password";
const CODE: &str = "proof-code";
/// Filled by the script when a passkey is the proof.
const PASSKEY: &str = "passkey";
const PROOFS: [&str; 7] = [PASSWORD, CODE, PASSKEY, "ticket", "client", "authenticator", "signature"];

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
    let brought = !fields.get(PASSWORD).is_empty() || !fields.get(PASSKEY).is_empty();
    if brought && prove(app, visitor, fields).await.map_err(IntoResponse::into_response)? {
        fields.0.retain(|(name, _)| !PROOFS.contains(&name.as_str()));
        return Ok(());
    }
    let kept = fields.0.iter().filter(|(name, _)| !PROOFS.contains(&name.as_str()) && name != "csrf");
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
    let by_passkey = !fields.get(PASSKEY).is_empty();
    if by_passkey {
        let whose = passkeys::answered(app, &app.site_of(&visitor.host), fields, visitor.now)?;
        let session = visitor.session().copied().filter(|_| whose.as_ref() == Some(&name));
        let Some(session) = session else { return Ok(false) };
        app.desk.local.prove_session(&session, visitor.now)?;
        proved_now(app, visitor);
        return Ok(true);
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
        proved_now(app, visitor);
    } else {
        tracing::warn!(account = visitor.account.name, "confirmation refused");
    }
    Ok(proved)
}

fn proved_now(app: &App, visitor: &mut Visitor) {
    app.attempts.forget(&visitor.account.name, None);
    if let Came::Session { proved, .. } = &mut visitor.came {
        *proved = visitor.now;
    }
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
    let has_passkey = !app.desk.local.passkeys(&visitor.account.name)?.is_empty();
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
                @if has_passkey { (by_passkey(app, visitor, about)) }
                @if app.site.sso.is_some() {
                    @let next = ui::query::encode(local_path(about.fields.get("next")));
                    p { a href={ "/login/sso?again=1&next=" (next) } { (t!(locale, "confirm-sso")) } }
                }
            }
        }
    };
    Ok(Page { title, ..Page::default() }.show(app, visitor, body))
}

/// The same question, answered by a passkey.
fn by_passkey(app: &App, visitor: &Visitor, about: &Form<'_>) -> Markup {
    let (csrf, token) = visitor.csrf();
    let mut hidden = about.fields.clone();
    hidden.0.push((csrf.to_owned(), token.to_owned()));
    let site = app.site_of(&visitor.host);
    passkeys::ask(app, visitor.locale, (about.action, &site), &hidden, visitor.now)
}
