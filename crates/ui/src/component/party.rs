//! A party by its name, with the side of the Atlantic as colour, shape and word.

use std::borrow::Cow;

use maud::{Markup, html};
use model::Side;

use crate::{Locale, t};

/// The chip: `name` beside a ring (EU), a star (US), a compass rose (NATO) or a dot.
pub fn party(locale: Locale, name: &str, side: Side) -> Markup {
    let (class, code, shape) = match side {
        Side::Eu => {
            ("party party-eu", "EU", "M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Zm0 2a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z")
        }
        Side::Us => {
            ("party party-us", "US", "M6 .5 7.6 4.3l4.1.3-3.1 2.7.9 4L6 9.2l-3.5 2.1.9-4L.3 4.6l4.1-.3Z")
        }
        Side::Nato => ("party party-nato", "NATO", "M6 0 7.4 4.6 12 6 7.4 7.4 6 12 4.6 7.4 0 6l4.6-1.4Z"),
        Side::Other => ("party party-other", "", "M6 3a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z"),
    };
    html! {
        span class=(class) title=(side_name(locale, side)) {
            svg viewBox="0 0 12 12" aria-hidden="true" focusable="false" { path d=(shape) {} }
            span.party-name { (name) }
            @if !code.is_empty() { span.party-side { (code) } }
        }
    }
}

fn side_name(locale: Locale, side: Side) -> Cow<'static, str> {
    match side {
        Side::Eu => t!(locale, "side-eu"),
        Side::Us => t!(locale, "side-us"),
        Side::Nato => t!(locale, "side-nato"),
        Side::Other => t!(locale, "side-other"),
    }
}
