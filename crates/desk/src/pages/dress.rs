//! Error answers get a face: a page in the reader's language, or a problem document for a program.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{StatusCode, request::Parts};
use maud::{Markup, html};
use ui::component::{ButtonKind, Tone, alert, button_link};
use ui::locale::lookup;
use ui::{Locale, Shell, t};

use super::app::App;
use super::error::PageError;
use super::frame;
use super::problem::Problem;
use super::visitor::{self, Visitor};

/// Replaces the bare text of errors, ours and the framework's, keeping status and headers.
pub(super) async fn dress(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let seen = parts.clone();
    let response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || is_dressed(&response) {
        return response;
    }
    let error = response.extensions().get::<PageError>().cloned();
    let visitor = Visitor::of(&seen, &app).await;
    if status == StatusCode::FORBIDDEN {
        let account = visitor.as_ref().map(|visitor| visitor.account.name.as_str());
        let path: String = seen.uri.path().chars().take(200).collect();
        tracing::warn!(account = account.unwrap_or("nobody"), ?path, "refused");
    }
    let mut dressed = if visitor::path(&seen).starts_with("/api/") {
        let detail = error.map(|error| error.to_string()).unwrap_or_default();
        Problem::new(status, detail).into_response()
    } else {
        (status, page(&app, &seen, visitor, status, error.as_ref())).into_response()
    };
    for (name, value) in response.headers() {
        if name == RETRY_AFTER || name == http::header::ALLOW {
            dressed.headers_mut().insert(name, value.clone());
        }
    }
    dressed
}

fn is_dressed(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).map_or(&b""[..], |value| value.as_bytes());
    kind.starts_with(b"text/html") || kind.starts_with(b"application/")
}

fn page(
    app: &App,
    seen: &Parts,
    visitor: Option<Visitor>,
    status: StatusCode,
    error: Option<&PageError>,
) -> Markup {
    let locale = visitor::locale(&seen.headers);
    let title = lookup(locale, &format!("error-status-{}", status.as_u16()))
        .unwrap_or_else(|| t!(locale, "error-status-500"));
    let body = html! {
        section.stack {
            h1 { (title) }
            (alert(Tone::Warn, &what(locale, status, error), html! {}))
            @if let Some(PageError::Broken(number)) = error {
                p { (t!(locale, "error-number")) ": " code { (number) } }
            }
            p.muted { (status.as_u16()) }
            div.actions { (button_link(ButtonKind::Primary, "/", &t!(locale, "error-home"))) }
        }
    };
    match visitor {
        Some(visitor) => frame::shell(app, &visitor, &title).page(body),
        None => Shell {
            locale,
            theme: visitor::theme(&seen.headers),
            title,
            path: visitor::path(seen).into(),
            ..Shell::default()
        }
        .page(body),
    }
}

/// What to do about it, in a sentence.
fn what(locale: Locale, status: StatusCode, error: Option<&PageError>) -> String {
    match error {
        Some(PageError::FormExpired) => t!(locale, "error-form-expired").into_owned(),
        Some(PageError::Wrong(sentence) | PageError::Conflict(sentence) | PageError::Gone(sentence)) => {
            sentence.say(locale)
        }
        _ => lookup(locale, &format!("error-what-{}", status.as_u16())).unwrap_or_default().into_owned(),
    }
}
