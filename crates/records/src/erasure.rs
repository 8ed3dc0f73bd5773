//! `ledger.erasure.v1`: a body was erased; header and tree stay.

use model::{Position, RecordId};
use serde::{Deserialize, Serialize};

/// That, where, why and by whom a body was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// The record.
    pub record: RecordId,
    /// Its place in its author's log.
    pub position: Position,
    /// Why: retention, recall, court order, GDPR Art. 17.
    pub reason: String,
    /// Who decided.
    pub by: String,
}

crate::kind::body!(Erasure, "ledger.erasure.v1");
