//! STIX 2.1 (errata 01, April 2025): reading, checking, markings, deterministic ids, patterns.
//!
//! [`inspect`] is the hot path: one object's bytes in, borrowed fields and findings out. The bytes
//! themselves are never rewritten; what is unknown survives because nothing is re-serialised.

mod canonical;
mod check;
mod finding;
mod identifier;
mod inspect;
mod marking;
pub mod pattern;
mod references;
mod schema;
mod sco_id;
mod summary;
mod time;

pub use canonical::{canonical, canonical_number};
pub use check::check_bundle_head;
pub use finding::{Finding, Severity};
pub use identifier::{Identifier, IdentifierFault, is_property_name, is_type_name};
pub use inspect::{Inspected, SpecVersion, Unusable, definition_in, inspect};
pub use marking::{
    KnownMarking, Marked, definition_of_pap, definition_of_tlp, id_of_pap, id_of_tlp, marking_of, official,
    tlp_extension_definition,
};
pub use references::{Reference, references, references_of};
pub use schema::{Family, family_of};
pub use sco_id::{STIX_NAMESPACE, deterministic_id, deterministic_id_of};
pub use summary::{Summary, summary, summary_of};
pub use time::StixTime;
