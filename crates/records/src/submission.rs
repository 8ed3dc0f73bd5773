//! `notify.submission.v1`: a stage of an incident was really submitted. Later clocks run from that moment.

use model::{IncidentId, Timestamp};
use serde::{Deserialize, Serialize};

/// A submission, filed by hand or by the node. It is never edited: another one supersedes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// The incident.
    pub incident: IncidentId,
    /// The stage, such as `nis2.ew`.
    pub stage: String,
    /// When it was sent.
    pub at: Timestamp,
    /// By which way.
    pub channel: String,
    /// The reference that the recipient gave.
    #[serde(default)]
    pub reference: String,
    /// Who sent it.
    pub by: String,
    /// The pack by which it was made.
    pub pack: String,
    /// What proves it: a receipt, a message, where the copy is kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence: String,
}

crate::kind::body!(Submission, "notify.submission.v1");
