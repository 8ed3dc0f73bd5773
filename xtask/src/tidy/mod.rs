//! `cargo xtask tidy`: the rules of our own style, as checks. STYLE.md says them in words.
//!
//! Each broken rule is one line: where, what, and what to do about it.

mod assets;
mod dependencies;
mod doc_links;
mod floors;
mod mission;
mod module_doc;
mod names;
mod rust;
mod size;
mod strings;
mod tree;
mod whitespace;
mod words;

use std::fmt;
use std::path::Path;

use anyhow::Result;

use tree::Tree;

/// A broken rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Violation {
    path: String,
    line: usize,
    what: String,
    fix: String,
}

impl Violation {
    fn new(path: &str, line: usize, what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, what: what.into(), fix: fix.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; {}", self.path, self.line, self.what, self.fix)
    }
}

const RULES: &[fn(&Tree) -> Vec<Violation>] = &[
    floors::check,
    dependencies::check,
    module_doc::check,
    size::check,
    names::check,
    words::check,
    whitespace::check,
    strings::check,
    assets::check,
    doc_links::check,
    mission::check,
];

/// Checks the whole tree and prints what is broken; `Ok(true)` when nothing is.
pub fn run(root: &Path) -> Result<bool> {
    let tree = Tree::read(root)?;
    let mut found: Vec<_> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    found.sort();
    for violation in &found {
        println!("{violation}");
    }
    println!("tidy: {} files looked at, {} rules broken", tree.files().len(), found.len());
    Ok(found.is_empty())
}

/// Small trees for the tests of the rules.
#[cfg(test)]
mod fixture {
    use super::{Tree, Violation};

    /// Writes the files into a temporary folder and reads it as a tree.
    pub fn tree(files: &[(&str, &str)]) -> Tree {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            std::fs::write(path, text).expect("a file");
        }
        Tree::read(folder.path()).expect("a readable tree")
    }

    /// What a rule says about the files, one line per violation.
    pub fn said(rule: fn(&Tree) -> Vec<Violation>, files: &[(&str, &str)]) -> Vec<String> {
        rule(&tree(files)).iter().map(ToString::to_string).collect()
    }
}
