//! A message to the reader of the page: what happened and what to do.

use maud::{Markup, html};

use super::{Tone, said};
use crate::icon;

/// Failures are announced at once, the rest when the reader pauses.
pub fn alert(tone: Tone, title: &str, body: Markup) -> Markup {
    let role = if tone == Tone::Err { "alert" } else { "status" };
    html! {
        div class={ "alert tone-" (tone.class()) } role=(role) {
            (icon(tone.icon()))
            div {
                p.alert-title { (said(title)) }
                @if !body.0.is_empty() { div.alert-body { (body) } }
            }
        }
    }
}
