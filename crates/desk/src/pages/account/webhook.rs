//! The webhook of an account: a URL to which notices are posted, signed under a secret that is shown once.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use ui::component::{
    ButtonKind, Field, Tone, alert, button, card as card_of, error_summary, field, post_button,
};
use ui::t;

use super::super::app::App;
use super::super::error::PageError;
use super::super::faults::Faults;
use super::super::fields::{Fields, Signed};
use super::super::once::Once;
use super::super::visitor::Visitor;
use super::notices::show;
use crate::access::NoticeWebhook;
use crate::notice::HookError;

/// Sets the URL and shows the secret.
pub(in super::super) async fn set(
    State(app): State<App>,
    sent: Signed<NoticeWebhook>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, locale) = (&sent.visitor, sent.visitor.locale);
        if !has_webhooks(app) {
            return Err(PageError::Conflict(t!(locale, "notice-webhook-none").into()));
        }
        let why = match app.desk.local.set_hook(&visitor.account.name, sent.fields.get("url")) {
            Ok(secret) => {
                let once = Once {
                    title: t!(locale, "notice-webhook-set"),
                    todo: t!(locale, "notice-webhook-do"),
                    what: t!(locale, "notice-webhook-secret"),
                    secret: &secret,
                    back: ("/account/notices", t!(locale, "notice-wishes-title")),
                };
                return Ok(once.page(app, visitor).into_response());
            }
            Err(HookError::Url(_) | HookError::Long) => t!(locale, "notice-webhook-wrong"),
            Err(HookError::Plain) => t!(locale, "notice-webhook-plain"),
            Err(HookError::Store(error)) => return Err(PageError::broken(error)),
        };
        let mut faults = Faults::default();
        faults.say("url", why);
        Ok(faults.answer(show(app, visitor, Some(&sent.fields), &faults)?))
    })
    .await
}

/// Forgets it.
pub(in super::super) async fn drop(
    State(app): State<App>,
    sent: Signed<NoticeWebhook>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        app.desk.local.drop_hook(&sent.visitor.account.name)?;
        Ok(Redirect::to("/account/notices"))
    })
    .await
}

fn has_webhooks(app: &App) -> bool {
    app.site.couriers.as_ref().is_some_and(|couriers| couriers.webhook.is_some())
}

/// The URL, and the form for another.
pub(super) fn card(app: &App, visitor: &Visitor, sent: Option<&Fields>, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    if !visitor.may::<NoticeWebhook>() {
        return html! {};
    }
    let (csrf, token) = visitor.csrf();
    let now = app.desk.local.hook(&visitor.account.name);
    let up_to = app.site.couriers.as_ref().map_or(model::Tlp::Clear, |couriers| couriers.webhook_up_to);
    let fields = [Field {
        name: "url",
        label: t!(locale, "notice-webhook-url"),
        value: sent.map_or("", |sent| sent.get("url")).to_owned().into(),
        hint: t!(locale, "notice-webhook-hint"),
        error: faults.of("url"),
        required: true,
        ..Field::default()
    }];
    let body = html! {
        @if let Some(hook) = &now {
            div.row {
                code translate="no" { (hook.url) }
                (post_button(ButtonKind::Plain, "/account/notices/webhook/drop", &t!(locale, "notice-drop"), &[(csrf, token)]))
            }
        }
        @if has_webhooks(app) {
            (error_summary(locale, &fields))
            form.form method="post" action="/account/notices/webhook" novalidate {
                input type="hidden" name=(csrf) value=(token);
                (field(locale, &fields[0]))
                div.actions { (button(ButtonKind::Plain, &t!(locale, "notice-webhook-make"))) }
            }
            p.muted { (t!(locale, "notice-webhook-ceiling", tlp = up_to.to_string().as_str())) }
        } @else {
            (alert(Tone::Info, &t!(locale, "notice-webhook-none"), html! {}))
        }
    };
    card_of(&t!(locale, "notice-way-webhook"), html! {}, body)
}
