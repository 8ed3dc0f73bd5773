//! The bill of materials of the binary as CycloneDX 1.6: what is linked into it, from where, under which licence.
//!
//! It is written from `Cargo.lock` and `cargo tree`, says nothing about the moment or the machine, and so is the same
//! everywhere. `entente sbom` prints it; the release carries it that way.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};

use crate::edge::Program;

/// The release is for this machine; what others would link stays out.
const MACHINE: &str = "x86_64-unknown-linux-gnu";

/// A package by name and version.
type Id = (String, String);

/// What the lock file says of one package.
struct Locked {
    checksum: Option<String>,
    /// As the lock file names them: `name`, or `name version` where there are several.
    dependencies: Vec<String>,
}

/// The whole document, ending in one line break.
pub fn produce(root: &Path) -> Result<Vec<u8>> {
    let format = ["--prefix", "none", "--format", "{p}|{l}", "--edges", "normal", "--target", MACHINE];
    let tree =
        Program::cargo(root, &[&["tree", "--package", "node", "--locked"], &format[..]].concat()).read()?;
    let linked = linked(&String::from_utf8_lossy(&tree))?;
    let lock = std::fs::read_to_string(root.join("Cargo.lock")).context("cannot read Cargo.lock")?;
    Ok(document(&linked, &locked(&lock)?).into_bytes())
}

/// `name v1.2.3 (proc-macro)|MIT` → the package and its licence as an SPDX expression.
fn linked(tree: &str) -> Result<BTreeMap<Id, String>> {
    let mut linked = BTreeMap::new();
    for line in tree.lines().filter(|line| !line.trim().is_empty()) {
        let (package, licence) = line.split_once('|').with_context(|| format!("cargo tree says {line:?}"))?;
        let mut words = package.split(' ');
        let (Some(name), Some(version)) = (words.next(), words.next()) else { continue };
        let version = version.trim_start_matches('v').to_owned();
        // Before SPDX expressions, a slash meant a choice.
        let licence = licence.trim_end_matches(" (*)").replace('/', " OR ").replace("  ", " ");
        linked.insert((name.to_owned(), version), licence);
    }
    Ok(linked)
}

fn locked(text: &str) -> Result<BTreeMap<Id, Locked>> {
    let lock: toml::Table = text.parse().context("Cargo.lock is no TOML")?;
    let packages =
        lock.get("package").and_then(toml::Value::as_array).context("Cargo.lock lists no packages")?;
    let read = |package: &toml::Value| {
        let word = |key: &str| package.get(key).and_then(toml::Value::as_str).map(str::to_owned);
        let dependencies = package.get("dependencies").and_then(toml::Value::as_array);
        let dependencies =
            dependencies.into_iter().flatten().filter_map(toml::Value::as_str).map(str::to_owned);
        let locked = Locked { checksum: word("checksum"), dependencies: dependencies.collect() };
        Some(((word("name")?, word("version")?), locked))
    };
    Ok(packages.iter().filter_map(read).collect())
}

fn document(linked: &BTreeMap<Id, String>, locked: &BTreeMap<Id, Locked>) -> String {
    let node = linked.keys().find(|(name, _)| name == "node").cloned().unwrap_or_default();
    let mut out = String::from(
        "{\n  \"$schema\": \"http://cyclonedx.org/schema/bom-1.6.schema.json\",\n  \"bomFormat\": \"CycloneDX\",\n  \
         \"specVersion\": \"1.6\",\n  \"version\": 1,\n  \"metadata\": {\n    \"component\": {\n      \
         \"type\": \"application\",\n",
    );
    let _ = writeln!(
        out,
        "      \"bom-ref\": {0},\n      \"name\": \"entente\",\n      \"version\": {1},\n      \
         \"licenses\": [{{ \"expression\": \"Apache-2.0\" }}]\n    }}\n  }},\n  \"components\": [",
        quoted(&purl(&node)),
        quoted(&node.1)
    );
    let parts = linked.iter().filter(|(id, _)| **id != node);
    let components: Vec<String> = parts.map(|(id, licence)| component(id, licence, locked.get(id))).collect();
    out.push_str(&components.join(",\n"));
    out.push_str("\n  ],\n  \"dependencies\": [\n");
    let lines: Vec<String> = linked.keys().map(|id| depends(id, linked, locked.get(id))).collect();
    out.push_str(&lines.join(",\n"));
    out.push_str("\n  ]\n}\n");
    out
}

fn component(id: &Id, licence: &str, locked: Option<&Locked>) -> String {
    let purl = quoted(&purl(id));
    let hash = locked.and_then(|locked| locked.checksum.as_deref()).map_or_else(String::new, |sha256| {
        format!(",\n      \"hashes\": [{{ \"alg\": \"SHA-256\", \"content\": {} }}]", quoted(sha256))
    });
    let licences = if licence.is_empty() {
        String::new()
    } else {
        format!(",\n      \"licenses\": [{{ \"expression\": {} }}]", quoted(licence))
    };
    format!(
        "    {{\n      \"type\": \"library\",\n      \"bom-ref\": {purl},\n      \"name\": {},\n      \"version\": {}{hash}{licences},\n      \
         \"purl\": {purl}\n    }}",
        quoted(&id.0),
        quoted(&id.1)
    )
}

/// What one package depends on, of what is linked at all.
fn depends(id: &Id, linked: &BTreeMap<Id, String>, locked: Option<&Locked>) -> String {
    let named = locked.map_or(&[][..], |locked| &locked.dependencies);
    let on = named.iter().filter_map(|text| {
        let mut words = text.split(' ');
        let (name, version) = (words.next()?, words.next());
        linked.keys().find(|(n, v)| n == name && version.is_none_or(|version| version == v))
    });
    let on: Vec<String> = on.map(|id| quoted(&purl(id))).collect();
    format!("    {{ \"ref\": {}, \"dependsOn\": [{}] }}", quoted(&purl(id)), on.join(", "))
}

fn purl((name, version): &Id) -> String {
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

/// A JSON string. Names, versions and licences hold no control characters; others would be dropped.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        if matches!(letter, '"' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_names_what_is_linked_with_licence_digest_and_edges() {
        let tree = "node v0.1.0 (/x)|Apache-2.0\nserde v1.0.1|MIT/Apache-2.0\nsyn v2.0.0 (proc-macro)|MIT\n";
        let lock = "[[package]]\nname = \"node\"\nversion = \"0.1.0\"\ndependencies = [\"serde\", \"tempfile\"]\n\
                    [[package]]\nname = \"serde\"\nversion = \"1.0.1\"\nchecksum = \"ab\"\ndependencies = [\"syn 2.0.0\"]\n\
                    [[package]]\nname = \"syn\"\nversion = \"2.0.0\"\n[[package]]\nname = \"tempfile\"\nversion = \"3.0.0\"\n";
        let text = document(&linked(tree).expect("a tree"), &locked(lock).expect("a lock file"));
        assert!(text.contains("{ \"expression\": \"MIT OR Apache-2.0\" }"), "{text}");
        assert!(text.contains("{ \"alg\": \"SHA-256\", \"content\": \"ab\" }"), "{text}");
        assert!(
            text.contains("\"ref\": \"pkg:cargo/node@0.1.0\", \"dependsOn\": [\"pkg:cargo/serde@1.0.1\"]"),
            "{text}"
        );
        assert!(
            text.contains("\"ref\": \"pkg:cargo/serde@1.0.1\", \"dependsOn\": [\"pkg:cargo/syn@2.0.0\"]"),
            "{text}"
        );
        assert!(!text.contains("tempfile") && !text.contains("/x"), "{text}");
    }
}
