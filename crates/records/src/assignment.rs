//! `notify.assignment.v1`: who looks after an incident from now on. The newest assignment holds.

use model::IncidentId;
use serde::{Deserialize, Serialize};

/// An assignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The incident.
    pub incident: IncidentId,
    /// Who looks after it, by account; empty: nobody any more.
    pub officer: String,
    /// Who said so.
    pub by: String,
}

crate::kind::body!(Assignment, "notify.assignment.v1");
