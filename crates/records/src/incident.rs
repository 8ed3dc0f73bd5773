//! `notify.incident.v1`: an incident is opened; what is known of it follows as facts, each a record of its own.

use model::IncidentId;
use serde::{Deserialize, Serialize};

/// The opening. It never leaves its author (`Reach::Own`): what others may have of an incident is a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    /// The incident.
    pub incident: IncidentId,
    /// What people call it.
    pub title: String,
    /// An exercise: nothing about it is ever submitted.
    #[serde(default)]
    pub exercise: bool,
    /// Who opened it.
    pub by: String,
}

crate::kind::body!(Incident, "notify.incident.v1");
