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
        let browser = if session.browser.is_empty() { "–" } else { session.browser.as_str() };
        vec![
            html! { (browser) @if own { " " span.muted { (t!(locale, "session-this")) } } },
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
