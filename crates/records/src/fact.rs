//! `notify.fact.v1`: one fact of an incident, as it was known when it was stated. A correction is a new fact.

use model::{IncidentId, RecordId, Timestamp};
use serde::{Deserialize, Serialize};

/// A fact. `null` says that it is unknown, which is not the same as no.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The incident.
    pub incident: IncidentId,
    /// The fact, by the name or code that packs give it.
    pub field: String,
    /// Its value.
    pub value: serde_json::Value,
    /// Estimated, not measured.
    #[serde(default)]
    pub estimate: bool,
    /// To which moment it is true, when that is not when it was stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
    /// Where it comes from.
    #[serde(default)]
    pub source: String,
    /// How sure its author is, in their words.
    #[serde(default)]
    pub confidence: String,
    /// Who stated it.
    pub by: String,
    /// The statements of the same fact that its author saw and replaces. Absent: whatever stood before. A statement
    /// that nobody replaced stays beside the newer one: two people at once contradict each other, and lose nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Vec<RecordId>>,
}

crate::kind::body!(Fact, "notify.fact.v1");
