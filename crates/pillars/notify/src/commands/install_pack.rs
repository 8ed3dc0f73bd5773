//! Installing a newer pack: the law of a regime from now on, and which open duties it moves, all in one step.

use desk::Desk;
use packs::{Library, Pack, Version};
use records::obligation::Obligations;
use records::pack::Pack as Installed;
use records::{Marked, Seal};

use super::{MARKING, StateError, text};
use crate::facts::FactError;
use crate::law;
use crate::law_moves::{moved, write};

/// What an installation changed.
#[derive(Debug)]
pub struct Changed {
    /// The version that held before, if any.
    pub before: Option<Version>,
    /// The version that holds now.
    pub after: Version,
    /// What it moved, by incident.
    pub moved: Vec<Obligations>,
}

/// Installs the pack in `written`. With `only_look`, nothing is written: the answer is what would change.
pub fn install_pack(desk: &Desk, written: &str, by: &str, only_look: bool) -> Result<Changed, StateError> {
    text("who installs it", by)?;
    let before = law::now(&desk.views)?;
    let pack = read(&before, written)?;
    let (regime, version) = (pack.head.regime.clone(), pack.head.version.clone());
    let there = before.packs.get(&regime).map(|pack| pack.head.version.clone());
    if let Some(there) = there.as_ref().filter(|there| **there >= version) {
        let fault = format!("{version} is not newer than {there}, which is in use; give it a later version");
        return Err(FactError { field: "version".into(), fault }.into());
    }
    let after = Library::clone(&before)
        .with(pack)
        .checked()
        .map_err(|error| FactError { field: regime.clone(), fault: error.to_string() })?;
    let now = desk::edge::now();
    let installed =
        Installed { regime, version: version.to_string(), text: written.to_owned(), by: by.to_owned() };
    let sealed = Seal { marked: Marked::Known(MARKING), ..desk.seal::<Installed>(now) };
    let sealed = sealed.body(&installed, desk::edge::salt());
    let cause = records::leaf_hash(&sealed.header);
    let moved = moved(desk, (&before, &after), cause, now)?;
    if !only_look {
        // The newer law and the first page of what it moves are one step; a stop before the rest is mended at the start.
        write(desk, vec![sealed], &moved)?;
    }
    Ok(Changed { before: there, after: version, moved })
}

fn read(library: &Library, written: &str) -> Result<Pack, StateError> {
    let fault = |fault: String| FactError { field: "pack".into(), fault };
    let pack = Pack::read(written).map_err(|error| fault(format!("this is no pack: {error}")))?;
    if !library.packs.contains_key(&pack.head.regime) {
        return Err(fault(format!(
            "no regime is called {:?}; see `entente notify pack list`",
            pack.head.regime
        ))
        .into());
    }
    Ok(pack)
}
