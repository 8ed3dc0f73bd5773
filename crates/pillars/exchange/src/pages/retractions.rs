//! What became of a retraction: the record, and the receipts of those who carried it out.

use desk::pages::{App, Page, PageError, Visitor, may_see, party_link};
use ledger::EntryRef;
use maud::{Markup, html};
use model::Timestamp;
use ui::component::{Column, Table, Tone, alert, breadcrumb, card, heading, live, status, table, time};
use ui::t;

use crate::key::key_of;
use crate::receipts::{Answer, answers};
use crate::retracted::{Retracted, retractions_of};
use crate::search::Search;

/// The retractions of an object that this person may see, each with its receipts; empty when there are none.
pub(super) fn retractions(app: &App, visitor: &Visitor, id: &str) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let found = visible(app, visitor, id)?;
    Ok(html! {
        @for found in &found {
            @let what = if found.narrows {
                t!(locale, "exchange-retraction-narrowed")
            } else {
                t!(locale, "exchange-retraction-deleted")
            };
            (card(&what, time(locale, found.at, visitor.now), html! {
                p { (party_link(locale, &app.desk.known(), found.author)) " · " a href={ "/ledger/records/" (found.record) } {
                    (t!(locale, "exchange-object-record"))
                } }
                p.muted { (t!(locale, "exchange-retraction-lede")) }
                (confirmations(app, visitor, found.seq)?)
            }))
        }
    })
}

/// The page of an object that was taken back, for those who could see it before; nobody else learns of it.
pub(super) fn gone(app: &App, visitor: &Visitor, search: &Search, id: &str) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let held: bool = app
        .desk
        .views
        .read()?
        .prepare_cached("SELECT 1 FROM exchange_key WHERE key = ?1")?
        .exists([key_of(id)])?;
    let mut seen = false;
    for seq in search.records_of(id)? {
        app.desk.ledger.reader()?.entry(seq, |entry| {
            seen |= may_see(app, visitor, &entry).is_some_and(|verdict| verdict.is_release());
        })?;
    }
    let list = retractions(app, visitor, id)?;
    if held || !seen || list.0.is_empty() {
        return Err(PageError::NotFound);
    }
    let title = t!(locale, "exchange-retraction-deleted");
    let body = html! {
        (breadcrumb(locale, &[("/exchange/objects", &t!(locale, "exchange-objects-title"))], &title))
        (heading(&title, html! { code { (id) } }, html! {}))
        (live("object", &visitor.path, &["exchange"], html! {
            div.stack { (alert(Tone::Info, &t!(locale, "exchange-object-retracted"), html! {})) (list) }
        }))
    };
    Ok(Page { title, updated: Some(visitor.now), ..Page::default() }.show(app, visitor, body))
}

fn visible(app: &App, visitor: &Visitor, id: &str) -> Result<Vec<Retracted>, PageError> {
    let sees =
        |entry: &EntryRef<'_>| may_see(app, visitor, entry).is_some_and(|verdict| verdict.is_release());
    Ok(retractions_of(&app.desk, id, sees)?)
}

/// Who was asked, and who has confirmed.
fn confirmations(app: &App, visitor: &Visitor, seq: u64) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let mut rows = answers(&app.desk.ledger, &app.desk.local, &app.desk.views, seq)?;
    for row in &mut rows {
        row.sent_at = row.sent_at.filter(|at| at.as_microsecond() <= app.desk.sent_by_us());
    }
    let row = |answer: &Answer| {
        let instant = |at: Timestamp| time(locale, at, visitor.now);
        let state = match (answer.received_at, answer.sent_at) {
            (Some(_), _) => status(Tone::Ok, &t!(locale, "exchange-retraction-confirmed")),
            (None, Some(_)) => status(Tone::Info, &t!(locale, "exchange-retraction-delivered")),
            (None, None) => status(Tone::Warn, &t!(locale, "exchange-retraction-asked")),
        };
        vec![
            party_link(locale, &known, answer.party),
            state,
            instant(answer.asked_at),
            html! { @if let Some(at) = answer.sent_at { (instant(at)) } },
            html! { @if let Some(at) = answer.received_at { (instant(at)) } },
            html! { @if let Some(versions) = answer.versions { (locale.integer(versions as i64)) } },
        ]
    };
    let list = Table {
        caption: t!(locale, "exchange-retraction-receipts"),
        show_caption: true,
        columns: vec![
            Column::text(t!(locale, "word-party")),
            Column::text(t!(locale, "word-state")),
            Column::text(t!(locale, "exchange-retraction-asked-at")),
            Column::text(t!(locale, "exchange-retraction-delivered-at")),
            Column::text(t!(locale, "exchange-retraction-confirmed-at")),
            Column::number(t!(locale, "exchange-retraction-versions")),
        ],
        rows: rows.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "exchange-retraction-receipts-none")) } }),
        ..Table::default()
    };
    Ok(table(locale, &list))
}
