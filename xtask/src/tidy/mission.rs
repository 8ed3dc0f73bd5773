//! `docs/mission.md` accounts for every mechanism of the mission, I01 to I79, honestly.

use super::{Tree, Violation};

const PAGE: &str = "docs/mission.md";
const LAST: usize = 79;
const PILLARS: &[&str] = &["exchange", "picture", "notify", "crisis", "assure", "accord"];
const HOW_FAR: &[&str] = &["none", "part", "done"];
const NOT_BUILT: &str = "not built";

/// Checks that the rows are exactly I01–I79 in order, and that each row is true to its form.
pub fn check(tree: &Tree) -> Vec<Violation> {
    let Some(page) = tree.get(PAGE) else {
        return vec![Violation::new(PAGE, 1, "the page is missing", "write one row for each of I01 to I79")];
    };
    let rows: Vec<(usize, Vec<&str>)> = page
        .lines()
        .filter(|(_, line)| {
            line.strip_prefix("| I").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        })
        .map(|(number, line)| (number, line.trim().trim_matches('|').split('|').map(str::trim).collect()))
        .collect();
    let mut found = order(&rows);
    found.extend(rows.iter().filter_map(|(number, row)| form(tree, *number, row)));
    found
}

fn order(rows: &[(usize, Vec<&str>)]) -> Vec<Violation> {
    let mut found = Vec::new();
    for (index, (number, row)) in rows.iter().enumerate() {
        let wanted = format!("I{:02}", index + 1);
        if row[0] != wanted || index >= LAST {
            let what = format!("found row `{}` where `{wanted}` was expected", row[0]);
            found.push(Violation::new(
                PAGE,
                *number,
                what,
                "keep exactly one row for each of I01 to I79, in order",
            ));
            return found;
        }
    }
    if rows.len() < LAST {
        let what = format!("{} rows, {LAST} expected", rows.len());
        found.push(Violation::new(PAGE, 1, what, "write the missing rows at the end of the table"));
    }
    found
}

/// id | what it is | pillar | where it lives | how far it is
fn form(tree: &Tree, number: usize, row: &[&str]) -> Option<Violation> {
    let broken = |what: String, fix: &str| Some(Violation::new(PAGE, number, what, fix));
    let [id, what, pillar, place, how_far] = row else {
        return broken(
            format!("{} cells", row.len()),
            "write id, what it is, pillar, where it lives, how far it is",
        );
    };
    if what.len() < 10 {
        return broken(format!("{id} does not say what it is"), "say it in our own words");
    }
    if !PILLARS.contains(pillar) {
        return broken(format!("`{pillar}` is no pillar"), "name one of the six");
    }
    if !HOW_FAR.contains(how_far) {
        return broken(format!("`{how_far}` says nothing"), "write none, part or done");
    }
    if (*place == NOT_BUILT) != (*how_far == "none") {
        return broken(
            format!("{id} is `{how_far}` and lives at `{place}`"),
            "`not built` goes with `none`, a place with `part` or `done`",
        );
    }
    let lost = place.split('`').skip(1).step_by(2).find(|path| !tree.holds(path))?;
    broken(format!("{id} names `{lost}`, which is not there"), "correct the path")
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::fixture::said;

    fn page(change: impl Fn(usize) -> Option<String>) -> String {
        let row = |n: usize| {
            change(n).unwrap_or_else(|| format!("| I{n:02} | something to do | accord | not built | none |"))
        };
        (1..=79).map(row).filter(|row| !row.is_empty()).map(|row| row + "\n").collect()
    }

    #[test]
    fn a_whole_table_is_fine() {
        let text = page(|n| {
            (n == 1).then(|| "| I01 | standing exchange | exchange | `crates/x` | part |".to_owned())
        });
        assert!(said(check, &[("docs/mission.md", &text), ("crates/x/lib.rs", "")]).is_empty());
    }

    #[test]
    fn a_missing_row_is_found_where_the_gap_is() {
        let said = said(check, &[("docs/mission.md", &page(|n| (n == 40).then(String::new)))]);
        assert!(
            said[0].starts_with("docs/mission.md:40: found row `I41` where `I40` was expected; "),
            "{said:?}"
        );
    }

    #[test]
    fn rows_that_promise_what_is_not_there_are_found() {
        let text = page(|n| match n {
            3 => Some("| I03 | EU and NATO exchange | exchange | `crates/gone` | part |".to_owned()),
            4 => Some("| I04 | posture papers swapped | exchange | not built | done |".to_owned()),
            5 => Some("| I05 | posture papers swapped | mailroom | not built | none |".to_owned()),
            _ => None,
        });
        assert_eq!(said(check, &[("docs/mission.md", &text)]).len(), 3);
        assert_eq!(said(check, &[]).len(), 1);
    }
}
