//! What people read: every string exists in English and French, with the same variables, and is used.
//!
//! A key counts as used when some Rust file holds it as a string literal, or another message refers
//! to it. Keys that are put together at run time (`reason-` + a code) belong to the families that the
//! code itself declares in `RUNTIME_PREFIXES`; some code must then really put such keys together.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::rust::scan;
use super::{Tree, Violation};
use crate::tidy::tree::File;

/// The languages; the first is the one strings are written in.
const LANGUAGES: [&str; 2] = ["en", "fr"];

/// One message: where it stands and which variables and messages it uses.
struct Message {
    path: String,
    line: usize,
    variables: BTreeSet<String>,
    refers_to: BTreeSet<String>,
}

/// All messages of one language, and what is wrong already.
#[derive(Default)]
struct Language {
    messages: BTreeMap<String, Message>,
    broken: Vec<Violation>,
}

/// A prefix of keys that are put together at run time, and where it is declared.
struct Family {
    prefix: String,
    path: String,
    line: usize,
}

/// Compares the languages with each other and with the code.
pub fn check(tree: &Tree) -> Vec<Violation> {
    let [mut first, mut second] = LANGUAGES.map(|code| read(tree, code));
    let mut found: Vec<Violation> = first.broken.drain(..).chain(second.broken.drain(..)).collect();
    found.extend(missing(&first, &second, "French"));
    found.extend(missing(&second, &first, "English"));
    found.extend(different_variables(&first, &second));
    found.extend(dead(tree, &first));
    found
}

fn read(tree: &Tree, code: &str) -> Language {
    let mut language = Language::default();
    let folder = format!("locales/{code}");
    for file in tree.under(&folder).filter(|file| file.extension() == "ftl") {
        read_file(file, &mut language);
    }
    language
}

fn read_file(file: &File, language: &mut Language) {
    let mut open: Option<String> = None;
    for (number, line) in file.lines() {
        if let Some(key) = key_of(line) {
            let message = Message {
                path: file.path.clone(),
                line: number,
                variables: BTreeSet::new(),
                refers_to: BTreeSet::new(),
            };
            if let Some(earlier) = language.messages.insert(key.to_owned(), message) {
                let what = format!("`{key}` is also in {}:{}", earlier.path, earlier.line);
                language.broken.push(Violation::new(&file.path, number, what, "keep one of them"));
            }
            open = Some(key.to_owned());
        }
        if let Some(message) = open.as_ref().and_then(|key| language.messages.get_mut(key)) {
            mentions(line, message);
        }
    }
}

/// `reason-denied = …` → `reason-denied`; a term keeps its leading dash.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let name = key.strip_prefix('-').unwrap_or(key);
    let fits = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    fits.then_some(key)
}

/// Notes the `$variables` and the `{ messages }` that a line uses.
fn mentions(line: &str, message: &mut Message) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let word = |text: &str| -> String { text.chars().take_while(|c| is_part(*c)).collect() };
    message.variables.extend(line.split('$').skip(1).map(word));
    let placeables = line.split('{').skip(1).map(|text| word(text.trim_start()));
    message.refers_to.extend(placeables.filter(|name| !name.is_empty()));
}

fn missing(here: &Language, there: &Language, language: &str) -> Vec<Violation> {
    here.messages
        .iter()
        .filter(|(key, _)| !there.messages.contains_key(*key))
        .map(|(key, message)| {
            let fix = format!("write it in {language} too");
            Violation::new(&message.path, message.line, format!("`{key}` is missing in {language}"), fix)
        })
        .collect()
}

fn different_variables(first: &Language, second: &Language) -> Vec<Violation> {
    first
        .messages
        .iter()
        .filter_map(|(key, message)| Some((key, message, second.messages.get(key)?)))
        .filter(|(_, message, other)| message.variables != other.variables)
        .map(|(key, message, other)| {
            let what = format!("`{key}` uses other variables than in {}:{}", other.path, other.line);
            Violation::new(&message.path, message.line, what, "use the same variables in both languages")
        })
        .collect()
}

/// Messages and families that no code and no other message uses.
fn dead(tree: &Tree, language: &Language) -> Vec<Violation> {
    let code = tree.under("crates").filter(|file| file.extension() == "rs");
    let literals: HashSet<String> = code.flat_map(|file| scan(&file.text).strings).collect();
    let messages = &language.messages;
    let referred: HashSet<&String> = messages.values().flat_map(|message| &message.refers_to).collect();
    let families = families(tree);
    let mut found = Vec::new();
    for Family { prefix, path, line } in &families {
        if !literals.iter().any(|literal| literal.len() > prefix.len() && literal.starts_with(prefix)) {
            let what = format!("no code puts together keys that begin with `{prefix}`");
            found.push(Violation::new(path, *line, what, "remove the family"));
        }
    }
    for (key, message) in messages {
        let in_family = families.iter().any(|family| key.starts_with(&family.prefix));
        if !in_family && !literals.contains(key) && !referred.contains(key) {
            let what = format!("nothing uses `{key}`");
            found.push(Violation::new(
                &message.path,
                message.line,
                what,
                "remove it in every language, or use it",
            ));
        }
    }
    found
}

/// The strings of every `const RUNTIME_PREFIXES` in the code.
fn families(tree: &Tree) -> Vec<Family> {
    let mut found = Vec::new();
    for file in tree.under("crates").filter(|file| file.extension() == "rs") {
        let Some(at) = file.text.find("const RUNTIME_PREFIXES") else { continue };
        let line = 1 + file.text[..at].matches('\n').count();
        let declaration = file.text[at..].split(';').next().unwrap_or_default();
        let prefixes = scan(declaration).strings.into_iter().filter(|prefix| !prefix.is_empty());
        found.extend(prefixes.map(|prefix| Family { prefix, path: file.path.clone(), line }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::fixture::said;

    const CODE: (&str, &str) = (
        "crates/ui/src/lib.rs",
        "pub const RUNTIME_PREFIXES: &[&str] = &[\"reason-\"];\n\
         fn f() { t(\"title\"); t(&format!(\"reason-{code}\")); } // \"dead\"",
    );

    #[test]
    fn used_keys_families_terms_and_variables_in_both_languages_are_fine() {
        let en = "reason-denied = { -name } refused { $count }\n    more\ntitle = Title\n-name = Entente\n";
        let fr = "reason-denied = refus de { -name } : { $count }\ntitle = Titre\n-name = Entente\n";
        assert!(said(check, &[CODE, ("locales/en/a.ftl", en), ("locales/fr/a.ftl", fr)]).is_empty());
    }

    #[test]
    fn missing_different_and_dead_strings_are_found_at_their_lines() {
        let en = "title = { $a }\ndead = Dead\nonly = Only\n";
        let fr = "title = { $b }\ndead = Mort\n";
        let said = said(check, &[CODE, ("locales/en/a.ftl", en), ("locales/fr/a.ftl", fr)]);
        assert_eq!(said.len(), 4, "{said:?}");
        assert!(
            said.iter().any(|line| line.starts_with("locales/en/a.ftl:3: `only` is missing in French; ")),
            "{said:?}"
        );
        assert!(
            said.iter().any(|line| line.starts_with("locales/en/a.ftl:1: `title` uses other variables")),
            "{said:?}"
        );
        assert!(
            said.iter().any(|line| line.starts_with("locales/en/a.ftl:2: nothing uses `dead`")),
            "{said:?}"
        );
    }

    #[test]
    fn a_key_given_twice_and_a_family_nobody_uses_are_found() {
        let ghost = ("crates/ui/src/ghost.rs", "\nconst RUNTIME_PREFIXES: &[&str] = &[\"ghost-\"];");
        let en = "title = A\ntitle = B\n";
        let said = said(check, &[CODE, ghost, ("locales/en/a.ftl", en), ("locales/fr/a.ftl", "title = A\n")]);
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[1].starts_with("crates/ui/src/ghost.rs:2: no code puts together"), "{said:?}");
    }
}
