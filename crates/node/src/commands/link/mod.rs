//! `entente link`: the frames of a link as a file, verified like the wire; and a stopped link let go on.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, BufWriter};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Subcommand;
use desk::{links, reactors};

use super::party;
use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::folder::{self, Reading};
use crate::print;

/// What to do with links.
#[derive(Debug, Subcommand)]
pub enum Link {
    /// Write what a party may have of our log into a file
    Export {
        /// The party, by short name or id
        #[arg(long = "for", value_name = "PARTY")]
        party: String,
        /// The number of our records that it holds already
        #[arg(long, default_value_t = 0)]
        since: u64,
        /// The file; it must not exist
        file: PathBuf,
    },
    /// Take in a file that a trusted party made for us
    Import {
        /// The file
        file: PathBuf,
    },
    /// Let a link go on that a failed check has stopped; the node may be running
    Resume {
        /// The party, by short name or id
        party: String,
    },
}

impl Link {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        if let Link::Resume { party } = &self {
            return resume(config, party);
        }
        let desk = folder::open(config)?;
        match self {
            Link::Export { party, since, file } => {
                let (peer, _) = party::find(&desk.known(), &party)?;
                let shown = file.display();
                let out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file);
                let out = BufWriter::new(out.with_context(|| format!("cannot make {shown}"))?);
                let size = links::export(&desk, peer, since, out)?;
                print::line(&format!(
                    "{shown} holds records {since} to {size}; next time use `--since {size}`"
                ))?;
            }
            Link::Resume { .. } => {} // done above, without the ledger
            Link::Import { file } => {
                let input = File::open(&file).with_context(|| format!("cannot read {}", file.display()))?;
                let taken = links::import(&desk, BufReader::new(input)).map_err(|error| match error {
                    links::FileError::Broken { .. } => Ending::not_verified(error.to_string()),
                    other => other.into(),
                })?;
                // Answers travel with the next file; those not given now are given when the node runs.
                if let Err(error) = reactors::catch_up(&desk) {
                    eprintln!("taken in, but not everything was answered yet: {error}");
                }
                print::line(&format!(
                    "{}: {} records before, {} now",
                    taken.from, taken.before, taken.after
                ))?;
            }
        }
        desk.close();
        Ok(Exit::Ok)
    }
}

fn resume(config: &Config, party: &str) -> Result<Exit> {
    let reading = Reading::open(config)?;
    let (peer, known) =
        party::find(&reading.known(), party).map(|(id, party)| (id, party.card.short.clone()))?;
    print::line(&match links::resume(&reading.local, &peer)? {
        Some(stopped) => format!("the link with {known} goes on; it was stopped: {}", stopped.reason),
        None => format!("the link with {known} was not stopped"),
    })?;
    Ok(Exit::Ok)
}
