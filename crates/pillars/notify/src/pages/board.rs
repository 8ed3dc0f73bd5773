//! The clocks of the law on the start page: what is due next, over all incidents that this person may read.

use desk::pages::{App, Part, Visitor};
use maud::html;
use model::Timestamp;
use packs::Library;
use ui::component::{Due, Tone, time};
use ui::{Locale, t};

use super::{pill, readable};
use crate::case::cases;
use crate::commands::MARKING;
use crate::plan::{self, Obligation, State};

/// Duties that are shown.
const SHOWN: usize = 8;

/// One duty of one incident.
struct Next {
    incident: (String, String),
    duty: Obligation,
}

/// For the start page.
pub fn board(app: &App, visitor: &Visitor) -> Part {
    let mut next = match next(app, visitor) {
        Ok(next) => next,
        Err(error) => {
            tracing::warn!(%error, "the clocks were not read");
            Vec::new()
        }
    };
    next.sort_by(|one, other| one.duty.order().cmp(&other.duty.order()));
    let due: Vec<Due> = next.iter().take(SHOWN).map(|one| line(visitor.locale, visitor.now, one)).collect();
    // What is due names incidents, and those are marked.
    let marking = (!due.is_empty()).then_some(MARKING);
    Part { due, cards: html! {}, marking }
}

/// What must still be done and has a date, or is due without one.
fn next(app: &App, visitor: &Visitor) -> Result<Vec<Next>, desk::pages::PageError> {
    let library = Library::embedded();
    let mut found = Vec::new();
    for case in cases(&app.desk.views)? {
        if !readable(app, visitor, &case)? {
            continue;
        }
        // What a newer pack can no longer read is said on the page of the incident.
        let Ok(incident) = case.incident(library, visitor.now) else { continue };
        let plan = plan::plan(library, &incident, visitor.now);
        let urgent = plan.obligations.into_iter().filter(|duty| {
            matches!(
                duty.state,
                State::Overdue | State::PastAlarm | State::Open | State::Asap | State::Silent
            )
        });
        found.extend(urgent.map(|duty| Next { incident: (case.id.to_string(), case.title.clone()), duty }));
    }
    Ok(found)
}

fn line(locale: Locale, now: Timestamp, one: &Next) -> Due {
    let duty = &one.duty;
    let tone = match duty.state {
        State::Overdue => Tone::Err,
        State::PastAlarm | State::Asap => Tone::Warn,
        _ => Tone::Info,
    };
    let (id, title) = &one.incident;
    Due {
        tone,
        what: html! {
            (locale.pick(&duty.title)) " " (pill(locale, duty.state))
            @if let Some(alarm) = duty.alarm { " " (time(locale, alarm, now)) " " span.muted { (locale.utc(alarm)) } }
        },
        todo: html! {
            a href={ "/notify/incidents/" (id) } { (title) } " "
            span.muted { (t!(locale, "notify-board-clause")) " " (duty.clause) }
        },
    }
}
