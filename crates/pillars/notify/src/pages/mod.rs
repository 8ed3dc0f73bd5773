//! The pages on which people see incidents and their duties.

pub mod assign;
pub mod calendar;
pub mod clocks;
mod contradicted;
pub mod decide;
pub mod detail;
mod duties;
mod finder;
mod history;
pub mod import;
pub mod intake;
pub mod laws;
pub mod list;
pub mod mailboxes;
pub mod open;
pub mod pledges;
pub mod ransom;
mod soon;
pub mod stage;
mod telling;
pub mod whatif;

use std::borrow::Cow;
use std::collections::HashMap;

use desk::pages::{App, PageError, Visitor};
use maud::{Markup, html};
use model::{IncidentId, Timestamp};
use share::Receiver;
use ui::component::{Pages, Tone, pagination, status};
use ui::{Locale, t};

pub use finder::source;
pub use soon::due_soon;
pub use telling::telling;

use crate::case::{Case, case};
use crate::held::Waiting;
use crate::plan::State;

/// The incident at `id`, when there is one that this person may read: who may read its opening may read it all.
pub(crate) fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Case, PageError> {
    let id: IncidentId = id.parse().map_err(|_| PageError::NotFound)?;
    let case = case(&app.desk.views, id)?.ok_or(PageError::NotFound)?;
    if readable(app, visitor, &case) { Ok(case) } else { Err(PageError::NotFound) }
}

/// Whether this person may read it: the verdict on the class of its opening.
pub(crate) fn readable(app: &App, visitor: &Visitor, case: &Case) -> bool {
    let verdict = app.desk.verdict(case.class, &visitor.receiver(app), visitor.now);
    verdict.is_some_and(|verdict| verdict.is_release())
}

/// Which release classes a receiver may read: one verdict for each, for what is of one class is read by the same people.
pub(crate) struct Readable {
    receiver: Receiver,
    known: HashMap<u32, bool>,
}

impl Readable {
    pub(crate) fn by(receiver: Receiver) -> Self {
        Self { receiver, known: HashMap::new() }
    }

    pub(crate) fn read(&mut self, app: &App, class: u32, now: Timestamp) -> bool {
        let verdict = || app.desk.verdict(class, &self.receiver, now);
        *self.known.entry(class).or_insert_with(|| verdict().is_some_and(|verdict| verdict.is_release()))
    }
}

/// A part of a long list, as its address asks for it: `?after=50`.
pub(crate) struct Stretch {
    after: usize,
    of: usize,
}

impl Stretch {
    /// Lines of one page.
    pub(crate) const LINES: usize = 50;

    /// Of a list of that length; what lies behind its end is its first page.
    pub(crate) fn asked(visitor: &Visitor, of: usize) -> Self {
        let after = parameter(visitor, "after").and_then(|text| text.parse().ok()).unwrap_or(0);
        Self { after: if after < of { after } else { 0 }, of }
    }

    /// Its part of the list.
    pub(crate) fn part<'a, T>(&self, list: &'a [T]) -> &'a [T] {
        &list[self.after.min(list.len())..(self.after + Self::LINES).min(list.len())]
    }

    /// The row below the list; nothing when all of it is shown.
    pub(crate) fn pages(&self, visitor: &Visitor) -> Markup {
        let locale = visitor.locale;
        if self.of <= Self::LINES {
            return html! {};
        }
        let end = (self.after + Self::LINES).min(self.of);
        let at = |after: Option<usize>| {
            let after = after.map(|after| after.to_string());
            ui::query::with(&visitor.path, &[("after", after.as_deref())]).into()
        };
        let summary = t!(
            locale,
            "notify-stretch",
            from = locale.count(self.after as u64 + 1),
            to = locale.count(end as u64),
            of = locale.count(self.of as u64)
        );
        let pages = Pages {
            first: (self.after > 0).then(|| at(None)),
            next: (end < self.of).then(|| at(Some(end))),
            summary,
        };
        pagination(locale, &pages)
    }
}

/// A date of the law at the place where it counts, such as `2026-11-29T00:00:00+01:00[Europe/Paris]`, as people read it.
pub(crate) fn at_place(locale: Locale, local: &str) -> String {
    let read = || {
        let (instant, place) = local.strip_suffix(']')?.split_once('[')?;
        Some((instant.parse().ok()?, model::time::zone(place)?))
    };
    read().map_or_else(|| local.to_owned(), |(at, zone)| locale.local(at, &zone))
}

/// A parameter of the page's address, with its escapes undone.
pub(crate) fn parameter(visitor: &Visitor, name: &str) -> Option<String> {
    let raw = ui::query::get(&visitor.path, name).filter(|raw| !raw.is_empty())?;
    let (mut bytes, mut rest) = (Vec::with_capacity(raw.len()), raw.as_bytes());
    while let [first, after @ ..] = rest {
        let escaped = |two: &[u8]| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok();
        let (byte, left) = match (first, after.get(..2).and_then(escaped)) {
            (b'%', Some(byte)) => (byte, &after[2..]),
            (b'+', _) => (b' ', after),
            (byte, _) => (*byte, after),
        };
        bytes.push(byte);
        rest = left;
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// A parameter of an address of the API; given empty it is refused, for a program leaves out what it does not ask.
pub(crate) fn given(visitor: &Visitor, name: &str) -> Result<Option<String>, PageError> {
    match ui::query::get(&visitor.path, name) {
        Some("") => Err(PageError::Wrong(format!("{name}: is empty; write a value, or leave it out").into())),
        _ => Ok(parameter(visitor, name)),
    }
}

/// Where a list of the API goes on, by its `after`, which `read` knows; from its `start` when nothing is asked.
pub(crate) fn after<T>(
    visitor: &Visitor,
    start: T,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, PageError> {
    let fault = || PageError::Wrong("after: no place in the list; write `next` of the page before".into());
    given(visitor, "after")?.map_or(Ok(start), |text| read(&text).ok_or_else(fault))
}

/// The moment that `?at=` asks for, else now.
pub(crate) fn asked_at(visitor: &Visitor) -> Result<Timestamp, PageError> {
    // A form sends an empty field for now; a program leaves the parameter out.
    let empty = visitor.path.starts_with("/api/") && ui::query::get(&visitor.path, "at") == Some("");
    let text = if empty { Some(String::new()) } else { parameter(visitor, "at") };
    let Some(text) = text else { return Ok(visitor.now) };
    let fault = "at: not an instant; write one like 2026-11-20T16:20:00Z";
    text.parse().map_err(|_| PageError::Wrong(fault.into()))
}

/// Where a duty stands, as a coloured word.
fn pill(locale: Locale, state: State) -> Markup {
    let (tone, word) = word_of(locale, state);
    status(tone, &word)
}

/// That a filing waits for a second person, with the way to it; its clock runs on meanwhile.
fn awaits(locale: Locale, waiting: &[Waiting], incident: IncidentId, stage: &str) -> Markup {
    let of = waiting.iter().filter(|one| one.asked.incident() == incident && one.asked.stage() == stage);
    html! {
        @for one in of {
            br; a href={ "/release/" (one.draft) } { (status(Tone::Warn, &t!(locale, "filing-awaits"))) }
        }
    }
}

/// The word alone.
fn state_word(locale: Locale, state: State) -> Cow<'static, str> {
    word_of(locale, state).1
}

fn word_of(locale: Locale, state: State) -> (Tone, Cow<'static, str>) {
    match state {
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
    }
}
