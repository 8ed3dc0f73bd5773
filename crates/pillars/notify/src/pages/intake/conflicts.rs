//! What two people stated without knowing of each other: both statements, and a button on each.

use desk::pages::Visitor;
use maud::{Markup, html};
use model::Timestamp;
use packs::Library;
use ui::component::{ButtonKind, Tone, alert, button, time};
use ui::t;

use super::form::slug;
use crate::ask::name_of;
use crate::case::Case;
use crate::heads::{Head, conflicts, typed};

/// Every contradiction of the incident; whichever is kept replaces the others, which stay in the ledger.
pub(in crate::pages) fn show(visitor: &Visitor, library: &Library, case: &Case) -> Markup {
    let locale = visitor.locale;
    html! {
        @for (key, standing) in conflicts(case, library) {
            @let name = name_of(library, &key);
            (alert(Tone::Warn, &t!(locale, "notify-contradiction", what = locale.pick(&name)), html! {
                @for head in &standing { (one(visitor, case, &key, *head, &standing)) }
            }))
        }
    }
}

fn one(visitor: &Visitor, case: &Case, key: &str, head: Head<'_>, standing: &[Head<'_>]) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let slug = slug(key);
    let at = Timestamp::from_microsecond(head.statement.at_us).unwrap_or(visitor.now);
    let shown = typed(&head.fact.value);
    html! {
        form.post-button method="post" action={ "/notify/incidents/" (case.id) "/intake" } {
            input type="hidden" name=(csrf) value=(token);
            input type="hidden" name="k" value=(key);
            input type="hidden" name={ "j-" (slug) } value=(head.fact.value);
            input type="hidden" name={ "s-" (slug) } value=(seen(standing));
            p {
                strong { @if shown.is_empty() { (t!(locale, "notify-unknown")) } @else { (shown) } }
                " · " (head.fact.by) " · " (time(locale, at, visitor.now)) " "
                (button(ButtonKind::Plain, &t!(locale, "notify-keep")))
            }
        }
    }
}

/// The statements that a form shows, as it sends them back.
pub(super) fn seen(standing: &[Head<'_>]) -> String {
    let ids = standing.iter().filter_map(|head| head.statement.record);
    ids.map(|id| id.to_string()).collect::<Vec<_>>().join(" ")
}
