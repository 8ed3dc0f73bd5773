//! `accord.proposal.v1`: a version of an agreement, put to its parties.

use model::Agreement;
use serde::{Deserialize, Serialize};

/// The proposal; its body's digest is what every party signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Proposal(pub Agreement);

crate::kind::body!(Proposal, "accord.proposal.v1");
