//! The own tokens for programs: each with a part of one's permissions and a last day, shown once, revocable.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use model::time::SignedDuration;
use ui::component::{
    ButtonKind, Column, Field, FieldKind, Table, breadcrumb, button, card, error_summary, field, heading,
    table, time,
};
use ui::t;

use super::super::app::App;
use super::super::error::PageError;
use super::super::faults::Faults;
use super::super::fields::{Fields, Signed};
use super::super::frame::Page;
use super::super::may::May;
use super::super::once::Once;
use super::super::roles::permission_words;
use super::super::visitor::Visitor;
use super::sessions::post;
use crate::access::{Permission, TokenIssue};
use crate::local::{ApiToken, IssueError, MOST_DAYS, MOST_LABEL_CHARS};

/// How long a token may live, in days, as offered.
const LIVES: [i64; 5] = [1, 7, 30, 90, 365];

pub(in super::super) async fn page(
    State(app): State<App>,
    visitor: May<TokenIssue>,
) -> Result<Markup, PageError> {
    show(&app, &visitor, &Fields::default(), &Faults::default())
}

pub(in super::super) async fn add(
    State(app): State<App>,
    sent: Signed<TokenIssue>,
) -> Result<Response, PageError> {
    let (visitor, fields, locale) = (&sent.visitor, &sent.fields, sent.visitor.locale);
    let mut faults = Faults::default();
    let label = fields.get("label").trim();
    let fits = (1..=MOST_LABEL_CHARS).contains(&label.chars().count());
    faults.check(!fits, "label", t!(locale, "token-label-wrong", most = MOST_LABEL_CHARS));
    let days = fields.get("days").parse::<i64>().ok().filter(|days| (1..=MOST_DAYS).contains(days));
    faults.check(days.is_none(), "days", t!(locale, "form-choose"));
    let offered = offered(&app, visitor);
    let scope: Vec<String> = fields
        .all("scope")
        .filter(|name| offered.iter().any(|one| one.name == *name))
        .map(str::to_owned)
        .collect();
    faults.check(scope.is_empty(), "scope", t!(locale, "token-scope-wrong"));
    let expires = days.and_then(|days| visitor.now.checked_add(SignedDuration::from_hours(24 * days)).ok());
    if let (Some(expires), true) = (expires, faults.is_empty()) {
        match app.desk.local.issue_api_token(&visitor.account.name, label, &scope, (visitor.now, expires)) {
            Ok(token) => {
                tracing::info!(account = visitor.account.name, "token issued");
                let once = Once {
                    title: t!(locale, "token-added", label = label),
                    todo: t!(locale, "token-do"),
                    what: t!(locale, "token-token"),
                    secret: &token,
                    back: ("/account/tokens", t!(locale, "token-title")),
                };
                return Ok(once.page(&app, visitor).into_response());
            }
            Err(IssueError::Full) => faults.say("label", t!(locale, "token-full")),
            Err(IssueError::Store(error)) => return Err(PageError::broken(error)),
        }
    }
    Ok(faults.answer(show(&app, visitor, fields, &faults)?))
}

pub(in super::super) async fn revoke(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Signed<TokenIssue>,
) -> Result<Redirect, PageError> {
    match app.desk.local.revoke_api_token(&sent.visitor.account.name, &id)? {
        true => Ok(Redirect::to("/account/tokens")),
        false => Err(PageError::NotFound),
    }
}

/// What a token of this person may carry: nothing that asks who is there, for a program cannot answer.
fn offered(app: &App, visitor: &Visitor) -> Vec<Permission> {
    let all = app.site.permissions().filter(|one| !one.sensitive && one.is_of(visitor.account.role));
    all.collect()
}

fn show(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let held = app.desk.local.api_tokens(&visitor.account.name, visitor.now)?;
    let title = t!(locale, "token-title");
    let body = html! {
        (breadcrumb(locale, &[("/account", &t!(locale, "account-title"))], &title))
        (heading(&title, html! { (t!(locale, "token-lede")) }, html! {}))
        div.stack {
            (list(visitor, &held))
            (card(&t!(locale, "token-add"), html! {}, form(app, visitor, sent, faults)))
        }
    };
    Ok(Page { title, ..Page::default() }.show(app, visitor, body))
}

fn list(visitor: &Visitor, held: &[ApiToken]) -> Markup {
    let locale = visitor.locale;
    let row = |token: &ApiToken| {
        let revoke = format!("/account/tokens/{}/revoke", token.id);
        vec![
            html! { (token.label) },
            html! { ul.plain { @for name in &token.scope { li { (permission_words(locale, name)) } } } },
            time(locale, token.created, visitor.now),
            time(locale, token.expires, visitor.now),
            html! { @if let Some(used) = token.used { (time(locale, used, visitor.now)) } @else { (t!(locale, "token-never")) } },
            post(visitor, &revoke, &t!(locale, "token-revoke")),
        ]
    };
    let list = Table {
        caption: t!(locale, "token-title"),
        columns: vec![
            Column::text(t!(locale, "token-label")),
            Column::text(t!(locale, "token-scope")),
            Column::text(t!(locale, "word-created")),
            Column::text(t!(locale, "word-until")),
            Column::text(t!(locale, "token-used")),
            Column::text(t!(locale, "action-details")),
        ],
        rows: held.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "token-none")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

fn form(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let days = LIVES.map(|days| (days.to_string().into(), t!(locale, "time-days", count = days)));
    let fields = [
        Field {
            name: "label",
            label: t!(locale, "token-label"),
            value: sent.get("label").into(),
            hint: t!(locale, "token-label-hint"),
            error: faults.of("label"),
            required: true,
            ..Field::default()
        },
        Field {
            name: "days",
            label: t!(locale, "token-days"),
            value: if sent.get("days").is_empty() { "30".into() } else { sent.get("days").into() },
            kind: FieldKind::Select(days.into()),
            error: faults.of("days"),
            required: true,
            ..Field::default()
        },
    ];
    let chosen: Vec<&str> = sent.all("scope").collect();
    let wrong = faults.of("scope");
    html! {
        (error_summary(locale, &fields))
        form.form method="post" action="/account/tokens/add" novalidate {
            input type="hidden" name=(csrf) value=(token);
            @for one in &fields { (field(locale, one)) }
            fieldset.field id="scope" {
                legend { (t!(locale, "token-scope")) }
                p.field-hint { (t!(locale, "token-scope-hint")) }
                @if !wrong.is_empty() { p.field-error { (wrong) } }
                @for one in offered(app, visitor) {
                    label { input type="checkbox" name="scope" value=(one.name) checked[chosen.contains(&one.name)]; " "
                        (permission_words(locale, one.name)) }
                }
            }
            div.actions { (button(ButtonKind::Primary, &t!(locale, "token-issue"))) }
        }
    }
}
