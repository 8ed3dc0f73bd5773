//! Key files: two seeds as text, readable by their owner alone.

use std::fs::{self, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use model::{from_base64, to_base64};

use super::party::{KeyError, PartyKeys};

const TITLE: &str = "entente party keys, version 1: keep secret, back up offline";
/// A key file is far smaller; more is not read.
const MAX_FILE_BYTES: u64 = 4096;
const LABELS: [&str; 2] = ["ed25519-seed: ", "ml-dsa-87-seed: "];

/// Why a key file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// Somebody else may read it.
    #[error(
        "{0} can be read by others; run `chmod 600` on it, and rotate the keys if someone may have copied them"
    )]
    Exposed(PathBuf),
    /// It exists already.
    #[error("{0} exists; move it away first, since overwriting it would lose the party's keys")]
    Exists(PathBuf),
    /// The system refused.
    #[error(
        "cannot use key file {path}: {cause}; check that it exists and belongs to the user who runs the node"
    )]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// Not a key file.
    #[error(
        "{path} line {line}: expected `{expected}` and 32 bytes of base64; restore the file from its backup"
    )]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What the line begins with.
        expected: &'static str,
    },
    /// The library refused the keys.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl PartyKeys {
    /// Writes the seeds to a new file with rights 0600, durably. An existing file is never overwritten.
    pub fn save(&self, path: &Path) -> Result<(), KeyFileError> {
        let failed = |cause: io::Error| match cause.kind() {
            io::ErrorKind::AlreadyExists => KeyFileError::Exists(path.to_owned()),
            _ => KeyFileError::Io { path: path.to_owned(), cause },
        };
        let mut file =
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
        let mut text = format!("{TITLE}\n");
        for (label, seed) in LABELS.iter().zip(&self.seeds) {
            text.push_str(&format!("{label}{}\n", to_base64(seed)));
        }
        // The name survives a power cut only when the folder has been synced too.
        let folder = path.parent().unwrap_or_else(|| Path::new("."));
        file.write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::File::open(folder)?.sync_all())
            .map_err(failed)
    }

    /// Reads a key file, unless somebody else could read it too.
    pub fn load(path: &Path) -> Result<Self, KeyFileError> {
        let failed = |cause| KeyFileError::Io { path: path.to_owned(), cause };
        let file = fs::File::open(path).map_err(failed)?;
        // Asked of the open file, so that nobody can exchange the path in between.
        let rights = file.metadata().map_err(failed)?.permissions().mode();
        if rights & 0o077 != 0 {
            return Err(KeyFileError::Exposed(path.to_owned()));
        }
        let mut text = String::new();
        file.take(MAX_FILE_BYTES).read_to_string(&mut text).map_err(failed)?;
        Self::read(&text, path)
    }

    /// Reads the text of a key file; `path` is for the error alone.
    pub fn read(text: &str, path: &Path) -> Result<Self, KeyFileError> {
        let mut seeds = [[0; 32]; 2];
        for (n, (seed, label)) in seeds.iter_mut().zip(LABELS).enumerate() {
            let line = text.lines().nth(n + 1).and_then(|line| line.strip_prefix(label));
            *seed = line
                .and_then(|text| from_base64(text.trim()).ok())
                .and_then(|bytes| bytes.try_into().ok())
                .ok_or_else(|| KeyFileError::Malformed {
                    path: path.to_owned(),
                    line: n + 2,
                    expected: label,
                })?;
        }
        Ok(Self::from_seeds(seeds)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("party.key");
        let keys = PartyKeys::from_seeds([[3; 32], [4; 32]]).expect("keys");
        keys.save(&path).expect("saved");
        assert_eq!(PartyKeys::load(&path).expect("loaded").verifying(), keys.verifying());
        assert!(matches!(keys.save(&path), Err(KeyFileError::Exists(_))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("chmod");
        assert!(matches!(PartyKeys::load(&path), Err(KeyFileError::Exposed(_))));
    }
}
