//! What became of a retraction: the record, and the receipts of those who carried it out.

use desk::pages::{App, Page, PageError, Visitor, may_see, party_link};
use maud::{Markup, html};
use model::{PartyId, Timestamp};
use ui::component::{Column, Table, Tone, alert, breadcrumb, card, heading, live, table, time};
use ui::t;

use crate::key::key_of;
use crate::search::Search;

/// Retractions of one object that are listed.
const MOST_LISTED: i64 = 50;

/// The retractions of an object that this person may see, each with its receipts; empty when there are none.
pub(super) fn retractions(app: &App, visitor: &Visitor, id: &str) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let found = visible(app, visitor, id)?;
    Ok(html! {
        @for (record, author, action, at) in &found {
            @let what = if action == "narrow" {
                t!(locale, "exchange-retraction-narrowed")
            } else {
                t!(locale, "exchange-retraction-deleted")
            };
            (card(&what, time(locale, *at, visitor.now), html! {
                p { (party_link(locale, &app.desk.known(), *author)) " · " a href={ "/ledger/records/" (record) } {
                    (t!(locale, "exchange-object-record"))
                } }
                p.muted { (t!(locale, "exchange-retraction-lede")) }
                (receipts(app, visitor, record)?)
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

type Listed = (String, PartyId, String, Timestamp);

fn visible(app: &App, visitor: &Visitor, id: &str) -> Result<Vec<Listed>, PageError> {
    let rows: Vec<(i64, String, String)> = {
        let reader = app.desk.views.read()?;
        let mut statement = reader.prepare_cached(
            "SELECT seq, author, action FROM exchange_retracted WHERE object = ?1 ORDER BY seq DESC LIMIT ?2",
        )?;
        let rows =
            statement.query_map((id, MOST_LISTED), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        rows.collect::<Result<_, _>>()?
    };
    let reader = app.desk.ledger.reader()?;
    let mut found = Vec::new();
    for (seq, author, action) in rows {
        let Ok(author) = author.parse() else { continue };
        reader.entry(seq as u64, |entry| {
            if may_see(app, visitor, &entry).is_some_and(|verdict| verdict.is_release()) {
                let at = Timestamp::from_microsecond(entry.at_us).unwrap_or(visitor.now);
                found.push((entry.record_id().to_string(), author, action.clone(), at));
            }
        })?;
    }
    Ok(found)
}

fn receipts(app: &App, visitor: &Visitor, record: &str) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let reader = app.desk.views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT party, at_us, versions FROM exchange_receipt WHERE retraction = ?1 ORDER BY at_us LIMIT 1000",
    )?;
    let rows: Vec<(String, i64, i64)> = statement
        .query_map([record], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let row = |(party, at_us, versions): &(String, i64, i64)| {
        let who = party.parse().map_or_else(|_| html! { (party) }, |id| party_link(locale, &known, id));
        let at = Timestamp::from_microsecond(*at_us).unwrap_or(visitor.now);
        vec![who, time(locale, at, visitor.now), html! { (locale.integer(*versions)) }]
    };
    let list = Table {
        caption: t!(locale, "exchange-retraction-receipts"),
        show_caption: true,
        columns: vec![
            Column::text(t!(locale, "word-party")),
            Column::text(t!(locale, "word-when")),
            Column::number(t!(locale, "exchange-retraction-versions")),
        ],
        rows: rows.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "exchange-retraction-receipts-none")) } }),
        ..Table::default()
    };
    Ok(table(locale, &list))
}
