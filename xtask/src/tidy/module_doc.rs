//! Every Rust file begins by saying what it is and why it is there.

use super::{Tree, Violation};

/// Finds files whose first line of substance is not a `//!` line.
pub fn check(tree: &Tree) -> Vec<Violation> {
    tree.rust()
        .filter(|file| !begins_with_doc(&file.text))
        .map(|file| {
            let fix = "begin it with `//!` and say what it holds and why";
            Violation::new(&file.path, 1, "the file has no module doc", fix)
        })
        .collect()
}

fn begins_with_doc(text: &str) -> bool {
    let before = |line: &&str| {
        let line = line.trim();
        line.is_empty() || line.starts_with("// ") || line.starts_with("#![")
    };
    text.lines()
        .find(|line| !before(line))
        .is_some_and(|line| line.trim_start().starts_with("//!") && line.trim().len() > 8)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::fixture::said;

    #[test]
    fn a_doc_may_follow_a_size_reason_and_attributes() {
        let text = "// size: a table\n#![allow(dead_code)]\n\n//! The kinds of a record.\nfn main() {}\n";
        assert!(said(check, &[("crates/a/src/lib.rs", text)]).is_empty());
    }

    #[test]
    fn a_file_without_doc_is_found() {
        let said = said(
            check,
            &[("crates/a/src/b.rs", "use std::fmt;\n//! Too late.\n"), ("crates/a/src/c.rs", "//!\n")],
        );
        assert_eq!(said.len(), 2);
        assert!(said[0].starts_with("crates/a/src/b.rs:1: the file has no module doc; "), "{said:?}");
    }
}
