//! `cargo xtask sim --mutate`: puts one fault into a copy of the tree, builds the simulation there, and counts the seeds
//! in which it is caught. The tree itself is not touched.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::mutants::{MUTANTS, Mutant};
use crate::edge::Program;

/// Where the copy is, below `target`.
const COPY: &str = "target/mutants";

/// Tries one mutant, or all of them; true when each was caught.
pub fn run(root: &Path, name: &str, arguments: &[&str]) -> Result<bool> {
    let chosen: Vec<&Mutant> = MUTANTS.iter().filter(|mutant| name == "all" || mutant.name == name).collect();
    if chosen.is_empty() {
        let known: Vec<_> = MUTANTS.iter().map(|mutant| mutant.name).collect();
        bail!("there is no mutant `{name}`; choose from all, {}", known.join(", "));
    }
    let mut caught = true;
    for mutant in chosen {
        println!("\n══ {}: {}", mutant.name, mutant.what);
        copy(root)?;
        for (file, before, after) in mutant.edits {
            edit(&root.join(COPY).join(file), before, after)?;
        }
        let held = tell(root, arguments)?;
        println!("── {} {}", mutant.name, if held { "was NOT caught" } else { "was caught" });
        caught &= !held;
    }
    Ok(caught)
}

/// Brings the copy to the state of the tree; what is the same already is left alone, so that it is not built again.
fn copy(root: &Path) -> Result<()> {
    let listed = Program::new(root, "git", &["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .read()?;
    for name in String::from_utf8(listed)?.split('\0').filter(|name| !name.is_empty()) {
        let (from, to) = (root.join(name), root.join(COPY).join(name));
        let Ok(bytes) = fs::read(&from) else { continue }; // removed, not yet committed
        if fs::read(&to).is_ok_and(|there| there == bytes) {
            continue;
        }
        fs::create_dir_all(to.parent().context("a file is in a folder")?)?;
        fs::write(&to, bytes)?;
    }
    Ok(())
}

fn edit(file: &Path, before: &str, after: &str) -> Result<()> {
    let text = fs::read_to_string(file)?;
    if text.matches(before).count() != 1 {
        bail!("{} has changed: correct the mutant in xtask/src/sim/mutants.rs", file.display());
    }
    Ok(fs::write(file, text.replacen(before, after, 1))?)
}

/// Builds in the copy, with the dependencies that are built already, and tells stories.
fn tell(root: &Path, arguments: &[&str]) -> Result<bool> {
    let target = root.join("target");
    let build = ["build", "--quiet", "--package", "sim"];
    Program::new(&root.join(COPY), "cargo", &build).env("CARGO_TARGET_DIR", &target).must()?;
    let binary = target.join("debug/sim");
    let arguments = [&["--count"], arguments].concat();
    Ok(Program::new(root, &binary.to_string_lossy(), &arguments).stream()?.success)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mutant_finds_its_place_in_the_sources() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
        for mutant in MUTANTS {
            for (file, before, _) in mutant.edits {
                let text = fs::read_to_string(root.join(file)).expect("the file is there");
                assert_eq!(text.matches(before).count(), 1, "{}: {file}", mutant.name);
            }
        }
    }
}
