//! Committed files that the binary writes must be what it writes now.

use std::path::Path;

use anyhow::{Result, bail};

use super::Notes;
use crate::generate;

/// Compares every generated file with what the binary says, byte for byte.
pub fn run(root: &Path, _: &mut Notes) -> Result<()> {
    let mut stale = Vec::new();
    for file in generate::files(root)? {
        let wanted = generate::produce(root, &file)?;
        match std::fs::read(root.join(&file.path)) {
            Ok(found) if found == wanted => println!("{} is up to date", file.path),
            Ok(found) => stale.push(format!("{}:{}", file.path, first_difference(&found, &wanted))),
            Err(error) => stale.push(format!("{}: {error}", file.path)),
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    bail!(
        "not what the binary writes: {}; run `cargo xtask generate` and commit the result",
        stale.join(", ")
    )
}

/// The first line that differs, counted from 1.
fn first_difference(found: &[u8], wanted: &[u8]) -> usize {
    let same = found.iter().zip(wanted).take_while(|(a, b)| a == b).count();
    1 + found[..same].iter().filter(|byte| **byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn the_first_differing_line_is_named() {
        assert_eq!(first_difference(b"a\nb\nc\n", b"a\nb\nd\n"), 3);
        assert_eq!(first_difference(b"", b"a"), 1);
    }
}
