//! The second factor: scan a secret with a telephone, type one code of it, keep the recovery codes on paper.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use ui::component::{
    ButtonKind, Field, Tone, alert, breadcrumb, button, button_link, card, error_summary, field, heading,
    status,
};
use ui::{query, t};

use super::super::app::App;
use super::super::error::PageError;
use super::super::faults::Faults;
use super::super::fields::Signed;
use super::super::frame::Page;
use super::super::may::May;
use super::super::once::secret;
use super::super::visitor::Visitor;
use super::qr::qr;
use super::sessions::post;
use crate::access::FactorChange;

pub(in super::super) async fn page(
    State(app): State<App>,
    visitor: May<FactorChange>,
) -> Result<Markup, PageError> {
    let (locale, name) = (visitor.locale, &visitor.account.name);
    let (second, left) = (app.desk.local.has_second_factor(name)?, app.desk.local.recovery_left(name)?);
    let words = if second { t!(locale, "factor-replace") } else { t!(locale, "factor-begin") };
    let telephone = html! {
        p { (t!(locale, "factor-what")) }
        @if second { (status(Tone::Ok, &t!(locale, "factor-on", count = left))) }
        @else { (status(Tone::Warn, &t!(locale, "factor-off"))) }
        div.actions {
            (post(&visitor, "/account/factor/begin", &words))
            @if second { (post(&visitor, "/account/factor/codes", &t!(locale, "factor-renew-codes"))) }
            @if second { (post(&visitor, "/account/factor/drop", &t!(locale, "factor-drop"))) }
        }
    };
    let body = html! { (card(&t!(locale, "factor-telephone"), html! {}, telephone)) };
    Ok(show(&app, &visitor, body))
}

/// Makes a secret and shows it, once.
pub(in super::super) async fn begin(
    State(app): State<App>,
    sent: Signed<FactorChange>,
) -> Result<Markup, PageError> {
    let visitor = &sent.visitor;
    let secret = app.desk.local.begin_totp(&visitor.account.name)?;
    Ok(scan(&app, visitor, &secret))
}

/// Takes the first code; the factor counts from here.
pub(in super::super) async fn confirm(
    State(app): State<App>,
    sent: Signed<FactorChange>,
) -> Result<Response, PageError> {
    let visitor = &sent.visitor;
    let name = &visitor.account.name;
    if let Err(wait) = app.attempts.take(name, None, visitor.now) {
        return Err(PageError::TooOften { wait_s: wait.as_secs().unsigned_abs() });
    }
    match app.desk.local.confirm_totp(name, sent.fields.get("code"), visitor.now)? {
        Some(codes) => {
            app.attempts.forget(name, None);
            tracing::info!(account = name, "second factor set");
            // Whoever is signed in elsewhere by the password alone proves the factor too.
            app.desk.local.end_sessions(name, visitor.session())?;
            Ok(paper(&app, visitor, &codes).into_response())
        }
        None => {
            let mut faults = Faults::default();
            faults.say("code", t!(visitor.locale, "factor-code-wrong"));
            Ok(faults.answer(show(&app, visitor, first_code(visitor, &faults))))
        }
    }
}

/// New recovery codes.
pub(in super::super) async fn codes(
    State(app): State<App>,
    sent: Signed<FactorChange>,
) -> Result<Markup, PageError> {
    if !app.desk.local.has_second_factor(&sent.visitor.account.name)? {
        return Err(PageError::NotFound);
    }
    let codes = app.desk.local.renew_recovery(&sent.visitor.account.name)?;
    Ok(paper(&app, &sent.visitor, &codes))
}

/// A password alone is enough again.
pub(in super::super) async fn drop(
    State(app): State<App>,
    sent: Signed<FactorChange>,
) -> Result<Redirect, PageError> {
    app.desk.local.drop_second_factor(&sent.visitor.account.name)?;
    tracing::warn!(account = sent.visitor.account.name, "second factor taken away by its person");
    Ok(Redirect::to("/account/factor"))
}

fn scan(app: &App, visitor: &Visitor, base32: &str) -> Markup {
    let locale = visitor.locale;
    let issuer = super::super::frame::own_party(app).name;
    let address = format!(
        "otpauth://totp/{issuer}:{name}?secret={base32}&issuer={issuer}",
        issuer = query::encode(&issuer).replace('+', "%20"),
        name = query::encode(&visitor.account.name),
    );
    let body = html! {
        (alert(Tone::Warn, &t!(locale, "form-shown-once"), html! { (t!(locale, "factor-scan-do")) }))
        (card(&t!(locale, "factor-scan"), html! {}, html! {
            (qr(&address, &t!(locale, "factor-scan")))
            (secret(visitor, &t!(locale, "factor-secret"), base32))
        }))
        (first_code(visitor, &Faults::default()))
    };
    show(app, visitor, body)
}

fn first_code(visitor: &Visitor, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let code = Field {
        name: "code",
        label: t!(locale, "factor-code"),
        hint: t!(locale, "factor-first-code-hint"),
        error: faults.of("code"),
        required: true,
        autocomplete: Some("one-time-code"),
        ..Field::default()
    };
    html! {
        (error_summary(locale, std::slice::from_ref(&code)))
        form.form method="post" action="/account/factor/confirm" {
            input type="hidden" name=(csrf) value=(token);
            (field(locale, &code))
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "action-confirm")))
                (button_link(ButtonKind::Plain, "/account/factor", &t!(locale, "action-cancel")))
            }
        }
    }
}

/// The recovery codes, to be printed.
fn paper(app: &App, visitor: &Visitor, codes: &[String]) -> Markup {
    let locale = visitor.locale;
    let body = html! {
        (alert(Tone::Ok, &t!(locale, "factor-set"), html! {}))
        (alert(Tone::Warn, &t!(locale, "form-shown-once"), html! { (t!(locale, "factor-codes-do")) }))
        (card(&t!(locale, "factor-codes"), html! {}, html! {
            ol.codes { @for code in codes { li { code translate="no" { (code) } } } }
        }))
        div.actions { (button_link(ButtonKind::Primary, "/account", &t!(locale, "account-title"))) }
    };
    show(app, visitor, body)
}

fn show(app: &App, visitor: &Visitor, body: Markup) -> Markup {
    let locale = visitor.locale;
    let title = t!(locale, "factor-title");
    let body = html! {
        (breadcrumb(locale, &[("/account", &t!(locale, "account-title"))], &title))
        (heading(&title, html! {}, html! {}))
        div.stack { (body) }
    };
    Page { title, ..Page::default() }.show(app, visitor, body)
}
