//! Every text exists in both languages, takes the same variables, and says something.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// Key → the variables that its text uses, of one language.
fn messages(files: &[(&str, &str)]) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for (area, text) in files {
        if let Err((_, problems)) = FluentResource::try_new((*text).to_owned()) {
            panic!("{area}.ftl does not parse: {problems:?}");
        }
        for (key, body) in bodies(text) {
            let twice = found.insert(key.clone(), variables(&body));
            assert!(twice.is_none(), "{key} stands twice, the second time in {area}.ftl");
        }
    }
    found
}

/// Splits a file into messages: a key starts a line, its text may go on in indented lines.
fn bodies(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (key, body) = line.split_once('=').expect("a key is followed by =");
            found.push((key.trim().to_owned(), body.to_owned()));
        } else if line.starts_with(' ')
            && let Some((_, body)) = found.last_mut()
        {
            body.push_str(line);
        }
    }
    found
}

fn variables(body: &str) -> BTreeSet<String> {
    let name =
        |rest: &str| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().map(str::to_owned);
    body.split('$').skip(1).filter_map(name).collect()
}

#[test]
fn every_key_exists_in_both_languages_with_the_same_variables() {
    let (en, fr) = (messages(ENGLISH), messages(FRENCH));
    for (key, variables) in &en {
        let other = fr.get(key).unwrap_or_else(|| panic!("{key} is missing in French"));
        assert_eq!(variables, other, "{key} uses different variables in French");
    }
    for key in fr.keys() {
        assert!(en.contains_key(key), "{key} is missing in English");
    }
    assert!(en.keys().map(String::as_str).eq(KEYS.iter().copied()), "build.rs and Fluent see the same keys");
}

#[test]
fn every_key_yields_a_text_in_both_languages() {
    for key in KEYS {
        for locale in Locale::ALL {
            let text = lookup(locale, key).unwrap_or_default();
            assert!(!text.trim().is_empty(), "{key} is empty in {}", locale.code());
        }
    }
}

#[test]
fn tlp_and_pap_labels_are_never_translated() {
    for (area, text) in FRENCH {
        for wrong in ["TLP:ROUGE", "TLP:VERT", "TLP:AMBRE", "TLP:BLANC", "TLP :", "PAP :"] {
            assert!(!text.contains(wrong), "{area}.ftl writes {wrong}");
        }
    }
}

#[test]
fn counts_take_the_plural_and_the_digits_of_the_language() {
    assert_eq!(crate::t!(Locale::En, "count-objects", count = 1), "1 object");
    assert_eq!(crate::t!(Locale::En, "count-objects", count = 1234), "1,234 objects");
    assert_eq!(crate::t!(Locale::Fr, "count-objects", count = 0), "0 objet");
    assert_eq!(crate::t!(Locale::Fr, "count-objects", count = 1234), "1\u{202f}234 objets");
}

#[test]
fn known_finds_every_key_and_nothing_else() {
    assert!(KEYS.iter().all(|key| known(key)));
    assert!(!known("") && !known("zzz") && !known("count-object"));
    assert_eq!(text(Locale::En, "not-a-key", &[]), "⟦not-a-key⟧");
}
