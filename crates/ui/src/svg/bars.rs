//! A bar chart that is a table: one row per bar, its figure in words, so the chart is its own twin.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::{Locale, t};

/// One bar.
#[derive(Debug, Clone, Default)]
pub struct Bar<'a> {
    /// What it stands for.
    pub label: Cow<'a, str>,
    /// Where its sources are listed.
    pub href: Option<Cow<'a, str>>,
    /// Its length.
    pub value: u64,
}

/// The chart; bars keep the order given.
pub fn bars(locale: Locale, title: &str, list: &[Bar<'_>]) -> Markup {
    let most = list.iter().map(|b| b.value).max().unwrap_or(0).max(1);
    html! {
        table.bars {
            caption { (title) }
            thead.visually-hidden { tr { th scope="col" { (t!(locale, "word-name")) } th { } th scope="col" { (t!(locale, "word-count")) } } }
            tbody {
                @for bar in list {
                    tr {
                        th scope="row" {
                            @if let Some(href) = &bar.href { a href=(href) { (bar.label) } } @else { (bar.label) }
                        }
                        td.bars-bar aria-hidden="true" {
                            svg viewBox="0 0 1000 10" preserveAspectRatio="none" {
                                title { (bar.label) ": " (locale.count(bar.value)) }
                                rect.bars-track width="1000" height="10" {}
                                rect.bars-fill width=(permille(bar.value, most)) height="10" {}
                            }
                        }
                        td.num { (locale.count(bar.value)) }
                    }
                }
            }
        }
    }
}

/// `value` of `whole` in thousandths; something small still shows.
pub(super) fn permille(value: u64, whole: u64) -> u64 {
    let exact = (u128::from(value) * 1000 / u128::from(whole.max(1))) as u64;
    if value > 0 { exact.max(4) } else { 0 }
}
