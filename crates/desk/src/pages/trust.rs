//! Trusting a party: its card is shown with its fingerprint, a person compares it over another channel, and says so on
//! the record. And our own card, for others to do the same.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use ledger::keys::VerifyingKeys;
use maud::{Markup, html};
use model::PartyId;
use records::card::{Card, SignedCard};
use records::trust::Trust;
use ui::component::{
    ButtonKind, Confirm, Field, FieldKind, button, button_link, confirm, error_summary, facts, field,
    heading, party as chip,
};
use ui::t;

use super::app::App;
use super::error::PageError;
use super::faults::Faults;
use super::fields::{Fields, Signed};
use super::frame::Page;
use super::may::May;
use super::visitor::Visitor;
use crate::access::{PartyRead, PartyTrust};
use crate::card;

/// The longest sentence on how the fingerprint was compared, characters.
const MAX_HOW: usize = 200;

pub(super) async fn ask(State(app): State<App>, visitor: May<PartyTrust>) -> Result<Markup, PageError> {
    Ok(form(&app, &visitor, &Fields::default(), &Faults::default()))
}

/// Twice the same form: first with the card alone, then with the comparison.
pub(super) async fn submit(State(app): State<App>, sent: Signed<PartyTrust>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields) = (&sent.visitor, &sent.fields);
        let (signed, read, keys) = match read(app, visitor, fields) {
            Ok(read) => read,
            Err(faults) => return Ok(faults.answer(form(app, visitor, fields, &faults))),
        };
        let mut faults = Faults::default();
        if fields.get("step") == "compared" {
            compared(visitor, fields, &keys, &mut faults);
            if faults.is_empty() {
                let by = format!("{}: {}", visitor.account.name, fields.get("how"));
                let trust = Trust { party: read.party, card: Some(signed), by };
                app.desk.note(&trust).map_err(PageError::broken)?;
                return Ok(Redirect::to(&format!("/parties/{}", read.party)).into_response());
            }
        }
        Ok(faults.answer(compare(app, visitor, fields, (&signed, &read, &keys), &faults)))
    })
    .await
}

/// The card of the form, proved by its own keys.
fn read(app: &App, visitor: &Visitor, fields: &Fields) -> Result<(SignedCard, Card, VerifyingKeys), Faults> {
    let locale = visitor.locale;
    let mut faults = Faults::default();
    let text = if fields.get("file").is_empty() { fields.get("card") } else { fields.get("file") };
    faults.check(text.is_empty(), "card", t!(locale, "party-card-missing"));
    let Ok(signed) = serde_json::from_str::<SignedCard>(text) else {
        faults.say("card", t!(locale, "party-card-malformed"));
        return Err(faults);
    };
    let Ok((read, keys)) = card::verify(&signed) else {
        faults.say("card", t!(locale, "party-card-unproven"));
        return Err(faults);
    };
    let known = app.desk.known();
    faults.check(read.party == app.desk.me, "card", t!(locale, "party-card-ours"));
    let namesake =
        known.parties.values().any(|p| p.trusted && p.card.short == read.short && p.card.party != read.party);
    faults.check(namesake, "card", t!(locale, "party-card-namesake", name = read.short.as_str()));
    if faults.is_empty() { Ok((signed, read, keys)) } else { Err(faults) }
}

/// The person has read the fingerprint from the other side, not from this page: so they type its end.
fn compared(visitor: &Visitor, fields: &Fields, keys: &VerifyingKeys, faults: &mut Faults) {
    let locale = visitor.locale;
    let said: String = fields.get("end").chars().filter(char::is_ascii_hexdigit).collect();
    let whole = keys.fingerprint().hex();
    let right = said.len() == END_DIGITS && said.eq_ignore_ascii_case(&whole[whole.len() - END_DIGITS..]);
    faults.check(!right, "end", t!(locale, "party-compare-end-wrong"));
    let how = fields.get("how").chars().count();
    faults.check(!(1..=MAX_HOW).contains(&how), "how", t!(locale, "party-compare-how-wrong"));
    faults.check(fields.get("whole") != "on", "whole", t!(locale, "party-compare-whole-wrong"));
}

/// Digits of the fingerprint's end that are typed: the last two groups.
const END_DIGITS: usize = 8;

fn form(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let fields = [
        Field {
            name: "card",
            label: t!(locale, "party-card-text"),
            value: sent.get("card").to_owned().into(),
            kind: FieldKind::Area,
            hint: t!(locale, "party-card-text-hint"),
            error: faults.of("card"),
            ..Field::default()
        },
        Field {
            name: "file",
            label: t!(locale, "party-card-file"),
            kind: FieldKind::File,
            ..Field::default()
        },
    ];
    let title = t!(locale, "party-trust-title");
    let body = html! {
        (heading(&title, html! { (t!(locale, "party-trust-lede")) }, html! {}))
        (error_summary(locale, &fields))
        form.form method="post" action="/parties/trust" enctype="multipart/form-data" novalidate {
            input type="hidden" name=(csrf) value=(token);
            @for one in &fields { (field(locale, one)) }
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "party-card-read")))
                (button_link(ButtonKind::Plain, "/parties", &t!(locale, "action-cancel")))
            }
        }
    };
    Page { title, ..Page::default() }.show(app, visitor, body)
}

fn compare(
    app: &App,
    visitor: &Visitor,
    sent: &Fields,
    (signed, read, keys): (&SignedCard, &Card, &VerifyingKeys),
    faults: &Faults,
) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let one = |name: &'static str, label, kind, hint| Field {
        name,
        label,
        value: sent.get(name).to_owned().into(),
        kind,
        hint,
        error: faults.of(name),
        required: true,
        ..Field::default()
    };
    let fields = [
        one("end", t!(locale, "party-compare-end"), FieldKind::Text, t!(locale, "party-compare-end-hint")),
        one("how", t!(locale, "party-compare-how"), FieldKind::Text, t!(locale, "party-compare-how-hint")),
        one("whole", t!(locale, "party-compare-whole"), FieldKind::Check, "".into()),
    ];
    let fingerprint = keys.fingerprint_text();
    let groups: Vec<&str> = fingerprint.split_whitespace().collect();
    // The last two groups come from the other side, so this page leaves them out.
    let shown = groups.len().saturating_sub(2);
    let title = t!(locale, "party-compare-title", name = read.short.as_str());
    let body = html! {
        (heading(&title, chip(locale, &read.short, read.side), html! {}))
        (facts([
            (t!(locale, "word-name"), html! { (locale.pick(&read.name)) }),
            (t!(locale, "word-id"), html! { code translate="no" { (read.party) } }),
            (t!(locale, "party-contact"), html! { (read.contact) }),
        ]))
        p { (t!(locale, "party-compare-lede")) }
        ol.fingerprint aria-label=(t!(locale, "party-fingerprint")) {
            @for group in &groups[..shown] { li { code translate="no" { (group) } } }
            @for _ in shown..groups.len() { li { code { "••••" } } }
        }
        (error_summary(locale, &fields))
        form.form method="post" action="/parties/trust" novalidate {
            input type="hidden" name=(csrf) value=(token);
            input type="hidden" name="step" value="compared";
            input type="hidden" name="card" value=(serde_json::to_string(signed).unwrap_or_default());
            @for one in &fields { (field(locale, one)) }
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "party-trust-submit")))
                (button_link(ButtonKind::Plain, "/parties", &t!(locale, "action-cancel")))
            }
        }
    };
    Page { title, ..Page::default() }.show(app, visitor, body)
}

pub(super) async fn ask_distrust(
    State(app): State<App>,
    visitor: May<PartyTrust>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    let (id, short) = trusted(&app, &id)?;
    let locale = visitor.locale;
    let title = t!(locale, "party-distrust-question", name = short.as_str());
    let ask = Confirm {
        question: title.clone(),
        consequence: html! { (t!(locale, "party-distrust-consequence")) },
        action: format!("/parties/{id}/distrust").into(),
        verb: t!(locale, "party-distrust"),
        cancel: format!("/parties/{id}").into(),
        hidden: vec![("csrf".into(), visitor.form_token.clone().into())],
        ..Confirm::default()
    };
    Ok(Page { title, ..Page::default() }.show(&app, &visitor, confirm(locale, &ask)))
}

pub(super) async fn distrust(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Signed<PartyTrust>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        let (id, _) = trusted(app, &id)?;
        let trust = Trust { party: id, card: None, by: sent.visitor.account.name.clone() };
        app.desk.note(&trust).map_err(PageError::broken)?;
        Ok(Redirect::to(&format!("/parties/{id}")))
    })
    .await
}

/// Another party that is trusted now, and its short name.
fn trusted(app: &App, id: &str) -> Result<(PartyId, String), PageError> {
    let id: PartyId = id.parse().map_err(|_| PageError::NotFound)?;
    let known = app.desk.known();
    let party = known.parties.get(&id).filter(|party| party.trusted && id != app.desk.me);
    party.map(|party| (id, party.card.short.clone())).ok_or(PageError::NotFound)
}

/// Our card as the record has it, as a file. It holds public keys only.
pub(super) async fn own_card(State(app): State<App>, visitor: May<PartyRead>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let query = "SELECT card FROM party WHERE id = ?1";
        let text: String =
            app.desk.views.read()?.query_row(query, [app.desk.me.to_string()], |row| row.get(0))?;
        let signed: SignedCard = serde_json::from_str(&text).map_err(PageError::broken)?;
        let (own, keys) = card::verify(&signed).map_err(PageError::broken)?;
        if keys != *app.desk.keys.verifying() {
            return Err(PageError::Conflict(t!(visitor.locale, "party-card-old").into()));
        }
        let name = format!("attachment; filename=\"{}.card.json\"", own.short);
        Ok(([(CONTENT_TYPE, "application/json".to_owned()), (CONTENT_DISPOSITION, name)], text)
            .into_response())
    })
    .await
}
