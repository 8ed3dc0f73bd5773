//! `entente ledger checkpoint`: our log as it is now, signed with both keys.

use anyhow::Result;
use clap::Args;
use serde::Serialize;

use crate::config::Config;
use crate::exit::Exit;
use crate::folder;
use crate::print::Output;

/// How to print it.
#[derive(Debug, Args)]
pub struct Checkpoint {
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Serialize)]
struct Signed {
    origin: String,
    size: u64,
    root: String,
    /// The whole signed note.
    note: String,
}

impl Checkpoint {
    /// Signs and prints it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let desk = folder::open(config)?;
        let note = desk.ledger.checkpoint(desk.log, &desk.keys)?;
        let signed = Signed {
            origin: desk.ledger.key(desk.log).map(|key| key.origin()).unwrap_or_default(),
            size: note.size(),
            root: note.root().to_string(),
            note: String::from_utf8_lossy(note.as_bytes()).into_owned(),
        };
        desk.close();
        self.output.print(&signed, |signed| signed.note.clone())?;
        Ok(Exit::Ok)
    }
}
