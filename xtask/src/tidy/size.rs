//! Files and functions stay small enough to be read at once; exceptions say why.

use super::rust::{functions, scan};
use super::{Tree, Violation};
use crate::tidy::tree::File;

/// The longest file without a reason.
const FILE_LINES: usize = 500;
/// The longest function without a reason.
const FUNCTION_LINES: usize = 70;
/// A file's reason stands near its top, where a reader meets it.
const TOP_LINES: usize = 30;
/// The mark of a reason.
const REASON: &str = "// size: ";

/// Finds files and functions that are too long and do not say why.
pub fn check(tree: &Tree) -> Vec<Violation> {
    tree.rust().flat_map(|file| long_file(file).into_iter().chain(long_functions(file))).collect()
}

fn long_file(file: &File) -> Option<Violation> {
    let lines = file.text.lines().count();
    if lines <= FILE_LINES || file.text.lines().take(TOP_LINES).any(is_reason) {
        return None;
    }
    let what = format!("the file has {lines} lines, the limit is {FILE_LINES}");
    let fix = format!("split it by idea, or write `{REASON}<reason>` near its top");
    Some(Violation::new(&file.path, 1, what, fix))
}

fn long_functions(file: &File) -> Vec<Violation> {
    // a file shorter than the limit holds no function longer than it
    if file.text.lines().count() <= FUNCTION_LINES {
        return Vec::new();
    }
    let lines: Vec<&str> = file.text.lines().collect();
    functions(&scan(&file.text))
        .into_iter()
        .filter(|function| function.lines > FUNCTION_LINES && !excused(&lines, function.first_line))
        .map(|function| {
            let what =
                format!("`{}` has {} lines, the limit is {FUNCTION_LINES}", function.name, function.lines);
            let fix = format!("split it by step, or write `{REASON}<reason>` just above it");
            Violation::new(&file.path, function.first_line, what, fix)
        })
        .collect()
}

/// Whether the comments and attributes directly above the function hold a reason.
fn excused(lines: &[&str], first_line: usize) -> bool {
    let above = lines[..first_line - 1].iter().rev();
    let preface = above.take_while(|line| {
        let line = line.trim_start();
        line.starts_with("//") || line.starts_with("#[") || line.starts_with(")]")
    });
    preface.into_iter().any(|line| is_reason(line))
}

fn is_reason(line: &str) -> bool {
    line.trim_start().strip_prefix(REASON).is_some_and(|reason| reason.trim().len() > 5)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::fixture::said;

    fn long(count: usize) -> String {
        "    x();\n".repeat(count)
    }

    #[test]
    fn a_long_function_is_found_at_its_line_and_a_reason_excuses_it() {
        let bare = format!("//! Doc.\n\nfn long() {{\n{}}}\n", long(70));
        let excused = bare.replace("fn long", "/// Doc.\n// size: one total match\n#[inline]\nfn long");
        let said = said(check, &[("a.rs", &bare), ("b.rs", &excused)]);
        assert_eq!(said.len(), 1);
        assert!(said[0].starts_with("a.rs:3: `long` has 72 lines, the limit is 70; "), "{said:?}");
    }

    #[test]
    fn a_long_file_needs_a_reason_near_its_top_and_an_empty_reason_is_none() {
        let functions = "fn f() {}\n".repeat(501);
        let files = [
            ("a.rs", functions.as_str()),
            ("b.rs", &format!("// size: generated table\n{functions}")),
            ("c.rs", &format!("// size: \n{functions}")),
        ];
        let said = said(check, &files);
        assert_eq!(said.len(), 2);
        assert!(said[0].starts_with("a.rs:1: the file has 501 lines"), "{said:?}");
        assert!(said[1].starts_with("c.rs:1: "), "{said:?}");
    }
}
