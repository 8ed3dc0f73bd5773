//! What the hits can be narrowed by, each value with how many there are: links, so that every state has a URL.

use maud::{Markup, html};
use model::Tlp;
use ui::component::tlp;
use ui::locale::lookup;
use ui::{Locale, query, t};

use super::super::app::App;
use super::super::names::party_name;
use super::super::visitor::Visitor;
use super::list::kind_name;
use crate::find::{Facet, Facets, Filters, PERIODS};
use crate::views::Known;

/// Values of one facet that are shown.
const MOST: usize = 12;

pub(super) fn facets(app: &App, visitor: &Visitor, filters: &Filters, found: &Facets) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let shown = Facet::ALL.map(|facet| (facet, values(filters, found, facet)));
    html! {
        nav.facets aria-label=(t!(locale, "find-narrow")) {
            @for (facet, values) in shown.iter().filter(|(_, values)| !values.is_empty()) {
                section {
                    h2 { (facet_name(locale, *facet)) }
                    ul {
                        @for (value, count) in values {
                            li { (choice(visitor, &known, filters, *facet, value, *count)) }
                        }
                    }
                }
            }
        }
    }
}

/// The values of a facet, the most frequent first, periods from short to long; one that is chosen is always there.
fn values(filters: &Filters, found: &Facets, facet: Facet) -> Vec<(String, u64)> {
    let counts = found.counts.get(&facet);
    let count = |value: &str| counts.and_then(|counts| counts.get(value)).copied().unwrap_or(0);
    let chosen = filters.get(facet);
    let mut values: Vec<(String, u64)> = if facet == Facet::Period {
        PERIODS.iter().map(|(name, _)| ((*name).to_owned(), count(name))).filter(|(_, n)| *n > 0).collect()
    } else {
        let mut values: Vec<_> =
            counts.into_iter().flatten().map(|(value, count)| (value.clone(), *count)).collect();
        values.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        values.truncate(MOST);
        values
    };
    if let Some(chosen) = chosen
        && !values.iter().any(|(value, _)| value == chosen)
    {
        values.insert(0, (chosen.to_owned(), count(chosen)));
    }
    values
}

/// One value: chosen, it leads to the page without it.
fn choice(
    visitor: &Visitor,
    known: &Known,
    filters: &Filters,
    facet: Facet,
    value: &str,
    count: u64,
) -> Markup {
    let locale = visitor.locale;
    let chosen = filters.get(facet) == Some(value);
    let to = query::with(&visitor.path, &[(facet.name(), (!chosen).then_some(value)), ("after", None)]);
    html! {
        a href=(to) aria-current=[chosen.then_some("true")] {
            span.facet-value { (value_name(locale, known, facet, value)) }
            span.facet-count { (locale.count(count)) }
            @if chosen { span aria-hidden="true" { "×" } span.visually-hidden { (t!(locale, "find-drop")) } }
        }
    }
}

fn facet_name(locale: Locale, facet: Facet) -> std::borrow::Cow<'static, str> {
    match facet {
        Facet::Kind => t!(locale, "word-type"),
        Facet::Author => t!(locale, "word-author"),
        Facet::Marking => t!(locale, "word-marking"),
        Facet::Period => t!(locale, "word-received"),
        Facet::Verdict => t!(locale, "find-verdict"),
    }
}

fn value_name(locale: Locale, known: &Known, facet: Facet, value: &str) -> Markup {
    let text = match facet {
        Facet::Kind => kind_name(locale, value).into_owned(),
        Facet::Author => value.parse().map_or_else(|_| value.to_owned(), |id| party_name(known, id)),
        Facet::Marking => match value.parse::<Tlp>() {
            Ok(label) => return tlp(locale, label),
            Err(_) => t!(locale, "find-unmarked").into_owned(),
        },
        Facet::Period => lookup(locale, &format!("find-period-{value}"))
            .map_or_else(|| value.to_owned(), std::borrow::Cow::into_owned),
        Facet::Verdict => lookup(locale, &format!("find-verdict-{value}"))
            .map_or_else(|| value.to_owned(), std::borrow::Cow::into_owned),
    };
    html! { (text) }
}
