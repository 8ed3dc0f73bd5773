//! What came and went since a moment, for the hand-over of a shift: objects by who states them and by type.

use std::collections::BTreeMap;

use desk::pages::{App, Part, Visitor, party_link};
use desk::sql::SqlError;
use maud::{Markup, html};
use model::{Marking, PartyId, Timestamp};
use ui::component::{Column, Due, Table, Tone, card, table, type_name};
use ui::t;

use super::show;
use crate::placed::arrived_from;
use crate::search::Sight;

/// How many objects of one author and type.
type Counts = BTreeMap<(PartyId, String), u64>;

/// For the hand-over, as this visitor may see it.
pub fn since(app: &App, visitor: &Visitor, from: Timestamp) -> Part {
    let locale = visitor.locale;
    let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now);
    let (counts, marking) = match sight.and_then(|sight| counts(&sight, from)) {
        Ok(counted) => counted,
        Err(error) => {
            tracing::warn!(%error, "what arrived was not counted");
            return Part {
                due: Vec::new(),
                cards: html! { p { (t!(locale, "state-error")) } },
                marking: None,
            };
        }
    };
    let total: u64 = counts.values().sum();
    let what = t!(locale, "exchange-since-count", count = total);
    let due = (total > 0).then(|| Due { tone: Tone::Info, what: html! { (what) }, todo: html! {} });
    let cards = card(&t!(locale, "exchange-since-title"), html! {}, list(app, visitor, &counts));
    Part { due: due.into_iter().collect(), cards, marking }
}

/// How many objects came since then, and the strictest marking among them.
pub(super) fn counts(sight: &Sight<'_>, from: Timestamp) -> Result<(Counts, Option<Marking>), SqlError> {
    let reader = sight.desk.views.read()?;
    let pairs: Vec<(i64, u32)> = reader
        .prepare_cached("SELECT coll, class FROM exchange_count")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let (mut counts, mut marks) = (Counts::new(), Vec::new());
    // Objects under several agreements stand in several collections: the largest of the numbers is theirs.
    let mut by_class: BTreeMap<u32, u64> = BTreeMap::new();
    for (coll, class) in pairs.into_iter().filter(|(_, class)| sight.has(*class)) {
        let count = arrived_from(&reader, coll, class, from.as_microsecond())?;
        let most = by_class.entry(class).or_default();
        *most = (*most).max(count);
    }
    for (class, count) in by_class.into_iter().filter(|(_, count)| *count > 0) {
        let Some(facts) = sight.class(class) else { continue };
        *counts.entry((facts.author, facts.object_type.clone())).or_default() += count;
        marks.push(facts.marked);
    }
    Ok((counts, show::strictest(marks)))
}

/// One row for each author: how many, and of which types, the most frequent first.
fn list(app: &App, visitor: &Visitor, counts: &Counts) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let mut by_author: BTreeMap<PartyId, Vec<(u64, &str)>> = BTreeMap::new();
    for ((author, object_type), count) in counts {
        by_author.entry(*author).or_default().push((*count, object_type));
    }
    let row = |(author, mut types): (PartyId, Vec<(u64, &str)>)| {
        types.sort_by_key(|(count, name)| (std::cmp::Reverse(*count), *name));
        let total = types.iter().map(|(count, _)| count).sum();
        vec![
            party_link(locale, &known, author),
            html! { (locale.count(total)) },
            html! {
                span {
                    @for (n, (count, name)) in types.iter().enumerate() {
                        @if n > 0 { ", " }
                        (locale.count(*count)) " × " (type_name(locale, name))
                    }
                }
            },
        ]
    };
    let list = Table {
        caption: t!(locale, "exchange-since-title"),
        columns: vec![
            Column::text(t!(locale, "word-author")),
            Column::number(t!(locale, "word-count")),
            Column::text(t!(locale, "word-type")),
        ],
        rows: by_author.into_iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "exchange-since-none")) } }),
        ..Table::default()
    };
    table(locale, &list)
}
