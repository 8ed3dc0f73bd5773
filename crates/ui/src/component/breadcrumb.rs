//! The way from the overview to this page.

use maud::{Markup, html};

use crate::{Locale, t};

/// `(href, label)` from the outside in; the page itself comes last, without a link.
pub fn breadcrumb(locale: Locale, way: &[(&str, &str)], here: &str) -> Markup {
    breadcrumb_in(None, locale, way, here)
}

/// The same where the page itself is called in a language (BCP 47) that is not the page's (WCAG 2.2, 3.1.2).
pub fn breadcrumb_in(language: Option<&str>, locale: Locale, way: &[(&str, &str)], here: &str) -> Markup {
    html! {
        nav.crumbs aria-label=(t!(locale, "component-crumbs")) {
            ol {
                @for (href, label) in way { li { a href=(href) { (label) } } }
                li { span aria-current="page" lang=[language] { (here) } }
            }
        }
    }
}
