//! What became of the duties of an incident, and after which statement: as it was noted at the time.

use desk::pages::{App, PageError, Visitor};
use maud::{Markup, html};
use model::Timestamp;
use records::obligation::{Change, Standing};
use ui::component::{Column, Table, Tone, card, status, table, time_full};
use ui::{Locale, t};

use crate::case::Case;
use crate::watch;

/// The newest changes first; as known at that moment.
pub(super) fn show(app: &App, visitor: &Visitor, case: &Case, at: Timestamp) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let mut rows = Vec::new();
    for (at_us, noted) in watch::history(&app.desk, case.id)?.into_iter().rev() {
        let Some(when) = Timestamp::from_microsecond(at_us).ok().filter(|when| *when <= at) else { continue };
        rows.extend(noted.changes.iter().map(|change| {
            vec![
                time_full(locale, when, visitor.now, None),
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
