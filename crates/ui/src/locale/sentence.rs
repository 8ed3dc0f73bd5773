//! A sentence that is chosen where something is refused, and said where somebody reads it: programs and logs read it in
//! English, with the codes that they can send back; a person reads it in the language of the page, with the names that
//! stand on the page.

use std::borrow::Cow;
use std::fmt;

use fluent_bundle::FluentValue;
use model::{Bilingual, Timestamp};

use super::{Locale, text};

/// A text of `locales/`, and what fills it. Make it with [`sentence!`](crate::sentence), which refuses unknown keys at
/// compile time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence(Says);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Says {
    /// Said already: to a program, or in the language of whoever asked.
    Plain(String),
    Text {
        key: &'static str,
        parts: Vec<(&'static str, Part)>,
    },
}

/// What fills a place in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A text that is the same in every language.
    Text(String),
    /// A number: plain digits for programs.
    Count(u64),
    /// What somebody wrote, between the quotation marks of the language.
    Quoted(String),
    /// Something that programs know by a code and people by a name.
    Named {
        /// As a program reads it.
        code: String,
        /// As it stands on a page.
        name: Bilingual,
    },
    /// An instant.
    At(Timestamp),
    /// A sentence within the sentence.
    Said(Sentence),
}

/// Who reads it.
#[derive(Debug, Clone, Copy)]
enum Reader {
    Program,
    Person(Locale),
}

impl Sentence {
    /// The text of `key`, filled with `parts`.
    pub const fn new(key: &'static str, parts: Vec<(&'static str, Part)>) -> Self {
        Self(Says::Text { key, parts })
    }

    /// The sentence for a person: it begins with a capital letter, unless it begins with a name that somebody gave.
    pub fn say(&self, locale: Locale) -> String {
        let said = self.to(Reader::Person(locale));
        let mut letters = said.chars();
        match letters.next().filter(|_| !self.begins_with_a_name(&said)) {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => said.into_owned(),
        }
    }

    fn begins_with_a_name(&self, said: &str) -> bool {
        match &self.0 {
            Says::Plain(_) => true,
            Says::Text { parts, .. } => parts.iter().any(|(_, part)| match part {
                Part::Text(text) => said.starts_with(text),
                _ => false,
            }),
        }
    }

    fn to(&self, reader: Reader) -> Cow<'_, str> {
        match &self.0 {
            Says::Plain(said) => Cow::Borrowed(said),
            Says::Text { key, parts } => {
                let filled =
                    |(name, part): &(&'static str, Part)| (*name, FluentValue::from(part.to(reader)));
                text(reader.locale(), key, &parts.iter().map(filled).collect::<Vec<_>>())
            }
        }
    }
}

impl Reader {
    const fn locale(self) -> Locale {
        match self {
            Reader::Program => Locale::En,
            Reader::Person(locale) => locale,
        }
    }
}

impl Part {
    /// What a person who asked for something unknown wrote, between quotation marks.
    pub fn quoted(text: impl Into<String>) -> Self {
        Self::Quoted(text.into())
    }

    /// Words of a program, which stay as they are and are shown as a code.
    pub fn code(text: impl Into<String>) -> Self {
        let text = text.into();
        let shown = code(&text);
        Self::named(text, Bilingual::new(shown.clone(), shown))
    }

    /// A code, and its name.
    pub fn named(code: impl Into<String>, name: Bilingual) -> Self {
        Self::Named { code: code.into(), name }
    }

    fn to(&self, reader: Reader) -> String {
        match (self, reader) {
            (Part::Text(text), _) => text.clone(),
            (Part::Count(count), Reader::Program) => count.to_string(),
            (Part::Count(count), Reader::Person(locale)) => locale.count(*count),
            (Part::Quoted(text), Reader::Program) => format!("{text:?}"),
            (Part::Quoted(text), Reader::Person(locale)) => quoted(locale, text),
            (Part::Named { code, .. }, Reader::Program) => code.clone(),
            (Part::Named { name, .. }, Reader::Person(locale)) => locale.pick(name).to_owned(),
            (Part::At(at), Reader::Program) => at.to_string(),
            (Part::At(at), Reader::Person(locale)) => locale.utc(*at),
            (Part::Said(sentence), reader) => sentence.to(reader).into_owned(),
        }
    }
}

/// The text between backticks, as [`crate::component::said`] reads them: a code.
pub fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', ""))
}

/// The text between the quotation marks of the language.
pub fn quoted(locale: Locale, text: &str) -> String {
    match locale {
        Locale::En => format!("“{text}”"),
        Locale::Fr => format!("« {text} »"),
    }
}

/// What programs and logs read: English.
impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to(Reader::Program))
    }
}

impl From<String> for Sentence {
    fn from(said: String) -> Self {
        Self(Says::Plain(said))
    }
}

impl From<&str> for Sentence {
    fn from(said: &str) -> Self {
        Self(Says::Plain(said.to_owned()))
    }
}

impl From<Cow<'static, str>> for Sentence {
    fn from(said: Cow<'static, str>) -> Self {
        Self(Says::Plain(said.into_owned()))
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Part {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<usize> for Part {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

impl From<u32> for Part {
    fn from(count: u32) -> Self {
        Self::Count(u64::from(count))
    }
}

impl From<Timestamp> for Part {
    fn from(at: Timestamp) -> Self {
        Self::At(at)
    }
}

impl From<Sentence> for Part {
    fn from(sentence: Sentence) -> Self {
        Self::Said(sentence)
    }
}

/// A [`Sentence`] of a key: `sentence!("key")`, `sentence!("key", most = 3_usize, name = Part::quoted("x"))`.
///
/// A key missing from `locales/en` does not compile.
#[macro_export]
macro_rules! sentence {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        const {
            assert!(
                $crate::locale::known($key),
                "no such string: add it to locales/en and locales/fr"
            )
        };
        $crate::locale::Sentence::new(
            $key,
            ::std::vec![$((stringify!($name), $crate::locale::Part::from($value))),*],
        )
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_reads_codes_in_english_and_a_person_names_in_their_language() {
        let occurred = Part::named("`occurred`", Bilingual::new("“When it began”", "« Début »"));
        let said = sentence!("refused-before", other = occurred);
        assert_eq!(said.to_string(), "lies before `occurred`; correct one of the two");
        assert_eq!(said.say(Locale::En), "Lies before “When it began”; correct one of the two");
        assert_eq!(said.say(Locale::Fr), "Se situe avant « Début » ; corrigez l’un des deux");
        let unknown = sentence!("refused-calendar", code = Part::quoted("Z\"Z"));
        assert!(unknown.to_string().contains("\"Z\\\"Z\""), "{unknown}");
        assert!(unknown.say(Locale::Fr).contains("« Z\"Z »"), "{}", unknown.say(Locale::Fr));
        let file = sentence!("refused-file-empty", name = "receipt.pdf");
        assert!(file.say(Locale::Fr).starts_with("receipt.pdf est vide"), "a name stays as it was given");
        let many = sentence!("refused-shorten", most = 20_000_usize);
        assert!(many.to_string().contains("20000") && many.say(Locale::En).contains("20,000"));
    }

    #[test]
    fn every_refusal_says_something_else_in_the_other_language() {
        let refusals = super::super::all_keys().iter().filter(|key| key.starts_with("refused-"));
        let mut count = 0;
        for key in refusals {
            let [english, french] = Locale::ALL.map(|locale| super::super::lookup(locale, key));
            let (english, french) = (english.expect("it is a key"), french.expect("it is in French"));
            assert_ne!(english, french, "{key} is the same in both languages");
            assert!(
                english.contains(' ') && french.contains(' '),
                "{key} is a sentence: {english} / {french}"
            );
            count += 1;
        }
        assert!(count > 100, "{count} refusals were found");
    }
}
