//! Files that are committed but written by a program, most by the binary itself, so that a change in them is a diff.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::edge::Program;
use crate::sbom;

/// One committed file and what writes it.
pub struct Generated {
    pub path: String,
    writer: Writer,
}

/// What writes a file.
enum Writer {
    /// The binary, with these arguments.
    Entente(Vec<String>),
    /// A function of ours.
    Own(fn(&Path) -> Result<Vec<u8>>),
}

/// Every generated file of the project: the API, the example configuration, the bill of materials, and a page for each
/// pack of law.
pub fn files(root: &Path) -> Result<Vec<Generated>> {
    let mut files = vec![
        generated("docs/openapi.json".into(), &["openapi"]),
        generated("docs/entente.example.toml".into(), &["config", "example"]),
        generated("docs/security/roles.md".into(), &["account", "roles", "--markdown"]),
        // The binary carries it, so it is written from what is locked, not by the binary.
        Generated { path: "crates/node/sbom.cdx.json".into(), writer: Writer::Own(sbom::produce) },
    ];
    for pack in packs(root)? {
        for language in ["en", "fr"] {
            let path = format!("docs/regimes/{language}/{pack}.md");
            files.push(generated(path, &["notify", "pack", "page", &pack, "--language", language]));
        }
    }
    Ok(files)
}

fn generated(path: String, command: &[&str]) -> Generated {
    Generated { path, writer: Writer::Entente(command.iter().map(|word| (*word).to_owned()).collect()) }
}

/// The names of the packs: their files are called after the regime, in small letters.
fn packs(root: &Path) -> Result<Vec<String>> {
    let folder = root.join("packs/regimes");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".toml").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

/// Builds the binary and writes every generated file.
pub fn run(root: &Path) -> Result<bool> {
    build(root)?;
    for file in files(root)? {
        let text = produce(root, &file)?;
        let path = root.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap_or(root)).context("cannot make the folder")?;
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", file.path))?;
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
    let mut text = match &file.writer {
        Writer::Entente(command) => {
            let command: Vec<&str> = command.iter().map(String::as_str).collect();
            Program::new(root, &binary(root).to_string_lossy(), &command).read()?
        }
        Writer::Own(write) => write(root)?,
    };
    text.truncate(text.trim_ascii_end().len());
    text.push(b'\n');
    Ok(text)
}
