//! A TLP 2.0 label: the official colour on black (FIRST, TLP 2.0 §3), the word, and a shape of its own, so
//! that colour is never the only sign. The label is never translated; its meaning is.

use std::borrow::Cow;

use maud::{Markup, html};
use model::Tlp;

use crate::{Locale, t};

/// The label, with its meaning as a tooltip.
pub fn tlp(locale: Locale, tlp: Tlp) -> Markup {
    html! {
        span class={ "tlp " (class(tlp)) } title=(tlp_meaning(locale, tlp)) translate="no" {
            svg viewBox="0 0 12 12" aria-hidden="true" focusable="false" { path d=(shape(tlp)) {} }
            (tlp)
        }
    }
}

/// Who may receive it, in a sentence.
pub fn tlp_meaning(locale: Locale, tlp: Tlp) -> Cow<'static, str> {
    match tlp {
        Tlp::Clear => t!(locale, "marking-clear"),
        Tlp::Green => t!(locale, "marking-green"),
        Tlp::Amber => t!(locale, "marking-amber"),
        Tlp::AmberStrict => t!(locale, "marking-amber-strict"),
        Tlp::Red => t!(locale, "marking-red"),
    }
}

/// The CSS class that carries the colour.
pub(crate) const fn class(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "tlp-clear",
        Tlp::Green => "tlp-green",
        Tlp::Amber => "tlp-amber",
        Tlp::AmberStrict => "tlp-amber-strict",
        Tlp::Red => "tlp-red",
    }
}

/// Ring, disc, triangle, barred triangle, octagon: from open to closed.
const fn shape(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Zm0 1.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4Z",
        Tlp::Green => "M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Z",
        Tlp::Amber => "M6 .8 11.7 11H.3Z",
        Tlp::AmberStrict => "M6 0 10 7.2H2ZM.6 8.7h10.8v2.6H.6Z",
        Tlp::Red => "M3.8.8h4.4l3 3v4.4l-3 3H3.8l-3-3V3.8Z",
    }
}
