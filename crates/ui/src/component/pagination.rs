//! Pages by cursor: forward, and back to the first. The browser's own "back" goes back.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::{Icon, Locale, icon, t};

/// Where the pages are.
#[derive(Debug, Clone, Default)]
pub struct Pages<'a> {
    /// The first page, unless this is it.
    pub first: Option<Cow<'a, str>>,
    /// The next page, if there is one.
    pub next: Option<Cow<'a, str>>,
    /// What is on this page: "1–50 of 1,234".
    pub summary: Cow<'a, str>,
}

/// The row below a list.
pub fn pagination(locale: Locale, pages: &Pages<'_>) -> Markup {
    html! {
        nav.pages aria-label=(t!(locale, "component-page-nav")) {
            span.muted { (pages.summary) }
            span.pages-links {
                @if let Some(first) = &pages.first { a.button href=(first) rel="first" { (t!(locale, "component-page-first")) } }
                @if let Some(next) = &pages.next {
                    a.button href=(next) rel="next" { (t!(locale, "component-page-next")) (icon(Icon::Chevron)) }
                }
            }
        }
    }
}
