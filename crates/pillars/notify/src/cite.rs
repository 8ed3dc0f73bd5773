//! Citations on pages: law of the Union in the form of the page's language, all other law as it is, marked as English.

use maud::{Markup, html};
use packs::cite::parts;
use ui::Locale;

/// A citation for a page.
pub(crate) fn cited(locale: Locale, cite: &str) -> Markup {
    if locale == Locale::En {
        return html! { (cite) };
    }
    html! {
        @for (n, part) in parts(cite).iter().enumerate() {
            @if n > 0 { " ; " }
            @match &part.fr {
                Some(fr) => (fr),
                None => @if !part.en.is_empty() { span lang="en" { (part.en) } }
            }
        }
    }
}

/// The same as plain text, where no language can be marked: in a label, a calendar.
pub(crate) fn cited_text(locale: Locale, cite: &str) -> String {
    match locale {
        Locale::En => cite.to_owned(),
        Locale::Fr => packs::cite::french(cite),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_in_the_language_of_the_page_or_says_which_it_is_in() {
        let both = "Regulation (EU) 2016/679, art. 34; 45 CFR 164.410";
        assert_eq!(cited(Locale::En, both).into_string(), both);
        assert_eq!(
            cited(Locale::Fr, both).into_string(),
            "règlement (UE) 2016/679, article 34 ; <span lang=\"en\">45 CFR 164.410</span>"
        );
        assert_eq!(cited(Locale::Fr, "").into_string(), "");
    }
}
