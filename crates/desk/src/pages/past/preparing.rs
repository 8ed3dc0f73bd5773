//! The page that is shown while a desk of the past is being made ready; it asks again by itself, without scripts.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode};
use maud::html;
use ui::component::{heading, progress};
use ui::t;

use crate::pages::app::App;
use crate::pages::frame::Page;
use crate::pages::visitor::Visitor;

/// Seconds until a browser asks again.
const AGAIN_S: &str = "2";

pub(super) fn answer(app: &App, visitor: &Visitor, folded: u64, of: u64) -> Response {
    let locale = visitor.locale;
    let title = t!(locale, "past-preparing");
    let text = t!(locale, "past-preparing-text", count = locale.count(folded), all = locale.count(of));
    let body = html! {
        (heading(&title, html! { (t!(locale, "past-preparing-lede")) }, html! {}))
        p role="status" { (text) }
        (progress(locale, &title, folded, of))
        p { a href=(visitor.path) { (t!(locale, "past-preparing-again")) } }
    };
    let page = Page { title, ..Page::default() }.show(app, visitor, body);
    let mut answer = (StatusCode::ACCEPTED, page).into_response();
    answer.headers_mut().insert("refresh", HeaderValue::from_static(AGAIN_S));
    answer
}
