//! Files that are committed but written by the binary itself, so that a change in them is a diff.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::edge::Program;

/// One committed file and the `entente` command whose output it is.
pub struct Generated {
    pub path: &'static str,
    pub command: &'static [&'static str],
}

/// Every generated file of the project.
pub const FILES: &[Generated] = &[
    Generated { path: "docs/openapi.json", command: &["openapi"] },
    Generated { path: "docs/entente.example.toml", command: &["config", "example"] },
];

/// Builds the binary and writes every generated file.
pub fn run(root: &Path) -> Result<bool> {
    build(root)?;
    for file in FILES {
        let text = produce(root, file)?;
        std::fs::write(root.join(file.path), text).with_context(|| format!("cannot write {}", file.path))?;
        println!("wrote {}", file.path);
    }
    Ok(true)
}

/// Builds all binaries and tests with one set of features, so that no later step builds again.
pub fn build(root: &Path) -> Result<()> {
    Program::cargo(root, &["build", "--workspace", "--locked", "--bins", "--tests"]).must()
}

/// The binary that [`build`] made.
pub fn binary(root: &Path) -> PathBuf {
    let target =
        crate::edge::variable("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
    target.join("debug").join("entente")
}

/// What the committed file should hold, ending in exactly one line break.
pub fn produce(root: &Path, file: &Generated) -> Result<Vec<u8>> {
    let mut text = Program::new(root, &binary(root).to_string_lossy(), file.command).read()?;
    text.truncate(text.trim_ascii_end().len());
    text.push(b'\n');
    Ok(text)
}
