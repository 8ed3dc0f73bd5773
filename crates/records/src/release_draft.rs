//! `release.draft.v1`: what one person wants to do and a second has to approve first. It never leaves this node, and what
//! it holds is no record of its own kind yet: no verdict sees it.

use model::{PartyId, Tlp};
use serde::{Deserialize, Serialize};

/// A held act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseDraft {
    /// The draft.
    pub draft: String,
    /// The act, by the name of its permission.
    pub act: String,
    /// What people call it.
    pub title: String,
    /// The markings of what it holds; it is shown to nobody who is not cleared for all of them.
    pub markings: Vec<Tlp>,
    /// Who would receive it.
    pub recipients: Vec<PartyId>,
    /// The names of the rules that hold it.
    pub rules: Vec<String>,
    /// Everything that is needed to carry it out, as the room of the act wrote it.
    pub request: serde_json::Value,
    /// Who wants it.
    pub by: String,
}

crate::kind::body!(ReleaseDraft, "release.draft.v1");
