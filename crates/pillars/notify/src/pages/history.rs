//! What became of the duties of an incident, and after which statement: as it was noted at the time.

use desk::pages::{App, PageError, Visitor};
use maud::{Markup, html};
use model::Timestamp;
use records::obligation::{Change, Standing};
use records::reminder::Level;
use ui::component::{Column, Table, Tone, card, status, table, time_full};
use ui::{Locale, t};

use crate::case::Case;
use crate::{remind, watch};

/// Who was reminded of what, and what must not pass unseen.
pub(super) fn reminders(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    at: Timestamp,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let given = remind::given(&app.desk, case.id)?;
    let known = given.iter().filter(|(at_us, _)| *at_us <= at.as_microsecond());
    let rows: Vec<Vec<Markup>> = known
        .map(|(at_us, given)| {
            let when = Timestamp::from_microsecond(*at_us).unwrap_or(visitor.now);
            let (tone, word) = match given.level {
                Level::Day => (Tone::Info, t!(locale, "notify-remind-day")),
                Level::Hours => (Tone::Info, t!(locale, "notify-remind-hours")),
                Level::Hour => (Tone::Warn, t!(locale, "notify-remind-hour")),
                Level::Alarm => (Tone::Warn, t!(locale, "notify-remind-alarm")),
                Level::Overdue => (Tone::Err, t!(locale, "notify-remind-overdue")),
                Level::Gate => (Tone::Err, t!(locale, "notify-remind-gate")),
            };
            let to =
                if given.to.is_empty() { t!(locale, "notify-remind-all") } else { given.to.as_str().into() };
            vec![
                time_full(locale, when, visitor.now, visitor.zone.as_ref()),
                html! { code translate="no" { (given.stage) } },
                status(tone, &word),
                html! { (locale.utc(given.due)) },
                html! { (to) },
            ]
        })
        .collect();
    if rows.is_empty() {
        return Ok(html! {});
    }
    let title = t!(locale, "notify-reminders");
    let list = Table {
        caption: title.clone(),
        columns: vec![
            Column::text(t!(locale, "notify-when")),
            Column::text(t!(locale, "notify-duty")),
            Column::text(t!(locale, "notify-what")),
            Column::text(t!(locale, "notify-remind-of")),
            Column::text(t!(locale, "notify-to")),
        ],
        rows,
        ..Table::default()
    };
    Ok(card(&title, html! {}, table(locale, &list)))
}

/// The newest changes first; as known at that moment.
pub(super) fn show(app: &App, visitor: &Visitor, case: &Case, at: Timestamp) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let mut rows = Vec::new();
    for (at_us, noted) in watch::history(&app.desk, case.id)?.into_iter().rev() {
        let Some(when) = Timestamp::from_microsecond(at_us).ok().filter(|when| *when <= at) else { continue };
        rows.extend(noted.changes.iter().map(|change| {
            vec![
                time_full(locale, when, visitor.now, visitor.zone.as_ref()),
                html! { code translate="no" { (change.stage) } },
                word(locale, change),
                dates(locale, change.before.as_ref()),
                dates(locale, change.after.as_ref()),
                html! { a href={ "/ledger/records/" (noted.cause) } { (cause(locale, &noted.cause_kind)) } },
            ]
        }));
    }
    if rows.is_empty() {
        return Ok(html! {});
    }
    let title = t!(locale, "notify-history");
    let list = Table {
        caption: title.clone(),
        columns: vec![
            Column::text(t!(locale, "notify-when")),
            Column::text(t!(locale, "notify-duty")),
            Column::text(t!(locale, "notify-what")),
            Column::text(t!(locale, "word-before")),
            Column::text(t!(locale, "word-after")),
            Column::text(t!(locale, "notify-why")),
        ],
        rows,
        ..Table::default()
    };
    Ok(card(&title, html! {}, table(locale, &list)))
}

fn word(locale: Locale, change: &Change) -> Markup {
    match change.what.as_str() {
        "appeared" => status(Tone::Info, &t!(locale, "notify-change-appeared")),
        "moved" => status(Tone::Warn, &t!(locale, "notify-change-moved")),
        "closed" => status(Tone::Ok, &t!(locale, "notify-change-closed")),
        "reopened" => status(Tone::Warn, &t!(locale, "notify-change-reopened")),
        _ => status(Tone::Idle, &t!(locale, "notify-change-fell-away")),
    }
}

fn dates(locale: Locale, standing: Option<&Standing>) -> Markup {
    html! {
        @match standing {
            None => { "–" }
            Some(standing) => {
                @if let Some(alarm) = standing.alarm { (locale.utc(alarm)) br; }
                span.muted translate="no" { (standing.state.replace('_', " ")) " · " (standing.pack) }
            }
        }
    }
}

fn cause(locale: Locale, kind: &str) -> std::borrow::Cow<'static, str> {
    match kind {
        "notify.fact.v1" => t!(locale, "notify-cause-fact"),
        "notify.determination.v1" => t!(locale, "notify-cause-decision"),
        "notify.submission.v1" => t!(locale, "notify-cause-submission"),
        "notify.pack.v1" => t!(locale, "notify-cause-pack"),
        other => other.to_owned().into(),
    }
}
