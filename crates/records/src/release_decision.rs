//! `release.decision.v1`: the second person's word on a draft, and that it was carried out.

use serde::{Deserialize, Serialize};

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseDecision {
    /// The draft.
    pub draft: String,
    /// True for yes.
    pub approved: bool,
    /// True once what was approved has been carried out.
    #[serde(default)]
    pub done: bool,
    /// Why; always said for a no.
    #[serde(default)]
    pub reason: String,
    /// Who.
    pub by: String,
}

crate::kind::body!(ReleaseDecision, "release.decision.v1");
