//! `picture.watch.v1`: a technology on the watch-list, as one party sees it at one moment. Each change is a new version
//! that names the one before; sources are added, never taken away.

use model::time::civil::Date;
use model::{RecordId, WatchId};
use serde::{Deserialize, Serialize};

/// One version of an entry of the watch-list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watch {
    /// The entry, the same over all versions.
    pub watch: WatchId,
    /// The version before; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<RecordId>,
    /// What is watched.
    pub technology: String,
    /// Why: what it may do to us, or for us.
    pub why: String,
    /// The language of both, `en` or `fr`.
    pub language: String,
    /// Who looks after it: an account of the party that states it.
    pub owner: String,
    /// When it is expected to matter, from: an ISO 8601 year, month or day.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// And until; empty where nobody dares to say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub until: String,
    /// How far it has come.
    pub maturity: Maturity,
    /// What that rests on, in the order in which it was added.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// When somebody looks at it again.
    pub review: Date,
    /// Why it is watched no longer; empty while it is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub retired: String,
    /// Who wrote this version.
    pub by: String,
}

/// How far a technology has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Maturity {
    /// It is being researched.
    Research,
    /// It was shown to work.
    Shown,
    /// The first use it.
    Early,
    /// Many use it.
    Spreading,
    /// It is everywhere.
    Common,
}

/// How sure somebody is of what a source says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Not very.
    Low,
    /// Fairly.
    Moderate,
    /// Very.
    High,
}

/// One source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What it says, in a sentence.
    pub says: String,
    /// Where: an https URL, or a record of the ledger.
    pub link: String,
    /// The date of the source.
    pub on: Date,
    /// How sure of it.
    pub confidence: Confidence,
}

crate::kind::body!(Watch, "picture.watch.v1");
