//! The sanctions lists that the operator has brought in, kept beside the databases so that a look from the console needs
//! no upload of a hundred megabytes. They are not records: what counts is written with each look, version and digest.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use ui::locale::{Part, Sentence};
use ui::sentence;

use super::lists::{Entry, List, MOST_BYTES};

/// The two lists that are known.
const KINDS: [&str; 2] = ["ofac-sdn", "eu-consolidated"];

/// Why a list was not kept or found.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    /// The disk.
    #[error("cannot keep the list in {path}; free space or look at its rights: {cause}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: std::io::Error,
    },
    /// None of that kind.
    #[error("{}", self.sentence())]
    Missing(String),
    /// It cannot be read any more.
    #[error("{}", self.sentence())]
    Damaged(String),
}

impl ShelfError {
    /// What happened, and what to do.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Missing(kind) => sentence!("refused-no-list", kind = Part::quoted(kind)),
            Self::Damaged(kind) => sentence!("refused-list-damaged", kind = Part::quoted(kind)),
            Self::Disk { .. } => self.to_string().into(),
        }
    }
}

/// A list as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    kind: String,
    version: String,
    sha256: String,
    /// Number, name, addresses.
    entries: Vec<(String, String, Vec<String>)>,
}

fn file(folder: &Path, kind: &str) -> PathBuf {
    folder.join("lists").join(format!("{kind}.json"))
}

/// Keeps the list in the place of the one before.
pub fn keep(folder: &Path, list: &List) -> Result<(), ShelfError> {
    let path = file(folder, list.kind);
    let entry = |entry: &Entry| (entry.number.clone(), entry.name.clone(), entry.wallets.clone());
    let kept = Kept {
        kind: list.kind.to_owned(),
        version: list.version.clone(),
        sha256: list.sha256.clone(),
        entries: list.entries.iter().map(entry).collect(),
    };
    let written = || -> std::io::Result<()> {
        fs::create_dir_all(folder.join("lists"))?;
        // Beside it first: whoever looks meanwhile finds the old list whole.
        let beside = path.with_extension("new");
        fs::write(&beside, serde_json::to_vec(&kept)?)?;
        fs::rename(&beside, &path)
    };
    written().map_err(|cause| ShelfError::Disk { path: path.clone(), cause })
}

/// The list of a kind.
pub fn kept(folder: &Path, kind: &str) -> Result<List, ShelfError> {
    let known = KINDS.iter().find(|known| **known == kind);
    let kind = *known.ok_or_else(|| ShelfError::Missing(kind.chars().take(40).collect()))?;
    let path = file(folder, kind);
    let size = fs::metadata(&path).map_err(|_| ShelfError::Missing(kind.to_owned()))?.len();
    let bytes = (size <= MOST_BYTES as u64).then(|| fs::read(&path).ok()).flatten();
    let kept: Option<Kept> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let kept = kept.filter(|kept| kept.kind == kind).ok_or_else(|| ShelfError::Damaged(kind.to_owned()))?;
    let entry = |(number, name, wallets)| Entry { number, name, wallets };
    Ok(List {
        kind,
        version: kept.version,
        sha256: kept.sha256,
        entries: kept.entries.into_iter().map(entry).collect(),
    })
}

/// Every list that is kept.
pub fn all(folder: &Path) -> Vec<List> {
    KINDS.iter().filter_map(|kind| kept(folder, kind).ok()).collect()
}
