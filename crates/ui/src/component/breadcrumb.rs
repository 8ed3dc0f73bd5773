//! The way from the overview to this page.

use maud::{Markup, html};

use crate::{Locale, t};

/// `(href, label)` from the outside in; the page itself comes last, without a link.
pub fn breadcrumb(locale: Locale, way: &[(&str, &str)], here: &str) -> Markup {
    breadcrumb_in(None, locale, way, here)
}

/// The same where the page itself is called in a language (BCP 47) that is not the page's (WCAG 2.2, 3.1.2).
pub fn breadcrumb_in(language: Option<&str>, locale: Locale, outer: &[(&str, &str)], here: &str) -> Markup {
    let outer: Vec<Step<'_>> = outer.iter().map(|(href, label)| Step::new(href, label)).collect();
    way(locale, &outer, Step { language, ..Step::new("", here) })
}

/// One step of the way.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// Its page.
    pub href: &'a str,
    /// What it is called.
    pub label: &'a str,
    /// The language of that, where it is not the page's (BCP 47).
    pub language: Option<&'a str>,
}

impl<'a> Step<'a> {
    /// One that is called in the language of the page.
    pub const fn new(href: &'a str, label: &'a str) -> Self {
        Self { href, label, language: None }
    }
}

/// The way where any step may be called in a language of its own; the page itself has no link.
pub fn way(locale: Locale, outer: &[Step<'_>], here: Step<'_>) -> Markup {
    html! {
        nav.crumbs aria-label=(t!(locale, "component-crumbs")) {
            ol {
                @for step in outer { li { a href=(step.href) lang=[step.language] { (step.label) } } }
                li { span aria-current="page" lang=[here.language] { (here.label) } }
            }
        }
    }
}
