//! Decisions of two people that contradict each other: both, which one stands for the time being and why, and the way to a
//! person who decides between them.

use desk::pages::Visitor;
use maud::{Markup, html};
use packs::Library;
use records::determination::Outcome;
use ui::component::{Tone, alert, time_full};
use ui::t;

use crate::access::IncidentDetermine;
use crate::case::Case;
use crate::standing::{careful, contradictions};

/// Every such question of the incident.
pub(super) fn show(visitor: &Visitor, library: &Library, case: &Case) -> Markup {
    let locale = visitor.locale;
    let word = |outcome: Outcome| match outcome {
        Outcome::Yes => t!(locale, "notify-yes"),
        Outcome::No => t!(locale, "notify-no"),
        Outcome::Unknown => t!(locale, "notify-unknown"),
    };
    html! {
        @for (question, standing) in contradictions(case) {
            @let known = library.words.determinations.get(question);
            @let name = known.map_or_else(|| question.to_owned(), |known| locale.pick(&known.name()).to_owned());
            (alert(Tone::Err, &t!(locale, "contradicted-title", what = name.as_str()), html! {
                ul {
                    @for (n, one) in standing.iter().enumerate() {
                        li {
                            strong { (word(one.made.outcome)) } " · " (one.made.by) " · "
                            (time_full(locale, one.made.at, visitor.now, visitor.zone.as_ref())) " · " (one.made.rationale)
                            @if n + 1 == standing.len() { " " em { (t!(locale, "contradicted-stands")) } }
                        }
                    }
                }
                @if let Some(made) = careful(&standing) {
                    p { (t!(locale, "contradicted-careful", outcome = word(made.outcome))) }
                }
                @if visitor.may::<IncidentDetermine>() {
                    p { a href={ "/notify/incidents/" (case.id) "/decide?question=" (ui::query::encode(question)) } { (t!(locale, "contradicted-resolve")) } }
                }
            }))
        }
    }
}
