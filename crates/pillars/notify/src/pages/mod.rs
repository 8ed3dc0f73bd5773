//! The pages on which people see incidents and their duties.

pub mod detail;
mod duties;
mod finder;
pub mod list;

use std::borrow::Cow;

use desk::pages::{App, PageError, Visitor, may_see};
use maud::Markup;
use model::{IncidentId, Timestamp};
use ui::component::{Tone, status};
use ui::{Locale, t};

pub use finder::source;

use crate::case::{Case, case};
use crate::plan::State;

/// The incident at `id`, when there is one that this person may read: who may read its opening may read it all.
pub(crate) fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Case, PageError> {
    let id: IncidentId = id.parse().map_err(|_| PageError::NotFound)?;
    let case = case(&app.desk.views, id)?.ok_or(PageError::NotFound)?;
    if readable(app, visitor, &case)? { Ok(case) } else { Err(PageError::NotFound) }
}

/// Whether this person may read it.
pub(crate) fn readable(app: &App, visitor: &Visitor, case: &Case) -> Result<bool, PageError> {
    let mut readable = false;
    app.desk.ledger.reader()?.entry(case.seq, |entry| {
        readable = may_see(app, visitor, &entry).is_some_and(|verdict| verdict.is_release());
    })?;
    Ok(readable)
}

/// The moment that `?at=` asks for, else now.
pub(crate) fn asked_at(visitor: &Visitor) -> Result<Timestamp, PageError> {
    let Some(raw) = ui::query::get(&visitor.path, "at").filter(|raw| !raw.is_empty()) else {
        return Ok(visitor.now);
    };
    // An instant needs no character that is escaped, but some clients escape `:` and `+` all the same.
    let text = raw.replace("%3A", ":").replace("%3a", ":").replace("%2B", "+").replace("%2b", "+");
    let fault = "at: not an instant; write one like 2026-11-20T16:20:00Z";
    text.parse().map_err(|_| PageError::Wrong(fault.to_owned()))
}

/// Where a duty stands, as a coloured word.
fn pill(locale: Locale, state: State) -> Markup {
    let (tone, word): (Tone, Cow<'static, str>) = match state {
        State::Open => (Tone::Info, t!(locale, "notify-state-open")),
        State::PastAlarm => (Tone::Warn, t!(locale, "notify-state-past-alarm")),
        State::Overdue => (Tone::Err, t!(locale, "notify-state-overdue")),
        State::Asap => (Tone::Warn, t!(locale, "notify-state-asap")),
        State::Silent => (Tone::Warn, t!(locale, "notify-state-silent")),
        State::Waiting => (Tone::Idle, t!(locale, "notify-state-waiting")),
        State::Sent => (Tone::Ok, t!(locale, "notify-state-sent")),
        State::SentLate => (Tone::Err, t!(locale, "notify-state-sent-late")),
        State::Replaced => (Tone::Ok, t!(locale, "notify-state-replaced")),
        State::Free => (Tone::Idle, t!(locale, "notify-state-free")),
        State::Shadow => (Tone::Idle, t!(locale, "notify-state-shadow")),
    };
    status(tone, &word)
}
