//! A refusal that looks nothing up: for a node that has too much to do, and for requests that never became whole.

use axum::response::{IntoResponse as _, Response};
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use maud::html;
use ui::component::{Tone, alert};
use ui::locale::lookup;
use ui::{Shell, t};

use super::problem::Problem;
use super::visitor;

/// The status as a page in the reader's language, or as a problem document for a program.
pub fn plain(asked: &Parts, status: StatusCode, wait_s: Option<u64>) -> Response {
    let locale = visitor::locale(&asked.headers);
    let what = lookup(locale, &format!("error-what-{}", status.as_u16())).unwrap_or_default();
    let mut response = if visitor::path(asked).starts_with("/api/") {
        Problem::new(status, what).into_response()
    } else {
        let title = lookup(locale, &format!("error-status-{}", status.as_u16()))
            .unwrap_or_else(|| t!(locale, "error-status-500"));
        let body = html! { section.stack { h1 { (title) } (alert(Tone::Warn, &what, html! {})) } };
        let theme = visitor::theme(&asked.headers);
        (status, Shell { locale, theme, title, path: "/".into(), ..Shell::default() }.page(body))
            .into_response()
    };
    if let Some(wait_s) = wait_s {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait_s));
    }
    response
}
