//! A search field that is a form of its own; `/` focuses the first one of a page.

use maud::{Markup, html};

use crate::{Icon, Locale, icon, t};

/// GETs `action` with the text as parameter `name`.
pub fn search_box(locale: Locale, action: &str, name: &str, value: &str) -> Markup {
    html! {
        form.search role="search" method="get" action=(action) {
            (icon(Icon::Search))
            input type="search" name=(name) value=(value) data-search="" autocomplete="off" spellcheck="false"
                aria-label=(t!(locale, "shell-search")) placeholder=(t!(locale, "shell-search"));
            kbd title=(t!(locale, "shell-search-shortcut")) aria-hidden="true" { "/" }
        }
    }
}
