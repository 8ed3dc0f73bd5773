//! Each dependency of the workspace is used by some crate and has its reason in `docs/dependencies.md`.

use std::collections::BTreeSet;

use super::{Tree, Violation};

const MANIFEST: &str = "Cargo.toml";
const PAGE: &str = "docs/dependencies.md";

/// Compares the root manifest with the page of reasons and with the crates' manifests.
pub fn check(tree: &Tree) -> Vec<Violation> {
    let Some(manifest) = tree.get(MANIFEST) else {
        return vec![Violation::new(MANIFEST, 1, "the file is missing", "run this inside the workspace")];
    };
    let declared = others(&manifest.text);
    let page = tree.get(PAGE).map_or("", |page| &page.text);
    let explained: BTreeSet<&str> = page.lines().filter_map(row).collect();
    let used = used(tree);
    let mut found = Vec::new();
    for name in &declared {
        let line = manifest
            .lines()
            .find(|(_, line)| line.starts_with(&format!("{name} = ")))
            .map_or(1, |(at, _)| at);
        if !explained.contains(name.as_str()) {
            let fix = format!("write its row in {PAGE}");
            found.push(Violation::new(MANIFEST, line, format!("`{name}` has no reason"), fix));
        }
        if !used.contains(name) {
            found.push(Violation::new(MANIFEST, line, format!("no crate uses `{name}`"), "remove it"));
        }
    }
    found.extend(page_rows_without_crate(tree, &declared));
    found
}

/// Rows that explain something no longer there; the browser tests' packages have rows too.
fn page_rows_without_crate(tree: &Tree, declared: &[String]) -> Vec<Violation> {
    let Some(page) = tree.get(PAGE) else { return Vec::new() };
    let browser = tree.get("e2e/package.json").map_or("", |file| &file.text);
    let is_there =
        |name: &str| declared.iter().any(|known| known == name) || browser.contains(&format!("\"{name}\""));
    page.lines()
        .filter_map(|(number, line)| Some((number, row(line)?)))
        .filter(|(_, name)| !is_there(name))
        .map(|(number, name)| {
            Violation::new(PAGE, number, format!("`{name}` is no dependency"), "remove its row")
        })
        .collect()
}

/// The names in `[workspace.dependencies]` that are not our own rooms.
fn others(manifest: &str) -> Vec<String> {
    let table: toml::Table = manifest.parse().unwrap_or_default();
    let list = table.get("workspace").and_then(|workspace| workspace.get("dependencies")?.as_table());
    let foreign = |how: &toml::Value| how.get("path").is_none();
    list.into_iter().flatten().filter(|(_, how)| foreign(how)).map(|(name, _)| name.clone()).collect()
}

/// The crate that a row of the page explains.
fn row(line: &str) -> Option<&str> {
    line.strip_prefix("| `")?.split('`').next()
}

/// Every name that some member's manifest takes from the workspace.
fn used(tree: &Tree) -> BTreeSet<String> {
    let members = tree.files().iter().filter(|file| file.path != MANIFEST && file.name() == "Cargo.toml");
    let taken = |line: &str| {
        line.contains("workspace").then(|| line.split(['.', ' ', '=']).next().unwrap_or("").to_owned())
    };
    members.flat_map(|file| file.text.lines().filter_map(taken)).collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::fixture::said;

    const ROOT: &str = "[workspace.dependencies]\nmodel = { path = \"crates/model\" }\nserde = { version = \"1\" }\nlost = \"1\"\n";

    #[test]
    fn a_dependency_without_reason_or_user_is_found() {
        let files = [
            ("Cargo.toml", ROOT),
            ("crates/model/Cargo.toml", "[dependencies]\nserde.workspace = true\n"),
            ("docs/dependencies.md", "| `serde` | reads and writes |\n| `gone` | once useful |\n"),
        ];
        let said = said(check, &files);
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(said[2].starts_with("docs/dependencies.md:2: `gone` is no dependency; "), "{said:?}");
        assert!(said[0].starts_with("Cargo.toml:4: `lost` has no reason; "), "{said:?}");
    }
}
