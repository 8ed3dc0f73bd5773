//! What flowed under an agreement, as far as this person may see it: how many objects of which type from whom, and the
//! newest of them.

use std::collections::BTreeMap;

use desk::Desk;
use desk::pages::{Part, Visitor, party_link};
use maud::{Markup, html};
use model::{AgreementId, PartyId};
use share::Receiver;
use ui::component::{Column, Table, stix_type, table};
use ui::{query, t};

use super::show;
use crate::search::{Found, Sight, StatementError, counts_by_type, newest_under};

/// Rows of the newest objects.
const NEWEST: usize = 10;

/// A block for the page of the agreement.
pub fn flow(desk: &Desk, agreement: AgreementId, visitor: &Visitor) -> Part {
    let (cards, marking) = match read(desk, agreement, visitor) {
        Ok((counts, rows)) => (
            html! {
                (counted(desk, agreement, visitor, &counts))
                @if !rows.is_empty() {
                    h3 { (t!(visitor.locale, "exchange-newest-title")) }
                    (table(visitor.locale, &show::newest(visitor, &desk.known(), &rows)))
                }
            },
            show::strictest(rows.iter().map(|row| row.class.marked)),
        ),
        Err(error) => {
            tracing::warn!(%error, "objects were not counted");
            (html! { p { (t!(visitor.locale, "state-error")) } }, None)
        }
    };
    Part { due: Vec::new(), cards, marking }
}

type Counts = BTreeMap<(PartyId, String), u64>;

fn read(
    desk: &Desk,
    agreement: AgreementId,
    visitor: &Visitor,
) -> Result<(Counts, Vec<Found>), StatementError> {
    let receiver = Receiver::member(desk.realm.clone(), visitor.account.clearance);
    let sight = Sight::new(desk, &receiver, visitor.now)?;
    Ok((counts_by_type(&sight, &agreement)?, newest_under(&sight, agreement, NEWEST)?))
}

/// One row for each party, with its types; what is ours went out, what is theirs came in.
fn counted(desk: &Desk, agreement: AgreementId, visitor: &Visitor, counts: &Counts) -> Markup {
    let locale = visitor.locale;
    let known = desk.known();
    let under = agreement.to_string();
    let list = |author: PartyId, object_type: Option<&str>| {
        let author = author.to_string();
        let narrow =
            [("under", Some(under.as_str())), ("author", Some(author.as_str())), ("type", object_type)];
        query::with("/exchange/objects", &narrow)
    };
    let mut authors: BTreeMap<PartyId, Vec<(&str, u64)>> = BTreeMap::new();
    for ((author, object_type), count) in counts {
        authors.entry(*author).or_default().push((object_type, *count));
    }
    let row = |(author, types): (PartyId, Vec<(&str, u64)>)| {
        let sum = types.iter().map(|(_, count)| count).sum();
        let direction =
            if author == desk.me { t!(locale, "exchange-flow-out") } else { t!(locale, "exchange-flow-in") };
        vec![
            party_link(locale, &known, author),
            html! { (direction) },
            html! { a href=(list(author, None)) { (locale.count(sum)) } },
            html! {
                div.row { @for (name, count) in &types {
                    a href=(list(author, Some(name))) { (stix_type(locale, name)) " " (locale.count(*count)) }
                } }
            },
        ]
    };
    let list = Table {
        caption: t!(locale, "accord-flow-title"),
        columns: vec![
            Column::text(t!(locale, "word-author")),
            Column::text(t!(locale, "exchange-flow-direction")),
            Column::number(t!(locale, "exchange-objects-title")),
            Column::text(t!(locale, "word-type")),
        ],
        rows: authors.into_iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "exchange-objects-empty-node")) } }),
        ..Table::default()
    };
    table(locale, &list)
}
