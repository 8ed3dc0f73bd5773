//! `party.trust.v1`: this party compared fingerprints and now trusts, or no longer trusts, a card.

use model::PartyId;
use serde::{Deserialize, Serialize};

use crate::card::SignedCard;

/// A decision to trust a peer's card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// The peer.
    pub party: PartyId,
    /// Its card; absent when trust is withdrawn.
    pub card: Option<SignedCard>,
    /// Who compared the fingerprints.
    pub by: String,
}

crate::kind::body!(Trust, "party.trust.v1");
