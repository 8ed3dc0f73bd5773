//! `ledger.erasure.v1`: a body was erased; header and tree stay.

use model::{PartyId, Position, RecordId};
use serde::{Deserialize, Serialize};

/// That, where, why and by whom a body was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// The record.
    pub record: RecordId,
    /// Its place in its author's log.
    pub position: Position,
    /// Its author, when that is another party and the copy in its mirror was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<PartyId>,
    /// Why: retention, recall, court order, GDPR Art. 17.
    pub reason: String,
    /// Who decided.
    pub by: String,
}

crate::kind::body!(Erasure, "ledger.erasure.v1");
