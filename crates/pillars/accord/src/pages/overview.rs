//! What of the agreements is due: signatures awaited from us and from others, ends that come near.

use desk::pages::{App, Part, Visitor, may_read, party_name};
use desk::views::{AgreementState, VersionState};
use maud::{Markup, html};
use model::AgreementId;
use model::time::SignedDuration;
use ui::component::{Due, Tone};
use ui::t;

use super::MARKING;
use crate::standing::{Standing, awaits_us};

/// An end this near is worth knowing; this near, somebody should act.
const WORTH_KNOWING: SignedDuration = SignedDuration::from_hours(24 * 60);
const NEAR: SignedDuration = SignedDuration::from_hours(24 * 14);

/// For the overview, as this visitor may read agreements.
pub fn overview(app: &App, visitor: &Visitor) -> Part {
    let due = due(app, visitor);
    // What is due names agreements, and those are marked.
    let marking = (!due.is_empty()).then_some(MARKING);
    Part { due, cards: html! {}, marking }
}

fn due(app: &App, visitor: &Visitor) -> Vec<Due> {
    let known = app.desk.known();
    let readable = |version: &VersionState| may_read(app, visitor, version).unwrap_or(false);
    let found = known.agreements.iter().filter(|(_, state)| state.newest().is_some_and(readable));
    found
        .flat_map(|(id, state)| {
            [ours(app, visitor, *id, state), others(app, visitor, *id, state), end(app, visitor, *id, state)]
        })
        .flatten()
        .collect()
}

fn ours(app: &App, visitor: &Visitor, id: AgreementId, state: &AgreementState) -> Option<Due> {
    let version = awaits_us(state, app.desk.me, visitor.now)?;
    let title = visitor.locale.pick(&version.agreement.title);
    let what = t!(visitor.locale, "accord-due-ours", title = title);
    let todo = link(id, &t!(visitor.locale, "accord-due-ours-do"));
    Some(Due { tone: Tone::Warn, what: html! { (what) }, todo })
}

fn others(app: &App, visitor: &Visitor, id: AgreementId, state: &AgreementState) -> Option<Due> {
    if Standing::of(state, app.desk.me, visitor.now) != Standing::AwaitingOthers {
        return None;
    }
    let version = state.newest()?;
    let known = app.desk.known();
    let missing = version.agreement.parties.iter().filter(|party| !version.signed.contains_key(&party.party));
    let names: Vec<String> = missing.map(|party| party_name(&known, party.party)).collect();
    let title = visitor.locale.pick(&version.agreement.title);
    let what = t!(visitor.locale, "accord-due-others", title = title, parties = names.join(", "));
    let todo = link(id, &t!(visitor.locale, "accord-due-others-do"));
    Some(Due { tone: Tone::Info, what: html! { (what) }, todo })
}

/// The end of what is in force, unless a later version that all have signed goes on.
fn end(app: &App, visitor: &Visitor, id: AgreementId, state: &AgreementState) -> Option<Due> {
    let agreement = &state.newest_signed()?.agreement;
    let left = agreement.active_until.duration_since(visitor.now);
    let in_force = Standing::of(state, app.desk.me, visitor.now) == Standing::InForce;
    if !in_force || left > WORTH_KNOWING {
        return None;
    }
    let locale = visitor.locale;
    let (title, when) = (locale.pick(&agreement.title), locale.relative(agreement.active_until, visitor.now));
    let what = t!(locale, "accord-due-end", title = title, when = when.as_ref());
    let tone = if left < NEAR { Tone::Warn } else { Tone::Info };
    Some(Due { tone, what: html! { (what) }, todo: link(id, &t!(locale, "accord-due-end-do")) })
}

fn link(id: AgreementId, text: &str) -> Markup {
    html! { a href={ "/accord/agreements/" (id) } { (text) } }
}
