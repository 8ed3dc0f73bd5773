//! `entente party keys rotate`: new keys, vouched for by the old ones on the record.

use anyhow::Result;
use clap::Subcommand;
use desk::rotate::rotate;

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
        let rotated = rotate(&desk)?;
        desk.close();
        print::line(&format!(
            "new fingerprint  {}\nold keys         {}\n\n\
             The rotation goes to {} trusted parties with the next session. Keep the old keys offline until all have it.\n\
             A party that does not trust you yet needs a new card: `entente party card export`.",
            rotated.keys.verifying().fingerprint_text(),
            rotated.old.display(),
            rotated.told.len()
        ))?;
        Ok(Exit::Ok)
    }
}
