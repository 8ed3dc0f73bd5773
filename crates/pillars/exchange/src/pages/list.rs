//! The list of objects: what this person may see, newest first, narrowed by a form whose state is the URL.

use axum::extract::{Query, State};
use desk::pages::{App, May, Page, PageError, Visitor, party_link};
use desk::views::Known;
use maud::{Markup, html};
use serde::Deserialize;
use ui::component::{
    ButtonKind, Column, Filter, Pages, Table, button_link, filter_bar, heading, live, pagination, stale,
    stix_type, table, time,
};
use ui::{query, t};

use super::choices::Held;
use super::{InRoom, choices, narrow, show};
use crate::access::{ObjectRead, ObjectSubmit};
use crate::search::{Browse, Found, Listing, Search, Sight, State as Reach, browse, held, reached};

/// Rows of one page.
const ROWS: usize = 40;

/// The filters as the form sends them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    r#type: String,
    tlp: String,
    author: String,
    under: String,
    state: String,
    after: String,
}

impl Asked {
    /// A value that is none of the form's choices narrows nothing.
    fn browse(&self) -> Browse<'_> {
        Browse {
            words: &self.q,
            object_type: &self.r#type,
            tlp: self.tlp.parse().ok(),
            author: self.author.parse().ok(),
            under: self.under.parse().ok(),
            state: match self.state.as_str() {
                "released" => Some(Reach::Released),
                "withheld" => Some(Reach::Withheld),
                _ => None,
            },
            before: self.after.parse().ok(),
            limit: ROWS,
            ..Browse::default()
        }
    }

    /// The parameters that narrow the list, with their values.
    fn in_force(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("q", &self.q),
            ("type", &self.r#type),
            ("tlp", &self.tlp),
            ("author", &self.author),
            ("under", &self.under),
            ("state", &self.state),
        ];
        all.into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name, value.as_str()))
            .collect()
    }

    fn is_narrowed(&self) -> bool {
        [&self.q, &self.r#type, &self.tlp, &self.author, &self.under, &self.state, &self.after]
            .iter()
            .any(|value| !value.is_empty())
    }
}

pub async fn page(
    State(app): State<App>,
    visitor: May<ObjectRead>,
    room: InRoom,
    Query(asked): Query<Asked>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, &room.search, &asked)).await
}

fn show(app: &App, visitor: &Visitor, search: &Search, asked: &Asked) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now)?;
    let listing = browse(search, &sight, &asked.browse())?;
    let import = visitor.may::<ObjectSubmit>();
    let actions = html! {
        @if import { (button_link(ButtonKind::Primary, "/exchange/import", &t!(locale, "action-import"))) }
    };
    let body = html! {
        (heading(&t!(locale, "exchange-objects-title"), html! { (t!(locale, "exchange-objects-lede")) }, actions))
        (filter_bar(locale, "/exchange/objects", &filters(app, visitor, &held(&sight)?, asked), &[]))
        (narrow::narrowed(visitor, &known, &asked.in_force()))
        (narrow::labels(visitor, &asked.tlp))
        (live("objects", &visitor.path, &["exchange", "links"], html! {
            @if !asked.q.is_empty() { (behind(app, visitor, search)) }
            (rows(app, visitor, &known, &listing, asked)?)
            (pages(visitor, &listing, asked))
        }))
    };
    let marking = show::strictest(listing.rows.iter().map(|row| row.class.marked));
    let title = t!(locale, "exchange-objects-title");
    Ok(Page { title, marking, updated: Some(visitor.now) }.show(app, visitor, body))
}

fn filters<'a>(app: &App, visitor: &Visitor, held: &'a Held, asked: &'a Asked) -> Vec<Filter<'a>> {
    let known = app.desk.known();
    let locale = visitor.locale;
    let select = |name, label, options, value: &'a String| Filter::Select {
        name,
        label,
        options,
        value: value.as_str().into(),
    };
    let states = vec![
        ("".into(), t!(locale, "exchange-state-any")),
        ("released".into(), t!(locale, "exchange-state-goes-out")),
        ("withheld".into(), t!(locale, "exchange-state-stays")),
    ];
    let (types, authors) = (choices::types(locale, held), choices::authors(locale, &known, held));
    let labels = choices::labels(visitor, t!(locale, "word-all"));
    let agreements = choices::agreements(app, visitor, t!(locale, "word-all"));
    vec![
        Filter::Text {
            name: "q",
            label: t!(locale, "exchange-objects-search"),
            value: asked.q.as_str().into(),
        },
        select("type", t!(locale, "exchange-filter-type"), types, &asked.r#type),
        select("tlp", t!(locale, "exchange-filter-tlp"), labels, &asked.tlp),
        select("author", t!(locale, "exchange-filter-author"), authors, &asked.author),
        select("under", t!(locale, "exchange-filter-agreement"), agreements, &asked.under),
        select("state", t!(locale, "exchange-filter-state"), states, &asked.state),
    ]
}

/// While the index is behind, a search that finds nothing proves nothing; say so.
fn behind(app: &App, visitor: &Visitor, search: &Search) -> Markup {
    let locale = visitor.locale;
    let (done, total) = (search.position(), app.desk.views.folded());
    html! {
        @if done < total {
            (stale(locale, &t!(locale, "exchange-objects-behind", done = locale.count(done), total = locale.count(total))))
        }
    }
}

fn rows(
    app: &App,
    visitor: &Visitor,
    known: &Known,
    listing: &Listing,
    asked: &Asked,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let empty = if asked.is_narrowed() {
        t!(locale, "exchange-objects-empty")
    } else {
        t!(locale, "exchange-objects-empty-node")
    };
    let shared = shared_agreements(listing);
    let mut columns = vec![
        Column::text(t!(locale, "word-name")),
        Column::text(t!(locale, "word-type")),
        Column::text(t!(locale, "word-marking")),
        Column::text(t!(locale, "word-author")),
        Column::text(t!(locale, "word-received")),
        Column::text(t!(locale, "exchange-objects-received-by")),
    ];
    if shared.is_none() {
        columns.insert(5, Column::text(t!(locale, "exchange-filter-agreement")));
    }
    let rows = listing.rows.iter().map(|found| row(app, visitor, known, found, shared.is_none()));
    let list = Table {
        caption: t!(locale, "exchange-objects-title"),
        columns,
        rows: rows.collect::<Result<_, _>>()?,
        empty: Some(html! {
            p { (empty) }
            @if visitor.may::<ObjectSubmit>() {
                p { (button_link(ButtonKind::Plain, "/exchange/import", &t!(locale, "action-import"))) }
            }
        }),
        ..Table::default()
    };
    Ok(html! {
        @if let Some(shared) = shared {
            div.shared { (t!(locale, "exchange-filter-agreement")) " " (show::under(visitor, known, &shared.class)) }
        }
        (table(locale, &list))
    })
}

/// The first row, when all are published under the same agreements: then that is said once, above the table.
fn shared_agreements(listing: &Listing) -> Option<&Found> {
    let first = listing.rows.first().filter(|first| !first.class.under.is_empty())?;
    listing.rows.iter().all(|found| found.class.under == first.class.under).then_some(first)
}

fn row(
    app: &App,
    visitor: &Visitor,
    known: &Known,
    found: &Found,
    apart: bool,
) -> Result<Vec<Markup>, PageError> {
    let locale = visitor.locale;
    let reach = if found.class.author == app.desk.me {
        let (reached, peers) = reached(&app.desk, found)?;
        html! { (t!(locale, "exchange-objects-reach", reached = reached as u64, peers = peers as u64)) }
    } else {
        html! { "–" }
    };
    let mut cells = vec![
        html! { a href=(show::object_href(&found.id)) lang=[locale.foreign(&found.language)] { (show::short(&found.title, 120)) } },
        stix_type(locale, &found.class.object_type),
        show::marked(locale, found.class.marked),
        party_link(locale, known, found.class.author),
        time(locale, found.received_at, visitor.now),
        reach,
    ];
    if apart {
        cells.insert(5, show::under(visitor, known, &found.class));
    }
    Ok(cells)
}

fn pages(visitor: &Visitor, listing: &Listing, asked: &Asked) -> Markup {
    let locale = visitor.locale;
    let next = listing.next.map(|seq| query::with(&visitor.path, &[("after", Some(&seq.to_string()))]));
    let first = (!asked.after.is_empty()).then(|| query::with(&visitor.path, &[("after", None)]));
    let summary = t!(locale, "exchange-objects-next", count = listing.rows.len() as u64);
    pagination(locale, &Pages { first: first.map(Into::into), next: next.map(Into::into), summary })
}
