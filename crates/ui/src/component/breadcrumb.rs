//! The way from the overview to this page.

use maud::{Markup, html};

use crate::{Locale, t};

/// `(href, label)` from the outside in; the page itself comes last, without a link.
pub fn breadcrumb(locale: Locale, way: &[(&str, &str)], here: &str) -> Markup {
    html! {
        nav.crumbs aria-label=(t!(locale, "component-crumbs")) {
            ol {
                @for (href, label) in way { li { a href=(href) { (label) } } }
                li { span aria-current="page" { (here) } }
            }
        }
    }
}
