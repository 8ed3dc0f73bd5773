//! "Who received it, and why not": one row for each party and consumer.

use desk::pages::{App, PageError, Visitor, party_link, superseded};
use maud::{Markup, html};
use ui::component::{Column, Table, Tone, reason, status, table, time};
use ui::{Locale, t};

use crate::search::{Explained, Fate, Outside, Statement, explain};

pub(super) fn fates(app: &App, visitor: &Visitor, statement: &Statement) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let rows = explain(&app.desk, statement, visitor.now)?;
    let row = |row: &Explained| {
        let (who, gate) = match &row.outside {
            Outside::Party(party) => (party_link(locale, &known, *party), t!(locale, "nav-links")),
            Outside::Consumer(name) => (html! { code translate="no" { (name) } }, "TAXII".into()),
        };
        vec![who, html! { (gate) }, fate(locale, visitor, &row.fate)]
    };
    let list = Table {
        caption: t!(locale, "exchange-object-delivery"),
        columns: vec![
            Column::text(t!(locale, "exchange-delivery-receiver")),
            Column::text(t!(locale, "exchange-delivery-gate")),
            Column::text(t!(locale, "exchange-fate-what")),
        ],
        rows: rows.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "party-parties-empty")) } }),
        ..Table::default()
    };
    Ok(table(locale, &list))
}

fn fate(locale: Locale, visitor: &Visitor, fate: &Fate) -> Markup {
    match fate {
        Fate::Author => status(Tone::Idle, &t!(locale, "exchange-fate-author")),
        Fate::Sent(at) => html! {
            (status(Tone::Ok, &t!(locale, "state-sent"))) " " (time(locale, *at, visitor.now))
        },
        Fate::Superseded { at, by, there } => html! {
            (superseded(locale, *by, *there)) " "
            @if let Some(at) = at { (time(locale, *at, visitor.now)) }
        },
        Fate::Released => status(Tone::Info, &t!(locale, "exchange-fate-released")),
        Fate::Withheld(why) => html! {
            (status(Tone::Warn, &t!(locale, "state-withheld"))) " " (reason(locale, why.code(), Tone::Warn))
        },
        Fate::Refused(words) => html! {
            (status(Tone::Err, &t!(locale, "state-refused"))) " " (words)
        },
        Fate::NotOurs => html! {
            (status(Tone::Idle, &t!(locale, "exchange-fate-not-ours")))
            p.muted { (t!(locale, "exchange-fate-not-ours-why")) }
        },
    }
}
