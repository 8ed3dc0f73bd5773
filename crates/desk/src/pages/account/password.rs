//! A new password for oneself.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use http::header::SET_COOKIE;
use maud::{Markup, html};
use ui::component::{
    ButtonKind, Field, FieldKind, breadcrumb, button, button_link, error_summary, field, heading,
};
use ui::t;

use super::super::app::App;
use super::super::cookie;
use super::super::error::PageError;
use super::super::faults::Faults;
use super::super::fields::Signed;
use super::super::frame::Page;
use super::super::may::May;
use super::super::visitor::Visitor;
use crate::access::OwnAccount;
use crate::local::{AccountError, Origin};

pub(in super::super) async fn ask(State(app): State<App>, visitor: May<OwnAccount>) -> Markup {
    form(&app, &visitor, &Faults::default())
}

pub(in super::super) async fn submit(
    State(app): State<App>,
    sent: Signed<OwnAccount>,
) -> Result<Response, PageError> {
    // Checking a password takes memory and a core, here as at the sign-in.
    let _turn = app.checks.acquire().await.map_err(PageError::broken)?;
    let name = &sent.visitor.account.name;
    if let Err(wait) = app.attempts.take(name, None, sent.visitor.now) {
        return Err(PageError::TooOften { wait_s: wait.as_secs().unsigned_abs() });
    }
    app.blocking(move |app| {
        let (visitor, locale) = (&sent.visitor, sent.visitor.locale);
        // A password is taken as typed: spaces at its ends are part of it.
        let typed = |name: &str| sent.fields.all(name).next().unwrap_or("").to_owned();
        let (old, new) = (typed("old"), typed("new"));
        let mut faults = Faults::default();
        faults.check(new.chars().count() < 12, "new", t!(locale, "account-password-short"));
        faults.check(new != typed("again"), "again", t!(locale, "account-password-differs"));
        if faults.is_empty() {
            let from = origin(app, visitor)?;
            match app.desk.local.change_password(&visitor.account.name, &old, &new) {
                Ok(()) => return signed_in_again(app, visitor, &from),
                Err(AccountError::Denied) => faults.say("old", t!(locale, "account-password-wrong")),
                Err(error) => return Err(PageError::broken(error)),
            }
        }
        Ok(faults.answer(form(app, visitor, &faults)))
    })
    .await
}

/// From where the session at hand was opened; the one after it is opened from there too.
fn origin(app: &App, visitor: &Visitor) -> Result<Origin, PageError> {
    let open = app.desk.local.sessions(&visitor.account.name, visitor.now)?;
    let own = open.into_iter().find(|session| Some(&session.id) == visitor.session());
    Ok(own.map_or_else(Origin::default, |own| Origin { browser: own.browser, address: own.address }))
}

/// Every session ended with the old password; this browser gets a new one.
fn signed_in_again(app: &App, visitor: &Visitor, from: &Origin) -> Result<Response, PageError> {
    app.attempts.forget(&visitor.account.name, None);
    let token = app.desk.local.open_session_from(&visitor.account.name, visitor.now, from)?;
    let cookie = [(SET_COOKIE, cookie::set(app.site.secure, &token))];
    Ok((cookie, Redirect::to("/")).into_response())
}

fn form(app: &App, visitor: &Visitor, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let one = |name: &'static str, label, hint, autocomplete| Field {
        name,
        label,
        hint,
        kind: FieldKind::Password,
        error: faults.of(name),
        required: true,
        autocomplete: Some(autocomplete),
        ..Field::default()
    };
    let fields = [
        one("old", t!(locale, "account-password-old"), "".into(), "current-password"),
        one("new", t!(locale, "account-password-new"), t!(locale, "account-password-hint"), "new-password"),
        one("again", t!(locale, "account-password-again"), "".into(), "new-password"),
    ];
    let title = t!(locale, "account-password-title");
    let body = html! {
        (breadcrumb(locale, &[("/account", &t!(locale, "account-title"))], &title))
        (heading(&title, html! { (t!(locale, "account-password-lede")) }, html! {}))
        (error_summary(locale, &fields))
        form.form method="post" action="/account/password" novalidate {
            input type="hidden" name=(csrf) value=(token);
            @for one in &fields { (field(locale, one)) }
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "action-save")))
                (button_link(ButtonKind::Plain, "/account", &t!(locale, "action-cancel")))
            }
        }
    };
    Page { title, ..Page::default() }.show(app, visitor, body)
}
