//! Documents that prove something, as files: written whole or not at all, and read from a file or standard input.

use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::newfile;
use crate::print;

/// Writes a document as JSON into a file that must not exist yet, and says so.
pub fn write(file: &Path, document: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(document)? + "\n";
    newfile::write(file, text.as_bytes())?;
    print::line(&format!("wrote {}", file.display()))
}

/// The bytes of a file, or of standard input for `-`: of that `most` and one more, so that the reader can refuse the rest.
pub fn read(file: &Path, most: usize) -> Result<Vec<u8>> {
    if file.as_os_str() != "-" {
        return std::fs::read(file).with_context(|| format!("cannot read {}", file.display()));
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
