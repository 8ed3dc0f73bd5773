//! The marking of one object, from all the markings it refers to.

use model::{Marking, Pap, Tlp};

use super::super::inspect::Inspected;
use super::known::{KnownMarking, official};

/// What an object's markings amount to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marked {
    /// No TLP: no marking at all, or statements only. The importer must say one (`--marking`).
    None {
        /// PAP, when it is given without TLP.
        pap: Option<Pap>,
    },
    /// The strictest of all levels.
    Known {
        /// The level in force.
        marking: Marking,
        /// More than one different TLP was given; worth a warning.
        several: bool,
        /// At least one level came from a granular marking.
        granular: bool,
    },
    /// A marking that cannot be resolved or read: treat as withheld, never guess.
    Unknown(String),
}

/// Resolves the object markings and granular markings of an object. `lookup` finds the meaning of
/// a marking definition that this node holds; official ids need none.
pub fn marking_of(object: &Inspected<'_>, lookup: impl Fn(&str) -> Option<KnownMarking>) -> Marked {
    let whole = object.object_marking_refs.iter().map(|id| (id, false));
    let parts = object.granular_marking_refs.iter().map(|id| (id, true));
    let (mut tlp, mut pap): (Option<Tlp>, Option<Pap>) = (None, None);
    let (mut several, mut granular) = (false, false);
    for (id, is_part) in whole.chain(parts) {
        match official(id).or_else(|| lookup(id)) {
            Some(KnownMarking::Level { tlp: new_tlp, pap: new_pap }) => {
                several |= matches!((tlp, new_tlp), (Some(old), Some(new)) if old != new);
                granular |= is_part;
                tlp = tlp.max(new_tlp);
                pap = pap.max(new_pap);
            }
            Some(KnownMarking::Statement) => {}
            Some(KnownMarking::Foreign(_)) | None => return Marked::Unknown(id.to_string()),
        }
    }
    match tlp {
        Some(tlp) => Marked::Known { marking: Marking { tlp, pap }, several, granular },
        None => Marked::None { pap },
    }
}
