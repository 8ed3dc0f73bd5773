//! What people call the subjects of the picture, and where each leads.

use std::borrow::Cow;

use maud::{Markup, html};
use ui::Locale;
use ui::component::type_name;
use ui::locale::lookup;
use ui::t;

use crate::held::{self, Thing};
use crate::kind::Kind;
use crate::read::ENGLISH;
use crate::sight::{Sight, SightError};
use crate::tally::Subject;

/// A subject as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    /// Its STIX id, or the word or code by which it is known.
    pub id: String,
    pub text: String,
    pub href: Option<String>,
    /// The language of the text; that of the page where it is ours.
    pub language: String,
    /// True when nothing that this reader may read says what it is.
    pub unnamed: bool,
}

impl Label {
    /// As it stands on a page: a link where there is somewhere to go, in its own language.
    pub fn show(&self, locale: Locale) -> Markup {
        let language = locale.foreign(&self.language);
        html! {
            @if let Some(href) = &self.href { a href=(href) lang=[language] { (self.text) } }
            @else if self.unnamed { span.muted { (self.text) } }
            @else { span lang=[language] { (self.text) } }
        }
    }
}

impl From<Thing> for Label {
    fn from(thing: Thing) -> Self {
        let (text, href) = (thing.label(), Some(thing.href()));
        Self { id: thing.id, text, href, language: thing.language, unnamed: false }
    }
}

/// How one thing relates to another: STIX's own word, except where it has none.
pub(crate) fn relation(locale: Locale, word: &str) -> Cow<'_, str> {
    match word {
        "object" => t!(locale, "picture-relation-object"),
        "sighted" => t!(locale, "picture-relation-sighted"),
        other => Cow::Borrowed(other),
    }
}

/// The same in a page, with the language that it is in.
pub(crate) fn relation_in(locale: Locale, word: &str) -> Markup {
    html! { span lang=[relation_language(locale, word)] { (relation(locale, word)) } }
}

/// The language of that word, where it is not the page's.
pub(crate) fn relation_language(locale: Locale, word: &str) -> Option<&'static str> {
    let ours = matches!(word, "object" | "sighted");
    if ours { None } else { locale.foreign(ENGLISH) }
}

/// The label of a subject, as far as this reader may know it.
pub(crate) fn label(
    sight: &Sight<'_>,
    locale: Locale,
    subject: &Subject,
    kind: Kind,
) -> Result<Label, SightError> {
    let own = || locale.code().to_owned();
    let known = |id: &str, text: String| Label {
        id: id.to_owned(),
        text,
        href: None,
        language: own(),
        unnamed: false,
    };
    Ok(match subject {
        Subject::Thing(key) => match held::thing(sight, *key)? {
            Some(thing) => thing.into(),
            // The picture keeps no names of what it does not read.
            None if matches!(kind, Kind::Indicator | Kind::Other) => {
                let text = type_name(locale, kind.stix_type()).into_owned();
                Label { id: String::new(), text, href: None, language: own(), unnamed: true }
            }
            None => {
                let text = t!(locale, "picture-unnamed", kind = type_name(locale, kind.stix_type()).as_ref());
                Label {
                    id: String::new(),
                    text: text.into_owned(),
                    href: None,
                    language: own(),
                    unnamed: true,
                }
            }
        },
        // A word that we have no name for stands as STIX has it.
        Subject::Sector(word) => match lookup(locale, &format!("sector-{word}")) {
            Some(name) => known(word, name.into_owned()),
            None => Label { language: ENGLISH.to_owned(), ..known(word, word.clone()) },
        },
        Subject::Country(code) => known(code, country(locale, code)),
        Subject::Region(word) => known(word, region(locale, word).into_owned()),
    })
}

/// A word of STIX's vocabulary of sectors; one that we have no name for names itself.
pub(crate) fn sector(locale: Locale, word: &str) -> Cow<'_, str> {
    lookup(locale, &format!("sector-{word}")).unwrap_or(Cow::Borrowed(word))
}

/// A word of STIX's vocabulary of regions.
pub(crate) fn region(locale: Locale, word: &str) -> Cow<'_, str> {
    lookup(locale, &format!("region-{word}")).unwrap_or(Cow::Borrowed(word))
}

/// A country by its code.
pub(crate) fn country(locale: Locale, code: &str) -> String {
    ui::svg::country(locale, code).map_or_else(|| code.to_owned(), str::to_owned)
}
