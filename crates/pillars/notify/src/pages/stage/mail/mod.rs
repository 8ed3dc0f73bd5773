//! Filing a stage by mail from the console: to which address, exactly what goes, and what stands in its way. What is sent is
//! what was looked at: when something was stated meanwhile, the page shows it anew and sends nothing.

mod settle;
mod tried;

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, May, Page, PageError, Signed, Visitor};
use maud::{Markup, html};
use packs::Library;
use ui::component::{
    ButtonKind, Tone, alert, breadcrumb, button, button_link, card, facts, heading, json, marking,
};
use ui::t;

use super::send::lacks;
use super::{find, found};
use crate::access::StageSubmit;
use crate::case::Case;
use crate::commands::MARKING;
use crate::commands::file_stage::MARKED;
use crate::law;
use crate::mailing::{Hindrance, Mail, Offer, Order, look, offers, send, way};
use crate::pages::parameter;
use crate::plan::Obligation;
use crate::sending::Looked;

pub use settle::settled;
pub(super) use tried::tried;

pub async fn form(
    State(app): State<App>,
    visitor: May<StageSubmit>,
    Path((id, stage)): Path<(String, String)>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        let recipient = parameter(&visitor, "recipient").unwrap_or_default();
        show(app, &visitor, (&case, &stage), &recipient, None)
    })
    .await
}

pub async fn submit(
    State(app): State<App>,
    Path((id, stage)): Path<(String, String)>,
    form: Signed<StageSubmit>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields) = (&form.visitor, &form.fields);
        let case = find(app, visitor, &id)?;
        let (duty, _) = found(app, visitor, &case, &stage)?;
        let order = order(visitor, fields.get("recipient"), fields.get("seen"));
        match send(&app.desk, app.site.couriers.as_deref(), (&case, &duty), &order) {
            Ok(_) => {
                let there = format!("/notify/incidents/{}/stages/{stage}", case.id);
                Ok(Redirect::to(&there).into_response())
            }
            Err(error) => {
                let fault = error.theirs().map_err(PageError::broken)?.say(visitor.locale);
                // What was tried meanwhile stands on the page too.
                let case = find(app, visitor, &id)?;
                let page = show(app, visitor, (&case, &stage), order.recipient, Some(&fault))?;
                Ok((http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
            }
        }
    })
    .await
}

fn order<'a>(visitor: &'a Visitor, recipient: &'a str, seen: &'a str) -> Order<'a> {
    let name = &visitor.account.name;
    Order { recipient, seen, by: name, account: name, answers: name }
}

fn show(
    app: &App,
    visitor: &Visitor,
    (case, stage): (&Case, &str),
    recipient: &str,
    fault: Option<&str>,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let (duty, _) = found(app, visitor, case, stage)?;
    let library = law::now(&app.desk.views)?;
    let offers = offers(&app.desk.views, &library, &duty)?;
    let open: Vec<&Offer> = offers.iter().filter(|offer| offer.mailbox.is_some()).collect();
    let only = open.first().filter(|_| open.len() == 1).map(|offer| offer.recipient.as_str());
    let recipient = if recipient.is_empty() { only.unwrap_or_default() } else { recipient };
    let chosen = open.iter().any(|offer| offer.recipient == recipient);
    let here = format!("/notify/incidents/{}", case.id);
    let there = format!("{here}/stages/{stage}");
    let (list, title) = (t!(locale, "notify-incidents-title"), t!(locale, "mailing-title"));
    let ways = duty.channels.iter().map(|way| locale.pick(&way.name)).collect::<Vec<_>>().join(", ");
    let body = html! {
        (breadcrumb(locale, &[("/notify/incidents", &list), (&here, &case.title), (&there, locale.pick(&duty.title))], &title))
        (heading(&title, html! { (locale.pick(&duty.title)) " · " (t!(locale, "mailing-lede")) }, html! {}))
        div.stack {
            @if let Some(fault) = fault { (alert(Tone::Err, fault, html! {})) }
            @if case.exercise { (alert(Tone::Info, &t!(locale, "notify-exercise-stays"), html! {})) }
            @if let Some(hindrance) = hindrance(app).filter(|_| fault.is_none()) {
                (alert(Tone::Err, &hindrance.sentence().say(locale), html! {}))
            }
            (tried(app, visitor, case, stage)?)
            (alert(Tone::Info, &t!(locale, "filing-ways", ways = ways.as_str()), html! {
                p { (t!(locale, "filing-ways-hint")) } p { (t!(locale, "mailing-gateway")) }
            }))
            (lacks(visitor, &library, case, stage))
            (card(&t!(locale, "filing-to"), html! {}, choices(visitor, &there, &offers, (recipient, stage))))
            @if chosen && !case.exercise {
                (preview(app, visitor, (&library, case, &duty), recipient)?)
            }
        }
    };
    Ok(Page { title, marking: Some(MARKING), updated: None }.show(app, visitor, body))
}

/// Why nothing can go by mail from this node.
fn hindrance(app: &App) -> Option<Hindrance> {
    way(app.site.couriers.as_deref()).err()
}

/// Those whom the law names, each with the address, or the way to write one down.
fn choices(visitor: &Visitor, there: &str, offers: &[Offer], (recipient, stage): (&str, &str)) -> Markup {
    let locale = visitor.locale;
    let write = |offer: &Offer| {
        format!(
            "/notify/mailboxes?recipient={}&stage={}",
            ui::query::encode(&offer.recipient),
            ui::query::encode(stage)
        )
    };
    html! {
        @if offers.is_empty() { p { (t!(locale, "mailing-nobody")) } }
        @else {
            form.form method="get" action={ (there) "/mail" } {
                fieldset.field {
                    legend { (t!(locale, "mailing-recipient")) }
                    @for offer in offers {
                        @let id = format!("recipient-{}", offer.recipient);
                        label for=(id) {
                            input id=(id) type="radio" name="recipient" value=(offer.recipient) required
                                checked[recipient == offer.recipient] disabled[offer.mailbox.is_none()];
                            " " (locale.pick(&offer.name)) " · "
                            @match &offer.mailbox {
                                Some(mailbox) => span.copied-text translate="no" { (mailbox.address) },
                                None => (t!(locale, "mailing-no-address")),
                            }
                        }
                        @if let Some(mailbox) = &offer.mailbox {
                            p.field-hint {
                                @if !mailbox.source.is_empty() { (t!(locale, "mailing-source")) ": " (mailbox.source) " · " }
                                (mailbox.by)
                            }
                        } @else {
                            p { a href=(write(offer)) { (t!(locale, "mailing-set-address")) } }
                        }
                    }
                }
                div.actions {
                    (button(ButtonKind::Plain, &t!(locale, "filing-look")))
                    (button_link(ButtonKind::Plain, "/notify/mailboxes", &t!(locale, "mailing-addresses")))
                }
            }
        }
    }
}

/// Exactly what goes, and the button that sends it.
fn preview(
    app: &App,
    visitor: &Visitor,
    (library, case, duty): (&Library, &Case, &Obligation),
    recipient: &str,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let order = order(visitor, recipient, "");
    let looked = match look(&app.desk, library, (case, duty), &order) {
        Ok(looked) => looked,
        Err(error) => {
            let fault = error.theirs().map_err(PageError::broken)?.say(locale);
            return Ok(alert(Tone::Err, &fault, html! {}));
        }
    };
    let there = format!("/notify/incidents/{}/stages/{}", case.id, duty.stage);
    let body = html! {
        (shown(app, visitor, &looked))
        @for rule in &looked.two { (alert(Tone::Info, &t!(locale, "filing-two", rule = rule.as_str()), html! {})) }
        @if looked.lacks.is_empty() && hindrance(app).is_none() { (sure(visitor, &there, (recipient, &looked))) }
    };
    Ok(card(&t!(locale, "filing-goes"), html! {}, body))
}

fn sure(visitor: &Visitor, there: &str, (recipient, looked): (&str, &Looked<Mail>)) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    html! {
        form.form method="post" action={ (there) "/mail" } {
            input type="hidden" name=(csrf) value=(token);
            input type="hidden" name="recipient" value=(recipient);
            input type="hidden" name="seen" value=(looked.seen);
            div.actions {
                @if looked.two.is_empty() { (button(ButtonKind::Primary, &t!(locale, "mailing-send"))) }
                @else { (button(ButtonKind::Primary, &t!(locale, "filing-ask-second"))) }
                (button_link(ButtonKind::Plain, there, &t!(locale, "action-cancel")))
            }
        }
    }
}

/// The mail, word for word.
fn shown(app: &App, visitor: &Visitor, looked: &Looked<Mail>) -> Markup {
    let locale = visitor.locale;
    let mail = &looked.what;
    let mailer = app.site.couriers.as_ref().and_then(|couriers| couriers.mail.as_ref());
    let address = |text: &str| html! { span.copied-text translate="no" { (text) } };
    let from = mailer.map(desk::outbound::Mailer::sender).unwrap_or_default();
    html! {
        (facts([
            (t!(locale, "mailing-from"), address(&from)),
            (t!(locale, "word-to"), address(&mail.to)),
            (t!(locale, "mailing-reply-to"), address(mail.reply_to.as_deref().unwrap_or(&from))),
            (t!(locale, "word-marking"), marking(locale, MARKED)),
            (t!(locale, "mailing-subject-label"), html! { span lang=(mail.language) { (mail.subject) } }),
            (t!(locale, "filing-pack"), html! { (mail.pack) }),
        ]))
        h3 { (t!(locale, "mailing-text")) }
        div.code-frame tabindex="0" role="group" aria-label=(t!(locale, "mailing-text")) { pre.json lang=(mail.language) { (mail.text) } }
        details {
            summary { (t!(locale, "mailing-html")) ": " (mail.stage) ".html" }
            div.code-frame tabindex="0" role="group" aria-label=(t!(locale, "mailing-html")) { pre.json lang=(mail.language) { (mail.html) } }
        }
        details {
            summary { (t!(locale, "mailing-json")) ": " (mail.stage) ".json" }
            (json(locale, mail.json.as_bytes(), None))
        }
    }
}
