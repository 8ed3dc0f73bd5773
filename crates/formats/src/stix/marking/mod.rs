//! Markings as STIX writes them, read into TLP 2.0 and PAP, and the official objects to send.

mod emit;
mod known;
mod marked;

pub use emit::{definition_of_pap, definition_of_tlp, id_of_pap, id_of_tlp, tlp_extension_definition};
pub(crate) use known::read_definition;
pub use known::{KnownMarking, official};
pub use marked::{Marked, marking_of};
