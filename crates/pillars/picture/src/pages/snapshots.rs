//! `/picture/snapshots`: the pictures that were put to others and by others, and putting one.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use desk::access::Permit as _;
use desk::pages::{App, Faults, Fields, May, Page, PageError, Signed, Visitor, party_link, party_name};
use maud::{Markup, html};
use model::{AgreementId, Marking, PartyId};
use ui::component::{
    ButtonKind, Column, Field, FieldKind, Table, Tone, alert, button, card, error_summary, field, heading,
    marking, status, table, time,
};
use ui::{Locale, t};

use super::trends::period_name;
use crate::access::{PictureRead, SnapshotSign};
use crate::snapshot::{Held, ProposeError, Proposing, list, propose};
use crate::trend::Period;

pub async fn page(State(app): State<App>, visitor: May<PictureRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, &Fields::default(), &Faults::default())).await
}

/// Putting a picture to another party, with one's signature.
pub async fn submit(State(app): State<App>, sent: Signed<SnapshotSign>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let visitor = &sent.visitor;
        let mut faults = Faults::default();
        let asked = asked(&sent.fields, visitor);
        faults.check(asked.is_none(), "to", t!(visitor.locale, "snapshot-choose"));
        if let Some(asked) = asked {
            match propose(&app.desk, &asked, visitor.now) {
                Ok(id) => return Ok(Redirect::to(&format!("/picture/snapshots/{id}")).into_response()),
                Err(error) => match field_of(&error) {
                    Some(field) => faults.say(field, error.sentence().say(visitor.locale)),
                    None => return Err(PageError::broken(error)),
                },
            }
        }
        Ok(faults.answer(show(app, visitor, &sent.fields, &faults)?))
    })
    .await
}

fn asked(fields: &Fields, visitor: &Visitor) -> Option<Proposing> {
    let (agreement, with) = fields.get("to").split_once(' ')?;
    let replaces = fields.get("replaces");
    Some(Proposing {
        with: with.parse().ok()?,
        agreement: agreement.parse().ok()?,
        days: fields.get("days").to_owned(),
        signatory: fields.get("signatory").to_owned(),
        note: fields.get("note").to_owned(),
        replaces: (!replaces.is_empty()).then(|| replaces.to_owned()),
        clearance: visitor.account.clearance,
    })
}

/// Where the person can do something about it; nothing where they cannot.
fn field_of(error: &ProposeError) -> Option<&'static str> {
    match error {
        ProposeError::Nobody => Some("signatory"),
        ProposeError::LongNote => Some("note"),
        ProposeError::Period(_) | ProposeError::Empty => Some("days"),
        ProposeError::NoAgreement(_) | ProposeError::Unreleased(_) => Some("to"),
        ProposeError::Sight(_) | ProposeError::Submit(_) => None,
    }
}

fn show(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let title = t!(locale, "snapshot-title");
    let shown: Vec<Held> =
        list(&app.desk)?.into_iter().filter(|held| readable(app, visitor, held.class)).collect();
    let strictest = shown.iter().filter_map(|held| marked(app, held.class)).reduce(Marking::strictest);
    let body = html! {
        (heading(&title, html! { (t!(locale, "snapshot-lede")) }, html! {}))
        div.stack {
            (card(&title, html! {}, rows(app, visitor, &shown)))
            @if visitor.holds(&SnapshotSign::PERMISSION) {
                (card(&t!(locale, "snapshot-propose"), html! {}, form(app, visitor, sent, faults)?))
            }
        }
    };
    Ok(Page { title, marking: strictest, updated: Some(visitor.now) }.show(app, visitor, body))
}

/// Whether this visitor may read records of a class.
pub(super) fn readable(app: &App, visitor: &Visitor, class: u32) -> bool {
    let verdict = app.desk.verdict(class, &visitor.receiver(app), visitor.now);
    verdict.is_some_and(|verdict| verdict.is_release())
}

/// The marking of a class, where it is known.
pub(super) fn marked(app: &App, class: u32) -> Option<Marking> {
    match app.desk.views.classes().get(class as usize)?.marked {
        records::Marked::Known(marking) => Some(marking),
        records::Marked::Missing | records::Marked::Unknown => None,
    }
}

fn rows(app: &App, visitor: &Visitor, shown: &[Held]) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let row = |held: &Held| {
        vec![
            html! { a href={ "/picture/snapshots/" (held.said.snapshot) } { (locale.utc(held.said.until)) } },
            party_link(locale, &known, held.said.by),
            party_link(locale, &known, held.said.with),
            state(app, locale, held),
            html! { (locale.count(held.said.claims.len() as u64)) },
            time(locale, held.at, visitor.now),
            html! { @if let Some(mark) = marked(app, held.class) { (marking(locale, mark)) } },
        ]
    };
    let list = Table {
        caption: t!(locale, "snapshot-title"),
        columns: vec![
            Column::text(t!(locale, "snapshot-until")),
            Column::text(t!(locale, "snapshot-by")),
            Column::text(t!(locale, "snapshot-with")),
            Column::text(t!(locale, "word-state")),
            Column::number(t!(locale, "snapshot-claims")),
            Column::text(t!(locale, "word-received")),
            Column::text(t!(locale, "word-marking")),
        ],
        rows: shown.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "snapshot-none")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

/// Where a snapshot stands, in a word.
pub(super) fn state(app: &App, locale: Locale, held: &Held) -> Markup {
    use records::cosign::Word;
    if held.is_joint() {
        return status(Tone::Ok, &t!(locale, "snapshot-state-joint"));
    }
    let answered = held.answers.get(&held.said.with).map(|answered| answered.said.word);
    match answered {
        Some(Word::Declined) => status(Tone::Err, &t!(locale, "snapshot-state-declined")),
        Some(Word::Asked) => status(Tone::Warn, &t!(locale, "snapshot-state-asked")),
        Some(Word::Signed) | None if held.said.with == app.desk.me => {
            status(Tone::Warn, &t!(locale, "snapshot-state-ours"))
        }
        Some(Word::Signed) | None => status(Tone::Info, &t!(locale, "snapshot-state-theirs")),
    }
}

fn form(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let choices = choices(app, visitor)?;
    if choices.is_empty() {
        return Ok(alert(Tone::Info, &t!(locale, "snapshot-nobody"), html! {}));
    }
    let chosen = |name: &str, usual: &str| {
        let value = sent.get(name);
        if value.is_empty() { usual.to_owned() } else { value.to_owned() }
    };
    let periods = Period::ALL.map(|p| (p.days.to_string().into(), period_name(locale, p)));
    let fields = [
        Field {
            name: "to",
            label: t!(locale, "snapshot-to"),
            value: sent.get("to").into(),
            kind: FieldKind::Select(
                choices.into_iter().map(|(value, text)| (value.into(), text.into())).collect(),
            ),
            error: faults.of("to"),
            required: true,
            ..Field::default()
        },
        Field {
            name: "days",
            label: t!(locale, "picture-period"),
            value: chosen("days", &Period::USUAL.days.to_string()).into(),
            kind: FieldKind::Select(periods.into()),
            error: faults.of("days"),
            required: true,
            ..Field::default()
        },
        signatory(locale, sent, faults),
        Field {
            name: "note",
            label: t!(locale, "snapshot-note"),
            value: sent.get("note").into(),
            kind: FieldKind::Area,
            error: faults.of("note"),
            ..Field::default()
        },
    ];
    Ok(html! {
        p { (t!(locale, "snapshot-propose-lede")) }
        (error_summary(locale, &fields))
        form.form method="post" action="/picture/snapshots" {
            input type="hidden" name=(csrf) value=(token);
            input type="hidden" name="replaces" value=(sent.get("replaces"));
            @for one in &fields { (field(locale, one)) }
            div.actions { (button(ButtonKind::Primary, &t!(locale, "snapshot-propose"))) }
        }
    })
}

/// Who signs.
pub(super) fn signatory<'a>(locale: Locale, sent: &Fields, faults: &Faults) -> Field<'a> {
    Field {
        name: "signatory",
        label: t!(locale, "snapshot-signatory"),
        value: sent.get("signatory").to_owned().into(),
        hint: t!(locale, "snapshot-signatory-hint"),
        error: faults.of("signatory"),
        required: true,
        ..Field::default()
    }
}

/// Other parties of agreements in force that this visitor may read.
fn choices(app: &App, visitor: &Visitor) -> Result<Vec<(String, String)>, PageError> {
    let known = app.desk.known();
    let mut choices: Vec<((AgreementId, PartyId), String)> = Vec::new();
    for (id, state) in &known.agreements {
        let Ok(agreement) = known.book.in_force(id, visitor.now) else { continue };
        let Some(version) = state.newest_signed() else { continue };
        if !agreement.has_party(&app.desk.me) || !desk::pages::may_read(app, visitor, version)? {
            continue;
        }
        for party in agreement.parties.iter().filter(|party| party.party != app.desk.me) {
            let name =
                format!("{} · {}", party_name(&known, party.party), visitor.locale.pick(&agreement.title));
            choices.push(((*id, party.party), name));
        }
    }
    Ok(choices.into_iter().map(|((id, party), name)| (format!("{id} {party}"), name)).collect())
}
