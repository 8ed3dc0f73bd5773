//! `notify.forward.v1`: the version of a report that one authority may hand on to another.

use std::collections::BTreeMap;

use model::Timestamp;
use serde::{Deserialize, Serialize};

/// A releasable version. It names the reporter only where somebody chose to; security and commercial interests of the
/// entity and the confidentiality of what it said are to be kept (NIS2, Art. 23(6)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forward {
    /// The sender's reference of the report.
    pub reference: String,
    /// The law, by the name of its pack.
    pub regime: String,
    /// The stage that was reported.
    pub stage: String,
    /// The duty of the sender that it answers: a stage of the packs such as `nis2.xb`; empty for none.
    #[serde(default)]
    pub duty: String,
    /// The State of the reporter, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: String,
    /// Its sector.
    #[serde(default)]
    pub sector: String,
    /// The reporter, where it may be named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporter: Option<String>,
    /// How grave the sender takes it to be.
    #[serde(default)]
    pub severity: String,
    /// The shared cause, by its short name.
    #[serde(default)]
    pub cause: String,
    /// The fields that were chosen, by the code that packs give them.
    #[serde(default)]
    pub fields: BTreeMap<String, serde_json::Value>,
    /// When the report came.
    pub received_at: Timestamp,
    /// What the sender says besides.
    #[serde(default)]
    pub note: String,
    /// An exercise.
    #[serde(default)]
    pub exercise: bool,
}

crate::kind::body!(Forward, "notify.forward.v1");
