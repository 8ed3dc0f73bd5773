//! What stands before paying, step by step: who would pay, the pledge, the sanctions lists, the decision. The same gate bars
//! the decision wherever it is made.

use desk::pages::Visitor;
use maud::{Markup, html};
use packs::Library;
use records::determination::{Determination, Outcome};
use records::screening::Screening;
use serde_json::Value;
use ui::component::{Tone, alert, said, status};
use ui::t;

use crate::access::IncidentDetermine;
use crate::case::{Case, Said};
use crate::form;
use crate::ransom::{self, Bar};

/// The steps, and what bars the next one.
pub(super) fn steps(visitor: &Visitor, library: &Library, case: &Case, screened: &[Screening]) -> Markup {
    let locale = visitor.locale;
    let bar = ransom::bars(library, case, screened, &visitor.account.name);
    let payer = form::value(library, case, "R11").map(|(value, _)| value).unwrap_or_default();
    let here = format!("/notify/incidents/{}", case.id);
    let decide = |question: &str, words: &str| {
        html! { @if visitor.may::<IncidentDetermine>() { a href={ (here) "/decide?question=" (question) } { (words) } } }
    };
    let done = || status(Tone::Ok, &t!(locale, "ransom-step-done"));
    let open = || status(Tone::Warn, &t!(locale, "ransom-step-open"));
    let spoken = |question: &str| {
        html! {
            @if let Some(made) = last(case, question) {
                " " span.muted { (made.by) ", " (locale.utc(made.at)) ": " (made.rationale) }
            }
        }
    };
    let hits = screened.iter().map(|look| look.hits.len()).sum::<usize>();
    html! {
        @match &bar {
            None => (alert(Tone::Info, &t!(locale, "ransom-open"), html! { p { (t!(locale, "ransom-open-hint")) } })),
            Some(bar) => (alert(Tone::Err, &t!(locale, "ransom-barred"), html! {
                p { (said(&bar.sentence().say(locale))) }
            })),
        }
        ol {
            li {
                @if payer.is_null() { (open()) } @else { (done()) } " " (t!(locale, "ransom-step-payer")) " "
                @match payer {
                    Value::Bool(true) => strong { (t!(locale, "ransom-payer-public")) },
                    Value::Bool(false) => strong { (t!(locale, "ransom-payer-private")) },
                    _ => a href={ (here) "/intake?edit=R11" } { (t!(locale, "ransom-state")) },
                }
            }
            @if payer == Value::Bool(true) {
                li {
                    @if matches!(bar, Some(Bar::Pledge)) { (open()) } @else { (done()) } " "
                    (t!(locale, "ransom-step-pledge")) " " (decide(ransom::OVERRIDE_PLEDGE, &t!(locale, "ransom-override")))
                    (spoken(ransom::OVERRIDE_PLEDGE))
                }
            }
            li {
                @if screened.is_empty() { (open()) } @else { (done()) } " " (t!(locale, "ransom-step-screen")) " "
                (t!(locale, "ransom-looks", count = screened.len()))
            }
            @if hits > 0 {
                li {
                    @if matches!(bar, Some(Bar::Listed(_))) { (open()) } @else { (done()) } " "
                    (t!(locale, "ransom-step-cleared")) " " (decide(ransom::CLEARED, &t!(locale, "ransom-clear")))
                    (spoken(ransom::CLEARED))
                }
            }
            li {
                @match last(case, ransom::PAY).map(|made| made.outcome) {
                    Some(Outcome::Yes) => (status(Tone::Warn, &t!(locale, "ransom-decided-yes"))),
                    Some(Outcome::No) => (status(Tone::Ok, &t!(locale, "ransom-decided-no"))),
                    Some(Outcome::Unknown) | None => (open()),
                }
                " " (t!(locale, "ransom-step-decide")) " " (decide(ransom::PAY, &t!(locale, "notify-decide-verb")))
                (spoken(ransom::PAY))
            }
        }
    }
}

fn last<'a>(case: &'a Case, question: &str) -> Option<&'a Determination> {
    case.statements.iter().rev().find_map(|statement| match &statement.said {
        Said::Determination(made) if made.question == question => Some(made),
        _ => None,
    })
}
