//! Signing in and out.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Query, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use http::header::{RETRY_AFTER, SET_COOKIE};
use http::request::Parts;
use maud::{Markup, html};
use serde::Deserialize;
use ui::component::{ButtonKind, Field, FieldKind, Tone, alert, button, field};
use ui::{Locale, Shell, t};

use super::app::App;
use super::cookie;
use super::error::PageError;
use super::fields::{Fields, Signed};
use super::frame;
use super::visitor::{self, Visitor, local_path};
use crate::edge;
use crate::local::AccountError;

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
        Some(token) => {
            app.attempts.forget(&name, address);
            tracing::info!(account = name, ?address, "signed in");
            // The session that the browser had ends: nobody else holds on to this sign-in by an older cookie.
            if let Some(before) = visitor::token(&parts.headers, app.site.secure) {
                app.desk.local.close_session(before)?;
            }
            let cookie = [(SET_COOKIE, cookie::set(app.site.secure, &token))];
            Ok((cookie, Redirect::to(local_path(next))).into_response())
        }
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
    form: Signed,
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

/// The token of a new session, or nothing when name or password is wrong.
async fn check(app: &App, name: String, password: String) -> Result<Option<String>, PageError> {
    let _turn = app.checks.acquire().await.map_err(PageError::broken)?;
    app.blocking(move |app| match app.desk.local.sign_in(&name, &password) {
        Ok(account) => Ok(Some(app.desk.local.open_session(&account.name, edge::now())?)),
        Err(AccountError::Denied) => Ok(None),
        Err(error) => Err(PageError::broken(error)),
    })
    .await
}

fn form(app: &App, parts: &Parts, user: &str, next: &str, note: Markup) -> Markup {
    let locale = visitor::locale(&parts.headers);
    let path = if next.is_empty() {
        "/login".to_owned()
    } else {
        format!("/login?next={}", ui::query::encode(next))
    };
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
                (note)
                (fields(locale, user, next))
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
