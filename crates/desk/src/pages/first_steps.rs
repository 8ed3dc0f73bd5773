//! The first steps of a fresh node, until a first agreement with a trusted party is in force and linked.

use maud::{Markup, html};
use records::delivery::OBJECT;
use ui::component::{Tone, card, status};
use ui::{Locale, t};

use super::app::{App, LinkRow, LinkState};
use super::visitor::Visitor;

struct Step {
    done: bool,
    what: std::borrow::Cow<'static, str>,
    how: std::borrow::Cow<'static, str>,
    href: &'static str,
}

/// The card; nothing once all but the last are done.
pub(super) fn first_steps(app: &App, visitor: &Visitor, rows: &[LinkRow]) -> Markup {
    let steps = steps(app, visitor.locale, rows);
    if steps.iter().take(3).all(|step| step.done) {
        return html! {};
    }
    let locale = visitor.locale;
    card(
        &t!(locale, "first-steps-title"),
        html! {},
        html! {
            ol.steps {
                @for step in &steps {
                    li {
                        div { a href=(step.href) { (step.what) } p.muted { (step.how) } }
                        @if step.done { (status(Tone::Ok, &t!(locale, "first-steps-done"))) }
                        @else { (status(Tone::Idle, &t!(locale, "first-steps-open"))) }
                    }
                }
            }
        },
    )
}

fn steps(app: &App, locale: Locale, rows: &[LinkRow]) -> Vec<Step> {
    let known = app.desk.known();
    let trusted = known.parties.iter().any(|(id, party)| party.trusted && *id != app.desk.me);
    let linked = rows.iter().any(|row| row.state == LinkState::Connected || row.their_size > 0);
    let signed = known.agreements.values().any(|state| state.newest_signed().is_some());
    let holds = app.desk.views.classes().iter().any(|class| class.kind == OBJECT);
    vec![
        Step {
            done: trusted,
            what: t!(locale, "first-steps-trust"),
            how: t!(locale, "first-steps-trust-how"),
            href: "/parties",
        },
        Step {
            done: linked,
            what: t!(locale, "first-steps-link"),
            how: t!(locale, "first-steps-link-how"),
            href: "/links",
        },
        Step {
            done: signed,
            what: t!(locale, "first-steps-agree"),
            how: t!(locale, "first-steps-agree-how"),
            href: "/accord/agreements",
        },
        Step {
            done: holds,
            what: t!(locale, "first-steps-import"),
            how: t!(locale, "first-steps-import-how"),
            href: "/exchange/objects",
        },
    ]
}
