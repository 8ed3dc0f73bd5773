//! Files that are committed but written by a program, most by the binary itself, so that a change in them is a diff.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::edge::Program;
use crate::sbom;

/// One committed file and what writes it.
pub struct Generated {
    pub path: &'static str,
    writer: Writer,
}

/// What writes a file.
enum Writer {
    /// The binary, with these arguments.
    Entente(&'static [&'static str]),
    /// A function of ours.
    Own(fn(&Path) -> Result<Vec<u8>>),
}

/// Every generated file of the project.
pub const FILES: &[Generated] = &[
    Generated { path: "docs/openapi.json", writer: Writer::Entente(&["openapi"]) },
    Generated { path: "docs/entente.example.toml", writer: Writer::Entente(&["config", "example"]) },
    // The binary carries it, so it is written from what is locked, not by the binary.
    Generated { path: "crates/node/sbom.cdx.json", writer: Writer::Own(sbom::produce) },
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
    let mut text = match file.writer {
        Writer::Entente(command) => Program::new(root, &binary(root).to_string_lossy(), command).read()?,
        Writer::Own(write) => write(root)?,
    };
    text.truncate(text.trim_ascii_end().len());
    text.push(b'\n');
    Ok(text)
}
