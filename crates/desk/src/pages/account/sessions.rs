//! The own sessions: where one is signed in, and ending what should not be.

use axum::extract::{Path, State};
use axum::response::Redirect;
use maud::{Markup, html};
use model::Digest;
use ui::component::{ButtonKind, Column, Table, breadcrumb, button, heading, table, time};
use ui::t;

use super::super::app::App;
use super::super::error::PageError;
use super::super::fields::Signed;
use super::super::frame::Page;
use super::super::may::May;
use super::super::visitor::Visitor;
use crate::access::OwnAccount;
use crate::local::OpenSession;

pub(in super::super) async fn page(
    State(app): State<App>,
    visitor: May<OwnAccount>,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let open = app.desk.local.sessions(&visitor.account.name, visitor.now)?;
    let list = sessions(&visitor, &open);
    let title = t!(locale, "session-title");
    let others = open.iter().any(|session| Some(&session.id) != visitor.session());
    let body = html! {
        (breadcrumb(locale, &[("/account", &t!(locale, "account-title"))], &title))
        (heading(&title, html! { (t!(locale, "session-lede")) }, html! {}))
        div.stack {
            (list)
            @if others { (post(&visitor, "/account/sessions/end", &t!(locale, "session-end-others"))) }
        }
    };
    Ok(Page { title, ..Page::default() }.show(&app, &visitor, body))
}

pub(in super::super) async fn end(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Signed<OwnAccount>,
) -> Result<Redirect, PageError> {
    let id: Digest = id.parse().map_err(|_| PageError::NotFound)?;
    match app.desk.local.end_session(&sent.visitor.account.name, &id)? {
        true => Ok(Redirect::to("/account/sessions")),
        false => Err(PageError::NotFound),
    }
}

pub(in super::super) async fn end_others(
    State(app): State<App>,
    sent: Signed<OwnAccount>,
) -> Result<Redirect, PageError> {
    app.desk.local.end_sessions(&sent.visitor.account.name, sent.visitor.session())?;
    Ok(Redirect::to("/account/sessions"))
}

fn sessions(visitor: &Visitor, open: &[OpenSession]) -> Markup {
    let locale = visitor.locale;
    let row = |session: &OpenSession| {
        let own = Some(&session.id) == visitor.session();
        vec![
            html! { span title=(session.browser) { (browser(&session.browser)) } @if own { " " span.muted { (t!(locale, "session-this")) } } },
            html! { @if session.address.is_empty() { "–" } @else { code { (session.address) } } },
            time(locale, session.began, visitor.now),
            time(locale, session.seen, visitor.now),
            html! {
                @if !own {
                    (post(visitor, &format!("/account/sessions/{}/end", session.id), &t!(locale, "session-end")))
                }
            },
        ]
    };
    let list = Table {
        caption: t!(locale, "session-title"),
        columns: vec![
            Column::text(t!(locale, "session-browser")),
            Column::text(t!(locale, "session-address")),
            Column::text(t!(locale, "session-began")),
            Column::text(t!(locale, "session-seen")),
            Column::text(t!(locale, "action-details")),
        ],
        rows: open.iter().map(row).collect(),
        ..Table::default()
    };
    table(locale, &list)
}

/// `Firefox, Linux` for what a browser says of itself at length; what is not known is shown as it came.
fn browser(agent: &str) -> String {
    // Each names those before it too, so the most particular stands first.
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("HeadlessChrome/", "Chromium"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("iPhone", "iOS"),
        ("iPad", "iPadOS"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let named = |known: &[(&str, &'static str)]| {
        known.iter().find(|(word, _)| agent.contains(word)).map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) if agent.is_empty() => "–".to_owned(),
        (None, None) => agent.chars().take(60).collect(),
    }
}

/// A form of one button.
pub(in super::super) fn post(visitor: &Visitor, action: &str, words: &str) -> Markup {
    let (csrf, token) = visitor.csrf();
    html! {
        form method="post" action=(action) {
            input type="hidden" name=(csrf) value=(token);
            (button(ButtonKind::Plain, words))
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_browser_is_called_as_people_call_it() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/19.0 Safari/604.1";
        for (agent, name) in
            [(edge, "Edge, Windows"), (phone, "Safari, iOS"), ("curl/8.5", "curl/8.5"), ("", "–")]
        {
            assert_eq!(super::browser(agent), name);
        }
    }
}
