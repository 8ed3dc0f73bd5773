//! `cargo xtask sim --mutate`: puts every fault, asleep, into a copy of the tree, builds the simulation there, wakes one
//! after the other, and counts the seeds in which it is caught. The tree itself is not touched.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::mutants::{MUTANTS, Mutant};
use crate::edge::Program;

/// Where the copy is, below `target`.
const COPY: &str = "target/mutants";
/// The variable that wakes a mutant.
const WAKES: &str = "SIM_MUTANT";
/// What the simulation says of all its seeds.
const VERDICT: &str = " seeds failed";

/// Tries one mutant, or all of them, and first none; true when each was caught, and nothing without one.
pub fn run(root: &Path, name: &str, arguments: &[&str]) -> Result<bool> {
    let chosen: Vec<&Mutant> = MUTANTS.iter().filter(|mutant| name == "all" || mutant.name == name).collect();
    if chosen.is_empty() {
        let known: Vec<_> = MUTANTS.iter().map(|mutant| mutant.name).collect();
        bail!("there is no mutant `{name}`; choose from all, {}", known.join(", "));
    }
    copy(root)?;
    for mutant in MUTANTS {
        for (file, before, after) in mutant.edits {
            edit(&root.join(COPY).join(file), before, &asleep(mutant.name, after))?;
        }
    }
    build(root)?;
    let how = if arguments.contains(&"--first") { [].as_slice() } else { &["--count"] };
    let arguments = [how, arguments].concat();
    if !tell(root, "", &arguments)?.caught.is_empty() {
        bail!("stories fail with every mutant asleep; mend that first");
    }
    let mut table = String::from("| mutant | what it breaks | caught in | first at |\n|---|---|---|---|\n");
    let mut all = true;
    for mutant in chosen {
        println!("\n== {}: {}", mutant.name, mutant.what);
        let Caught { mut caught, mut first } = tell(root, mutant.name, &arguments)?;
        if caught.is_empty()
            && let Some(seed) = mutant.shown_by
        {
            let shown = tell(root, mutant.name, &["--count", "--seeds", "1", "--seed", &seed.to_string()])?;
            (caught, first) =
                (shown.caught.replace("1 of 1", "no other than one that is known"), shown.first);
        }
        all &= !caught.is_empty();
        let caught = if caught.is_empty() { "**none**" } else { &caught };
        table += &format!("| {} | {} | {caught} | {first} |\n", mutant.name, mutant.what);
    }
    println!("\n{table}");
    Ok(all)
}

/// In how many seeds a mutant was caught, empty for none, and in which first.
struct Caught {
    caught: String,
    first: String,
}

/// The text of a mutant that sleeps until its name is called.
fn asleep(name: &str, after: &str) -> String {
    after.replace("AWAKE", &format!("std::env::var_os(\"{WAKES}\").is_some_and(|awake| awake == \"{name}\")"))
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

/// Builds in the copy, with the dependencies that are built already; optimised, since many stories are told.
fn build(root: &Path) -> Result<()> {
    let build =
        ["build", "--quiet", "--package", "sim", "--profile", "quick", "--features", "own-signatures"];
    let program = Program::new(&root.join(COPY), "cargo", &build);
    program.env("CARGO_TARGET_DIR", root.join("target")).must()?;
    fs::copy(root.join("target/quick/sim"), root.join(COPY).join("sim-of-mutants"))?;
    Ok(())
}

/// Tells stories while this mutant is awake.
fn tell(root: &Path, name: &str, arguments: &[&str]) -> Result<Caught> {
    let binary = root.join(COPY).join("sim-of-mutants");
    let said = Program::new(root, &binary.to_string_lossy(), arguments).env(WAKES, name).stream()?.said;
    let mut lines = said.lines().skip_while(|line| !line.ends_with(VERDICT));
    let verdict = lines.next().context("the simulation did not come to its end")?;
    let caught = verdict.trim_end_matches(VERDICT).to_owned();
    let first = lines.next().unwrap_or_default().trim().to_owned();
    Ok(if caught.starts_with("0 of") {
        Caught { caught: String::new(), first }
    } else {
        Caught { caught, first }
    })
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
