//! What came in through which gate. A delivery is for the own organisation, and as narrow as
//! what was refused of it.

use axum::extract::{Query, State};
use desk::pages::{App, May, Page, PageError, Visitor, may_see};
use maud::{Markup, html};
use model::Timestamp;
use records::delivery::Delivery;
use serde::Deserialize;
use ui::component::{Column, Pages, Table, english, heading, live, pagination, table, time};
use ui::{query, t};

use super::{InRoom, show};
use crate::access::DeliveryRead;
use crate::search::Search;

/// Rows of one page.
const ROWS: usize = 50;
/// Refusals spelt out for one delivery; all of them are in quarantine.
const REFUSALS: usize = 10;

/// Where the page starts, by arrival number.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    after: Option<u64>,
}

pub async fn page(
    State(app): State<App>,
    visitor: May<DeliveryRead>,
    room: InRoom,
    Query(asked): Query<Asked>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, &room.search, asked.after)).await
}

fn show(app: &App, visitor: &Visitor, search: &Search, after: Option<u64>) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let seqs = search.deliveries(after.unwrap_or(u64::MAX), ROWS + 1)?;
    let reader = app.desk.ledger.reader()?;
    let mut rows = Vec::new();
    for seq in seqs.iter().take(ROWS) {
        reader.entry(*seq, |entry| {
            if may_see(app, visitor, &entry).is_some_and(|verdict| verdict.is_release())
                && let Some(delivery) = entry.body.and_then(|body| serde_json::from_slice(body).ok())
            {
                rows.push(row(visitor, entry.at_us, &delivery));
            }
        })?;
    }
    let next = seqs.get(ROWS - 1).filter(|_| seqs.len() > ROWS && !rows.is_empty());
    let pages = Pages {
        first: after.map(|_| "/exchange/deliveries".into()),
        next: next
            .map(|seq| query::with("/exchange/deliveries", &[("after", Some(&seq.to_string()))]).into()),
        summary: t!(locale, "exchange-objects-next", count = rows.len() as u64),
    };
    let list = Table {
        caption: t!(locale, "exchange-deliveries-title"),
        columns: vec![
            Column::text(t!(locale, "word-source")),
            Column::text(t!(locale, "exchange-delivery-gate")),
            Column::text(t!(locale, "word-received")),
            Column::number(t!(locale, "exchange-deliveries-offered")),
            Column::number(t!(locale, "exchange-deliveries-accepted")),
            Column::number(t!(locale, "exchange-deliveries-known")),
            Column::text(t!(locale, "exchange-deliveries-refused")),
        ],
        rows,
        empty: Some(html! { p { (t!(locale, "exchange-deliveries-empty")) } }),
        ..Table::default()
    };
    let body = html! {
        (heading(&t!(locale, "exchange-deliveries-title"), html! { (t!(locale, "exchange-deliveries-lede")) }, html! {}))
        (live("deliveries", &visitor.path, &["exchange"], html! { (table(locale, &list)) (pagination(locale, &pages)) }))
    };
    let title = t!(locale, "exchange-deliveries-title");
    Ok(Page { title, updated: Some(visitor.now), ..Page::default() }.show(app, visitor, body))
}

fn row(visitor: &Visitor, at_us: i64, delivery: &Delivery) -> Vec<Markup> {
    let locale = visitor.locale;
    let at = Timestamp::from_microsecond(at_us).unwrap_or(visitor.now);
    vec![
        html! { (show::short(&delivery.source, 80)) },
        html! { code translate="no" { (delivery.gate) } },
        time(locale, at, visitor.now),
        html! { (locale.count(delivery.total)) },
        html! { (locale.count(delivery.accepted)) },
        html! { (locale.count(delivery.known)) },
        html! {
            @if delivery.refused.is_empty() { (locale.count(0)) } @else {
                details {
                    summary { (locale.count(delivery.refused.len() as u64)) }
                    ul { @for refused in delivery.refused.iter().take(REFUSALS) {
                        li { code { (show::short(&refused.id, 80)) } " " (english(locale, &refused.message)) }
                    } }
                    p { a href="/exchange/quarantine" { (t!(locale, "nav-quarantine")) } }
                }
            }
        },
    ]
}
