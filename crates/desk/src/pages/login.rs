//! Signing in and out.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Query, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use http::header::{RETRY_AFTER, SET_COOKIE, USER_AGENT};
use http::request::Parts;
use maud::{Markup, html};
use model::Timestamp;
use model::time::SignedDuration;
use serde::Deserialize;
use ui::component::{ButtonKind, Field, FieldKind, Tone, alert, button, button_link, field};
use ui::{Locale, Shell, t};

use super::app::App;
use super::cookie;
use super::error::PageError;
use super::fields::{Fields, Signed};
use super::frame;
use super::visitor::{self, Visitor, local_path};
use crate::access::OwnAccount;
use crate::edge;
use crate::local::{AccountError, Origin, Way};

/// What a ticket of the first step says: the password of this account was right.
const PASSWORD_RIGHT: &str = "password";
/// How long there is for the second step.
const SECOND_STEP: SignedDuration = SignedDuration::from_mins(5);

#[derive(Debug, Default, Deserialize)]
pub(super) struct Where {
    #[serde(default)]
    next: String,
    #[serde(default)]
    out: String,
}

pub(super) async fn page(State(app): State<App>, Query(to): Query<Where>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    if Visitor::of(&parts, &app).await.is_some() {
        return Redirect::to(local_path(&to.next)).into_response();
    }
    let locale = visitor::locale(&parts.headers);
    let note = if to.out.is_empty() {
        html! {}
    } else {
        alert(Tone::Ok, &t!(locale, "login-signed-out"), html! {})
    };
    form(&app, &parts, "", &to.next, note).into_response()
}

pub(super) async fn submit(State(app): State<App>, request: Request) -> Result<Response, PageError> {
    let (parts, body) = request.into_parts();
    let fields = Fields::read(Request::from_parts(parts.clone(), body)).await?;
    let locale = visitor::locale(&parts.headers);
    let (name, next) = (fields.get("user").to_owned(), fields.get("next"));
    let (address, now) = (address(&parts), edge::now());
    if let Err(wait) = app.attempts.take(&name, address, now) {
        tracing::warn!(?address, "sign-in refused: too many attempts");
        let text = t!(locale, "login-wait", duration = locale.duration(wait));
        let page = form(&app, &parts, &name, next, alert(Tone::Warn, &text, html! {}));
        let after = [(RETRY_AFTER, wait.as_secs().to_string())];
        return Ok((StatusCode::TOO_MANY_REQUESTS, after, page).into_response());
    }
    // A password is taken as typed: spaces at its ends are part of it.
    let password =
        fields.0.iter().find(|(field, _)| field == "password").map_or(String::new(), |(_, p)| p.clone());
    match check(&app, name.clone(), password).await? {
        // Attempts are forgotten once both steps are done: a right password buys no more guesses at the code.
        Some(true) => Ok(ask_code(&app, &parts, &name, next, html! {}).into_response()),
        Some(false) => enter(&app, &parts, &name, next),
        None => {
            // A name that is no account may be a password in the wrong field: it is not written down.
            let known = app.desk.local.account(&name).map(|account| account.name);
            tracing::warn!(account = known.as_deref().unwrap_or("unknown"), ?address, "sign-in refused");
            let wrong = alert(Tone::Err, &t!(locale, "login-wrong"), html! {});
            Ok((StatusCode::UNAUTHORIZED, form(&app, &parts, &name, next, wrong)).into_response())
        }
    }
}

pub(super) async fn sign_out(
    State(app): State<App>,
    headers: http::HeaderMap,
    form: Signed<OwnAccount>,
) -> Result<Response, PageError> {
    if let Some(token) = visitor::token(&headers, app.site.secure) {
        app.desk.local.close_session(token)?;
    }
    tracing::info!(account = form.visitor.account.name, "signed out");
    let cookie = [(SET_COOKIE, cookie::clear(app.site.secure))];
    // What the browser kept of this person's pages goes with them.
    let clear = [("clear-site-data", "\"cache\", \"storage\"")];
    Ok((cookie, clear, Redirect::to("/login?out=1")).into_response())
}

/// Whether a second factor is wanted now; nothing when name or password is wrong, or a guest's time has not come or is
/// over.
async fn check(app: &App, name: String, password: String) -> Result<Option<bool>, PageError> {
    let _turn = app.checks.acquire().await.map_err(PageError::broken)?;
    app.blocking(move |app| match app.desk.local.sign_in(&name, &password) {
        Ok(account) if !app.desk.local.may_be_here(&account.name, edge::now()) => Ok(None),
        Ok(account) => Ok(Some(app.desk.local.has_second_factor(&account.name)?)),
        Err(AccountError::Denied) => Ok(None),
        Err(error) => Err(PageError::broken(error)),
    })
    .await
}

/// Opens the session of somebody who has proved who they are.
fn enter(app: &App, parts: &Parts, name: &str, next: &str) -> Result<Response, PageError> {
    let address = address(parts);
    app.attempts.forget(name, address);
    app.attempts.forget(name, None);
    tracing::info!(account = name, ?address, "signed in");
    // The session that the browser had ends: nobody else holds on to this sign-in by an older cookie.
    if let Some(before) = visitor::token(&parts.headers, app.site.secure) {
        app.desk.local.close_session(before)?;
    }
    let token = app.desk.local.open_session_from(name, edge::now(), &origin(parts))?;
    let cookie = [(SET_COOKIE, cookie::set(app.site.secure, &token))];
    Ok((cookie, Redirect::to(local_path(next))).into_response())
}

/// What the browser calls itself, and its address.
fn origin(parts: &Parts) -> Origin {
    let browser = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let address = address(parts).map(|address| address.to_string()).unwrap_or_default();
    Origin { browser: browser.to_owned(), address }
}

/// The second step: a code of the telephone, or one from the paper.
pub(super) async fn second(State(app): State<App>, request: Request) -> Result<Response, PageError> {
    let (parts, body) = request.into_parts();
    let fields = Fields::read(Request::from_parts(parts.clone(), body)).await?;
    let (locale, now, address) = (visitor::locale(&parts.headers), edge::now(), address(&parts));
    let local = &app.desk.local;
    let Some(name) = local.read_ticket(PASSWORD_RIGHT, fields.get("ticket"), now) else {
        return Ok(Redirect::to("/login").into_response());
    };
    // Counted for the account over all addresses: whoever gets here knows the password.
    if let Err(wait) = app.attempts.take(&name, None, now) {
        tracing::warn!(account = name, ?address, "second step refused: too many attempts");
        return Err(PageError::TooOften { wait_s: wait.as_secs().unsigned_abs() });
    }
    let here = local.account(&name).is_some() && local.may_be_here(&name, now);
    let way = if here { local.check_code(&name, fields.get("code"), now)? } else { None };
    match way {
        Some(way) => {
            if way == Way::Recovery {
                tracing::warn!(account = name, ?address, "a recovery code was used");
            }
            enter(&app, &parts, &name, fields.get("next"))
        }
        None => {
            tracing::warn!(account = name, ?address, "second step refused");
            let wrong = alert(Tone::Err, &t!(locale, "factor-code-wrong"), html! {});
            let page = ask_code(&app, &parts, &name, fields.get("next"), wrong);
            Ok((StatusCode::UNAUTHORIZED, page).into_response())
        }
    }
}

fn ask_code(app: &App, parts: &Parts, name: &str, next: &str, note: Markup) -> Markup {
    let locale = visitor::locale(&parts.headers);
    let until = edge::now().checked_add(SECOND_STEP).unwrap_or(Timestamp::MAX);
    let ticket = app.desk.local.ticket(PASSWORD_RIGHT, name, until);
    let code = Field {
        name: "code",
        label: t!(locale, "factor-code"),
        hint: t!(locale, "factor-code-hint"),
        required: true,
        autocomplete: Some("one-time-code"),
        ..Field::default()
    };
    let body = html! {
        form.form method="post" action="/login/second" {
            input type="hidden" name="ticket" value=(ticket);
            input type="hidden" name="next" value=(local_path(next));
            (field(locale, &code))
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "login-submit")))
                (button_link(ButtonKind::Plain, "/login", &t!(locale, "action-cancel")))
            }
        }
    };
    dressed(app, parts, "/login".into(), html! { (note) (body) })
}

fn form(app: &App, parts: &Parts, user: &str, next: &str, note: Markup) -> Markup {
    let locale = visitor::locale(&parts.headers);
    let path = if next.is_empty() {
        "/login".to_owned()
    } else {
        format!("/login?next={}", ui::query::encode(next))
    };
    dressed(app, parts, path, html! { (note) (fields(locale, user, next)) })
}

/// The page around a form of somebody who is not signed in yet.
fn dressed(app: &App, parts: &Parts, path: String, body: Markup) -> Markup {
    let locale = visitor::locale(&parts.headers);
    let shell = Shell {
        locale,
        theme: visitor::theme(&parts.headers),
        title: t!(locale, "login-title"),
        path: path.into(),
        party: Some(frame::own_party(app)),
        // Who cannot sign in because of it should see why.
        trouble: super::health::trouble(app).map(|trouble| trouble.text(locale)),
        ..Shell::default()
    };
    shell.page(html! {
        section.card.confirm {
            div.card-body.stack {
                h1 { (t!(locale, "login-title")) }
                (body)
            }
        }
    })
}

fn fields(locale: Locale, user: &str, next: &str) -> Markup {
    let name = Field {
        name: "user",
        label: t!(locale, "login-user"),
        value: user.into(),
        required: true,
        autocomplete: Some("username"),
        ..Field::default()
    };
    let password = Field {
        name: "password",
        label: t!(locale, "login-password"),
        kind: FieldKind::Password,
        required: true,
        autocomplete: Some("current-password"),
        ..Field::default()
    };
    html! {
        form.form method="post" action="/login" {
            input type="hidden" name="next" value=(local_path(next));
            (field(locale, &name))
            (field(locale, &password))
            div.actions { (button(ButtonKind::Primary, &t!(locale, "login-submit"))) }
        }
    }
}

/// Where the request comes from, when the listener says so.
fn address(parts: &Parts) -> Option<IpAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())
}
