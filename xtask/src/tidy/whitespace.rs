//! No trailing blanks, no carriage returns, and a line break at the end.

use super::{Tree, Violation};
use crate::tidy::tree::File;

const LOOKED_AT: &[&str] = &["rs", "toml", "md", "ftl", "css", "js", "mjs", "svg", "sh", "sql"];

/// Folders of other people's documents, which are kept byte for byte.
const VERBATIM: &[&str] = &["fixtures", "vectors"];

/// Finds lines that end in blanks and files that end without a line break.
pub fn check(tree: &Tree) -> Vec<Violation> {
    tree.files().iter().filter(|file| is_looked_at(file)).flat_map(in_file).collect()
}

fn is_looked_at(file: &File) -> bool {
    LOOKED_AT.contains(&file.extension()) && !file.path.split('/').any(|part| VERBATIM.contains(&part))
}

fn in_file(file: &File) -> Vec<Violation> {
    let mut found = Vec::new();
    for (index, line) in file.text.split('\n').enumerate() {
        if line.ends_with([' ', '\t', '\r']) {
            found.push(Violation::new(&file.path, index + 1, "the line ends in blanks", "remove them"));
        }
    }
    if !file.text.is_empty() && !file.text.ends_with('\n') {
        let last = file.text.lines().count();
        found.push(Violation::new(&file.path, last, "the file ends without a line break", "add one"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::fixture::said;

    #[test]
    fn blanks_returns_and_a_missing_last_break_are_found() {
        let said = said(check, &[("a.md", "fine\nbad \nworse\r\nend"), ("t/fixtures/b.md", "kept ")]);
        let lines: Vec<_> = said.iter().map(|line| line.split(": ").next().unwrap_or("")).collect();
        assert_eq!(lines, ["a.md:2", "a.md:3", "a.md:4"]);
    }
}
