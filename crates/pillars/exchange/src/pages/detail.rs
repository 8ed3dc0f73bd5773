//! One object: every statement of it that this person may see, what surrounds it, and who received it.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use desk::pages::{App, May, Page, PageError, Visitor, may_see, party_link};
use desk::views::Known;
use formats::json::{Document, Limits, Value};
use formats::stix::summary;
use maud::{Markup, html};
use records::Header;
use records::delivery::Delivery;
use serde::Deserialize;
use ui::component::{
    ButtonKind, Column, Table, Tone, breadcrumb_in, button_link, card, english, facts, hash, heading_in,
    json, live, status, stix_type, table, time, time_full,
};
use ui::{Locale, t};

use super::{InRoom, fate, relations, retractions, show};
use crate::access::{ObjectRead, ObjectRetract};
use crate::identity::Identity;
use crate::search::{Origin, Search, Sight, Statement, origin, statements};

/// Which of the statements is shown, by its arrival number.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    record: Option<u64>,
}

pub async fn page(
    State(app): State<App>,
    visitor: May<ObjectRead>,
    room: InRoom,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, &room.search, &id, asked.record)).await
}

/// The exact bytes of one statement.
pub async fn document(
    State(app): State<App>,
    visitor: May<ObjectRead>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now)?;
        let held = statements(&sight, &id)?;
        let shown = chosen(&held, asked.record).ok_or(PageError::NotFound)?;
        let kind = [(http::header::CONTENT_TYPE, "application/stix+json;version=2.1")];
        Ok((kind, shown.bytes.clone()).into_response())
    })
    .await
}

fn chosen(held: &[Statement], record: Option<u64>) -> Option<&Statement> {
    match record {
        Some(seq) => held.iter().find(|statement| statement.seq == seq),
        None => held.first(),
    }
}

fn show(
    app: &App,
    visitor: &Visitor,
    search: &Search,
    id: &str,
    record: Option<u64>,
) -> Result<Markup, PageError> {
    let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now)?;
    let held = statements(&sight, id)?;
    if held.is_empty() {
        return retractions::gone(app, visitor, search, id);
    }
    let shown = chosen(&held, record).ok_or(PageError::NotFound)?;
    let locale = visitor.locale;
    let known = app.desk.known();
    let title = summary(&shown.bytes, &Limits::default())
        .map_or_else(|_| id.to_owned(), |summary| summary.title.into_owned());
    let lede = html! {
        div.row { (stix_type(locale, &shown.class.object_type)) (show::marked(locale, shown.class.marked)) }
    };
    let whole = format!("{}/document?record={}", show::object_href(id), shown.seq);
    let language = foreign(locale, &shown.bytes);
    let language = language.as_deref();
    let body = html! {
        (breadcrumb_in(language, locale, &[("/exchange/objects", &t!(locale, "exchange-objects-title"))], &show::short(&title, 60)))
        (heading_in(language, &show::short(&title, 160), lede, actions(app, visitor, id, &held)))
        (live("object", &visitor.path, &["exchange", "links"], html! {
            div.stack {
                (card(&t!(locale, "exchange-object-summary"), html! {}, about(visitor, &known, id, shown)))
                (card(&t!(locale, "exchange-object-delivery"), html! {}, fate::fates(app, visitor, shown)?))
                (card(&t!(locale, "exchange-object-relations"), html! {},
                    relations::relations(visitor, search, &sight, id, (&title, language))?))
                (card(&t!(locale, "exchange-object-sources"), html! {},
                    sources(app, visitor, &known, search, id, &held, shown)?))
                (retractions::retractions(app, visitor, id)?)
                (card(&t!(locale, "exchange-object-findings"), html! {}, findings(locale, shown)))
                (card(&t!(locale, "exchange-object-document"), html! {}, json(locale, &shown.bytes, Some(&whole))))
            }
        }))
    };
    let marking = show::strictest(held.iter().map(|statement| statement.class.marked));
    Ok(Page { title: title.into(), marking, updated: Some(visitor.now) }.show(app, visitor, body))
}

/// Only the author of a statement may take it back or narrow it.
fn actions(app: &App, visitor: &Visitor, id: &str, held: &[Statement]) -> Markup {
    let locale = visitor.locale;
    let ours = held.iter().any(|statement| statement.class.author == app.desk.me);
    let href = show::object_href(id);
    html! {
        @if ours && visitor.may::<ObjectRetract>() {
            (button_link(ButtonKind::Plain, &format!("{href}/narrow"), &t!(locale, "exchange-narrow-verb")))
            (button_link(ButtonKind::Danger, &format!("{href}/retract"), &t!(locale, "exchange-retract-verb")))
        }
    }
}

fn about(visitor: &Visitor, known: &Known, id: &str, shown: &Statement) -> Markup {
    let locale = visitor.locale;
    let record = shown.record.to_string();
    let mut pairs = vec![
        (t!(locale, "word-id"), hash(locale, &t!(locale, "word-id"), id)),
        (t!(locale, "word-author"), party_link(locale, known, shown.class.author)),
        (t!(locale, "word-marking"), show::marked(locale, shown.class.marked)),
        (t!(locale, "exchange-origin"), html! { (origin_word(locale, origin(shown))) }),
        (t!(locale, "exchange-object-under"), show::under(visitor, known, &shown.class)),
        (
            t!(locale, "word-published"),
            time_full(locale, shown.stated_at, visitor.now, visitor.zone.as_ref()),
        ),
        (
            t!(locale, "word-received"),
            time_full(locale, shown.received_at, visitor.now, visitor.zone.as_ref()),
        ),
        (
            t!(locale, "exchange-object-record"),
            html! { a href={ "/ledger/records/" (record) } { code { (show::short(&record, 24)) } } },
        ),
    ];
    if shown.class.named.is_some() {
        pairs.push((t!(locale, "word-to"), html! { (t!(locale, "exchange-object-named")) }));
    }
    pairs.extend(content(visitor, &shown.bytes));
    facts(pairs)
}

fn origin_word(locale: Locale, origin: Origin) -> std::borrow::Cow<'static, str> {
    match origin {
        Origin::Document => t!(locale, "exchange-origin-document"),
        Origin::Gate => t!(locale, "exchange-origin-gate"),
        Origin::Narrowed => t!(locale, "exchange-origin-narrowed"),
        Origin::Nowhere => t!(locale, "exchange-origin-nowhere"),
    }
}

/// The language of the document where the page speaks another one: `lang`, or English when it says nothing (STIX 2.1 §3.2).
fn foreign(locale: Locale, bytes: &[u8]) -> Option<String> {
    let identity = Identity::read(bytes)?;
    locale.foreign(identity.language()).map(str::to_owned)
}

/// What the document says of itself, in the words of the reader.
fn content(visitor: &Visitor, bytes: &[u8]) -> Vec<(std::borrow::Cow<'static, str>, Markup)> {
    let locale = visitor.locale;
    let Ok(document) = Document::parse(bytes, &Limits::default()) else { return Vec::new() };
    let language = foreign(locale, bytes);
    let members = [
        ("description", t!(locale, "word-description")),
        ("pattern", t!(locale, "exchange-object-pattern")),
        ("pattern_type", t!(locale, "exchange-object-pattern-type")),
        ("confidence", t!(locale, "exchange-object-confidence")),
        ("labels", t!(locale, "exchange-object-labels")),
        ("aliases", t!(locale, "exchange-object-aliases")),
        ("created_by_ref", t!(locale, "exchange-object-creator")),
        ("valid_from", t!(locale, "exchange-object-valid-from")),
        ("valid_until", t!(locale, "exchange-object-valid-until")),
        ("first_seen", t!(locale, "exchange-object-first-seen")),
        ("last_seen", t!(locale, "exchange-object-last-seen")),
        ("created", t!(locale, "word-created")),
        ("modified", t!(locale, "word-modified")),
    ];
    let said = |(name, label)| {
        let value = document.get(name)?;
        let shown = match name {
            "description" => html! { div lang=[language.as_deref()] { (self::value(value)) } },
            "created_by_ref" => reference(value),
            _ => instant(visitor, value).unwrap_or_else(|| self::value(value)),
        };
        Some((label, shown))
    };
    members.into_iter().filter_map(said).collect()
}

/// An instant as the rest of the page shows instants; the document below has it to the letter.
fn instant(visitor: &Visitor, value: &Value<'_>) -> Option<Markup> {
    let at: model::Timestamp = value.text()?.decode().parse().ok()?;
    Some(time_full(visitor.locale, at, visitor.now, visitor.zone.as_ref()))
}

/// The id of another object, and the way to it.
fn reference(value: &Value<'_>) -> Markup {
    let Some(text) = value.text() else { return html! {} };
    let id = text.decode();
    html! { a href=(show::object_href(&id)) { code translate="no" { (show::short(&id, 60)) } } }
}

fn value(value: &Value<'_>) -> Markup {
    match value {
        Value::Text(text) => html! { (show::short(&text.decode(), 2_000)) },
        Value::Number(number) => html! { (number) },
        Value::Array(raw) => {
            let texts = formats::json::elements(*raw).filter_map(|item| item.text());
            html! { div.row { @for text in texts.take(50) { code { (show::short(&text.decode(), 200)) } } } }
        }
        Value::Null | Value::Bool(_) | Value::Object(_) => html! {},
    }
}

/// What the standard has to say about the document; what it forbids never came this far.
fn findings(locale: Locale, shown: &Statement) -> Markup {
    let found = formats::stix::inspect(&shown.bytes, &Limits::default());
    let found = found.map(|object| object.findings).unwrap_or_default();
    html! {
        @if found.is_empty() { p.muted { (t!(locale, "exchange-object-findings-none")) } }
        @else { ul { @for finding in &found { li { (english(locale, &finding.to_string())) } } } }
    }
}

/// Every statement, whose it is, how it came, and whether its bytes are those shown.
fn sources(
    app: &App,
    visitor: &Visitor,
    known: &Known,
    search: &Search,
    id: &str,
    held: &[Statement],
    shown: &Statement,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let digest = shown.digest();
    let mut rows = Vec::new();
    for statement in held {
        let version = if statement.version.is_empty() { "–" } else { &statement.version };
        let href = format!("{}?record={}", show::object_href(id), statement.seq);
        let bytes = match (statement.seq == shown.seq, statement.digest() == digest) {
            (true, _) => status(Tone::Idle, &t!(locale, "exchange-object-shown")),
            (false, true) => status(Tone::Ok, &t!(locale, "exchange-object-bytes-same")),
            (false, false) => status(Tone::Info, &t!(locale, "exchange-object-bytes-differ")),
        };
        rows.push(vec![
            html! { a href=(href) { (version) } },
            party_link(locale, known, statement.class.author),
            show::marked(locale, statement.class.marked),
            time(locale, statement.received_at, visitor.now),
            source(app, visitor, search, statement)?,
            bytes,
        ]);
    }
    let list = Table {
        caption: t!(locale, "exchange-object-versions"),
        columns: vec![
            Column::text(t!(locale, "word-version")),
            Column::text(t!(locale, "word-author")),
            Column::text(t!(locale, "word-marking")),
            Column::text(t!(locale, "word-received")),
            Column::text(t!(locale, "word-source")),
            Column::text(t!(locale, "exchange-object-bytes")),
        ],
        rows,
        ..Table::default()
    };
    Ok(html! { p.muted { (t!(locale, "exchange-object-sources-lede")) } (table(locale, &list)) })
}

/// How one statement came here: by its author's link, or in a delivery, as far as the visitor may read deliveries.
fn source(app: &App, visitor: &Visitor, search: &Search, statement: &Statement) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    if statement.class.author != app.desk.me {
        return Ok(html! { (t!(locale, "exchange-source-link")) });
    }
    let mut brought = None;
    if let Some(seq) = search.delivery_of(statement.seq)? {
        app.desk.ledger.reader()?.entry(seq, |entry| {
            let seen = may_see(app, visitor, &entry).is_some_and(|verdict| verdict.is_release());
            let own = entry.header.and_then(|header| Header::parse(header).ok());
            if seen && own.is_some_and(|header| header.author == app.desk.me) {
                brought = entry.body.and_then(|body| serde_json::from_slice::<Delivery>(body).ok());
            }
        })?;
    }
    Ok(match brought {
        Some(delivery) => html! {
            (t!(locale, "exchange-source-brought", gate = delivery.gate, source = show::short(&delivery.source, 80)))
        },
        None => html! { span.muted { (t!(locale, "exchange-source-hidden")) } },
    })
}
