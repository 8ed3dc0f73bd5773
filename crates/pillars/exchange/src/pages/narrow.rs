//! Filters as links: each in force can be taken away, each label be chosen, and the others stay.

use std::borrow::Cow;

use desk::pages::{Visitor, party_name};
use desk::views::Known;
use maud::{Markup, html};
use model::Tlp;
use ui::component::{tlp, type_name};
use ui::{query, t};

use super::show;

/// What narrows the list now, one link each that takes it away.
pub(super) fn narrowed(visitor: &Visitor, known: &Known, in_force: &[(&'static str, &str)]) -> Markup {
    let locale = visitor.locale;
    let without = |name: &str| query::with(&visitor.path, &[(name, None), ("after", None)]);
    html! {
        @if !in_force.is_empty() {
            ul.chips aria-label=(t!(locale, "exchange-narrowed")) {
                @for (name, value) in in_force {
                    @let said = said(visitor, known, name, value);
                    li {
                        a.chip href=(without(name)) title=(t!(locale, "exchange-narrowed-drop", what = said.as_ref())) {
                            (said) span aria-hidden="true" { " ×" }
                            span.visually-hidden { (t!(locale, "exchange-narrowed-drop", what = said.as_ref())) }
                        }
                    }
                }
            }
        }
    }
}

/// A value as the filter's own choice says it.
fn said<'a>(visitor: &Visitor, known: &Known, name: &str, value: &'a str) -> Cow<'a, str> {
    let locale = visitor.locale;
    let text = match name {
        "type" => type_name(locale, value).into_owned(),
        "tlp" => value.parse::<Tlp>().map_or_else(|_| value.to_owned(), |label| label.to_string()),
        "author" => value.parse().map_or_else(|_| value.to_owned(), |id| party_name(known, id)),
        "under" => {
            value.parse().map_or_else(|_| value.to_owned(), |id| show::agreement_title(visitor, known, &id))
        }
        "state" if value == "released" => t!(locale, "exchange-state-goes-out").into_owned(),
        "state" if value == "withheld" => t!(locale, "exchange-state-stays").into_owned(),
        _ => value.to_owned(),
    };
    Cow::Owned(show::short(&text, 60))
}

/// The labels up to the clearance, one link each; what else narrows the list stays.
pub(super) fn labels(visitor: &Visitor, chosen: &str) -> Markup {
    let locale = visitor.locale;
    let reachable = Tlp::ALL.into_iter().filter(|label| *label <= visitor.account.clearance);
    let to = |label: Tlp| query::with(&visitor.path, &[("tlp", Some(label.word())), ("after", None)]);
    html! {
        ul.chips aria-label=(t!(locale, "exchange-filter-tlp")) {
            @for label in reachable {
                li { a href=(to(label)) aria-current=[(label.word() == chosen).then_some("true")] { (tlp(locale, label)) } }
            }
        }
    }
}
