//! `notify.obligation.v1`: which duties of an incident changed, after which record and why. Written once for each cause;
//! a plan can be worked out again, this says what this party knew of it when.

use model::{IncidentId, RecordId, Timestamp};
use serde::{Deserialize, Serialize};

/// What one cause changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obligations {
    /// The incident.
    pub incident: IncidentId,
    /// The record after which it changed: a fact, a decision, a submission, or a newer pack.
    pub cause: RecordId,
    /// The kind of that record.
    pub cause_kind: String,
    /// The instant for which both plans were made.
    pub at: Timestamp,
    /// The versions by which the later one was made.
    pub made_with: String,
    /// What changed, by stage.
    pub changes: Vec<Change>,
}

/// One duty that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The regime.
    pub regime: String,
    /// The stage.
    pub stage: String,
    /// `appeared`, `moved`, `closed`, `reopened` or `fell_away`.
    pub what: String,
    /// Before; none when it is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Standing>,
    /// After; none when it fell away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Standing>,
}

/// Where a duty stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// Its state, as plans write it.
    pub state: String,
    /// The safe date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm: Option<Timestamp>,
    /// The outer limit of the law.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Timestamp>,
    /// The pack by which it was worked out, and when that was reviewed.
    pub pack: String,
}

crate::kind::body!(Obligations, "notify.obligation.v1");
