//! The address of a calendar feed: whoever has it sees the clocks that its owner may see, without signing in, so that a
//! calendar can read it. Its owner can make it void at any time.

use std::sync::Arc;

use axum::extract::{Extension, Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, May, Page, PageError, Signed};
use http::header::CONTENT_TYPE;
use maud::{Markup, html};
use share::Receiver;
use ui::component::{ButtonKind, breadcrumb, card, heading, post_button};
use ui::{Locale, t};

use super::clocks::readable_lines;
use crate::access::IncidentRead;
use crate::board::Board;
use crate::ical;

/// The page with the address.
pub async fn page(State(app): State<App>, visitor: May<IncidentRead>) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let path = format!("/notify/calendar/{}", token(&app, &visitor.account.name, visitor.locale.code()));
    let (board, title) = (t!(locale, "notify-clocks-title"), t!(locale, "notify-calendar-title"));
    let label = t!(locale, "notify-calendar-new");
    let body = html! {
        (breadcrumb(locale, &[("/notify/clocks", &board)], &title))
        (heading(&title, html! { (t!(locale, "notify-calendar-lede")) }, html! {}))
        (card(&t!(locale, "notify-calendar-address"), html! {}, html! {
            p.secret { a href=(path) translate="no" { (path) } }
            p.muted { (t!(locale, "notify-calendar-secret")) }
            (post_button(ButtonKind::Danger, "/notify/calendar", &label, &[visitor.csrf()]))
        }))
    };
    Ok(Page { title, ..Page::default() }.show(&app, &visitor, body))
}

/// Makes the address void and another one.
pub async fn renew(State(app): State<App>, form: Signed<IncidentRead>) -> Result<Redirect, PageError> {
    let name = &form.visitor.account.name;
    let next = round(&app, name) + 1;
    app.desk.local.set_cursor(&cursor(name), &next.to_string())?;
    Ok(Redirect::to("/notify/calendar"))
}

/// The feed itself.
pub async fn feed(
    State(app): State<App>,
    Extension(board): Extension<Arc<Board>>,
    Path(given): Path<String>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (name, locale) = owner(app, &given).ok_or(PageError::NotFound)?;
        let account = app.desk.local.account(&name).ok_or(PageError::NotFound)?;
        let receiver = Receiver::member(app.desk.realm.clone(), account.clearance);
        let now = desk::edge::now();
        let lines = readable_lines(app, &board, &receiver, now, |_| true)?;
        let text = ical::feed(locale, &lines, now);
        Ok(([(CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response())
    })
    .await
}

fn cursor(account: &str) -> String {
    format!("notify-calendar:{account}")
}

/// How often the account has made its address void.
fn round(app: &App, account: &str) -> u64 {
    app.desk.local.cursor(&cursor(account)).and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// `account~language~seal.ics`; no account has a tilde in its name.
fn token(app: &App, account: &str, language: &str) -> String {
    let text = format!("notify-calendar\n{account}\n{language}\n{}", round(app, account));
    let seal: String = app.desk.local.mac(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{account}~{language}~{seal}.ics")
}

/// Whose address this is, and in which language; nobody's when it is not exactly what this node gave out.
fn owner(app: &App, given: &str) -> Option<(String, Locale)> {
    let (account, rest) = given.split_once('~')?;
    let locale = Locale::from_code(rest.split_once('~')?.0)?;
    let expected = token(app, account, locale.code());
    // Seals of both are compared, so that the time taken does not tell how much was guessed.
    let local = &app.desk.local;
    (local.mac(expected.as_bytes()) == local.mac(given.as_bytes())).then(|| (account.to_owned(), locale))
}
