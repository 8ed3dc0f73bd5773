//! `picture.snapshot.v1`: the picture of a period as one party puts it to another for both to sign, claim by claim with the
//! records that each rests on.

use model::{AgreementId, PartyId, RecordId, Timestamp};
use serde::{Deserialize, Serialize};

/// The picture. Its bytes are what both parties sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Its id, a UUID.
    pub snapshot: String,
    /// The one that it takes the place of, where a change was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    /// Who puts it.
    pub by: PartyId,
    /// To whom.
    pub with: PartyId,
    /// The agreement that it goes under.
    pub agreement: AgreementId,
    /// By which method it is counted; 1 is that of docs/picture.md.
    pub method: u32,
    /// Days of the period.
    pub days: i64,
    /// The instant at which it was counted; its day (UTC) ends the period.
    pub until: Timestamp,
    /// What is said.
    pub claims: Vec<Claim>,
    /// A word to the other party; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// `actors`, `campaigns`, `malware`, `techniques`, `vulnerabilities`, `sectors` or `countries`.
    pub topic: String,
    /// STIX id, sector, region, or ISO 3166-1 code.
    pub subject: String,
    /// What people call it.
    pub name: String,
    /// How often it was spoken of.
    pub count: u64,
    /// The records in which it was.
    pub sources: Vec<Source>,
    /// How many more there are than are listed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u64,
}

/// A record that a claim rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Who stated it.
    pub author: PartyId,
    /// The record.
    pub record: RecordId,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

crate::kind::body!(Snapshot, "picture.snapshot.v1");
