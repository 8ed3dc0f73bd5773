//! `notify.screening.v1`: somebody was looked for in a sanctions list before a payment was decided.

use model::{IncidentId, Timestamp};
use serde::{Deserialize, Serialize};

/// One look at one list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Screening {
    /// The incident.
    pub incident: IncidentId,
    /// The list: `ofac-sdn` or `eu-consolidated`.
    pub list: String,
    /// The version of the list, as whoever fetched it names it.
    pub version: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// How many entries it has.
    pub entries: u64,
    /// Names and addresses that were looked for.
    pub subjects: Vec<String>,
    /// What was found.
    #[serde(default)]
    pub hits: Vec<Hit>,
    /// When.
    pub at: Timestamp,
    /// Who looked.
    pub by: String,
}

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hit {
    /// What was looked for.
    pub subject: String,
    /// The number of the entry in the list.
    pub entry: String,
    /// Its name there.
    pub name: String,
    /// Spelt nearly so, not the same; whether it is the one, a person says.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub near: bool,
}

crate::kind::body!(Screening, "notify.screening.v1");
