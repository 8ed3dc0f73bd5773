//! Who asks at a gate.

use std::collections::BTreeSet;

use model::{AgreementId, PartyId, Realm, Tlp};

/// How the receiver stands to the holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// A member or system of the holder's own organisation.
    Organisation,
    /// Another party, by its node or by a consumer of this one.
    Party(PartyId),
    /// A client of the holder's organisation.
    Client,
    /// A member of the community of the receiver's agreements, without being a party.
    Community,
    /// Anybody.
    Public,
}

/// A receiver as the gate authenticated it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Receiver {
    /// The realm in which it asks.
    pub realm: Realm,
    /// How it stands to the holder.
    pub standing: Standing,
    /// The narrowest marking it is cleared for.
    pub clearance: Tlp,
    /// The agreements it is served under; for a party's own node `None`, since the agreements name it.
    pub agreements: Option<BTreeSet<AgreementId>>,
}

impl Receiver {
    /// The node of another party.
    pub fn node(realm: Realm, party: PartyId) -> Self {
        Self { realm, standing: Standing::Party(party), clearance: Tlp::Red, agreements: None }
    }

    /// A member of the holder's own organisation.
    pub fn member(realm: Realm, clearance: Tlp) -> Self {
        Self { realm, standing: Standing::Organisation, clearance, agreements: None }
    }

    pub(crate) fn is_served_under(&self, id: &AgreementId) -> bool {
        self.agreements.as_ref().is_none_or(|agreements| agreements.contains(id))
    }
}
