//! The reason of a verdict: its short text, and on demand the sentence that explains it.

use std::borrow::Cow;

use maud::{Markup, html};

use super::{Tone, status};
use crate::Locale;
use crate::locale::lookup;

/// The chip for a reason code such as `marking-above-grant`: texts `reason-<code>` and `reason-<code>-why`.
///
/// A code without text shows itself: a newer peer may know reasons that we do not.
pub fn reason(locale: Locale, code: &str, tone: Tone) -> Markup {
    let short = lookup(locale, &format!("reason-{code}")).unwrap_or_else(|| Cow::Owned(code.to_owned()));
    let why = lookup(locale, &format!("reason-{code}-why"));
    html! {
        @if let Some(why) = why {
            details.reason data-code=(code) {
                summary { (status(tone, &short)) }
                p.reason-why { (why) " " code { (code) } }
            }
        } @else {
            span.reason data-code=(code) { (status(tone, &short)) }
        }
    }
}
