//! States of a part that is not there yet, or not true to this minute any more. What is empty says so in its table, what
//! failed in an [`alert`](super::alert).

use maud::{Markup, html};

use crate::{Icon, Locale, icon, t};

/// Bars in the place of lines that are on their way, so that nothing moves when they come.
pub fn loading(locale: Locale) -> Markup {
    html! {
        div.loading role="status" {
            span.visually-hidden { (t!(locale, "component-loading")) }
            span.loading-line aria-hidden="true" {}
            span.loading-line aria-hidden="true" {}
            span.loading-line aria-hidden="true" {}
        }
    }
}

/// What is shown is not the newest: `why`, in a sentence.
pub fn stale(locale: Locale, why: &str) -> Markup {
    html! {
        p.stale role="status" { (icon(Icon::Clock)) strong { (t!(locale, "component-stale")) } " " span { (why) } }
    }
}
