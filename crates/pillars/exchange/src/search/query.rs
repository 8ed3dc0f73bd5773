//! From what somebody asks to safe questions to the index.
//!
//! A whole word is found in a millisecond however often it occurs; a beginning costs as much as there are places of words
//! that begin so, in a large index a tenth of a second. So a beginning is first completed to the names that are known, then
//! to the words of texts, and asked as a beginning only when that finds nothing.

use desk::find::{Question, folded};
use formats::ioc::{Ioc, Network, recognise};

use super::names::Names;

/// Words of a question that count.
const MOST_WORDS: usize = 12;
/// The shortest beginning that is asked for as such: shorter ones occur in nearly everything.
const SHORTEST: usize = 4;

/// What to ask the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The object with this id.
    Id(String),
    /// What names this network, holds it, or lies within.
    Network(Network),
    /// Words that all occur, in FTS5's language.
    Words(String),
    /// The same in what objects are called.
    Named(String),
}

/// The questions in turn: each is asked only when the one before found nothing that the reader may see.
pub(super) fn plan(question: &Question, names: &Names, near: bool) -> Vec<(Wanted, Option<String>)> {
    match &question.ioc {
        Some(Ioc::Stix(id)) => return vec![(Wanted::Id(id.clone()), None)],
        Some(Ioc::Network(network)) => return vec![(Wanted::Network(*network), None)],
        _ => {}
    }
    let words: Vec<Word> = question.text.split_whitespace().filter_map(Word::read).take(MOST_WORDS).collect();
    if words.is_empty() {
        return Vec::new();
    }
    if near {
        return misspelt(&words, names);
    }
    let ask = |as_what: fn(&Word, &Names) -> String| {
        let parts: Vec<String> = words.iter().map(|word| as_what(word, names)).collect();
        (Wanted::Words(parts.join(" AND ")), None)
    };
    let mut plan = vec![ask(Word::completed), ask(Word::said), ask(Word::begun)];
    plan.dedup();
    plan
}

/// One word of a question.
struct Word {
    /// As it is looked for.
    text: String,
    /// Folded, when it is letters and digits alone.
    plain: Option<String>,
}

impl Word {
    fn read(text: &str) -> Option<Self> {
        let text = match recognise(text) {
            Some(Ioc::Hash(text) | Ioc::Cve(text) | Ioc::Attack(text) | Ioc::Stix(text)) => {
                return Some(Self { text, plain: None });
            }
            Some(Ioc::Address(text)) => without_scheme(&text).to_owned(),
            Some(Ioc::Network(network)) => network.to_string(),
            None => text.to_owned(),
        };
        let plain = text.chars().all(char::is_alphanumeric).then(|| folded(&text));
        text.chars().any(char::is_alphanumeric).then_some(Self { text, plain })
    }

    /// Itself, or a name that begins so.
    fn completed(&self, names: &Names) -> String {
        let begun = self.plain.iter().flat_map(|plain| names.begun(plain));
        any_of(std::iter::once(quoted(&self.text)).chain(begun.map(|word| called(&word))))
    }

    /// Itself, or a word of some text that begins so.
    fn said(&self, names: &Names) -> String {
        match &self.plain {
            Some(plain) if plain.chars().count() >= SHORTEST => {
                let said = names.said(plain);
                any_of(std::iter::once(quoted(&self.text)).chain(said.iter().map(|word| quoted(word))))
            }
            _ => self.completed(names),
        }
    }

    /// Itself, or whatever begins so.
    fn begun(&self, names: &Names) -> String {
        match &self.plain {
            Some(plain) if plain.chars().count() < SHORTEST => self.completed(names),
            _ => format!("{}*", quoted(&self.text)),
        }
    }
}

/// The first words replaced by what they may have meant, the likeliest first: each word is misspelt or is not.
fn misspelt(words: &[Word], names: &Names) -> Vec<(Wanted, Option<String>)> {
    /// Questions asked for one that found nothing.
    const MOST_TRIES: usize = 8;
    let choices = words.iter().map(|word| {
        let own = (word.completed(names), word.text.clone());
        let meant = word.plain.iter().flat_map(|plain| names.meant(plain));
        let meant = meant.map(|meant| (called(&meant), meant));
        std::iter::once(own).chain(meant).collect::<Vec<_>>()
    });
    // Every combination, with as few words changed as possible first.
    let mut tries: Vec<(usize, Vec<(String, String)>)> = vec![(0, Vec::new())];
    for choice in choices {
        let longer = |(cost, so_far): &(usize, Vec<(String, String)>)| {
            let (cost, so_far) = (*cost, so_far.clone());
            choice
                .clone()
                .into_iter()
                .enumerate()
                .map(move |(n, one)| (cost + n, so_far.iter().cloned().chain([one]).collect::<Vec<_>>()))
        };
        tries = tries.iter().flat_map(longer).collect();
        tries.sort_by_key(|(cost, _)| *cost);
        tries.truncate(4 * MOST_TRIES);
    }
    let changed = tries.into_iter().filter(|(cost, _)| *cost > 0).take(MOST_TRIES);
    let say = |(_, parts): (usize, Vec<(String, String)>)| {
        let (asked, said): (Vec<String>, Vec<String>) = parts.into_iter().unzip();
        (Wanted::Words(asked.join(" AND ")), Some(said.join(" ")))
    };
    changed.map(say).collect()
}

fn any_of(words: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = words.collect();
    if let [one] = &all[..] { one.clone() } else { format!("({})", all.join(" OR ")) }
}

/// A name that is known is looked for among names alone: as a word of a text it would say that something is called so.
fn called(name: &str) -> String {
    format!("title : {}", quoted(name))
}

/// Whatever was typed stays inside quotes, so operators of FTS5's language are ordinary text.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\"").replace('\0', ""))
}

/// `https://evil.example/a` is looked for as `evil.example/a`: the domain by itself is then found too.
fn without_scheme(word: &str) -> &str {
    match word.split_once("://") {
        Some((_, rest)) if rest.chars().any(char::is_alphanumeric) => rest.trim_end_matches('/'),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::names::Came;
    use super::*;

    fn names() -> Names {
        let names = Names::default();
        let called = [("heron", 4), ("herald", 2), ("grey", 3), ("telephone", 1)];
        let said = [("telephone", 7), ("telex", 2), ("heron", 9)];
        let owned = |words: &[(&str, i64)]| {
            words.iter().map(|(word, uses)| ((*word).to_owned(), *uses)).collect::<BTreeMap<_, _>>()
        };
        names.add(Came { called: owned(&called), said: owned(&said) });
        names
    }

    fn asked(text: &str, near: bool) -> Vec<String> {
        let plan = plan(&Question::new(text), &names(), near);
        plan.into_iter()
            .map(|(wanted, _)| match wanted {
                Wanted::Words(words) | Wanted::Named(words) => words,
                Wanted::Id(id) => format!("id {id}"),
                Wanted::Network(network) => format!("network {network}"),
            })
            .collect()
    }

    #[test]
    fn a_beginning_is_completed_to_names_first() {
        assert_eq!(asked("Her", false), [r#"("Her" OR title : "heron" OR title : "herald")"#]);
        assert_eq!(
            asked("grey tele", false),
            [
                r#""grey" AND ("tele" OR title : "telephone")"#,
                r#""grey" AND ("tele" OR "telephone" OR "telex")"#,
                r#""grey"* AND "tele"*"#
            ]
        );
    }

    #[test]
    fn what_has_a_form_of_its_own_is_asked_for_as_such() {
        assert_eq!(asked("192[.]0[.]2[.]0/24", false), ["network 192.0.2.0/24"]);
        assert_eq!(asked("hxxp://Evil[.]example/", false)[0], r#""evil.example""#);
        assert_eq!(asked("cve-2026-31337", false)[0], r#""CVE-2026-31337""#);
        let id = "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f";
        assert_eq!(asked(id, false), [format!("id {id}")]);
    }

    #[test]
    fn nothing_typed_is_an_operator() {
        assert_eq!(asked("a\" OR title:b*", false)[0], r#""a""" AND "OR" AND "title:b*""#);
        assert!(asked("  \"\" * ( - ", false).is_empty());
        assert!(asked(&"a ".repeat(1000), false)[0].matches("\"a\"").count() <= MOST_WORDS);
    }

    #[test]
    fn misspelt_words_are_changed_one_at_a_time_and_tries_are_few() {
        let tries = asked("gery hern", true);
        assert!(tries.contains(&r#"title : "grey" AND title : "heron""#.to_owned()), "{tries:?}");
        assert!(tries.len() <= 8);
        assert!(asked("telephnoe", true).contains(&r#"title : "telephone""#.to_owned()));
    }
}
