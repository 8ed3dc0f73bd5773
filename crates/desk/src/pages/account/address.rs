//! The mail address for notices: it counts once the code that was mailed there has come back.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use ui::component::{
    ButtonKind, Field, Tone, alert, button, card as card_of, error_summary, field, post_button, status,
};
use ui::t;

use super::super::app::App;
use super::super::error::PageError;
use super::super::faults::Faults;
use super::super::fields::{Fields, Signed};
use super::super::names::party_name;
use super::super::visitor::Visitor;
use super::notices::show;
use crate::access::NoticeAddress;
use crate::notice::{AddressError, code_letter};

/// Mails a code to the address.
pub(in super::super) async fn begin(
    State(app): State<App>,
    sent: Signed<NoticeAddress>,
) -> Result<Response, PageError> {
    let couriers = app.site.couriers.clone();
    let Some(mailer) = couriers.as_ref().and_then(|couriers| couriers.mail.as_ref()) else {
        return Err(PageError::Conflict(t!(sent.visitor.locale, "notice-mail-none").into()));
    };
    let (visitor, to) = (sent.visitor.clone(), sent.fields.get("address").to_owned());
    let asked = {
        let (name, to, now) = (visitor.account.name.clone(), to.clone(), visitor.now);
        app.blocking(move |app| Ok(app.desk.local.begin_address(&name, &to, now))).await?
    };
    let why = match asked {
        Ok(code) => {
            let party = party_name(&app.desk.known(), app.desk.me);
            let letter = code_letter(visitor.locale, (&party, &to), &code, visitor.now);
            match mailer.send(&letter).await {
                Ok(()) => return Ok(Redirect::to("/account/notices").into_response()),
                Err(error) => {
                    tracing::warn!(account = visitor.account.name, %error, "a code was not mailed");
                    t!(visitor.locale, "notice-code-unsent")
                }
            }
        }
        Err(AddressError::Address) => t!(visitor.locale, "notice-address-wrong"),
        Err(AddressError::Flood) => t!(visitor.locale, "notice-code-flood"),
        Err(error) => return Err(PageError::broken(error)),
    };
    again(&app, sent, "address", why).await
}

/// Takes the code.
pub(in super::super) async fn prove(
    State(app): State<App>,
    sent: Signed<NoticeAddress>,
) -> Result<Response, PageError> {
    let (name, now) = (sent.visitor.account.name.clone(), sent.visitor.now);
    let code = sent.fields.get("code").to_owned();
    let proved = app.blocking(move |app| Ok(app.desk.local.prove_address(&name, &code, now))).await?;
    match proved {
        Ok(()) => Ok(Redirect::to("/account/notices").into_response()),
        Err(AddressError::Code) => {
            let why = t!(sent.visitor.locale, "notice-code-wrong");
            again(&app, sent, "code", why).await
        }
        Err(error) => Err(PageError::broken(error)),
    }
}

/// Forgets the address.
pub(in super::super) async fn drop(
    State(app): State<App>,
    sent: Signed<NoticeAddress>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        app.desk.local.drop_address(&sent.visitor.account.name)?;
        Ok(Redirect::to("/account/notices"))
    })
    .await
}

async fn again(
    app: &App,
    sent: Signed<NoticeAddress>,
    name: &'static str,
    why: std::borrow::Cow<'static, str>,
) -> Result<Response, PageError> {
    let mut faults = Faults::default();
    faults.say(name, why);
    app.blocking(move |app| Ok(faults.answer(show(app, &sent.visitor, Some(&sent.fields), &faults)?))).await
}

/// The address that counts, the one that waits for its code, and the form for another.
pub(super) fn card(app: &App, visitor: &Visitor, sent: Option<&Fields>, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let local = &app.desk.local;
    let (now, pending) =
        (local.address(&visitor.account.name), local.pending_address(&visitor.account.name, visitor.now));
    let couriers = app.site.couriers.as_ref();
    let has_mail = couriers.is_some_and(|couriers| couriers.mail.is_some());
    let value = sent.map_or("", |sent| sent.get("address")).to_owned();
    let address = [Field {
        name: "address",
        label: t!(locale, "notice-address"),
        value: value.into(),
        hint: t!(locale, "notice-address-hint"),
        error: faults.of("address"),
        required: true,
        autocomplete: Some("email"),
        ..Field::default()
    }];
    let code = [Field {
        name: "code",
        label: t!(locale, "notice-code"),
        error: faults.of("code"),
        required: true,
        autocomplete: Some("one-time-code"),
        ..Field::default()
    }];
    let up_to = couriers.map_or(model::Tlp::Clear, |couriers| couriers.mail_up_to);
    let body = html! {
        @if !has_mail { (alert(Tone::Info, &t!(locale, "notice-mail-none"), html! {})) }
        @if let Some(address) = &now {
            div.row {
                strong translate="no" { (address) } (status(Tone::Ok, &t!(locale, "notice-proved")))
                (post_button(ButtonKind::Plain, "/account/notices/address/drop", &t!(locale, "notice-drop"), &[(csrf, token)]))
            }
        }
        @if let Some(pending) = &pending {
            p { (t!(locale, "notice-code-sent", address = pending.address.as_str())) }
            (error_summary(locale, &code))
            form.form method="post" action="/account/notices/address/prove" novalidate {
                input type="hidden" name=(csrf) value=(token);
                (field(locale, &code[0]))
                div.actions { (button(ButtonKind::Primary, &t!(locale, "notice-prove"))) }
            }
        }
        @if has_mail {
            (error_summary(locale, &address))
            form.form method="post" action="/account/notices/address" novalidate {
                input type="hidden" name=(csrf) value=(token);
                (field(locale, &address[0]))
                div.actions { (button(ButtonKind::Plain, &t!(locale, "notice-code-send"))) }
            }
            p.muted { (t!(locale, "notice-mail-ceiling", tlp = up_to.to_string().as_str())) }
        }
    };
    card_of(&t!(locale, "notice-way-mail"), html! {}, body)
}
