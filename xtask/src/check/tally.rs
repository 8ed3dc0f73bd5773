//! Reads the closing lines of the test runners, so that the check can end with them.

use std::fmt;
use std::ops::AddAssign;

/// How many tests passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
        self.skipped += more.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tests: {} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

/// The runner's own closing lines and what they add up to.
#[derive(Default)]
pub struct Summary {
    pub lines: Vec<String>,
    pub tally: Tally,
}

/// Finds the closing lines of nextest, `cargo test` and Node's test runner in what they said.
/// Of many `cargo test` lines (one per binary) only those with tests are kept.
pub fn read(said: &str) -> Summary {
    let mut summary = Summary::default();
    for line in said.lines().map(plain) {
        let Some(tally) = nextest(&line).or_else(|| cargo_test(&line)).or_else(|| node(&line)) else {
            continue;
        };
        if tally != Tally::default() {
            summary.lines.push(line.trim().to_owned());
        }
        summary.tally += tally;
    }
    summary
}

/// `Summary [ 1.2s] 5/7 tests run: 4 passed (1 slow), 1 failed, 2 skipped`
fn nextest(line: &str) -> Option<Tally> {
    let counts = line.trim_start().strip_prefix("Summary [")?.split_once("run: ")?.1;
    Some(add_up(counts.split(", ")))
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`
fn cargo_test(line: &str) -> Option<Tally> {
    let counts = line.trim_start().strip_prefix("test result: ")?.split_once(". ")?.1;
    Some(add_up(counts.split("; ")))
}

/// `ℹ pass 3`
fn node(line: &str) -> Option<Tally> {
    let mut words = line.strip_prefix("ℹ ")?.split(' ');
    let (word, count) = (words.next()?, words.next()?.parse().ok()?);
    match word {
        "pass" | "fail" | "cancelled" | "skipped" | "todo" => Some(count_of(word, count)),
        _ => None,
    }
}

fn add_up<'a>(parts: impl Iterator<Item = &'a str>) -> Tally {
    let mut tally = Tally::default();
    for part in parts {
        if let Some((count, word)) = part.trim().split_once(' ')
            && let Ok(count) = count.parse()
        {
            tally += count_of(word, count);
        }
    }
    tally
}

/// What one count means; whatever is neither passed nor skipped counts as failed.
fn count_of(word: &str, count: u64) -> Tally {
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    match word.split([' ', '(']).next().unwrap_or(word) {
        "passed" | "pass" => passed = count,
        "skipped" | "ignored" | "todo" => skipped = count,
        "failed" | "fail" | "cancelled" | "timed" | "exec" => failed = count,
        _ => {}
    }
    Tally { passed, failed, skipped }
}

/// The line without terminal colours.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        text.push_str(before);
        rest = after.split_once('m').map_or("", |(_, tail)| tail);
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextest_closing_line_is_read_in_colour_too() {
        let said = "    PASS [   0.004s] model\n\u{1b}[32m     Summary\u{1b}[0m [   0.5s] 5/7 tests run: 4 passed (1 slow), 1 timed out, 2 skipped\n";
        let summary = read(said);
        assert_eq!(summary.tally, Tally { passed: 4, failed: 1, skipped: 2 });
        assert_eq!(summary.lines.len(), 1);
    }

    #[test]
    fn cargo_test_lines_add_up_and_empty_ones_are_not_repeated() {
        let said = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 7 filtered out; finished in 0.00s\n\
                    test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
                    test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s\n";
        let summary = read(said);
        assert_eq!(summary.tally, Tally { passed: 4, failed: 2, skipped: 1 });
        assert_eq!(summary.lines.len(), 2);
    }

    #[test]
    fn node_counts_are_read() {
        let summary =
            read("ℹ tests 6\nℹ suites 1\nℹ pass 4\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\nℹ todo 0\n");
        assert_eq!(summary.tally, Tally { passed: 4, failed: 2, skipped: 0 });
        assert_eq!(summary.tally.to_string(), "tests: 4 passed, 2 failed, 0 skipped");
    }
}
