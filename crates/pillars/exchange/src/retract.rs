//! Taking an object back, or narrowing who may have it: a record to everyone who may have received it.

use desk::Desk;
use desk::sql::SqlError;
use desk::submit::SubmitError;
use model::{Marking, PartyId, Tlp};
use records::Marked;
use records::retraction::{Action, Retraction};

use crate::key::key_of;
use crate::placed;

/// What to take back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Take {
    /// The retraction to be sealed.
    pub retraction: Retraction,
}

impl Take {
    /// Deletes one version, or every version.
    pub fn delete(object: &str, version: Option<String>, reason: String) -> Self {
        let retraction =
            Retraction { object: object.to_owned(), version, action: Action::Delete, tlp: None, reason };
        Self { retraction }
    }

    /// Narrows every version to `tlp`.
    pub fn narrow(object: &str, tlp: Tlp, reason: String) -> Self {
        let retraction = Retraction {
            object: object.to_owned(),
            version: None,
            action: Action::Narrow,
            tlp: Some(tlp),
            reason,
        };
        Self { retraction }
    }
}

/// Why nothing was taken back.
#[derive(Debug, thiserror::Error)]
pub enum RetractError {
    /// No such object by this party.
    #[error("no object of this id by this party is held; only its author can take an object back")]
    NotOurs,
    /// The ledger refused.
    #[error(transparent)]
    Submit(#[from] SubmitError),
    /// The views could not be read.
    #[error("cannot read the views: {0}; see `entente doctor`")]
    Views(#[from] SqlError),
}

/// Seals and submits the retraction; returns once it is folded here. Blocks.
pub fn retract(desk: &Desk, take: &Take) -> Result<ledger::Receipt, RetractError> {
    let recipients = recipients(desk, &take.retraction.object)?;
    let about = [take.retraction.object.clone()];
    let marked = Marked::Known(Marking::tlp(Tlp::Amber));
    Ok(desk.send(&take.retraction, marked, &recipients, &about)?)
}

/// Every other party of every agreement under which this party published the object.
fn recipients(desk: &Desk, object: &str) -> Result<Vec<PartyId>, RetractError> {
    let reader = desk.views.read()?;
    let held: std::collections::BTreeSet<u32> =
        placed::standing(&reader, key_of(object))?.into_iter().map(|place| place.class).collect();
    let classes = desk.views.classes();
    let known = desk.known();
    let own: Vec<_> = held
        .iter()
        .filter_map(|class| classes.get(*class as usize))
        .filter(|class| class.author == desk.me)
        .collect();
    if own.is_empty() {
        return Err(RetractError::NotOurs);
    }
    let agreements = own.iter().flat_map(|class| &class.under).filter_map(|id| known.agreements.get(id));
    let parties = agreements.flat_map(|state| state.versions.values()).flat_map(|v| &v.agreement.parties);
    Ok(parties.map(|party| party.party).filter(|party| *party != desk.me).collect())
}
