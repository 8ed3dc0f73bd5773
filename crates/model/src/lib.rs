//! The nouns everybody agrees on: party, marking, realm, audience, agreement, position, time.
//!
//! Floor 0: no behaviour beyond parsing, printing and ordering. Nothing here reads a clock,
//! a random source, a disk or a network.

mod agreement;
mod bytes;
mod digest;
mod ids;
mod lang;
mod marking;
mod party;
mod position;
mod realm;
pub mod time;

pub use agreement::{Agreement, AgreementParty, Commitment, Grant, Onward, Selector};
pub use bytes::{Base64Error, from_base64, push_base64, to_base64};
pub use digest::{Digest, DigestError};
pub use ids::{AgreementId, GroupId, IdError, IncidentId, PartyId, RecordId, ReportId, WatchId};
pub use lang::Bilingual;
pub use marking::{Marking, MarkingError, Pap, Tlp};
pub use party::{Role, Side};
pub use position::Position;
pub use realm::{Realm, RealmError};
pub use time::Timestamp;
