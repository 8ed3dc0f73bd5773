//! The floors of the house: a crate depends only on lower floors, pillars never on each other.

use super::{Tree, Violation};
use crate::tidy::tree::File;

/// Every room and its floor.
const FLOORS: &[(&str, u8)] = &[
    ("model", 0),
    ("formats", 0),
    ("records", 1),
    ("share", 1),
    ("packs", 1),
    ("ledger", 2),
    ("claims", 2),
    ("link", 3),
    ("ui", 3),
    ("desk", 4),
    ("exchange", 5),
    ("picture", 5),
    ("notify", 5),
    ("crisis", 5),
    ("assure", 5),
    ("accord", 5),
    ("node", 6),
    ("sim", 6),
];

/// The two neighbours on one floor that may see each other, in this direction only: everything
/// speaks in nouns of `model`, and the verdict reads `records`.
const NEIGHBOURS: &[(&str, &str)] = &[("formats", "model"), ("share", "records")];

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

/// Reads each crate's manifest and refuses arrows that go up or sideways.
pub fn check(tree: &Tree) -> Vec<Violation> {
    tree.under("crates").filter(|file| file.name() == "Cargo.toml").flat_map(manifest).collect()
}

fn manifest(file: &File) -> Vec<Violation> {
    let table: toml::Table = match file.text.parse() {
        Ok(table) => table,
        Err(error) => {
            return vec![Violation::new(
                &file.path,
                1,
                format!("not TOML: {}", error.message()),
                "correct it",
            )];
        }
    };
    let name = table.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str);
    let Some(room) = name else {
        return vec![Violation::new(&file.path, 1, "the package has no name", "name it as its folder")];
    };
    let Some(own_floor) = floor(room) else {
        let fix = "give it a floor in xtask/src/tidy/floors.rs and a row in ARCHITECTURE.md";
        return vec![Violation::new(&file.path, 1, format!("`{room}` stands on no floor"), fix)];
    };
    dependencies(&table)
        .into_iter()
        .filter(|needed| !may_depend(room, own_floor, needed))
        .map(|needed| {
            let what = format!(
                "`{room}` (floor {own_floor}) depends on `{needed}` (floor {})",
                floor(&needed).unwrap_or(0)
            );
            let fix = "depend on lower floors only; a pillar sees another's facts by folding its records";
            Violation::new(&file.path, line_of(file, &needed), what, fix)
        })
        .collect()
}

fn may_depend(room: &str, own_floor: u8, needed: &str) -> bool {
    match floor(needed) {
        None => needed != "xtask",
        Some(below) => below < own_floor || NEIGHBOURS.contains(&(room, needed)),
    }
}

/// The names of all dependencies, of every kind and target, as the packages are really called.
fn dependencies(table: &toml::Table) -> Vec<String> {
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let targets =
        table.get("target").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::values);
    let places = std::iter::once(table).chain(targets.filter_map(toml::Value::as_table));
    let lists = places.flat_map(|place| kinds.iter().filter_map(|kind| place.get(*kind)?.as_table()));
    lists
        .flatten()
        .map(|(name, how)| how.get("package").and_then(toml::Value::as_str).unwrap_or(name).to_owned())
        .collect()
}

fn line_of(file: &File, name: &str) -> usize {
    let starts = |line: &str| {
        line.trim_start().strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '.', '=']))
    };
    file.lines().find(|(_, line)| starts(line)).map_or(1, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::fixture::said;

    fn crate_with(name: &str, dependencies: &str) -> String {
        format!("[package]\nname = \"{name}\"\n[dependencies]\nserde = \"1\"\n{dependencies}\n")
    }

    #[test]
    fn lower_floors_and_the_two_neighbours_are_fine() {
        let share = crate_with("share", "model.workspace = true\nrecords.workspace = true");
        assert!(said(check, &[("crates/share/Cargo.toml", &share)]).is_empty());
    }

    #[test]
    fn an_arrow_up_is_refused_at_its_line() {
        let model = crate_with("model", "ledger.workspace = true");
        let said = said(check, &[("crates/model/Cargo.toml", &model)]);
        assert_eq!(said.len(), 1);
        assert!(
            said[0]
                .starts_with("crates/model/Cargo.toml:5: `model` (floor 0) depends on `ledger` (floor 2); "),
            "{said:?}"
        );
    }

    #[test]
    fn pillars_never_depend_on_each_other_not_even_renamed_or_in_tests() {
        let text = "[package]\nname = \"crisis\"\n[dev-dependencies]\nother = { package = \"accord\", path = \"../accord\" }\n";
        assert_eq!(said(check, &[("crates/pillars/crisis/Cargo.toml", text)]).len(), 1);
    }

    #[test]
    fn a_room_without_a_floor_is_refused() {
        let said = said(check, &[("crates/attic/Cargo.toml", &crate_with("attic", ""))]);
        assert!(said[0].contains("stands on no floor"), "{said:?}");
    }
}
