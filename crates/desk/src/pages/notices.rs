//! `/notices`: what this person was told, read or not, and what became of it on its other ways.

use axum::extract::{Path, State};
use axum::response::Redirect;
use maud::{Markup, html};
use model::Marking;
use ui::component::{
    ButtonKind, Column, Table, Tone, button_link, card, heading, live, post_button, status, table, time,
    time_full, tlp,
};
use ui::{Bell, Locale, locale, t};

use super::app::App;
use super::error::PageError;
use super::fields::Signed;
use super::frame::Page;
use super::may::May;
use super::visitor::Visitor;
use crate::access::NoticeRead;
use crate::notice::{Errand, Kept, MOST, State as How, Urgency, Way, may_have};

pub(super) async fn page(State(app): State<App>, visitor: May<NoticeRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor)).await
}

/// The bell alone, for pages that keep themselves current.
pub(super) async fn bell(State(app): State<App>, visitor: May<NoticeRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| Ok(ui::bell(visitor.locale, &unread(app, &visitor)))).await
}

/// Leads to what a notice is about. Only a button marks it as read: programs follow links too.
pub(super) async fn go(
    State(app): State<App>,
    visitor: May<NoticeRead>,
    Path(reference): Path<String>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        let found = app.desk.local.notice(&visitor.account.name, &reference)?;
        let found = found.filter(|notice| may_have(app, &visitor, notice)).ok_or(PageError::NotFound)?;
        Ok(Redirect::to(super::visitor::local_path(&found.href)))
    })
    .await
}

/// Marks one as read, or all.
pub(super) async fn read(State(app): State<App>, sent: Signed<NoticeRead>) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        let visitor = &sent.visitor;
        app.desk.local.read_notices(&visitor.account.name, sent.fields.get("reference"), visitor.now)?;
        app.desk.views.tell("notices");
        Ok(Redirect::to("/notices"))
    })
    .await
}

/// How many notices wait for this visitor.
pub(super) fn unread(app: &App, visitor: &Visitor) -> Bell {
    app.bells.of(app, visitor).unwrap_or_default()
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let all = app.desk.local.notices(&visitor.account.name, MOST)?;
    let seen: Vec<&Kept> = all.iter().filter(|notice| may_have(app, visitor, notice)).collect();
    let mut rows = Vec::new();
    for notice in &seen {
        rows.push(row(visitor, notice, &app.desk.local.errands(&notice.account, &notice.key)?));
    }
    let list = Table {
        caption: t!(locale, "notice-title"),
        columns: vec![
            Column::text(t!(locale, "notice-when")),
            Column::text(t!(locale, "notice-what")),
            Column::text(t!(locale, "word-marking")),
            Column::text(t!(locale, "notice-ways")),
            Column::text(t!(locale, "notice-state")),
        ],
        rows,
        empty: Some(html! { p { (t!(locale, "notice-none")) } p { (t!(locale, "notice-none-why")) } }),
        ..Table::default()
    };
    let (csrf, token) = visitor.csrf();
    let actions = html! {
        (button_link(ButtonKind::Plain, "/account/notices", &t!(locale, "notice-wishes-title")))
        @if seen.iter().any(|notice| !notice.read) {
            (post_button(ButtonKind::Plain, "/notices/read", &t!(locale, "notice-read-all"), &[(csrf, token)]))
        }
    };
    let title = t!(locale, "notice-title");
    let body = html! {
        (heading(&title, html! { (t!(locale, "notice-lede")) }, actions))
        (live("notices", "/notices", &["notices"], card(&title, html! {}, table(locale, &list))))
    };
    let marking = seen.iter().map(|notice| Marking::tlp(notice.tlp)).reduce(Marking::strictest);
    Ok(Page { title, marking, updated: Some(visitor.now) }.show(app, visitor, body))
}

fn row(visitor: &Visitor, notice: &Kept, errands: &[Errand]) -> Vec<Markup> {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let kind = locale::lookup(locale, &format!("notice-kind-{}", notice.kind)).unwrap_or_default();
    vec![
        time(locale, notice.at, visitor.now),
        html! {
            div {
                p.muted {
                    @if notice.urgency == Urgency::Urgent { (status(Tone::Err, &t!(locale, "notice-urgent"))) " " }
                    (kind)
                }
                a href={ "/notices/" (notice.reference) } { (locale.pick(&notice.text)) }
                @if let Some(due) = notice.due {
                    p.muted { (t!(locale, "notice-due")) " " (time_full(locale, due, visitor.now, visitor.zone.as_ref())) }
                }
            }
        },
        tlp(locale, notice.tlp),
        html! { div { @for errand in errands { p { (went(visitor, errand)) } } @if errands.is_empty() { "–" } } },
        html! {
            @if notice.read { span.muted { (t!(locale, "notice-is-read")) } }
            @else {
                (post_button(ButtonKind::Plain, "/notices/read", &t!(locale, "notice-read"),
                    &[(csrf, token), ("reference", &notice.reference)]))
            }
        },
    ]
}

/// What became of it on one way.
fn went(visitor: &Visitor, errand: &Errand) -> Markup {
    let locale = visitor.locale;
    let (tone, word) = match errand.state {
        How::Done => (Tone::Ok, t!(locale, "notice-went")),
        How::Waiting => (Tone::Idle, t!(locale, "notice-waits")),
        How::GivenUp => (Tone::Err, t!(locale, "notice-given-up")),
        How::Withdrawn => (Tone::Idle, t!(locale, "notice-withdrawn")),
    };
    html! {
        (way(locale, errand.way)) ": " (status(tone, &word)) " "
        (time(locale, errand.at, visitor.now))
        @if !errand.said.is_empty() { br; span.muted translate="no" { (errand.said) } }
    }
}

/// The name of a way.
pub(super) fn way(locale: Locale, way: Way) -> std::borrow::Cow<'static, str> {
    match way {
        Way::Mail => t!(locale, "notice-way-mail"),
        Way::Webhook => t!(locale, "notice-way-webhook"),
    }
}
