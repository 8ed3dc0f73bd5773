//! `/picture/snapshots/{id}`: both pictures side by side, who signed, and what this party answers.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use desk::access::Permit as _;
use desk::pages::{App, Faults, Fields, May, Page, PageError, Signed, Visitor, party_link, party_name};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use maud::{Markup, html};
use model::Marking;
use records::cosign::{Difference, Why, Word};
use ui::component::{
    ButtonKind, Column, Field, FieldKind, Table, Tone, alert, breadcrumb, button, button_link, card,
    error_summary, facts, field, heading, status, table, time_full,
};
use ui::{Locale, t};

use super::snapshots::{marked, readable, signatory, state};
use super::trends::topic_name;
use crate::access::{PictureRead, SnapshotSign};
use crate::snapshot::{
    AnswerError, Answering, Compared, Covered, DocumentError, Held, answer, compare, document, held,
};
use crate::tally::Topic;

pub async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    visitor: May<PictureRead>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let found = find(app, &visitor, &id)?;
        show(app, &visitor, &found, &Fields::default(), &Faults::default())
    })
    .await
}

/// The party's word.
pub async fn submit(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Signed<SnapshotSign>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let visitor = &sent.visitor;
        let found = find(app, visitor, &id)?;
        let word = match sent.fields.get("word") {
            "signed" => Some(Word::Signed),
            "declined" => Some(Word::Declined),
            "asked" => Some(Word::Asked),
            _ => None,
        };
        let mut faults = Faults::default();
        faults.check(word.is_none(), "word", t!(visitor.locale, "snapshot-choose-word"));
        if let Some(word) = word {
            let asked = Answering {
                snapshot: id.clone(),
                word,
                signatory: sent.fields.get("signatory").to_owned(),
                reason: sent.fields.get("reason").to_owned(),
                clearance: visitor.account.clearance,
            };
            match answer(&app.desk, &asked, visitor.now) {
                Ok(()) => return Ok(Redirect::to(&format!("/picture/snapshots/{id}")).into_response()),
                Err(AnswerError::Unknown(_)) => return Err(PageError::NotFound),
                Err(error @ (AnswerError::Signed | AnswerError::Own)) => {
                    return Err(PageError::Conflict(error.sentence()));
                }
                Err(error @ (AnswerError::Sight(_) | AnswerError::Sql(_) | AnswerError::Submit(_))) => {
                    return Err(PageError::broken(error));
                }
                Err(error @ AnswerError::Nobody) => {
                    faults.say("signatory", error.sentence().say(visitor.locale));
                }
                Err(error @ (AnswerError::NoReason | AnswerError::Unreleased(_))) => {
                    faults.say("reason", error.sentence().say(visitor.locale));
                }
            }
        }
        Ok(faults.answer(show(app, visitor, &found, &sent.fields, &faults)?))
    })
    .await
}

/// The document for whoever wants to keep it, or check it elsewhere.
pub async fn take(
    State(app): State<App>,
    Path(id): Path<String>,
    visitor: May<PictureRead>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let found = find(app, &visitor, &id)?;
        let made = document(&app.desk, &found).map_err(|error| match error {
            DocumentError::Uncovered | DocumentError::Missing(_) => PageError::Conflict(error.sentence()),
            other => PageError::broken(other),
        })?;
        let text = serde_json::to_string_pretty(&made).map_err(PageError::broken)? + "\n";
        let name =
            format!("attachment; filename=\"snapshot-{}.json\"", found.said.until.strftime("%Y-%m-%d"));
        Ok(([(CONTENT_TYPE, "application/json".to_owned()), (CONTENT_DISPOSITION, name)], text)
            .into_response())
    })
    .await
}

/// The snapshot, for whoever may read its record.
fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Held, PageError> {
    let found = held(&app.desk, id)?.filter(|found| readable(app, visitor, found.class));
    found.ok_or(PageError::NotFound)
}

fn show(
    app: &App,
    visitor: &Visitor,
    held: &Held,
    sent: &Fields,
    faults: &Faults,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let said = &held.said;
    let title = t!(locale, "snapshot-one", at = locale.utc(said.until).as_str());
    let compared = compare(&app.desk, said, &visitor.receiver(app), visitor.now)?;
    let document = format!("/picture/snapshots/{}/document", said.snapshot);
    let answers = held.answers.values().filter(|answered| readable(app, visitor, answered.class));
    let marks = answers.clone().filter_map(|answered| marked(app, answered.class));
    let strictest =
        marks.chain(marked(app, held.class)).chain(compared.ours.marking).reduce(Marking::strictest);
    let may_answer = said.with == app.desk.me
        && !held.is_signed_by(app.desk.me)
        && visitor.holds(&SnapshotSign::PERMISSION);
    let body = html! {
        (breadcrumb(locale, &[("/picture/snapshots", &t!(locale, "snapshot-title"))], &title))
        (heading(&title, state(app, locale, held), button_link(ButtonKind::Plain, &document, &t!(locale, "snapshot-take"))))
        div.stack.report {
            (card(&t!(locale, "snapshot-about"), html! {}, about(app, visitor, held)))
            (card(&t!(locale, "snapshot-differences"), html! {}, figures(app, visitor, held, &compared)))
            @for answered in answers { (said_by(app, visitor, answered)) }
            @if may_answer {
                (card(&t!(locale, "snapshot-answer"), html! {}, form(visitor, held, sent, faults)))
            }
        }
    };
    Ok(Page { title, marking: strictest, updated: Some(visitor.now) }.show(app, visitor, body))
}

fn about(app: &App, visitor: &Visitor, held: &Held) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let said = &held.said;
    let signed = |party| match held.answers.get(&party).filter(|_| held.is_signed_by(party)) {
        Some(answered) => html! {
            (status(Tone::Ok, &t!(locale, "snapshot-signed"))) " " (answered.said.signatory) " · "
            (time_full(locale, answered.at, visitor.now, visitor.zone.as_ref()))
            @if answered.covers == Covered::Picture { " · " span.muted { (t!(locale, "snapshot-covers-picture")) } }
        },
        None => status(Tone::Idle, &t!(locale, "snapshot-unsigned")),
    };
    let sources: usize = said.claims.iter().map(|claim| claim.sources.len() + claim.more as usize).sum();
    html! {
        (facts([
            (t!(locale, "snapshot-by"), html! { (party_link(locale, &known, said.by)) " " (signed(said.by)) }),
            (t!(locale, "snapshot-with"), html! { (party_link(locale, &known, said.with)) " " (signed(said.with)) }),
            (t!(locale, "picture-period"), html! { (t!(locale, "snapshot-days", days = said.days, until = locale.utc(said.until).as_str())) }),
            (t!(locale, "snapshot-claims"), html! { (t!(locale, "snapshot-rests", claims = said.claims.len(), records = sources)) }),
            (t!(locale, "snapshot-hash"), html! { code.break { (held.sha256) } }),
            (t!(locale, "snapshot-record"), html! { a href={ "/ledger/records/" (held.record) } { code.break { (held.record) } } }),
        ]))
        @for line in said.note.lines() { p { (line) } }
        @if let Some(replaced) = &said.replaces {
            p { a href={ "/picture/snapshots/" (replaced) } { (t!(locale, "snapshot-replaces")) } }
        }
    }
}

fn figures(app: &App, visitor: &Visitor, held: &Held, compared: &Compared) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let differing = compared.rows.iter().filter(|row| !row.is_same()).count();
    let row = |row: &crate::snapshot::Row| {
        vec![
            html! { (topic(locale, &row.topic)) },
            html! { (row.name) },
            html! { (locale.count(row.theirs)) },
            html! { (locale.count(row.ours)) },
            match row.is_same() {
                true => status(Tone::Ok, &t!(locale, "snapshot-same")),
                false => whys(locale, &row.why.iter().copied().collect::<Vec<_>>()),
            },
            provenance(locale, held, row),
        ]
    };
    let list = Table {
        caption: t!(locale, "snapshot-differences"),
        columns: vec![
            Column::text(t!(locale, "snapshot-topic")),
            Column::text(t!(locale, "word-name")),
            Column::number(t!(locale, "snapshot-theirs", party = party_name(&known, held.said.by))),
            Column::number(t!(locale, "snapshot-ours")),
            Column::text(t!(locale, "snapshot-why")),
            Column::text(t!(locale, "snapshot-origin")),
        ],
        rows: compared.rows.iter().map(row).collect(),
        ..Table::default()
    };
    let own = held.said.by == app.desk.me;
    html! {
        p {
            @if own { (t!(locale, "snapshot-now-lede")) } @else { (t!(locale, "snapshot-compare-lede")) }
            " " strong { (t!(locale, "snapshot-differing", count = differing)) }
        }
        (table(locale, &list))
    }
}

/// The records that a figure of the snapshot rests on.
fn provenance(locale: Locale, held: &Held, row: &crate::snapshot::Row) -> Markup {
    let claim =
        held.said.claims.iter().find(|claim| claim.topic == row.topic && claim.subject == row.subject);
    html! {
        @if let Some(claim) = claim {
            details {
                summary { (locale.count(claim.sources.len() as u64 + claim.more)) }
                ul.plain-list {
                    @for source in &claim.sources {
                        li { a href={ "/ledger/records/" (source.record) } { code.break { (source.record) } } }
                    }
                }
            }
        }
    }
}

fn topic(locale: Locale, code: &str) -> String {
    Topic::of(code).map_or_else(|| code.to_owned(), |topic| topic_name(locale, topic).into_owned())
}

fn whys(locale: Locale, whys: &[Why]) -> Markup {
    let word = |why: &Why| match why {
        Why::Withheld => t!(locale, "snapshot-why-withheld"),
        Why::NotReceived => t!(locale, "snapshot-why-not-received"),
        Why::Otherwise => t!(locale, "snapshot-why-otherwise"),
        Why::NotSent => t!(locale, "snapshot-why-not-sent"),
        Why::NotCounted => t!(locale, "snapshot-why-not-counted"),
    };
    html! {
        (status(Tone::Warn, &t!(locale, "snapshot-differs")))
        @if !whys.is_empty() { ul.plain-list { @for why in whys { li { (word(why)) } } } }
    }
}

/// What a party answered, beside its signature.
fn said_by(app: &App, visitor: &Visitor, answered: &crate::snapshot::Answered) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let said = &answered.said;
    if said.word == Word::Signed && said.reason.is_empty() && said.differences.is_empty() {
        return html! {};
    }
    let party = party_name(&known, said.party);
    let (tone, title) = match said.word {
        Word::Signed => (Tone::Ok, t!(locale, "snapshot-said-signed", party = party.as_str())),
        Word::Declined => (Tone::Err, t!(locale, "snapshot-said-declined", party = party.as_str())),
        Word::Asked => (Tone::Warn, t!(locale, "snapshot-said-asked", party = party.as_str())),
    };
    let row = |one: &Difference| {
        vec![
            html! { (topic(locale, &one.topic)) },
            html! { (one.name) },
            html! { (locale.count(one.theirs)) },
            html! { (locale.count(one.ours)) },
            whys(locale, &one.why),
        ]
    };
    let list = Table {
        caption: title.clone(),
        columns: vec![
            Column::text(t!(locale, "snapshot-topic")),
            Column::text(t!(locale, "word-name")),
            Column::number(t!(locale, "snapshot-put")),
            Column::number(t!(locale, "snapshot-theirs", party = party.as_str())),
            Column::text(t!(locale, "snapshot-why")),
        ],
        rows: said.differences.iter().map(row).collect(),
        ..Table::default()
    };
    card(
        &title,
        html! {},
        html! {
            (alert(tone, &said.signatory, html! { @for line in said.reason.lines() { p { (line) } } }))
            @if !said.differences.is_empty() { (table(locale, &list)) }
        },
    )
}

fn form(visitor: &Visitor, held: &Held, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let words = [
        ("signed", t!(locale, "snapshot-do-sign")),
        ("asked", t!(locale, "snapshot-do-ask")),
        ("declined", t!(locale, "snapshot-do-decline")),
    ];
    let fields = [
        Field {
            name: "word",
            label: t!(locale, "snapshot-word"),
            value: sent.get("word").to_owned().into(),
            kind: FieldKind::Select(words.into_iter().map(|(value, text)| (value.into(), text)).collect()),
            error: faults.of("word"),
            required: true,
            ..Field::default()
        },
        signatory(locale, sent, faults),
        Field {
            name: "reason",
            label: t!(locale, "snapshot-reason"),
            value: sent.get("reason").to_owned().into(),
            hint: t!(locale, "snapshot-reason-hint"),
            kind: FieldKind::Area,
            error: faults.of("reason"),
            ..Field::default()
        },
    ];
    html! {
        p { (t!(locale, "snapshot-answer-lede")) }
        (error_summary(locale, &fields))
        form.form method="post" action={ "/picture/snapshots/" (held.said.snapshot) } {
            input type="hidden" name=(csrf) value=(token);
            @for one in &fields { (field(locale, one)) }
            div.actions { (button(ButtonKind::Primary, &t!(locale, "snapshot-answer"))) }
        }
    }
}
