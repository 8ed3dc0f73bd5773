//! `notify.determination.v1`: a person decides what an incident is: significant, major, material, not reportable.

use model::{IncidentId, RecordId, Timestamp};
use serde::{Deserialize, Serialize};

/// A decision of a person, with its reasons. Supervisors work clocks out again from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Determination {
    /// The incident.
    pub incident: IncidentId,
    /// What was asked: `material`, `major`, `high_risk`, `applies NIS2`, …
    pub question: String,
    /// What was decided.
    pub outcome: Outcome,
    /// When it was decided.
    pub at: Timestamp,
    /// Who decided, by name and office.
    pub by: String,
    /// Why.
    pub rationale: String,
    /// The decisions of others that its author saw and replaces. Their own earlier word is replaced in any case; one of
    /// somebody else that is not here stays beside it, and both are shown until somebody who saw both decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Vec<RecordId>>,
}

/// Yes, no, or not decided any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// Nobody can say.
    Unknown,
}

crate::kind::body!(Determination, "notify.determination.v1");
