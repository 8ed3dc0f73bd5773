//! `entente party keys rotate`: new keys, vouched for by the old ones on the record.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Subcommand;
use desk::Desk;
use ledger::keys::{PartyKeys, RotationStatement};
use model::{Marking, PartyId, Tlp};
use records::Marked;
use records::rotation::Rotation;

use crate::config::Config;
use crate::exit::Exit;
use crate::{folder, print};

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Make new keys; a record signed with the old and the new ones tells every trusted party
    Rotate,
}

impl Keys {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let Keys::Rotate = self;
        let desk = folder::open(config)?;
        let file = Desk::key_file(&desk.folder);
        let fresh = file.with_extension("key.new");
        let new = pending(&fresh)?;
        // What the old keys vouched for stays vouched for by them.
        desk.ledger.checkpoint(desk.log, &desk.keys)?;
        let statement = RotationStatement::issue(&desk.keys, &new, desk.ledger.size(desk.log));
        let rotation = Rotation {
            party: desk.me,
            statement: statement.text,
            old: statement.old.to_base64(),
            new: statement.new.to_base64(),
        };
        let peers: Vec<PartyId> = trusted_peers(&desk);
        desk.send(&rotation, Marked::Known(Marking::tlp(Tlp::Amber)), &peers, &[desk.me.to_string()])?;
        let old = retire(&file)?;
        std::fs::rename(&fresh, &file).with_context(|| {
            format!("the rotation is recorded; now rename {} to {} by hand", fresh.display(), file.display())
        })?;
        desk.ledger.checkpoint(desk.log, &new)?;
        desk.close();
        print::line(&format!(
            "new fingerprint  {}\nold keys         {}\n\n\
             The rotation goes to {} trusted parties with the next session. Keep the old keys offline until all have it.",
            new.verifying().fingerprint_text(),
            old.display(),
            peers.len()
        ))?;
        Ok(Exit::Ok)
    }
}

/// New keys, or those of a rotation that was interrupted before it was recorded.
fn pending(path: &Path) -> Result<PartyKeys> {
    if path.exists() {
        return Ok(PartyKeys::load(path)?);
    }
    let keys = PartyKeys::generate()?;
    keys.save(path)?;
    Ok(keys)
}

fn trusted_peers(desk: &Desk) -> Vec<PartyId> {
    let known = desk.known();
    let peers = known.parties.iter().filter(|(id, party)| party.trusted && **id != desk.me);
    peers.map(|(id, _)| *id).collect()
}

/// Moves the old keys aside under a name that is free.
fn retire(file: &Path) -> Result<PathBuf> {
    let names = (1..1000).map(|n| file.with_extension(format!("key.old{n}")));
    let old =
        names.into_iter().find(|path| !path.exists()).context("too many old key files; move them away")?;
    std::fs::rename(file, &old).with_context(|| format!("cannot rename {}", file.display()))?;
    Ok(old)
}
