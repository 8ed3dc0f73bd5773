//! A module is named after what it holds; some names say nothing.

use super::{Tree, Violation};

const EMPTY_NAMES: &[&str] = &["util", "utils", "common", "misc", "helper", "helpers", "manager", "managers"];

/// Finds Rust files and folders with names that say nothing.
pub fn check(tree: &Tree) -> Vec<Violation> {
    let says_nothing = |path: &str| {
        let stem = path.strip_suffix(".rs").unwrap_or(path);
        stem.split('/').find(|part| EMPTY_NAMES.contains(part)).map(str::to_owned)
    };
    tree.rust()
        .filter_map(|file| {
            let name = says_nothing(&file.path)?;
            let fix = "name it after the noun or verb it holds";
            Some(Violation::new(&file.path, 1, format!("`{name}` says nothing about what is inside"), fix))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::fixture::said;

    #[test]
    fn empty_names_are_found_in_files_and_folders_only_as_whole_words() {
        let files = [
            ("a/src/utils.rs", ""),
            ("a/src/common/mod.rs", ""),
            ("a/src/commons.rs", ""),
            ("docs/misc.md", ""),
        ];
        assert_eq!(said(check, &files).len(), 2);
    }
}
