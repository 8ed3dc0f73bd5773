//! The clocks of the law on the start page: what is due next, over all incidents that this person may read.

use desk::pages::{App, Part, Visitor};
use maud::html;
use model::Timestamp;
use ui::component::{Due, Tone, time};
use ui::{Locale, t};

use super::clocks::readable_lines;
use super::pill;
use crate::access::IncidentRead;
use crate::board::{self, Line};
use crate::cite::cited;
use crate::commands::MARKING;
use crate::plan::State;

/// Duties that are shown.
const SHOWN: usize = 8;

/// For the start page.
pub fn due_soon(app: &App, visitor: &Visitor) -> Part {
    let may = visitor.may::<IncidentRead>();
    let lines = || readable_lines(app, &board::shared(), &visitor.receiver(app), visitor.now, |_| true);
    let lines = if may { lines() } else { Ok(Vec::new()) };
    let lines = lines.unwrap_or_else(|error| {
        tracing::warn!(%error, "the clocks were not read");
        Vec::new()
    });
    let due: Vec<Due> = lines.iter().take(SHOWN).map(|one| line(visitor.locale, visitor.now, one)).collect();
    // What is due names incidents, and those are marked.
    let marking = (!due.is_empty()).then_some(MARKING);
    Part { due, cards: html! {}, marking }
}

fn line(locale: Locale, now: Timestamp, one: &Line) -> Due {
    let tone = match one.state {
        State::Overdue => Tone::Err,
        State::PastAlarm | State::Asap => Tone::Warn,
        _ => Tone::Info,
    };
    Due {
        tone,
        what: html! {
            (locale.pick(&one.title)) " " (pill(locale, one.state))
            @if let Some(alarm) = one.alarm { " " (time(locale, alarm, now)) " " span.muted { (locale.utc(alarm)) } }
        },
        todo: html! {
            a href={ "/notify/incidents/" (one.incident) } { (one.incident_title) } " "
            span.muted { (t!(locale, "notify-board-clause")) " " (cited(locale, &one.clause)) }
        },
    }
}
