//! What parties promise each other: who may receive what from whom, up to which marking, for which
//! purpose, until when. Once every party has signed it, this value *is* the release policy.

use serde::{Deserialize, Serialize};

use crate::{AgreementId, Bilingual, Marking, PartyId, Role, Timestamp, Tlp};

/// One version of an agreement, as its proposal carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The agreement over all its versions.
    pub id: AgreementId,
    /// 1 for the first version; each amendment adds one.
    pub version: u32,
    /// A word for URLs and commands: `a-z 0-9 -`, unique on a node, fixed over all versions.
    pub name: String,
    /// What it is called.
    pub title: Bilingual,
    /// The text that people signed.
    pub text: Bilingual,
    /// Who must sign, and in which role.
    pub parties: Vec<AgreementParty>,
    /// Who may receive what.
    pub grants: Vec<Grant>,
    /// What each party undertakes to do.
    #[serde(default)]
    pub commitments: Vec<Commitment>,
    /// The first instant at which it releases anything.
    pub active_from: Timestamp,
    /// The first instant at which it no longer does.
    pub active_until: Timestamp,
}

/// A party of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementParty {
    /// Its id.
    pub party: PartyId,
    /// What it is called in the text.
    pub name: String,
    /// In which role it signs.
    pub role: Role,
}

/// One permission: records of `author`s may go to `receiver`s.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// Whose records; empty means those of every party to the agreement.
    #[serde(default)]
    pub from: Vec<PartyId>,
    /// To whom; empty means every party to the agreement.
    #[serde(default)]
    pub to: Vec<PartyId>,
    /// Which records.
    pub what: Vec<Selector>,
    /// The narrowest marking that still flows under this grant.
    pub up_to: Tlp,
    /// What the receiver may use them for, shown with every record.
    pub purpose: Bilingual,
    /// How far the receiver may pass them on, within what the marking allows.
    pub onward: Onward,
}

/// Which records a grant covers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Selector {
    /// Every kind that a pillar may share; never the node's own housekeeping.
    Everything,
    /// One record kind, such as `exchange.object.v1`.
    Kind(String),
    /// STIX objects of one type, such as `indicator`.
    ObjectType(String),
}

/// The upper bound a grant sets on passing records on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Onward {
    /// The receiving organisation only.
    Organisation,
    /// Also its clients, where the marking allows it.
    Clients,
    /// Whatever the marking allows.
    AsMarked,
}

/// What a party undertakes to do under the agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// Who undertakes it.
    pub party: PartyId,
    /// What.
    pub text: Bilingual,
    /// By when; a political commitment may have no date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Timestamp>,
}

impl Agreement {
    /// True when `party` is one of those that must sign.
    pub fn has_party(&self, party: &PartyId) -> bool {
        self.parties.iter().any(|p| p.party == *party)
    }
}

impl Grant {
    /// True when the grant lets `marking` through.
    pub fn covers_marking(&self, marking: Marking) -> bool {
        marking.tlp <= self.up_to
    }
}
