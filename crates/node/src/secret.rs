//! Secrets by file: read once, refused when others could read them too.

use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::exit::Ending;

/// Longer than any password or token, bytes.
const MAX_BYTES: u64 = 64 << 10;

/// A secret that others can read protects nothing.
pub fn refuse_exposed(path: &Path) -> Result<()> {
    let file = std::fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
    if file.permissions().mode() & 0o077 != 0 {
        return Err(Ending::usage(format!(
            "{} can be read by others; run `chmod 600` on it",
            path.display()
        )));
    }
    Ok(())
}

/// The first line of a file that nobody else can read.
pub fn read(path: &Path) -> Result<String> {
    refuse_exposed(path)?;
    let shown = path.display();
    let mut text = String::new();
    let file = std::fs::File::open(path).with_context(|| format!("cannot read {shown}"))?;
    file.take(MAX_BYTES).read_to_string(&mut text).with_context(|| format!("cannot read {shown}"))?;
    match text.lines().next().map(str::trim_end).filter(|line| !line.is_empty()) {
        Some(line) => Ok(line.to_owned()),
        None => Err(Ending::usage(format!("{shown} is empty; write the secret on its first line"))),
    }
}
