//! Real clients of others, unmodified, against a real node: the stories in `e2e/clients/`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{Notes, tally};
use crate::edge::Program;
use crate::generate::binary;
use crate::tools;

/// The story gives up by itself before this, and ends its node.
const LIMIT_S: u64 = 300;

/// Installs the clients that `requirements.txt` pins, and drives them.
pub fn run(root: &Path, notes: &mut Notes) -> Result<()> {
    tools::need_python(root)?;
    let folder = root.join("e2e/clients");
    let python = installed(root, &folder.join("requirements.txt"))?;
    let ending = Program::new(&folder, &python.to_string_lossy(), &["taxii2.py"])
        .env("ENTENTE", binary(root))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .limit_s(LIMIT_S)
        .stream()?;
    let summary = tally::read(&ending.said);
    notes.tally += summary.tally;
    notes.summaries.push(format!("clients {}", summary.tally));
    if !ending.success {
        bail!("taxii2-client found fault: {}", fault(&ending.said));
    }
    if summary.tally.passed == 0 {
        bail!("no call was made; look at e2e/clients/taxii2.py");
    }
    Ok(())
}

/// The Python of an environment that holds exactly what is pinned. It is made once for each state of the list.
fn installed(root: &Path, requirements: &Path) -> Result<PathBuf> {
    let place = root.join("target/clients");
    let python = place.join("bin/python");
    let stamp = place.join("requirements.txt");
    let wanted =
        std::fs::read(requirements).with_context(|| format!("cannot read {}", requirements.display()))?;
    if is_current(&stamp, &wanted) {
        return Ok(python);
    }
    let shown = place.to_string_lossy();
    Program::new(root, "python3", &["-m", "venv", "--clear", &shown]).must()?;
    let list = requirements.to_string_lossy();
    let install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--only-binary",
        ":all:",
        "--require-hashes",
        "-r",
        &list,
    ];
    Program::new(root, &python.to_string_lossy(), &install).must().context(
        "the clients cannot be installed from PyPI; check the network, or pip's index in PIP_INDEX_URL",
    )?;
    std::fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(python)
}

fn is_current(stamp: &Path, wanted: &[u8]) -> bool {
    std::fs::read(stamp).is_ok_and(|found| found == wanted)
}

/// The first call that failed, as the story names it, or its last words.
fn fault(said: &str) -> &str {
    let failed = said.lines().find(|line| line.starts_with("FAILED"));
    failed.or_else(|| said.lines().rfind(|line| !line.trim().is_empty())).unwrap_or("it said nothing")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_call_that_failed_is_named() {
        let said =
            "ok      discovery (0.01 s)\nFAILED  get_objects_in_pages: AssertionError: page 2\nℹ pass 1\n";
        assert_eq!(fault(said), "FAILED  get_objects_in_pages: AssertionError: page 2");
        assert_eq!(
            fault("Traceback\nRuntimeError: entente init ended with 1\n\n"),
            "RuntimeError: entente init ended with 1"
        );
        assert_eq!(fault(""), "it said nothing");
    }

    #[test]
    fn an_environment_is_used_again_only_for_the_same_list() {
        let folder = tempfile::tempdir().expect("a folder");
        let stamp = folder.path().join("requirements.txt");
        assert!(!is_current(&stamp, b"a==1"));
        std::fs::write(&stamp, "a==1").expect("written");
        assert!(is_current(&stamp, b"a==1") && !is_current(&stamp, b"a==2"));
    }
}
