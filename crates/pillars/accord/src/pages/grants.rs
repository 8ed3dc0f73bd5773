//! Grants and commitments as tables: who may receive what from whom, and who undertakes what.

use std::borrow::Cow;

use desk::pages::{Visitor, party_link};
use desk::views::Known;
use maud::{Markup, html};
use model::{Agreement, Grant, Onward, PartyId, Selector};
use ui::component::{Column, Table, kind_name, stix_type, table, time_full, tlp};
use ui::{Locale, t};

/// Every grant, one row each.
pub(super) fn grants(visitor: &Visitor, known: &Known, agreement: &Agreement) -> Markup {
    let locale = visitor.locale;
    let list = Table {
        caption: t!(locale, "accord-grants-title"),
        columns: vec![
            Column::text(t!(locale, "accord-grant-from")),
            Column::text(t!(locale, "accord-grant-to")),
            Column::text(t!(locale, "accord-grant-what")),
            Column::text(t!(locale, "accord-grant-up-to")),
            Column::text(t!(locale, "accord-grant-purpose")),
            Column::text(t!(locale, "accord-grant-onward")),
        ],
        rows: agreement.grants.iter().map(|grant| row(locale, known, grant)).collect(),
        empty: Some(html! { p { (t!(locale, "accord-grants-empty")) } }),
        ..Table::default()
    };
    html! { p.muted { (t!(locale, "accord-grants-lede")) } (table(locale, &list)) }
}

fn row(locale: Locale, known: &Known, grant: &Grant) -> Vec<Markup> {
    vec![
        named(locale, known, &grant.from),
        named(locale, known, &grant.to),
        html! { div.row { @for what in &grant.what { (selector(locale, what)) } } },
        tlp(locale, grant.up_to),
        html! { (locale.pick(&grant.purpose)) },
        html! { (onward(locale, grant.onward)) },
    ]
}

fn named(locale: Locale, known: &Known, parties: &[PartyId]) -> Markup {
    html! {
        @if parties.is_empty() { (t!(locale, "accord-grant-everyone")) }
        @else { div.row { @for party in parties { (party_link(locale, known, *party)) } } }
    }
}

fn selector(locale: Locale, what: &Selector) -> Markup {
    match what {
        Selector::Everything => html! { (t!(locale, "accord-grant-everything")) },
        Selector::Kind(kind) => html! { span title=(kind) { (kind_name(locale, kind)) } },
        Selector::ObjectType(object_type) => stix_type(locale, object_type),
    }
}

fn onward(locale: Locale, onward: Onward) -> Cow<'static, str> {
    match onward {
        Onward::Organisation => t!(locale, "accord-onward-organisation"),
        Onward::Clients => t!(locale, "accord-onward-clients"),
        Onward::AsMarked => t!(locale, "accord-onward-as-marked"),
    }
}

/// Every commitment, one row each.
pub(super) fn commitments(visitor: &Visitor, known: &Known, agreement: &Agreement) -> Markup {
    let locale = visitor.locale;
    let rows = agreement.commitments.iter().map(|commitment| {
        let due = match commitment.due {
            Some(due) => time_full(locale, due, visitor.now, visitor.zone.as_ref()),
            None => html! { span.muted { (t!(locale, "accord-commitment-undated")) } },
        };
        let party = party_link(locale, known, commitment.party);
        vec![party, html! { (locale.pick(&commitment.text)) }, due]
    });
    let list = Table {
        caption: t!(locale, "accord-commitments-title"),
        columns: vec![
            Column::text(t!(locale, "word-party")),
            Column::text(t!(locale, "accord-commitment-what")),
            Column::text(t!(locale, "accord-commitment-when")),
        ],
        rows: rows.collect(),
        empty: Some(html! { p { (t!(locale, "accord-commitments-empty")) } }),
        ..Table::default()
    };
    table(locale, &list)
}
