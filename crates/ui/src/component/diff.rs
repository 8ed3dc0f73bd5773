//! Two states of one thing, key by key.

use std::borrow::Cow;

use maud::{Markup, html};

use super::{Tone, status};
use crate::{Locale, t};

/// One key in both states.
#[derive(Debug, Clone, Default)]
pub struct Change<'a> {
    /// The key.
    pub key: Cow<'a, str>,
    /// Its value before; `None` when it was not there.
    pub before: Option<Cow<'a, str>>,
    /// Its value after; `None` when it is gone.
    pub after: Option<Cow<'a, str>>,
}

/// A table of what was added, removed and changed; the word says it, not only the colour.
pub fn diff(locale: Locale, caption: &str, changes: &[Change<'_>]) -> Markup {
    html! {
        div.table-frame {
            table.table.diff {
                caption.visually-hidden { (caption) }
                thead {
                    tr {
                        th scope="col" { (t!(locale, "word-name")) }
                        th scope="col" { (t!(locale, "word-before")) }
                        th scope="col" { (t!(locale, "word-after")) }
                        th scope="col" { (t!(locale, "word-state")) }
                    }
                }
                tbody { @for change in changes { (row(locale, change)) } }
            }
        }
    }
}

fn row(locale: Locale, change: &Change<'_>) -> Markup {
    let (class, tone, word) = match (&change.before, &change.after) {
        (None, Some(_)) => ("diff-added", Tone::Ok, t!(locale, "component-diff-added")),
        (Some(_), None) => ("diff-removed", Tone::Err, t!(locale, "component-diff-removed")),
        (before, after) if before == after => ("diff-same", Tone::Idle, t!(locale, "component-diff-same")),
        _ => ("diff-changed", Tone::Info, t!(locale, "component-diff-changed")),
    };
    html! {
        tr class=(class) {
            th scope="row" { code { (change.key) } }
            td data-label=(t!(locale, "word-before")) { @if let Some(v) = &change.before { del { (v) } } @else { "–" } }
            td data-label=(t!(locale, "word-after")) { @if let Some(v) = &change.after { ins { (v) } } @else { "–" } }
            td data-label=(t!(locale, "word-state")) { (status(tone, &word)) }
        }
    }
}
