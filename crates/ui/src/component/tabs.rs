//! Views of one thing, as links: each has a URL of its own.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::{Locale, t};

/// One view.
#[derive(Debug, Clone, Default)]
pub struct Tab<'a> {
    /// Its URL.
    pub href: Cow<'a, str>,
    /// Its name.
    pub label: Cow<'a, str>,
    /// How much is in it.
    pub count: Option<u64>,
    /// True for the one shown.
    pub active: bool,
}

/// The row of views.
pub fn tabs(locale: Locale, list: &[Tab<'_>]) -> Markup {
    html! {
        nav.tabs aria-label=(t!(locale, "component-tabs")) {
            @for tab in list {
                a href=(tab.href) aria-current=[tab.active.then_some("page")] {
                    (tab.label)
                    @if let Some(count) = tab.count { span.tab-count { (locale.count(count)) } }
                }
            }
        }
    }
}
