//! `picture.cosign.v1`: a party's word on a snapshot: signed, declined, or a change asked for; with what it counts otherwise.

use model::{Digest, PartyId};
use serde::{Deserialize, Serialize};

/// The word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// This is our picture too.
    Signed,
    /// It is not, and will not be.
    Declined,
    /// It would be, changed as the reason says.
    Asked,
}

/// A party's answer to a snapshot; the proposer's own signature has the same form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cosign {
    /// The snapshot.
    pub snapshot: String,
    /// SHA-256 of its body: what is signed or declined is these bytes.
    pub body_sha256: Digest,
    /// Who answers.
    pub party: PartyId,
    /// What.
    pub word: Word,
    /// The person, by name and office.
    pub signatory: String,
    /// Why, where it is not signed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What this party counts otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
    /// Ed25519 over the body of the snapshot, base64; only where it is signed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ed25519: String,
    /// ML-DSA-87 over the same.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ml_dsa_87: String,
    /// The whole answer as it is signed: a [`Statement`] in JSON. Answers from before there was one have none, and their
    /// signature covers the picture alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub statement: String,
    /// Ed25519 over the statement, base64.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub statement_ed25519: String,
    /// ML-DSA-87 over the same.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub statement_ml_dsa_87: String,
}

/// What an answer says, beside its signatures: the person, the reason and the differences belong to what is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The snapshot.
    pub snapshot: String,
    /// SHA-256 of its body.
    pub body_sha256: Digest,
    /// Who answers.
    pub party: PartyId,
    /// What.
    pub word: Word,
    /// The person, by name and office.
    pub signatory: String,
    /// Why.
    pub reason: String,
    /// What this party counts otherwise.
    pub differences: Vec<Difference>,
}

impl Cosign {
    /// The domain that separates signatures over the picture from all others.
    pub const CONTEXT: &'static str = "entente/picture-snapshot/v1";
    /// That of signatures over a statement.
    pub const STATEMENT: &'static str = "entente/picture-cosign/v1";

    /// What it says, to be signed.
    pub fn stated(&self) -> Statement {
        Statement {
            snapshot: self.snapshot.clone(),
            body_sha256: self.body_sha256,
            party: self.party,
            word: self.word,
            signatory: self.signatory.clone(),
            reason: self.reason.clone(),
            differences: self.differences.clone(),
        }
    }

    /// Whether its statement says what it says itself.
    pub fn is_as_stated(&self) -> bool {
        serde_json::from_str::<Statement>(&self.statement).is_ok_and(|stated| stated == self.stated())
    }
}

/// One figure on which the two pictures differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// The topic.
    pub topic: String,
    /// What is counted.
    pub subject: String,
    /// What people call it.
    pub name: String,
    /// The figure of the snapshot.
    pub theirs: u64,
    /// The figure of who answers.
    pub ours: u64,
    /// Why, as far as it can be told.
    pub why: Vec<Why>,
}

/// Why a figure differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Records of theirs were withheld from us: their hashes are here.
    Withheld,
    /// Records of theirs have not come here.
    NotReceived,
    /// Records of theirs are here, and stand here otherwise: narrowed, taken back, replaced, or not counted under it.
    Otherwise,
    /// Records of ours have not gone to them yet.
    NotSent,
    /// Records that both have are not counted by them.
    NotCounted,
}

crate::kind::body!(Cosign, "picture.cosign.v1");
