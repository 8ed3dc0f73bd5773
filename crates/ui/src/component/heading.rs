//! The head of a page: where it stands, what it is, what it says in a line, what can be done.

use maud::{Markup, html};

/// `lede` and `actions` may be empty (`html! {}`).
pub fn heading(title: &str, lede: Markup, actions: Markup) -> Markup {
    heading_in(None, title, lede, actions)
}

/// The same with a title in a language (BCP 47) that is not the page's (WCAG 2.2, 3.1.2).
pub fn heading_in(language: Option<&str>, title: &str, lede: Markup, actions: Markup) -> Markup {
    html! {
        div.heading {
            div.heading-text {
                h1 lang=[language] { (title) }
                @if !lede.0.is_empty() { div.lede { (lede) } }
            }
            @if !actions.0.is_empty() { div.actions { (actions) } }
        }
    }
}
