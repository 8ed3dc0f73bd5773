//! `/compare`: what became known, changed or was taken back between two instants, by what it is about.
//!
//! Figures stand first, side by side, each with its difference, as the pillars count them at both instants. The list is made
//! from the ledger alone: the entries that arrived after the first instant and before the second, as the viewer may see
//! them now. Pillars say what an entry is about and whether that was known before; what no pillar knows stands under its kind.

use std::borrow::Cow;
use std::collections::BTreeMap;

use axum::extract::State;
use ledger::EntryRef;
use maud::{Markup, html};
use model::{Marking, Timestamp};
use records::{Header, Marked};
use ui::component::{ButtonKind, Column, Table, button, card, heading, kind_name, marking, time_full};
use ui::{Locale, query, t};

use super::app::App;
use super::error::PageError;
use super::frame::Page;
use super::may::May;
use super::past::{self, Asked, asked};
use super::sight::may_see;
use super::visitor::Visitor;
use crate::access::LedgerRead;

/// Entries looked at for one page, and things listed on it.
const LOOKED_AT: usize = 20_000;
const SHOWN: usize = 80;
/// Bytes read for one page.
const BYTES: usize = 64 << 20;

/// What happened to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It was not known before.
    New,
    /// More or something else was said about it.
    Changed,
    /// It was taken back.
    Withdrawn,
}

/// What an entry says of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Names the thing, the same for every entry about it.
    pub subject: String,
    /// What people call it.
    pub label: String,
    /// The language of that, where it is told (BCP 47).
    pub language: Option<String>,
    /// Its page.
    pub href: Option<String>,
    /// What happened to it.
    pub what: What,
}

/// One entry between the instants, and how many had arrived by the first of them.
#[derive(Debug)]
pub struct Stated<'a> {
    /// The entry.
    pub entry: &'a EntryRef<'a>,
    /// Its header.
    pub header: &'a Header<'a>,
    /// The last arrival that was known at the first instant.
    pub known_upto: u64,
}

/// A pillar's word on an entry; nothing where the entry is not its own.
pub type Telling = fn(&App, &Visitor, &Stated<'_>) -> Option<Change>;

/// A thing with all that happened to it.
struct Row {
    label: String,
    language: Option<String>,
    href: Option<String>,
    what: What,
    entries: u64,
    last_us: i64,
    record: String,
    marking: Option<Marking>,
}

pub(super) async fn page(State(app): State<App>, visitor: May<LedgerRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor)).await
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let title = t!(locale, "compare-title");
    let (from, to) = (instant(visitor, "from")?, instant(visitor, "to")?);
    let (list, marking) = match from {
        None => (html! {}, None),
        Some(from) if to.unwrap_or(visitor.now) <= from => {
            return Err(PageError::Wrong(t!(locale, "compare-order").into()));
        }
        Some(from) => between(app, visitor, from, to)?,
    };
    let field = |at: Option<Timestamp>| at.map(|at| past::local(visitor, at)).unwrap_or_default();
    let body = html! {
        (heading(&title, html! { (t!(locale, "compare-lede")) }, html! {}))
        div.stack {
            (form(visitor, &field(from), &field(to)))
            (list)
        }
    };
    Ok(Page { title, marking, updated: Some(visitor.now) }.show(app, visitor, body))
}

/// The instant that a parameter means; the present where it is empty.
fn instant(visitor: &Visitor, name: &str) -> Result<Option<Timestamp>, PageError> {
    let text = query::value(&visitor.path, name).unwrap_or_default();
    if text.trim().is_empty() {
        return Ok(None);
    }
    match asked(&text, &past::zone(visitor), visitor.now) {
        Ok(Asked::Past(at)) => Ok(Some(at)),
        Ok(Asked::Present) => Ok(None),
        Err(error) => Err(PageError::Wrong(past::why(visitor, error).into())),
    }
}

/// The question, also for other pages.
pub(super) fn form(visitor: &Visitor, from: &str, to: &str) -> Markup {
    let locale = visitor.locale;
    let one = |name: &str, label: Cow<'static, str>, value: &str| {
        html! {
            label.filter { span { (label) } input type="datetime-local" name=(name) value=(value); }
        }
    };
    html! {
        form.filters method="get" action="/compare" {
            (one("from", t!(locale, "compare-from"), from))
            (one("to", t!(locale, "compare-to"), to))
            (button(ButtonKind::Primary, &t!(locale, "compare-show")))
        }
    }
}

/// The list for two instants, and the strictest marking of anything in it.
fn between(
    app: &App,
    visitor: &Visitor,
    from: Timestamp,
    to: Option<Timestamp>,
) -> Result<(Markup, Option<Marking>), PageError> {
    let locale = visitor.locale;
    let known_upto = app.desk.entries_before(from)?;
    let until = to.map_or(Ok(app.desk.ledger.last_seq()), |to| app.desk.entries_before(to))?;
    let after = query::value(&visitor.path, "after").and_then(|after| after.parse().ok()).unwrap_or(0);
    let (rows, next) = rows(app, visitor, (known_upto, until, known_upto.max(after)))?;
    let marking = rows.values().filter_map(|row| row.marking).reduce(Marking::strictest);
    let mut rows: Vec<Row> = rows.into_values().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.last_us));
    let of = |what: What| rows.iter().filter(|row| row.what == what).collect::<Vec<_>>();
    let mut figures = Vec::new();
    for compared in &app.site.compared {
        figures.push(compared(app, visitor, (from, to))?);
    }
    let marking = figures.iter().filter_map(|part| part.marking).chain(marking).reduce(Marking::strictest);
    let list = html! {
        @for part in &figures { (part.cards) }
        // What somebody may not see is not counted either.
        p { (t!(locale, "compare-count", count = rows.iter().map(|row| row.entries).sum::<u64>())) }
        @for (what, title) in [
            (What::New, t!(locale, "compare-new")),
            (What::Changed, t!(locale, "compare-changed")),
            (What::Withdrawn, t!(locale, "compare-withdrawn")),
        ] {
            (card(&title, html! {}, table(visitor, &title, &of(what), (from, to))))
        }
        @if let Some(next) = next {
            p { a href=(query::with(&visitor.path, &[("after", Some(&next.to_string()))])) { (t!(locale, "compare-more")) } }
        }
    };
    Ok((list, marking))
}

/// Things by name, from the entries after `after`; where to go on when there are more than fit.
fn rows(
    app: &App,
    visitor: &Visitor,
    (known_upto, until, after): (u64, u64, u64),
) -> Result<(BTreeMap<String, Row>, Option<u64>), PageError> {
    let mut rows = BTreeMap::<String, Row>::new();
    let mut last = after;
    let most = LOOKED_AT.min(usize::try_from(until.saturating_sub(after)).unwrap_or(LOOKED_AT));
    app.desk.ledger.reader()?.entries(after + 1, most, BYTES, |entry| {
        if rows.len() >= SHOWN {
            return;
        }
        last = entry.seq;
        let seen = may_see(app, visitor, &entry).is_some_and(|verdict| verdict.is_release());
        let header = entry.header.and_then(|header| Header::parse(header).ok());
        let (true, Some(header)) = (seen, header) else { return };
        let stated = Stated { entry: &entry, header: &header, known_upto };
        let told = app.site.telling.iter().find_map(|telling| telling(app, visitor, &stated));
        let change = told.unwrap_or_else(|| plain(visitor.locale, &header));
        let marking = match header.marked() {
            Marked::Known(marking) => Some(marking),
            Marked::Missing | Marked::Unknown => None,
        };
        let row = rows.entry(change.subject).or_insert_with(|| Row {
            label: String::new(),
            language: None,
            href: None,
            what: change.what,
            entries: 0,
            last_us: 0,
            record: String::new(),
            marking: None,
        });
        row.entries += 1;
        // New stays new, unless it was taken back again.
        row.what = if change.what == What::Withdrawn { What::Withdrawn } else { row.what };
        (row.label, row.href, row.last_us) = (change.label, change.href, entry.at_us);
        row.language = change.language;
        row.record = entry.record_id().to_string();
        row.marking = row.marking.into_iter().chain(marking).reduce(Marking::strictest);
    })?;
    Ok((rows, (last < until).then_some(last)))
}

/// What stands under its kind: bookkeeping of the node, and what is about nothing.
fn plain(locale: Locale, header: &Header<'_>) -> Change {
    let about = header.about.first().map(ToString::to_string).unwrap_or_default();
    Change {
        subject: format!("{} {about}", header.kind),
        label: kind_name(locale, &header.kind).into_owned(),
        language: None,
        href: None,
        what: What::New,
    }
}

fn table(
    visitor: &Visitor,
    title: &str,
    rows: &[&Row],
    (from, to): (Timestamp, Option<Timestamp>),
) -> Markup {
    let locale = visitor.locale;
    let side = |row: &Row, at: Option<Timestamp>| match (&row.href, at) {
        (Some(href), Some(at)) => query::with(href, &[("at", Some(&at.to_string()))]),
        (Some(href), None) => href.clone(),
        (None, _) => format!("/ledger/records/{}", row.record),
    };
    let at = |us: i64| Timestamp::from_microsecond(us).unwrap_or(from);
    let row = |row: &&Row| {
        vec![
            html! {
                @if let Some(mark) = row.marking { (marking(locale, mark)) " " }
                a href=(side(row, to)) lang=[row.language.as_deref().and_then(|language| locale.foreign(language))] { (row.label) }
            },
            html! { (locale.count(row.entries)) },
            time_full(locale, at(row.last_us), visitor.now, visitor.zone.as_ref()),
            html! {
                @if row.what != What::New && row.href.is_some() {
                    a href=(side(row, Some(from))) { (t!(locale, "compare-before")) } " · "
                }
                a href=(side(row, to)) { (t!(locale, "compare-after")) }
            },
        ]
    };
    let list = Table {
        caption: title.to_owned().into(),
        columns: vec![
            Column::text(t!(locale, "compare-subject")),
            Column::number(t!(locale, "compare-records")),
            Column::text(t!(locale, "compare-last")),
            Column::text(t!(locale, "compare-sides")),
        ],
        rows: rows.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "compare-none")) } }),
        ..Table::default()
    };
    ui::component::table(locale, &list)
}
