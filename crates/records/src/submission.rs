//! `notify.submission.v1`: a stage of an incident was really submitted. Later clocks run from that moment.

use model::{IncidentId, RecordId, Timestamp};
use serde::{Deserialize, Serialize};

/// A submission, filed by hand or by the node. It is never edited: another one supersedes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// The incident.
    pub incident: IncidentId,
    /// The stage, such as `nis2.ew`.
    pub stage: String,
    /// When it was sent.
    pub at: Timestamp,
    /// By which way.
    pub channel: String,
    /// The reference that the recipient gave.
    #[serde(default)]
    pub reference: String,
    /// Who sent it.
    pub by: String,
    /// The pack by which it was made.
    pub pack: String,
    /// What proves it: a receipt, a message, where the copy is kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evidence: String,
    /// The file that proves it, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence_file: Option<EvidenceFile>,
    /// The second person, where a rule wants two; when they spoke does not change when it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<Second>,
    /// What the mail server said when it took the report; none when it went another way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<Box<Mailed>>,
}

/// A report that a mail server took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mailed {
    /// The attempt by which it went (`notify.mailing.v1`).
    pub mailing: String,
    /// To which address.
    pub to: String,
    /// The server that took it.
    pub server: String,
    /// Its reply to the end of the message; empty where the reply was lost and a person found out that it went.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reply: String,
    /// The `Message-ID`, with its brackets.
    pub message_id: String,
    /// SHA-256 of the message as it was handed over, hexadecimal.
    pub sha256: String,
}

/// A file by its name and digest, so that whoever holds it can show that it is the one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceFile {
    /// Its name.
    pub name: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Its length.
    pub size_bytes: u64,
    /// The record that holds its bytes (`notify.evidence.v1`); none when they are kept elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordId>,
}

/// The second person of a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Second {
    /// The draft that they approved (`release.draft.v1`).
    pub draft: String,
    /// Who, by account.
    pub by: String,
}

crate::kind::body!(Submission, "notify.submission.v1");
