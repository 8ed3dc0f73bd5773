//! Links between our own pages lead somewhere: to a file that exists, and to a heading in it.

use super::{Tree, Violation};
use crate::tidy::tree::File;

/// Finds links in Markdown to files or headings that are not there.
pub fn check(tree: &Tree) -> Vec<Violation> {
    tree.files().iter().filter(|file| file.extension() == "md").flat_map(|file| in_file(tree, file)).collect()
}

fn in_file(tree: &Tree, file: &File) -> Vec<Violation> {
    let mut found = Vec::new();
    for (number, line) in prose(file) {
        for target in targets(line).filter(|target| is_ours(target)) {
            if let Some((what, fix)) = problem(tree, file, target) {
                found.push(Violation::new(&file.path, number, what, fix));
            }
        }
    }
    found
}

/// The lines outside fenced code.
fn prose(file: &File) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    file.lines().filter(move |(_, line)| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    })
}

/// The targets of `[text](target)` and `[name]: target`; code between backticks holds none.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    let inline = line.match_indices("](").filter_map(move |(at, _)| {
        let in_code = line[..at].matches('`').count() % 2 == 1;
        let target = line[at + 2..].split([')', ' ']).next()?;
        (!in_code).then_some(target)
    });
    let definition =
        line.strip_prefix('[').and_then(|rest| rest.split_once("]: ")).map(|(_, target)| target.trim());
    inline.chain(definition)
}

fn is_ours(target: &str) -> bool {
    !target.is_empty()
        && !target.contains("://")
        && !target.starts_with("mailto:")
        && !target.starts_with('/')
}

fn problem(tree: &Tree, file: &File, target: &str) -> Option<(String, &'static str)> {
    let (path, heading) =
        target.split_once('#').map_or((target, None), |(path, heading)| (path, Some(heading)));
    let Some(path) = resolve(&file.path, path) else {
        return Some((format!("`{target}` leads out of the project"), "link to something inside it"));
    };
    if !tree.holds(&path) {
        return Some((format!("`{target}` leads to nothing"), "correct the path, or write the file"));
    }
    let page = tree.get(&path).filter(|page| page.extension() == "md")?;
    let heading = heading.filter(|heading| !headings(page).any(|known| known == *heading))?;
    Some((format!("`{path}` has no heading `#{heading}`"), "correct the part after `#`"))
}

/// The path from the top of the project; none when it would leave it.
fn resolve(from: &str, target: &str) -> Option<String> {
    if target.is_empty() {
        return Some(from.to_owned());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The headings as their anchors are written: lower case, blanks as dashes, no punctuation.
fn headings(page: &File) -> impl Iterator<Item = String> {
    prose(page).filter(|(_, line)| line.starts_with('#')).map(|(_, line)| {
        let text = line.trim_start_matches('#').trim().to_lowercase();
        let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::fixture::said;

    #[test]
    fn links_to_files_folders_headings_and_the_web_are_fine() {
        let page = "# A\n[b](docs/b.md#two-words) [c](docs/) [w](https://example.org/x) [s](#a) ![p](docs/p.png)\n```\n[x](gone.md)\n```\n`[y](gone.md)`\n";
        assert!(
            said(
                check,
                &[("a.md", page), ("docs/b.md", "## Two words!\n[up](../a.md)\n"), ("docs/p.png", "")]
            )
            .is_empty()
        );
    }

    #[test]
    fn links_to_nothing_are_found() {
        let said =
            said(check, &[("docs/a.md", "[b](gone.md)\n[c](../../out.md)\n[d](#none)\n[e]: lost.md\n")]);
        assert_eq!(said.len(), 4, "{said:?}");
        assert!(said[0].starts_with("docs/a.md:1: `gone.md` leads to nothing; "), "{said:?}");
    }
}
