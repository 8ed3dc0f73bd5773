//! Installing a newer pack: the law of a regime from now on, and which open duties it moves, all in one step.

use desk::Desk;
use packs::{Library, Pack, Version};
use records::obligation::Obligations;
use records::pack::Pack as Installed;
use records::{Marked, Seal};
use ui::locale::Part;
use ui::sentence;

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
    text(sentence!("what-installs"), by)?;
    let before = law::now(&desk.views)?;
    let pack = read(&before, written)?;
    let (regime, version) = (pack.head.regime.clone(), pack.head.version.clone());
    let there = before.packs.get(&regime).map(|pack| pack.head.version.clone());
    if let Some(there) = there.as_ref().filter(|there| **there >= version) {
        let (version, there) = (version.to_string(), there.to_string());
        let fault = sentence!("refused-version", version = version, there = there);
        return Err(FactError::at("version", fault).into());
    }
    let after = Library::clone(&before)
        .with(pack)
        .checked()
        .map_err(|error| FactError::at(&regime, error.to_string().into()))?;
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
    let fault = |fault| FactError::at("pack", fault);
    let pack = Pack::read(written).map_err(|error| fault(format!("this is no pack: {error}").into()))?;
    if !library.packs.contains_key(&pack.head.regime) {
        return Err(fault(sentence!("refused-regime", name = Part::quoted(pack.head.regime))).into());
    }
    Ok(pack)
}
