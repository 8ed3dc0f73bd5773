//! A sentence with codes and commands in it, as the strings write them: between backticks.

use maud::{Markup, html};

use crate::Locale;

/// What stands between backticks is a code or a command: it stays as it is in any language, and is marked as such
/// (WCAG 2.2, 3.1.2).
pub fn said(sentence: &str) -> Markup {
    // An odd one opens nothing.
    let pairs = sentence.matches('`').count() / 2;
    html! {
        @for (n, part) in sentence.splitn(2 * pairs + 1, '`').enumerate() {
            @if n % 2 == 1 { code lang="en" translate="no" { (part) } } @else { (part) }
        }
    }
}

/// Words that programs write and exist in English only, such as what is wrong with a document.
pub fn english(locale: Locale, words: &str) -> Markup {
    html! { span lang=[locale.foreign("en")] { (words) } }
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn what_stands_between_backticks_is_a_code_and_an_odd_one_is_itself() {
        let shown = said("voir `entente notify pack list` & `x<y`, l`heure").into_string();
        let expected = "voir <code lang=\"en\" translate=\"no\">entente notify pack list</code> &amp; \
                        <code lang=\"en\" translate=\"no\">x&lt;y</code>, l`heure";
        assert_eq!(shown, expected);
        assert_eq!(said("").into_string(), "");
    }
}
