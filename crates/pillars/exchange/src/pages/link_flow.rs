//! What of our objects goes over each link, what is withheld and what was refused, each by reason.

use std::collections::BTreeMap;

use desk::links::refusals;
use desk::pages::{App, PageError, Visitor, party_link};
use maud::{Markup, html};
use model::PartyId;
use ui::component::{Column, Table, card, table};
use ui::t;

use super::overview::stays;
use crate::search::{Outflow, Sight, outflow};

/// Different words of a refusal that are spelt out.
const REASONS: usize = 10;

type Refusals = BTreeMap<String, u64>;

/// A card for the page of links, counted from what this visitor may see.
pub fn link_flow(app: &App, visitor: &Visitor) -> Markup {
    let title = t!(visitor.locale, "exchange-outflow-title");
    match rows(app, visitor) {
        Ok(body) => card(&title, html! {}, body),
        Err(error) => {
            tracing::warn!(%error, "what goes over the links was not counted");
            card(&title, html! {}, html! { p { (t!(visitor.locale, "state-error")) } })
        }
    }
}

fn rows(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let flows = outflow(&Sight::new(&app.desk, &visitor.receiver(app), visitor.now)?)?;
    let refused = refusals(&app.desk.local, app.desk.sent_by_us())?;
    let row = |(peer, flow): (&PartyId, &Outflow)| {
        vec![
            party_link(locale, &known, *peer),
            html! { (locale.count(flow.goes)) },
            html! { (locale.count(flow.staying())) (stays(locale, flow)) },
            refusal(visitor, refused.get(peer)),
        ]
    };
    let list = Table {
        caption: t!(locale, "exchange-outflow-title"),
        columns: vec![
            Column::text(t!(locale, "word-party")),
            Column::number(t!(locale, "verdict-released")),
            Column::text(t!(locale, "state-withheld")),
            Column::text(t!(locale, "state-refused")),
        ],
        rows: flows.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "link-links-empty")) } }),
        ..Table::default()
    };
    Ok(table(locale, &list))
}

fn refusal(visitor: &Visitor, refused: Option<&Refusals>) -> Markup {
    let locale = visitor.locale;
    html! {
        @match refused {
            None => { (locale.count(0)) }
            Some(refused) => {
                (locale.count(refused.values().sum()))
                @for (why, count) in refused.iter().take(REASONS) { p.muted { (locale.count(*count)) " × " (why) } }
            }
        }
    }
}
