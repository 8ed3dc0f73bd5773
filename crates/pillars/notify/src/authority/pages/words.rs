//! What the authority's pages call things, in both languages.

use std::borrow::Cow;

use maud::{Markup, html};
use model::Timestamp;
use packs::Library;
use records::report::Way;
use ui::component::{Tone, status, time_full};
use ui::{Locale, t};

use crate::authority::docket::Stand;
use crate::authority::duties::{Owed, OwedState};

/// How a report stands, as a coloured word.
pub(super) fn stand(locale: Locale, stand: Stand) -> Markup {
    let (tone, word) = match stand {
        Stand::New => (Tone::Warn, t!(locale, "reports-stand-new")),
        Stand::Triaged => (Tone::Info, t!(locale, "reports-stand-triaged")),
        Stand::Asking => (Tone::Info, t!(locale, "reports-stand-asking")),
        Stand::Answered => (Tone::Ok, t!(locale, "reports-stand-answered")),
        Stand::Closed => (Tone::Idle, t!(locale, "reports-stand-closed")),
    };
    status(tone, &word)
}

/// By which way it came.
pub(super) fn way(locale: Locale, way: Way) -> Cow<'static, str> {
    match way {
        Way::Web => t!(locale, "reports-way-web"),
        Way::Link => t!(locale, "reports-way-link"),
        Way::File => t!(locale, "reports-way-file"),
        Way::Hand => t!(locale, "reports-way-hand"),
    }
}

/// How grave it is; an empty word is not known yet.
pub(super) fn severity(locale: Locale, word: &str) -> Cow<'static, str> {
    match word {
        "low" => t!(locale, "reports-severity-low"),
        "medium" => t!(locale, "reports-severity-medium"),
        "high" => t!(locale, "reports-severity-high"),
        "severe" => t!(locale, "reports-severity-severe"),
        _ => t!(locale, "notify-unknown"),
    }
}

/// Where a duty of the authority stands, with its date.
pub(super) fn owed(locale: Locale, owed: &Owed, now: Timestamp) -> Markup {
    let (tone, word) = match owed.state(now) {
        OwedState::Done => (Tone::Ok, t!(locale, "reports-owed-done")),
        OwedState::DoneLate => (Tone::Err, t!(locale, "reports-owed-done-late")),
        OwedState::Open => (Tone::Info, t!(locale, "notify-state-open")),
        OwedState::PastAlarm => (Tone::Warn, t!(locale, "notify-state-past-alarm")),
        OwedState::Overdue => (Tone::Err, t!(locale, "notify-state-overdue")),
        OwedState::Asap => (Tone::Warn, t!(locale, "notify-state-asap")),
        OwedState::Shadow => (Tone::Idle, t!(locale, "notify-state-shadow")),
    };
    html! {
        (status(tone, &word))
        @if let Some(at) = owed.done_at.or(owed.alarm) { " " (time_full(locale, at, now, None)) }
    }
}

/// What people call a stage, with its id.
pub(super) fn stage(locale: Locale, id: &str) -> Markup {
    let library = Library::embedded();
    let title = library.pack_of(id).and_then(|pack| pack.stage_on(id, None)).map(|stage| &stage.title);
    html! {
        @if let Some(title) = title { (locale.pick(title)) " " }
        code.muted translate="no" { (id) }
    }
}

/// What people call a field, by its code.
pub(super) fn field_name(locale: Locale, code: &str) -> String {
    let name = Library::embedded().words.fields.get(code).map(packs::words::Field::name);
    name.map_or_else(|| code.to_owned(), |name| locale.pick(&name).to_owned())
}

/// The value of a field, as people read it.
pub(super) fn value(locale: Locale, value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::Bool(true) => t!(locale, "notify-yes").into_owned(),
        Value::Bool(false) => t!(locale, "notify-no").into_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list
            .iter()
            .map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join(", "),
        other => other.to_string(),
    }
}

/// A code in groups of four, as people read it out.
pub(super) fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}
