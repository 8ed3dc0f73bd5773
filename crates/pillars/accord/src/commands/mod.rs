//! What people do with agreements. Each command is a plain function over what is known, and a thin one that
//! submits its record. They block while the ledger writes: call them off the async threads.

pub mod propose;
pub mod sign;
pub mod withdraw;

use model::{Agreement, Marking, PartyId, Tlp};
use records::Marked;

/// Agreement records are for their parties and those who work for them: TLP:AMBER, recipients by name.
const MARKED: Marked = Marked::Known(Marking::tlp(Tlp::Amber));

/// The parties of an agreement besides `me`.
fn others(agreement: &Agreement, me: PartyId) -> Vec<PartyId> {
    agreement.parties.iter().map(|party| party.party).filter(|party| *party != me).collect()
}
