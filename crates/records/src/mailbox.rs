//! `notify.mailbox.v1`: at which mail address somebody whom a law names receives reports of this party, and in which language.

use serde::{Deserialize, Serialize};

/// An address. The newest for a recipient and a stage counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mailbox {
    /// Who receives, by the code of the packs, such as `csirt-or-authority`.
    pub recipient: String,
    /// For this stage alone; empty for all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub stage: String,
    /// The address; empty: there is none any more.
    pub address: String,
    /// In which language they are written to: `en` or `fr`.
    pub language: String,
    /// Where the address comes from, so that somebody else can check it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Who wrote it down.
    pub by: String,
}

crate::kind::body!(Mailbox, "notify.mailbox.v1");
