//! A hash, fingerprint or long identifier: its ends to compare by eye, the whole to copy.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::{Icon, Locale, icon, t};

/// Longer values are shown as their first 12 and last 6 characters.
const SHORT_CHARS: usize = 24;

/// `what` names the value for screen readers ("fingerprint"); the copy button appears with the script.
pub fn hash(locale: Locale, what: &str, value: &str) -> Markup {
    let label = t!(locale, "component-copy-value", what = what);
    html! {
        span.hash {
            code title=(value) translate="no" { (shortened(value)) }
            button.copy type="button" hidden data-copy=(value) data-copied=(t!(locale, "action-copied"))
                aria-label=(label) title=(label) { (icon(Icon::Copy)) }
        }
    }
}

fn shortened(value: &str) -> Cow<'_, str> {
    let count = value.chars().count();
    if count <= SHORT_CHARS {
        return Cow::Borrowed(value);
    }
    // A prefix such as `record:` stays whole: it says what the value is.
    let prefix = value.find(':').map_or(0, |i| value[..=i].chars().count());
    let head: String = value.chars().take(prefix.min(16) + 12).collect();
    let tail: String = value.chars().skip(count - 6).collect();
    Cow::Owned(format!("{head}…{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_keep_their_prefix_and_both_ends() {
        assert_eq!(shortened("party:0123"), "party:0123");
        let id = format!("record:{}", "0123456789abcdef".repeat(4));
        assert_eq!(shortened(&id), "record:0123456789ab…abcdef");
        assert_eq!(shortened(&"é".repeat(30)).chars().count(), 19);
    }
}
