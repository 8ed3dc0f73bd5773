//! What flowed under an agreement: how many objects of each party are here, as far as this person may see them.

use desk::Desk;
use desk::pages::{Visitor, party_link};
use maud::{Markup, html};
use model::AgreementId;
use share::Receiver;
use ui::component::{Column, Table, table};
use ui::{query, t};

use crate::search::{Sight, counts_by_author};

/// A block for the page of the agreement.
pub fn flow(desk: &Desk, agreement: AgreementId, visitor: &Visitor) -> Markup {
    let locale = visitor.locale;
    let receiver = Receiver::member(desk.realm.clone(), visitor.account.clearance);
    let counted = Sight::new(desk, &receiver, visitor.now).and_then(|s| counts_by_author(&s, &agreement));
    let counts = match counted {
        Ok(counts) => counts,
        Err(error) => {
            tracing::warn!(%error, "objects were not counted");
            return html! { p { (t!(locale, "state-error")) } };
        }
    };
    let known = desk.known();
    let (under, rows) = (agreement.to_string(), counts.iter());
    let rows = rows.map(|(author, count)| {
        let list = [("under", Some(under.as_str())), ("author", Some(&*author.to_string()))];
        let href = query::with("/exchange/objects", &list);
        vec![party_link(locale, &known, *author), html! { a href=(href) { (locale.count(*count)) } }]
    });
    let list = Table {
        caption: t!(locale, "exchange-objects-title"),
        columns: vec![
            Column::text(t!(locale, "word-author")),
            Column::number(t!(locale, "exchange-objects-title")),
        ],
        rows: rows.collect(),
        empty: Some(html! { p { (t!(locale, "exchange-objects-empty-node")) } }),
        ..Table::default()
    };
    table(locale, &list)
}
