//! One record: header, body, the proof that it is in the ledger, and who received it.

use axum::extract::{Path, Query, State};
use axum::response::Redirect;
use ledger::{CheckpointNote, Inclusion, LogId, LogKey, Reader};
use maud::{Markup, html};
use model::{Digest, Marking, Position, RecordId, Timestamp};
use records::{Header, Marked};
use rusqlite::OptionalExtension as _;
use serde::Deserialize;
use share::Verdict;
use ui::component::{
    ButtonKind, Column, Table, Tone, breadcrumb, button_link, card, facts, hash, heading, json, kind_name,
    marking, reason, status, table, time, time_full,
};
use ui::{Locale, t};

use super::app::{App, Delivery, DeliveryState};
use super::error::PageError;
use super::frame::Page;
use super::may::May;
use super::verify::keys_of;
use super::visitor::Visitor;
use super::{names, sight};
use crate::access::LedgerRead;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    id: String,
    #[serde(default)]
    verify: String,
}

/// A stored entry, copied out of the row.
#[derive(Debug)]
struct Stored {
    at: Timestamp,
    log: LogId,
    position: Position,
    record: RecordId,
    header: Option<Vec<u8>>,
    body: Option<Vec<u8>>,
    verdict: Option<Verdict>,
}

pub(super) async fn look_up(_: May<LedgerRead>, Query(asked): Query<Asked>) -> Redirect {
    Redirect::to(&format!("/ledger/records/{}", ui::query::encode(asked.id.trim())))
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: May<LedgerRead>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, &id, !asked.verify.is_empty())).await
}

fn show(app: &App, visitor: &Visitor, id: &str, verify: bool) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let reader = app.desk.ledger.reader()?;
    let Some(stored) = find(app, visitor, &reader, id)? else { return Ok(unknown(app, visitor, id)) };
    let key = app.desk.ledger.key(stored.log).ok_or(PageError::NotFound)?;
    let header = stored.header.as_deref().and_then(|bytes| Header::parse(bytes).ok());
    let visible = stored.verdict.as_ref().is_some_and(Verdict::is_release);
    let (proof, note) = prove(app, &reader, &stored)?;
    let title = t!(locale, "ledger-record-title");
    let record = stored.record.to_string();
    let verify_here = format!("/ledger/records/{record}?verify=1");
    let body = html! {
        (breadcrumb(locale, &[("/ledger", &t!(locale, "ledger-title"))], &title))
        (heading(
            &header.as_ref().map_or(title.clone(), |header| kind_name(locale, &header.kind)),
            hash(locale, &t!(locale, "word-id"), &record),
            button_link(ButtonKind::Primary, &verify_here, &t!(locale, "action-verify")),
        ))
        div.stack {
            @if verify { (checks(app, visitor, &stored, header.as_ref(), &proof, note.as_ref(), &key)) }
            (card(&t!(locale, "ledger-record-header"), html! {}, about(app, visitor, &stored, header.as_ref(), &key)))
            @if let (true, Some(bytes)) = (visible, stored.header.as_deref()) {
                (card(&t!(locale, "ledger-record-header-bytes"), html! {}, json(locale, bytes, None)))
            }
            (card(&t!(locale, "ledger-record-body"), html! {}, content(locale, &stored, visible)))
            (card(&t!(locale, "ledger-record-proof"), html! {}, path(locale, &proof)))
            @if visible { (card(&t!(locale, "ledger-record-delivery"), html! {}, deliveries(app, visitor, stored.record))) }
        }
    };
    let strictest = header.as_ref().filter(|_| visible).and_then(|header| known_marking(header));
    let page = Page { title: title.clone(), marking: strictest, ..Page::default() };
    Ok(page.show(app, visitor, body))
}

/// By record id, with or without its prefix, or by position in this party's own log.
fn find(app: &App, visitor: &Visitor, reader: &Reader, id: &str) -> Result<Option<Stored>, PageError> {
    let id = id.trim();
    let seq = if let Ok(position) = id.parse::<u64>() {
        reader.seq_at(app.desk.log, Position(position))?
    } else {
        let digest: Option<Digest> = id.strip_prefix("record:").unwrap_or(id).parse().ok();
        let Some(digest) = digest else { return Ok(None) };
        seq_of(app, reader, &RecordId(digest))?
    };
    let Some(seq) = seq else { return Ok(None) };
    let mut stored = None;
    reader.entry(seq, |entry| {
        stored = Some(Stored {
            at: Timestamp::from_microsecond(entry.at_us).unwrap_or(visitor.now),
            log: entry.log,
            position: entry.position,
            record: entry.record_id(),
            header: entry.header.map(<[u8]>::to_vec),
            body: entry.body.map(<[u8]>::to_vec),
            verdict: sight::may_see(app, visitor, &entry),
        });
    })?;
    Ok(stored)
}

/// Our own kinds are indexed; for the rest the leaf tiles are read, 8 KB for each 256 records.
fn seq_of(app: &App, reader: &Reader, record: &RecordId) -> Result<Option<u64>, PageError> {
    let indexed: Option<i64> = app
        .desk
        .views
        .read()?
        .query_row("SELECT seq FROM record WHERE id = ?1", [record.0.0], |row| row.get(0))
        .optional()?;
    if let Some(seq) = indexed {
        return Ok(Some(seq as u64));
    }
    let logs: Vec<LogId> = app.desk.ledger.logs().into_iter().map(|(log, ..)| log).collect();
    match reader.find_record(&logs, record)? {
        Some((log, position)) => Ok(reader.seq_at(log, position)?),
        None => Ok(None),
    }
}

/// The proof up to the newest checkpoint that covers the record, else up to the present size.
fn prove(
    app: &App,
    reader: &Reader,
    stored: &Stored,
) -> Result<(Inclusion, Option<CheckpointNote>), PageError> {
    let held = reader.size(stored.log)?;
    let note = reader.checkpoint_upto(stored.log, held)?.filter(|note| note.size() > stored.position.0);
    let note = match note {
        None if stored.log == app.desk.log => {
            app.desk.ledger.checkpoint_at(stored.log, held, &app.desk.keys).ok()
        }
        note => note,
    };
    let size = note.as_ref().map_or(held, CheckpointNote::size);
    Ok((app.desk.ledger.reader()?.prove_inclusion(stored.log, stored.position, size)?, note))
}

fn known_marking(header: &Header<'_>) -> Option<Marking> {
    match header.marked() {
        Marked::Known(marking) => Some(marking),
        Marked::Missing | Marked::Unknown => None,
    }
}

fn about(app: &App, visitor: &Visitor, stored: &Stored, header: Option<&Header<'_>>, key: &LogKey) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let stated = header.map(|header| time_full(locale, header.stated_at, visitor.now, visitor.zone.as_ref()));
    let label = header.map(|header| match header.marked() {
        Marked::Known(known) => marking(locale, known),
        Marked::Missing => reason(locale, "marking-missing", Tone::Warn),
        Marked::Unknown => reason(locale, "marking-unknown", Tone::Warn),
    });
    let under = header.filter(|header| !header.under.is_empty()).map(|header| {
        html! {
            @for id in &header.under {
                (names::agreement_link(app, visitor, &known, id)) " "
            }
        }
    });
    let none = || html! {};
    facts([
        (t!(locale, "word-author"), names::party_link(locale, &known, key.party)),
        (t!(locale, "word-position"), html! { (locale.count(stored.position.0)) }),
        (t!(locale, "ledger-record-stated"), stated.unwrap_or_else(none)),
        (t!(locale, "word-received"), time_full(locale, stored.at, visitor.now, visitor.zone.as_ref())),
        (t!(locale, "word-marking"), label.unwrap_or_else(none)),
        (t!(locale, "ledger-record-under"), under.unwrap_or_else(none)),
        (
            t!(locale, "word-size"),
            header.map_or_else(none, |header| html! { (locale.bytes(header.body_size)) }),
        ),
        (t!(locale, "ledger-record-sight"), sight_of(locale, stored.verdict.as_ref())),
    ])
}

/// Why this person may or may not read the body.
fn sight_of(locale: Locale, verdict: Option<&Verdict>) -> Markup {
    match verdict {
        Some(Verdict::Release(_)) => status(Tone::Ok, &t!(locale, "verdict-released")),
        Some(Verdict::Withhold(why)) => reason(locale, why.code(), Tone::Warn),
        None => status(Tone::Idle, &t!(locale, "ledger-record-withheld")),
    }
}

fn content(locale: Locale, stored: &Stored, visible: bool) -> Markup {
    match (&stored.body, visible) {
        (_, false) if stored.header.is_none() => html! { p { (t!(locale, "ledger-record-withheld-why")) } },
        (_, false) => html! { p { (t!(locale, "ledger-record-body-above")) } },
        (Some(body), true) => json(locale, body, None),
        (None, true) => html! { p { (t!(locale, "ledger-record-body-gone")) } },
    }
}

fn path(locale: Locale, proof: &Inclusion) -> Markup {
    html! {
        (facts([
            (t!(locale, "ledger-size"), html! { (locale.count(proof.size)) }),
            (t!(locale, "ledger-root"), hash(locale, &t!(locale, "ledger-root"), &proof.root.to_string())),
        ]))
        h3 { (t!(locale, "ledger-record-proof-path")) }
        @if proof.path.is_empty() { p.muted { (t!(locale, "ledger-record-proof-alone")) } }
        @else {
            div.code-frame tabindex="0" { pre.json translate="no" { @for step in &proof.path { (step) "\n" } } }
        }
    }
}

/// Recomputes what can be recomputed for one record, in O(log n), and says what held.
fn checks(
    app: &App,
    visitor: &Visitor,
    stored: &Stored,
    header: Option<&Header<'_>>,
    proof: &Inclusion,
    note: Option<&CheckpointNote>,
    key: &LogKey,
) -> Markup {
    let locale = visitor.locale;
    let leaf = stored.header.as_deref().map(records::leaf_hash);
    let body = header.zip(stored.body.as_deref()).map(|(h, body)| h.body_sha256() == Digest::of(body));
    let root = note.map(|note| note.root() == proof.root);
    // A checkpoint from before a rotation is signed by the keys of its time.
    let keys = keys_of(&app.desk, key);
    let signed = note
        .filter(|_| !keys.is_empty())
        .map(|note| keys.iter().any(|keys| note.verify(&key.origin(), keys).is_ok()));
    let rows = [
        (t!(locale, "ledger-check-leaf"), leaf.map(|leaf| leaf.0 == proof.leaf)),
        (t!(locale, "ledger-check-body"), body),
        (t!(locale, "ledger-check-path"), Some(proof.holds())),
        (t!(locale, "ledger-check-root"), root),
        (t!(locale, "ledger-check-signature"), signed),
    ];
    let word = |held: &Option<bool>| match held {
        Some(true) => status(Tone::Ok, &t!(locale, "ledger-check-holds")),
        Some(false) => status(Tone::Err, &t!(locale, "ledger-check-fails")),
        None => status(Tone::Idle, &t!(locale, "ledger-check-open")),
    };
    let list = Table {
        caption: t!(locale, "ledger-verify-title"),
        columns: vec![Column::text(t!(locale, "ledger-check-what")), Column::text(t!(locale, "word-state"))],
        rows: rows.iter().map(|(what, held)| vec![html! { (what) }, word(held)]).collect(),
        ..Table::default()
    };
    card(&t!(locale, "ledger-verify-title"), html! {}, table(locale, &list))
}

fn deliveries(app: &App, visitor: &Visitor, record: RecordId) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let row = |delivery: &Delivery| {
        let state = match &delivery.state {
            DeliveryState::Sent => status(Tone::Ok, &t!(locale, "state-sent")),
            DeliveryState::Withheld(code) => reason(locale, code, Tone::Idle),
            DeliveryState::Refused(words) => {
                html! { (status(Tone::Err, &t!(locale, "state-refused"))) " " (words) }
            }
            DeliveryState::Superseded { by, there } => superseded(locale, *by, *there),
        };
        let when = delivery.at.map_or_else(|| html! { "–" }, |at| time(locale, at, visitor.now));
        vec![names::party_link(locale, &known, delivery.party), state, when]
    };
    let list = Table {
        caption: t!(locale, "ledger-record-delivery"),
        columns: vec![
            Column::text(t!(locale, "word-party")),
            Column::text(t!(locale, "word-state")),
            Column::text(t!(locale, "word-when")),
        ],
        rows: (app.site.deliveries)(record).iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "ledger-record-delivery-none")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

/// The peer had a record; what took its place, and whether it has that one too.
pub fn superseded(locale: Locale, by: RecordId, there: bool) -> Markup {
    let href = format!("/ledger/records/{by}");
    html! {
        (status(if there { Tone::Idle } else { Tone::Warn }, &t!(locale, "state-superseded"))) " "
        a href=(href) { @if there { (t!(locale, "state-superseded-there")) } @else { (t!(locale, "state-superseded-not-there")) } }
    }
}

fn unknown(app: &App, visitor: &Visitor, id: &str) -> Markup {
    let locale = visitor.locale;
    let title = t!(locale, "ledger-record-title");
    let body = html! {
        (breadcrumb(locale, &[("/ledger", &t!(locale, "ledger-title"))], &title))
        (heading(&title, html! { (t!(locale, "ledger-record-unknown")) }, html! {}))
        (card(&t!(locale, "ledger-find"), html! {}, super::ledger::search(visitor, id)))
    };
    Page { title: title.clone(), ..Page::default() }.show(app, visitor, body)
}
