//! Small pieces that several pages show: a marking as it is held, the agreements of a class, links to objects.

use desk::pages::{Visitor, party_link};
use desk::views::Known;
use maud::{Markup, html};
use model::{AgreementId, Marking, Tlp};
use records::Marked;
use share::Class;
use ui::component::{Column, Table, Tone, marking, reason, stix_type, time};
use ui::{Locale, query, t};

use crate::search::Found;

/// A marking, or the chip that says why there is none.
pub(super) fn marked(locale: Locale, marked: Marked) -> Markup {
    match marked {
        Marked::Known(known) => marking(locale, known),
        Marked::Missing => reason(locale, "marking-missing", Tone::Warn),
        Marked::Unknown => reason(locale, "marking-unknown", Tone::Warn),
    }
}

/// The page of an object.
pub(super) fn object_href(id: &str) -> String {
    format!("/exchange/objects/{}", query::encode(id))
}

/// The agreements a class is published under, by short name where the visitor may read agreements at all.
pub(super) fn under(visitor: &Visitor, known: &Known, class: &Class) -> Markup {
    html! {
        @if class.under.is_empty() { "–" }
        @else { div.row { @for id in &class.under { (agreement_short(visitor, known, id)) } } }
    }
}

/// One agreement in a list, by its short name: the title would be the same in row after row.
fn agreement_short(visitor: &Visitor, known: &Known, id: &AgreementId) -> Markup {
    let readable = visitor.account.clearance >= Tlp::Amber;
    let newest = known.agreements.get(id).and_then(|state| state.newest()).filter(|_| readable);
    match newest {
        Some(version) => html! {
            a href={ "/accord/agreements/" (id) } title=(visitor.locale.pick(&version.agreement.title)) {
                (version.agreement.name)
            }
        },
        None => {
            html! { a href={ "/accord/agreements/" (id) } { code title=(id) { (short(&id.to_string(), 22)) } } }
        }
    }
}

/// The title of an agreement; proposals are TLP:AMBER, so below that clearance it is a number.
pub(super) fn agreement_title(visitor: &Visitor, known: &Known, id: &AgreementId) -> String {
    let readable = visitor.account.clearance >= Tlp::Amber;
    let newest = known.agreements.get(id).and_then(|state| state.newest()).filter(|_| readable);
    newest.map_or_else(|| id.to_string(), |version| visitor.locale.pick(&version.agreement.title).to_owned())
}

/// The strictest known marking of several.
pub(super) fn strictest(marks: impl IntoIterator<Item = Marked>) -> Option<Marking> {
    marks
        .into_iter()
        .filter_map(|marked| match marked {
            Marked::Known(marking) => Some(marking),
            Marked::Missing | Marked::Unknown => None,
        })
        .reduce(Marking::strictest)
}

/// At most `chars` characters of a title.
pub(super) fn short(title: &str, chars: usize) -> String {
    if title.chars().count() <= chars {
        return title.to_owned();
    }
    title.chars().take(chars - 1).chain(['…']).collect()
}

/// The newest objects, one row each.
pub(super) fn newest<'a>(visitor: &Visitor, known: &Known, rows: &[Found]) -> Table<'a> {
    let locale = visitor.locale;
    let row = |found: &Found| {
        vec![
            html! { a href=(object_href(&found.id)) lang=[locale.foreign(&found.language)] { (short(&found.title, 100)) } },
            marked(locale, found.class.marked),
            stix_type(locale, &found.class.object_type),
            party_link(locale, known, found.class.author),
            time(locale, found.received_at, visitor.now),
        ]
    };
    Table {
        caption: t!(locale, "exchange-newest-title"),
        columns: vec![
            Column::text(t!(locale, "word-name")),
            Column::text(t!(locale, "word-marking")),
            Column::text(t!(locale, "word-type")),
            Column::text(t!(locale, "word-author")),
            Column::text(t!(locale, "word-received")),
        ],
        rows: rows.iter().map(row).collect(),
        ..Table::default()
    }
}
