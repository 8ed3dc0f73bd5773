//! `entente restore`: a node from a backup, checked file by file and entry by entry before it is one.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use desk::Desk;
use ledger::keys::{PartyKeys, VerifyingKeys};

use super::backup::{FORMAT, MANIFEST, Manifest, copy, digest, make_private};
use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::key_history::KeyHistory;
use crate::{folder, print};

/// From where.
#[derive(Debug, Args)]
pub struct Restore {
    /// The folder of the backup
    dir: PathBuf,
}

impl Restore {
    /// Checks the backup, then copies it into the data folder.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let target = config.folder();
        if target.join("ledger.db").exists() || Desk::key_file(&target).exists() {
            return Err(Ending::usage(format!(
                "there is a node in {} already; move it away or set another `data_dir`",
                config.data_dir.display()
            )));
        }
        let manifest = self.manifest()?;
        for (name, expected) in &manifest.files {
            if digest(&self.dir.join(name))? != *expected {
                return Err(Ending::not_verified(format!(
                    "{name} in the backup is not as it was written; use another backup"
                )));
            }
        }
        self.verify_ledger(&manifest)?;
        make_private(&target)?;
        make_private(&target.join("keys"))?;
        for name in manifest.files.keys() {
            copy(&self.dir.join(name), &target.join(name))?;
        }
        let keys = manifest.files.contains_key("keys/party.key");
        let next = if keys {
            "start it with `entente serve`; the views are folded from the ledger"
        } else {
            "the backup has no keys: put keys/party.key and keys/link.pem in place before starting it"
        };
        print::line(&format!("restored {} entries of {}; {next}", manifest.entries, manifest.party))?;
        Ok(Exit::Ok)
    }

    fn manifest(&self) -> Result<Manifest> {
        let path = self.dir.join(MANIFEST);
        let text = std::fs::read(&path).with_context(|| format!("{} is not a backup", self.dir.display()))?;
        let manifest: Manifest =
            serde_json::from_slice(&text).with_context(|| format!("{} is damaged", path.display()))?;
        if manifest.format != FORMAT {
            bail!("the backup has format {}, this version reads {FORMAT}", manifest.format);
        }
        let strays = |name: &String| name.starts_with('/') || name.split('/').any(|part| part == "..");
        if let Some(name) = manifest.files.keys().find(|name| strays(name)) {
            bail!("the manifest names {name:?} outside the backup; do not use it");
        }
        Ok(manifest)
    }

    fn verify_ledger(&self, manifest: &Manifest) -> Result<()> {
        let ledger = folder::beside(&self.dir)?;
        let own: Vec<VerifyingKeys> = PartyKeys::load(&Desk::key_file(&self.dir))
            .map(|keys| keys.verifying().clone())
            .into_iter()
            .collect();
        let history = KeyHistory::read(&ledger, manifest.party, &own)?;
        let verified = ledger.verify(&|log| history.of(log), &mut |_| {})?;
        match verified.faults.first() {
            None => Ok(()),
            Some(fault) => Err(Ending::not_verified(format!("the ledger in the backup is damaged: {fault}"))),
        }
    }
}
