//! A PAP label, and a whole marking: what may be done with a record, beside how far it may travel.

use std::borrow::Cow;

use maud::{Markup, html};
use model::{Marking, Pap};

use super::tlp;
use crate::{Locale, t};

/// The label, with its meaning as a tooltip; never translated.
pub fn pap(locale: Locale, pap: Pap) -> Markup {
    let class = match pap {
        Pap::Clear => "pap pap-clear",
        Pap::Green => "pap pap-green",
        Pap::Amber => "pap pap-amber",
        Pap::Red => "pap pap-red",
    };
    html! { span class=(class) title=(meaning(locale, pap)) translate="no" { (pap) } }
}

/// TLP, and PAP when there is one.
pub fn marking(locale: Locale, marking: Marking) -> Markup {
    html! {
        (tlp(locale, marking.tlp))
        @if let Some(label) = marking.pap { " " (pap(locale, label)) }
    }
}

fn meaning(locale: Locale, pap: Pap) -> Cow<'static, str> {
    match pap {
        Pap::Clear => t!(locale, "pap-clear"),
        Pap::Green => t!(locale, "pap-green"),
        Pap::Amber => t!(locale, "pap-amber"),
        Pap::Red => t!(locale, "pap-red"),
    }
}
