//! What was set aside, why, and its bytes. Each keeps the marking it came with; without one it
//! counts as TLP:RED.

use axum::extract::{Query, State};
use desk::pages::{App, May, Page, PageError, Visitor, may_see};
use maud::{Markup, html};
use model::Timestamp;
use records::Header;
use serde::Deserialize;
use ui::component::{Column, Pages, Table, english, heading, json, live, pagination, table, time};
use ui::{query, t};

use super::show;
use crate::access::QuarantineRead;

/// Rows of one page.
const ROWS: usize = 25;

/// Where the page starts, by arrival number.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    after: Option<i64>,
}

struct SetAside {
    seq: i64,
    at: Timestamp,
    id: String,
    object_type: String,
    why: String,
    bytes: Vec<u8>,
}

pub async fn page(
    State(app): State<App>,
    visitor: May<QuarantineRead>,
    Query(asked): Query<Asked>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, asked.after)).await
}

fn show(app: &App, visitor: &Visitor, after: Option<i64>) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let (found, more) = read(app, visitor, after.unwrap_or(i64::MAX))?;
    let row = |one: &SetAside| {
        let name = if one.id.is_empty() { t!(locale, "word-unknown") } else { one.id.as_str().into() };
        vec![
            html! { code { (name) } @if !one.object_type.is_empty() { " " span.muted { (one.object_type) } } },
            english(locale, &one.why),
            time(locale, one.at, visitor.now),
            html! { details { summary { (locale.bytes(one.bytes.len() as u64)) } (json(locale, &one.bytes, None)) } },
        ]
    };
    let list = Table {
        caption: t!(locale, "exchange-quarantine-title"),
        columns: vec![
            Column::text(t!(locale, "word-id")),
            Column::text(t!(locale, "exchange-quarantine-finding")),
            Column::text(t!(locale, "word-received")),
            Column::text(t!(locale, "exchange-object-document")),
        ],
        rows: found.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "exchange-quarantine-empty")) } }),
        ..Table::default()
    };
    let next = found.last().filter(|_| more).map(|last| last.seq.to_string());
    let pages = Pages {
        first: after.map(|_| "/exchange/quarantine".into()),
        next: next.map(|seq| query::with("/exchange/quarantine", &[("after", Some(&seq))]).into()),
        summary: t!(locale, "exchange-objects-next", count = found.len() as u64),
    };
    let body = html! {
        (heading(&t!(locale, "exchange-quarantine-title"), html! { (t!(locale, "exchange-quarantine-lede")) }, html! {}))
        (live("quarantine", &visitor.path, &["exchange"], html! { (table(locale, &list)) (pagination(locale, &pages)) }))
    };
    let title = t!(locale, "exchange-quarantine-title");
    Ok(Page { title, updated: Some(visitor.now), ..Page::default() }.show(app, visitor, body))
}

/// Why the newest documents were set aside, as far as this visitor may see them, and whether there are more.
pub(super) fn newest(app: &App, visitor: &Visitor) -> Result<(Vec<String>, bool), PageError> {
    let (found, more) = read(app, visitor, i64::MAX)?;
    Ok((found.into_iter().map(|one| one.why).collect(), more))
}

fn read(app: &App, visitor: &Visitor, before: i64) -> Result<(Vec<SetAside>, bool), PageError> {
    let seqs: Vec<i64> = {
        let reader = app.desk.views.read()?;
        let mut statement = reader.prepare_cached(
            "SELECT seq FROM exchange_quarantine WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2",
        )?;
        let rows = statement.query_map((before, ROWS as i64 + 1), |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    let reader = app.desk.ledger.reader()?;
    let mut found = Vec::new();
    for seq in seqs.iter().take(ROWS) {
        reader.entry(*seq as u64, |entry| {
            if may_see(app, visitor, &entry).is_some_and(|verdict| verdict.is_release()) {
                found.extend(set_aside(visitor, &entry));
            }
        })?;
    }
    let more = seqs.len() > ROWS && !found.is_empty();
    Ok((found, more))
}

fn set_aside(visitor: &Visitor, entry: &ledger::EntryRef<'_>) -> Option<SetAside> {
    let header = Header::parse(entry.header?).ok()?;
    let about = |n: usize| header.about.get(n).map_or_else(String::new, |text| text.to_string());
    Some(SetAside {
        seq: entry.seq as i64,
        at: Timestamp::from_microsecond(entry.at_us).unwrap_or(visitor.now),
        id: show::short(&about(0), 200),
        object_type: show::short(&header.object_type, 60),
        why: about(1),
        bytes: entry.body.unwrap_or_default().to_vec(),
    })
}
