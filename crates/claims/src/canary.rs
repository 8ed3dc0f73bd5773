//! The leak canary: what occurs only in what was left out must not occur in the finished text, in any language.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Shorter words would sing in every text.
const SHORTEST: usize = 4;

/// Names that give away an entry that was left out.
#[derive(Debug, Clone, Default)]
pub struct Canary {
    /// By the words of a name, in small letters and one blank apart: the name, and the entry that it gives away.
    names: BTreeMap<String, (String, String)>,
}

/// A name that should not be in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The name.
    pub word: String,
    /// The entry that it gives away.
    pub entry: String,
}

impl Canary {
    /// Watches for `name`, which tells of `entry`.
    pub fn watch(&mut self, name: &str, entry: &str) {
        let words = words(name).join(" ");
        if words.chars().count() >= SHORTEST {
            self.names.entry(words).or_insert_with(|| (name.trim().to_owned(), entry.to_owned()));
        }
    }

    /// Watches no longer for this name, because the product may say it; longer names that hold it stay watched.
    pub fn allow_name(&mut self, name: &str) {
        self.names.remove(&words(name).join(" "));
    }

    /// Watches no longer for any name that stands in this text: the product's own fixed words.
    pub fn allow(&mut self, text: &str) {
        for name in self.found(text, usize::MAX) {
            self.names.remove(&name);
        }
    }

    /// Names that are watched for.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// True when nothing is watched for.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The first name of what was left out that stands in the text.
    pub fn sings(&self, text: &str) -> Option<Hit> {
        let found = self.found(text, 1).into_iter().next()?;
        let (word, entry) = self.names.get(&found)?;
        Some(Hit { word: word.clone(), entry: entry.clone() })
    }

    /// At most `most` of the names that stand in the text as whole words, whatever stands between the words: one walk over
    /// the text, however many names there are.
    fn found(&self, text: &str, most: usize) -> BTreeSet<String> {
        let mut by_first: HashMap<&str, Vec<Vec<&str>>> = HashMap::new();
        for name in self.names.keys() {
            let words: Vec<&str> = name.split(' ').collect();
            by_first.entry(words[0]).or_default().push(words);
        }
        let words = words(text);
        let mut found = BTreeSet::new();
        for at in 0..words.len() {
            let begins = by_first.get(words[at].as_str()).into_iter().flatten();
            let whole = |name: &&Vec<&str>| {
                words.get(at..at + name.len()).is_some_and(|same| same == name.as_slice())
            };
            found.extend(begins.filter(whole).map(|name| name.join(" ")));
            if found.len() >= most {
                break;
            }
        }
        found
    }
}

/// The words of a text, in small letters.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_what_was_left_out_stops_the_product_in_any_case() {
        let mut canary = Canary::default();
        canary.watch("North Grid", "identity--1");
        canary.watch("192.0.2.7", "ipv4-addr--2");
        let hit = canary.sings("The outage at NORTH GRID lasted.").expect("a hit");
        assert_eq!(hit.entry, "identity--1");
        assert!(canary.sings("Traffic from 192.0.2.70 was seen.").is_none(), "another address");
        assert!(canary.sings("Traffic from 192.0.2.7, again.").is_some());
    }

    #[test]
    fn what_the_product_says_with_good_right_is_allowed_and_short_words_do_not_count() {
        let mut canary = Canary::default();
        canary.watch("HOLLOW TIDE", "intrusion-set--1");
        canary.watch("EU", "identity--2");
        assert_eq!(canary.len(), 1);
        canary.allow_name("The wake of Hollow Tide");
        assert!(canary.sings("hollow tide").is_some(), "another name that holds it");
        canary.allow_name("Hollow Tide");
        assert!(canary.is_empty() && canary.sings("hollow tide").is_none());
        canary.watch("Tools", "malware--3");
        canary.allow("Malware and tools");
        assert!(canary.is_empty());
    }

    #[test]
    fn words_are_found_as_words_in_french_too() {
        let mut canary = Canary::default();
        canary.watch("Électricité", "identity--1");
        assert!(canary.sings("l’électricité manque").is_some());
        assert!(canary.sings("hydroélectricité").is_none());
    }
}
