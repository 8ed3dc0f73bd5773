//! `notify.filing.v1`: a stage of an incident as an operator files it with an authority, over a link.

use std::collections::BTreeMap;

use model::PartyId;
use serde::{Deserialize, Serialize};

use crate::report::Reporter;

/// What the authority receives: the fields of the stage, and nothing else of the incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filing {
    /// The authority.
    pub to: PartyId,
    /// The stage, such as `nis2.ew`.
    pub stage: String,
    /// What the operator calls the incident: the same in every stage.
    pub incident: String,
    /// Who reports.
    pub reporter: Reporter,
    /// The fields, by the code that packs give them.
    #[serde(default)]
    pub fields: BTreeMap<String, serde_json::Value>,
    /// The pack by which it was made.
    pub pack: String,
    /// Who filed it, by name and office.
    pub by: String,
}

crate::kind::body!(Filing, "notify.filing.v1");
