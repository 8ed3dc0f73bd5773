//! Words that mean "not finished", and paths of one machine, have no place in the tree.

use super::{Tree, Violation};
use crate::tidy::tree::File;

/// Kinds of text that people write. Lock files, licences and data are not ours to word.
const LOOKED_AT: &[&str] =
    &["rs", "toml", "md", "ftl", "css", "js", "mjs", "html", "svg", "sh", "sql", "yml", "yaml"];

/// A forbidden word, where it counts, and what to do instead.
struct Word {
    text: &'static str,
    fix: &'static str,
}

// the words are written in two parts, so that this file does not break its own rule
const FORBIDDEN: &[Word] = &[
    Word { text: concat!("TO", "DO"), fix: "finish it, or file an issue" },
    Word { text: concat!("FIX", "ME"), fix: "mend it, or file an issue" },
    Word { text: concat!("XX", "X"), fix: "say in a sentence what is the matter" },
    Word { text: concat!("todo", "!("), fix: "write it" },
    Word { text: concat!("unimplemented", "!("), fix: "write it" },
    Word { text: concat!("dbg", "!("), fix: "remove it" },
    Word { text: concat!("/ro", "ot/"), fix: "use a path relative to the project" },
    Word { text: concat!("/ho", "me/"), fix: "use a path relative to the project" },
    Word { text: concat!("/Us", "ers/"), fix: "use a path relative to the project" },
];

/// Finds forbidden words in everything that people write.
pub fn check(tree: &Tree) -> Vec<Violation> {
    tree.files().iter().filter(|file| is_looked_at(file)).flat_map(in_file).collect()
}

fn is_looked_at(file: &File) -> bool {
    LOOKED_AT.contains(&file.extension()) || file.path == ".ci/run"
}

fn in_file(file: &File) -> Vec<Violation> {
    let mut found = Vec::new();
    for (number, line) in file.lines() {
        for word in FORBIDDEN.iter().filter(|word| stands_in(line, word.text)) {
            found.push(Violation::new(&file.path, number, format!("`{}` in the text", word.text), word.fix));
        }
    }
    found
}

/// Whether the word stands in the line on its own, not as a part of a longer word.
fn stands_in(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let ends_as_word = word.ends_with(char::is_alphanumeric);
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(is_part);
        let after = ends_as_word && line[at + word.len()..].chars().next().is_some_and(is_part);
        !before && !after
    })
}

#[cfg(test)]
mod tests {
    use super::{FORBIDDEN, check};
    use crate::tidy::fixture::said;

    #[test]
    fn every_forbidden_word_is_found_with_its_line() {
        for word in FORBIDDEN {
            let said = said(check, &[("a.rs", &format!("//! Doc.\n// {} later\n", word.text))]);
            assert_eq!(said.len(), 1, "{}", word.text);
            assert!(said[0].starts_with("a.rs:2: "), "{said:?}");
        }
    }

    #[test]
    fn parts_of_longer_words_urls_and_data_are_left_alone() {
        let lists = concat!("TO", "DOS and https://example.org/ho", "me/ and XX", "XX");
        assert!(said(check, &[("a.md", lists), ("b.json", concat!("\"XX", "X\""))]).is_empty());
    }
}
