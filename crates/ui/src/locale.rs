//! The two languages of the console, and how one is chosen for a request.

mod date;
mod duration;
mod number;
mod sentence;
mod strings;

pub use fluent_bundle::FluentValue;
pub use sentence::{Part, Sentence, code, quoted};
pub use strings::{RUNTIME_PREFIXES, all_keys, known, lookup, text};

use model::Bilingual;

/// A language that every text exists in (I8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    /// English, dates as 25 Nov 2026, numbers as 1,234.5.
    #[default]
    En,
    /// French, dates as 25 nov. 2026, numbers as 1 234,5.
    Fr,
}

impl Locale {
    /// Every language, the default first.
    pub const ALL: [Locale; 2] = [Locale::En, Locale::Fr];

    /// The value of the `lang` attribute, the cookie and `?lang=`.
    pub const fn code(self) -> &'static str {
        match self {
            Locale::En => "en",
            Locale::Fr => "fr",
        }
    }

    /// The language's name in itself.
    pub const fn endonym(self) -> &'static str {
        match self {
            Locale::En => "English",
            Locale::Fr => "Français",
        }
    }

    /// The language that `en`, `fr-CA`, `FR_be` … ask for; `None` for any other.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.trim().split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|l| primary.eq_ignore_ascii_case(l.code()))
    }

    /// What the page was asked for (`?lang=`) wins over what was chosen before (cookie), which wins over
    /// what the browser prefers (`Accept-Language`, RFC 9110 §12.5.4); otherwise English.
    pub fn negotiate(query: Option<&str>, cookie: Option<&str>, accept: Option<&str>) -> Self {
        query
            .and_then(Self::from_code)
            .or_else(|| cookie.and_then(Self::from_code))
            .or_else(|| accept.and_then(preferred))
            .unwrap_or_default()
    }

    /// The language of words on a page of this one, where it is another: what the `lang` of a fragment says (WCAG 2.2,
    /// 3.1.2). Nothing where it is the same, or no tag of BCP 47.
    pub fn foreign(self, language: &str) -> Option<&str> {
        let fits = (2..=35).contains(&language.len())
            && language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        (fits && !is_primary(language, self.code())).then_some(language)
    }

    /// This language's side of a text that a record carries in both.
    pub fn pick(self, text: &Bilingual) -> &str {
        match self {
            Locale::En => &text.en,
            Locale::Fr => &text.fr,
        }
    }
}

/// Whether a tag is of this primary language: `fr-CA` is French.
fn is_primary(tag: &str, code: &str) -> bool {
    tag.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case(code))
}

/// The best-weighted language of an `Accept-Language` header that we speak; the first of equals.
fn preferred(header: &str) -> Option<Locale> {
    let mut best: Option<(u16, Locale)> = None;
    for item in header.split(',').take(32) {
        let mut parts = item.split(';');
        let tag = parts.next().unwrap_or("");
        let weight = parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(1000, weight);
        if let Some(locale) = Locale::from_code(tag)
            && weight > best.map_or(0, |(w, _)| w)
        {
            best = Some((weight, locale));
        }
    }
    best.map(|(_, locale)| locale)
}

/// `0.8` in thousandths; unreadable weights count as zero.
fn weight(text: &str) -> u16 {
    let value = text.trim().parse::<f32>().unwrap_or(0.0);
    (value.clamp(0.0, 1.0) * 1000.0) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_asked_for_wins_then_the_cookie_then_the_browser() {
        assert_eq!(Locale::negotiate(Some("fr"), Some("en"), Some("en")), Locale::Fr);
        assert_eq!(Locale::negotiate(None, Some("fr"), Some("en")), Locale::Fr);
        assert_eq!(Locale::negotiate(Some("de"), None, Some("de, fr-BE;q=0.8, en;q=0.7")), Locale::Fr);
        assert_eq!(Locale::negotiate(None, None, Some("en-GB,fr")), Locale::En);
        assert_eq!(Locale::negotiate(None, None, Some("fr;q=0, nl")), Locale::En);
        assert_eq!(Locale::negotiate(None, None, None), Locale::En);
    }
}
