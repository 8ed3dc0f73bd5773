//! Signing in at the organisation's identity provider.
//!
//! What the sign-in remembers travels in a cookie of its own: it comes back from another site, where the session's cookie
//! (`SameSite=Strict`) is not sent.

use axum::extract::{Query, Request, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use http::StatusCode;
use http::header::SET_COOKIE;
use http::request::Parts;
use maud::{Markup, html};
use model::Timestamp;
use model::time::SignedDuration;
use serde::Deserialize;
use ui::component::{ButtonKind, Tone, alert, button_link};
use ui::t;

use super::app::App;
use super::cookie;
use super::error::PageError;
use super::login;
use super::visitor::{self, local_path};
use crate::edge;
use crate::sso::{Errand, Sso};

/// The cookie of a sign-in under way, and what its ticket is for.
const COOKIE: &str = "entente-sso";
/// How long there is at the provider.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Where {
    next: String,
    /// Set to prove anew who is there.
    again: String,
}

/// What the provider sends back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Back {
    code: String,
    state: String,
    iss: String,
    error: String,
}

/// Sends the person to the provider.
pub(super) async fn begin(State(app): State<App>, Query(to): Query<Where>) -> Result<Response, PageError> {
    let sso = app.site.sso.clone().ok_or(PageError::NotFound)?;
    let (errand, now) = (Errand::new(), edge::now());
    let url = sso.begin(&errand, !to.again.is_empty(), now).await.map_err(|error| {
        tracing::error!(%error, "the identity provider cannot be asked");
        PageError::broken(error)
    })?;
    let until = now.checked_add(PATIENCE).unwrap_or(Timestamp::MAX);
    let kept = format!("{} {}", errand.to_text(), local_path(&to.next));
    let ticket = app.desk.local.ticket(COOKIE, &kept, until);
    let secure = if app.site.secure { "; Secure" } else { "" };
    let cookie = format!(
        "{COOKIE}={}; Path=/login/sso; Max-Age={}; HttpOnly; SameSite=Lax{secure}",
        ticket.replace('=', "_"),
        PATIENCE.as_secs()
    );
    Ok(([(SET_COOKIE, cookie)], Redirect::to(&url)).into_response())
}

/// Takes the person back.
pub(super) async fn back(
    State(app): State<App>,
    Query(said): Query<Back>,
    request: Request,
) -> Result<Response, PageError> {
    let sso = app.site.sso.clone().ok_or(PageError::NotFound)?;
    let (parts, _) = request.into_parts();
    let now = edge::now();
    let ticket = cookie::get(&parts.headers, COOKIE).unwrap_or_default().replace('_', "=");
    let kept = app.desk.local.read_ticket(COOKIE, &ticket, now);
    let Some((errand, next)) = kept.as_deref().and_then(read) else {
        return Ok(Redirect::to("/login").into_response());
    };
    // Of another sign-in, or of another provider (RFC 9207): somebody wants to put a person into somebody else's session.
    let ours = said.state == errand.state && (said.iss.is_empty() || said.iss == sso.issuer());
    if !ours || !said.error.is_empty() || said.code.is_empty() {
        tracing::warn!(error = ?said.error.chars().take(100).collect::<String>(), "the identity provider let nobody in");
        return Ok(refused(&app, &parts));
    }
    match who(&app, &sso, &errand, &said.code, now).await {
        Some(name) => login::vouched(&app, &parts, &name, next),
        None => Ok(refused(&app, &parts)),
    }
}

/// The account that the provider vouches for and that may be here.
async fn who(app: &App, sso: &Sso, errand: &Errand, code: &str, now: Timestamp) -> Option<String> {
    let named = match sso.end(errand, code, now).await {
        Ok(named) => named,
        Err(error) => {
            tracing::warn!(%error, "the identity provider's answer was refused");
            return None;
        }
    };
    let account =
        app.desk.local.account(&named).filter(|account| app.desk.local.may_be_here(&account.name, now));
    if account.is_none() {
        tracing::warn!("the identity provider vouches for somebody who has no account here");
    }
    account.map(|account| account.name)
}

fn read(kept: &str) -> Option<(Errand, &str)> {
    let (errand, next) = kept.rsplit_once(' ')?;
    Some((Errand::of_text(errand)?, next))
}

fn refused(app: &App, parts: &Parts) -> Response {
    let locale = visitor::locale(&parts.headers);
    let body = html! {
        (alert(Tone::Err, &t!(locale, "login-sso-refused"), html! {}))
        div.actions { (button_link(ButtonKind::Primary, "/login", &t!(locale, "login-title"))) }
    };
    (StatusCode::UNAUTHORIZED, login::dressed(app, parts, "/login".into(), body)).into_response()
}

/// The way to the provider, for the form of the sign-in.
pub(super) fn way(app: &App, parts: &Parts, next: &str) -> Markup {
    let locale = visitor::locale(&parts.headers);
    let href = format!("/login/sso?next={}", ui::query::encode(local_path(next)));
    html! {
        @if app.site.sso.is_some() {
            div.actions { (button_link(ButtonKind::Plain, &href, &t!(locale, "login-sso"))) }
        }
    }
}
