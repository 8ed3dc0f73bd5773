//! A file that appears whole or not at all, for the owner alone.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use desk::edge;

use crate::exit::Ending;

/// Writes a file that must not be there yet.
pub fn write(wanted: &Path, bytes: &[u8]) -> Result<()> {
    let mut new = NewFile::beside(wanted)?;
    new.write_all(bytes).with_context(|| format!("cannot write {}", wanted.display()))?;
    new.keep(false)
}

/// The file while it grows, under another name in the same folder; gone when it is not kept.
pub struct NewFile {
    wanted: PathBuf,
    growing: PathBuf,
    out: BufWriter<File>,
}

impl NewFile {
    /// Begins a file that will be called `wanted`.
    pub fn beside(wanted: &Path) -> Result<Self> {
        let name = wanted.file_name().and_then(|name| name.to_str()).ok_or_else(|| {
            Ending::usage(format!("{} is no name for a file; choose another", wanted.display()))
        })?;
        let growing = wanted.with_file_name(format!(".{name}.{}", edge::uuid()));
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&growing);
        let file = file.with_context(|| format!("cannot write beside {}", wanted.display()))?;
        Ok(Self { wanted: wanted.to_owned(), growing, out: BufWriter::with_capacity(1 << 18, file) })
    }

    /// Makes it durable under its name. Without `force` a file that appeared there meanwhile stays.
    pub fn keep(mut self, force: bool) -> Result<()> {
        let shown = self.wanted.display().to_string();
        self.out
            .flush()
            .and_then(|()| self.out.get_ref().sync_all())
            .with_context(|| format!("cannot write {shown}"))?;
        if force {
            std::fs::rename(&self.growing, &self.wanted)
        } else {
            std::fs::hard_link(&self.growing, &self.wanted)
        }
        .with_context(|| format!("cannot give the file its name {shown}"))?;
        let folder =
            self.wanted.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .with_context(|| format!("cannot write {shown}"))
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.growing); // after a rename it is not there any more
    }
}
