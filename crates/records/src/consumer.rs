//! `party.consumer.v1`: somebody served by this node without running one.

use model::{AgreementId, PartyId, Tlp};
use serde::{Deserialize, Serialize};

/// How a consumer stands to the party that runs the node (TLP 2.0 speaks of organisation, clients, community).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// A member or system of the party's own organisation.
    Organisation,
    /// A client of the organisation.
    Client,
    /// A member of the agreement's community, neither of the organisation nor its client.
    Community,
    /// Anybody.
    Public,
}

/// A consumer and what it may ask for. Its token is not a record; only its digest is kept, beside the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consumer {
    /// The name it signs in with: `a-z 0-9 - _ .`, unique on the node.
    pub name: String,
    /// The party it belongs to, where that party signs agreements without running a node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyId>,
    /// How it stands to this node's party.
    pub relation: Relation,
    /// The narrowest marking it is cleared for.
    pub clearance: Tlp,
    /// The agreements whose collections it sees.
    pub agreements: Vec<AgreementId>,
    /// True when it may post objects.
    pub can_write: bool,
    /// False once it has been closed.
    pub active: bool,
    /// Requests it may make each second, over all gates; as many as it likes when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_per_s: Option<u32>,
}

crate::kind::body!(Consumer, "party.consumer.v1");
