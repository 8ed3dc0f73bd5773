//! What is known about one thing, as a list of names and values.

use std::borrow::Cow;

use maud::{Markup, html};

/// A definition list; pairs with an empty value are left out.
pub fn facts<'a>(pairs: impl IntoIterator<Item = (Cow<'a, str>, Markup)>) -> Markup {
    html! {
        dl.facts {
            @for (name, value) in pairs {
                @if !value.0.is_empty() { div { dt { (name) } dd { (value) } } }
            }
        }
    }
}
