//! Environments of Python with pinned packages, under `target/`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::edge::Program;
use crate::tools;

/// The Python of an environment that holds exactly what is pinned. It is made once for each state of the list.
pub fn with(root: &Path, requirements: &Path, name: &str) -> Result<PathBuf> {
    tools::need_python(root)?;
    let place = root.join("target").join(name);
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
        "what the list names cannot be installed from PyPI; check the network, or pip's index in PIP_INDEX_URL",
    )?;
    std::fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(python)
}

fn is_current(stamp: &Path, wanted: &[u8]) -> bool {
    std::fs::read(stamp).is_ok_and(|found| found == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_environment_is_used_again_only_for_the_same_list() {
        let folder = tempfile::tempdir().expect("a folder");
        let stamp = folder.path().join("requirements.txt");
        assert!(!is_current(&stamp, b"a==1"));
        std::fs::write(&stamp, "a==1").expect("written");
        assert!(is_current(&stamp, b"a==1") && !is_current(&stamp, b"a==2"));
    }
}
