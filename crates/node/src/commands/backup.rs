//! `entente backup`: ledger, keys and accounts in a folder of their own, also while the node runs, and verified.

use std::collections::BTreeMap;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use desk::local::Local;
use desk::{Desk, edge};
use ledger::keys::PartyKeys;
use ledger::{BackupError, Progress};
use model::{Digest, PartyId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::key_history::KeyHistory;
use crate::print::Output;
use crate::{folder, progress};

/// Where to.
#[derive(Debug, Args)]
pub struct Backup {
    /// A folder that does not exist yet
    dir: PathBuf,
    /// Leave the keys out: the copy can be read and verified, but not run as this party
    #[arg(long)]
    without_keys: bool,
    #[command(flatten)]
    output: Output,
}

/// What a backup says about itself.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: u32,
    pub party: PartyId,
    pub taken_at: Timestamp,
    /// Entries in the ledger.
    pub entries: u64,
    /// SHA-256 of every file by its path inside the backup.
    pub files: BTreeMap<String, Digest>,
}

/// The manifest inside a backup.
pub const MANIFEST: &str = "backup.json";
/// Its format.
pub const FORMAT: u32 = 1;
/// What belongs to a node besides its ledger.
const KEYS: [&str; 3] = ["keys/party.key", "keys/party.key.new", "keys/link.pem"];

impl Backup {
    /// Copies and verifies.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let folder = folder::must_exist(config)?;
        if self.dir.exists() {
            return Err(Ending::usage(format!(
                "{} exists; choose a new folder, a backup never overwrites another",
                self.dir.display()
            )));
        }
        let keys_before = key_files(&folder)?;
        make_private(&self.dir)?;
        let local = Local::open(&folder.join("local.db"))?;
        let me = folder::party(&local, &folder)?;
        let entries = self.copy_ledger(&folder, me)?;
        let target = self.dir.join("local.db");
        local
            .lock()
            .execute("VACUUM INTO ?1", [target.to_string_lossy()])
            .context("cannot copy the accounts")?;
        restrict(&target)?;
        let mut names = vec!["ledger.db".to_owned(), "local.db".to_owned(), "card.json".to_owned()];
        copy(&folder.join("card.json"), &self.dir.join("card.json"))?;
        names.extend(sums(&self.dir)?);
        if !self.without_keys {
            make_private(&self.dir.join("keys"))?;
            // Of a change of keys that was cut off, the restored node needs the new ones too.
            for name in KEYS.into_iter().filter(|name| folder.join(name).exists()) {
                copy(&folder.join(name), &self.dir.join(name))?;
                names.push(name.to_owned());
            }
            if key_files(&folder)? != keys_before {
                bail!("the keys were changed while the backup was taken; take another into a new folder");
            }
        }
        let mut files = BTreeMap::new();
        for name in names {
            let digest = digest(&self.dir.join(&name))?;
            files.insert(name, digest);
        }
        let manifest = Manifest { format: FORMAT, party: me, taken_at: edge::now(), entries, files };
        let text = serde_json::to_vec_pretty(&manifest)?;
        std::fs::write(self.dir.join(MANIFEST), text).context("cannot write the manifest")?;
        self.output.print(&manifest, |manifest| {
            format!("{} entries copied to {} and verified", manifest.entries, self.dir.display())
        })?;
        Ok(Exit::Ok)
    }

    fn copy_ledger(&self, folder: &Path, me: PartyId) -> Result<u64> {
        let ledger = folder::beside(folder)?;
        let own = PartyKeys::load(&Desk::key_file(folder))?;
        let history = KeyHistory::read(&ledger, me, std::slice::from_ref(own.verifying()))?;
        let bar = progress::bar("entries", self.output.json);
        let verified = ledger.backup(&self.dir, &|log| history.of(log), &mut |step| {
            let (Progress::Entries { done, of } | Progress::Pages { done, of }) = step;
            bar.set_length(of);
            bar.set_position(done);
        });
        bar.finish_and_clear();
        match verified {
            Ok(verified) => Ok(verified.entries),
            Err(BackupError::Unsound(fault)) => {
                Err(Ending::not_verified(BackupError::Unsound(fault).to_string()))
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// The digests of the key files that are there.
fn key_files(folder: &Path) -> Result<Vec<Option<Digest>>> {
    let file = |name: &str| Some(folder.join(name)).filter(|path| path.exists());
    KEYS.iter().map(|name| file(name).map(|path| digest(&path)).transpose()).collect()
}

/// Whatever the ledger keeps beside its database file, sums of pages above all.
fn sums(dir: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for file in std::fs::read_dir(dir)? {
        let name = file?.file_name().to_string_lossy().into_owned();
        let passing = ["-wal", "-shm", "-lock"].iter().any(|end| name.ends_with(end));
        if name.starts_with("ledger.db") && name != "ledger.db" && !passing {
            names.push(name);
        }
    }
    Ok(names)
}

/// A folder for its owner alone.
pub fn make_private(path: &Path) -> Result<()> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| format!("cannot make {}; check its rights", path.display()))
}

/// Copies a file that its owner alone may read.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    restrict(to)
}

fn restrict(path: &Path) -> Result<()> {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
        .with_context(|| format!("cannot restrict the rights of {}", path.display()))
}

/// SHA-256 of a file of any size.
pub fn digest(path: &Path) -> Result<Digest> {
    use sha2::Digest as _;
    let mut hasher = sha2::Sha256::new();
    let mut file = std::fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    std::io::copy(&mut file, &mut hasher).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Digest(hasher.finalize().into()))
}
