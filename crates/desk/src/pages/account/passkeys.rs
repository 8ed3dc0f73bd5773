//! Passkeys: made in the browser by a small script, verified here. A passkey that recognises its person is both factors
//! at once; without scripts, password and code remain.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use model::Timestamp;
use serde_json::json;
use ui::component::{
    ButtonKind, Column, Field, Table, Tone, alert, breadcrumb, button, card, error_summary, field, heading,
    table, time,
};
use ui::{Locale, assets, t};

use super::super::app::App;
use super::super::error::PageError;
use super::super::faults::Faults;
use super::super::fields::{Fields, Signed};
use super::super::frame::Page;
use super::super::may::May;
use super::super::visitor::Visitor;
use super::sessions::post;
use crate::access::FactorChange;
use crate::local::{MOST_PASSKEYS, Passkey};
use crate::webauthn::{self, PasskeyError, Shown, Site};
use crate::{edge, webauthn::base64url};

/// What the tickets that hold a challenge are for.
const MAKING: &str = "passkey-making";
const ASKING: &str = "passkey-asking";
/// How long a challenge may be answered, seconds.
const PATIENCE_S: i64 = 600;
/// Characters of a name.
const LABEL_CHARS: usize = 60;

pub(in super::super) async fn page(
    State(app): State<App>,
    visitor: May<FactorChange>,
) -> Result<Markup, PageError> {
    show(&app, &visitor, &Faults::default())
}

/// Keeps what the browser made.
pub(in super::super) async fn add(
    State(app): State<App>,
    sent: Signed<FactorChange>,
) -> Result<Response, PageError> {
    let (visitor, fields, locale) = (&sent.visitor, &sent.fields, sent.visitor.locale);
    let mut faults = Faults::default();
    let label = fields.get("label");
    let fits = (1..=LABEL_CHARS).contains(&label.chars().count());
    faults.check(!fits, "label", t!(locale, "passkey-label-wrong", most = LABEL_CHARS));
    let local = &app.desk.local;
    let made = local
        .read_ticket(MAKING, fields.get("ticket"), visitor.now)
        .ok_or(PasskeyError::Elsewhere)
        .and_then(|challenge| {
            let site = site(&app, visitor);
            webauthn::register(&site, &challenge, fields.get("client"), fields.get("attestation"))
        });
    match made {
        Ok(made) if faults.is_empty() => {
            if local.add_passkey(&visitor.account.name, label, &made, visitor.now)? {
                tracing::info!(account = visitor.account.name, "passkey added");
                return Ok(Redirect::to("/account/passkeys").into_response());
            }
            faults.say("label", t!(locale, "passkey-full", most = MOST_PASSKEYS));
        }
        Ok(_) => {}
        Err(error) => {
            tracing::warn!(account = visitor.account.name, %error, "a new passkey was refused");
            faults.say("label", t!(locale, "passkey-refused"));
        }
    }
    Ok(faults.answer(show(&app, visitor, &faults)?))
}

pub(in super::super) async fn drop(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Signed<FactorChange>,
) -> Result<Redirect, PageError> {
    match app.desk.local.drop_passkey(&sent.visitor.account.name, &id)? {
        true => Ok(Redirect::to("/account/passkeys")),
        false => Err(PageError::NotFound),
    }
}

/// A form that asks for a passkey; the script fills and sends it, and shows it only where the browser can.
pub(in super::super) fn ask(
    app: &App,
    locale: Locale,
    (action, site): (&str, &Site),
    hidden: &Fields,
    now: Timestamp,
) -> Markup {
    let (challenge, ticket) = challenge(app, ASKING, now);
    let options = json!({
        "challenge": challenge, "rpId": site.host(), "userVerification": "required", "timeout": 120_000,
    });
    html! {
        form.form method="post" action=(action) data-passkey="get" data-options=(options) hidden {
            @for (name, value) in &hidden.0 { input type="hidden" name=(name) value=(value); }
            input type="hidden" name="ticket" value=(ticket);
            @for name in ["passkey", "client", "authenticator", "signature"] { input type="hidden" name=(name); }
            div.actions { (button(ButtonKind::Plain, &t!(locale, "passkey-use"))) }
        }
        script src=(assets::passkey().path) defer {}
    }
}

/// Whose passkey answered a form made by [`ask`]; nobody's when it proves nothing.
pub(in super::super) fn answered(
    app: &App,
    site: &Site,
    fields: &Fields,
    now: Timestamp,
) -> Result<Option<String>, PageError> {
    let local = &app.desk.local;
    let Some(challenge) = local.read_ticket(ASKING, fields.get("ticket"), now) else { return Ok(None) };
    let Some(passkey) = local.passkey(fields.get("passkey"))? else { return Ok(None) };
    let shown = Shown {
        client: fields.get("client"),
        authenticator: fields.get("authenticator"),
        signature: fields.get("signature"),
    };
    match webauthn::verify(site, &challenge, (&passkey.key, passkey.counter), &shown) {
        Ok(counter) if local.use_passkey(&passkey.id, counter, now)? => Ok(Some(passkey.account)),
        Ok(_) => Ok(None),
        Err(error) => {
            tracing::warn!(account = passkey.account, %error, "a passkey was refused");
            Ok(None)
        }
    }
}

/// The site as the browser of this visitor names it.
fn site(app: &App, visitor: &Visitor) -> Site {
    app.site_of(&visitor.host)
}

/// 256 random bits, and the ticket that remembers them.
fn challenge(app: &App, purpose: &str, now: Timestamp) -> (String, String) {
    let mut bytes = [0; 32];
    edge::random(&mut bytes);
    let challenge = base64url(&bytes);
    let until = now.checked_add(model::time::SignedDuration::from_secs(PATIENCE_S)).unwrap_or(Timestamp::MAX);
    let ticket = app.desk.local.ticket(purpose, &challenge, until);
    (challenge, ticket)
}

fn show(app: &App, visitor: &Visitor, faults: &Faults) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let held = app.desk.local.passkeys(&visitor.account.name)?;
    let title = t!(locale, "passkey-title");
    let body = html! {
        (breadcrumb(locale, &[("/account", &t!(locale, "account-title"))], &title))
        (heading(&title, html! { (t!(locale, "passkey-lede")) }, html! {}))
        div.stack {
            (list(visitor, &held))
            (card(&t!(locale, "passkey-add"), html! {}, form(app, visitor, &held, faults)))
        }
    };
    Ok(Page { title, ..Page::default() }.show(app, visitor, body))
}

fn list(visitor: &Visitor, held: &[Passkey]) -> Markup {
    let locale = visitor.locale;
    let row = |passkey: &Passkey| {
        vec![
            html! { (passkey.label) },
            time(locale, passkey.created, visitor.now),
            html! { @if let Some(used) = passkey.used { (time(locale, used, visitor.now)) } @else { (t!(locale, "token-never")) } },
            post(visitor, &format!("/account/passkeys/{}/drop", passkey.id), &t!(locale, "passkey-drop")),
        ]
    };
    let list = Table {
        caption: t!(locale, "passkey-title"),
        columns: vec![
            Column::text(t!(locale, "word-name")),
            Column::text(t!(locale, "word-created")),
            Column::text(t!(locale, "token-used")),
            Column::text(t!(locale, "action-details")),
        ],
        rows: held.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "passkey-none")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

fn form(app: &App, visitor: &Visitor, held: &[Passkey], faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let name = &visitor.account.name;
    let (challenge, ticket) = challenge(app, MAKING, visitor.now);
    let kinds = [-7, -8, -257].map(|alg| json!({"type": "public-key", "alg": alg}));
    let known: Vec<_> = held.iter().map(|passkey| json!({"type": "public-key", "id": passkey.id})).collect();
    let options = json!({
        "challenge": challenge,
        "rp": {"name": "Entente", "id": site(app, visitor).host()},
        "user": {"id": base64url(name.as_bytes()), "name": name, "displayName": name},
        "pubKeyCredParams": kinds,
        "excludeCredentials": known,
        "authenticatorSelection": {"residentKey": "required", "userVerification": "required"},
        "attestation": "none",
        "timeout": 120_000,
    });
    let label = Field {
        name: "label",
        label: t!(locale, "passkey-label"),
        hint: t!(locale, "passkey-label-hint"),
        error: faults.of("label"),
        required: true,
        ..Field::default()
    };
    html! {
        div data-passkey-cannot="" { (alert(Tone::Info, &t!(locale, "passkey-cannot"), html! {})) }
        (error_summary(locale, std::slice::from_ref(&label)))
        form.form method="post" action="/account/passkeys/add" data-passkey="create" data-options=(options) hidden {
            input type="hidden" name=(csrf) value=(token);
            input type="hidden" name="ticket" value=(ticket);
            @for name in ["client", "attestation"] { input type="hidden" name=(name); }
            (field(locale, &label))
            div.actions { (button(ButtonKind::Primary, &t!(locale, "passkey-make"))) }
        }
        script src=(assets::passkey().path) defer {}
    }
}
