//! `notice.receipt.v1`: what became of notices that left the console for an account: what was sent which way, or that
//! it was given up, and why. What they said is not in it.

use serde::{Deserialize, Serialize};

/// The end of one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeReceipt {
    /// The id of the message, the same for every try: in mail its `Message-ID`, at a webhook its `webhook-id`.
    pub parcel: String,
    /// The account that it went to.
    pub account: String,
    /// How: `mail` or `webhook`.
    pub way: String,
    /// The references of the notices in it.
    pub notices: Vec<String>,
    /// Whether it arrived.
    pub outcome: Outcome,
    /// How often it was tried.
    pub tries: u64,
    /// Why it did not arrive; empty when it did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said: String,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The mail server, or the URL, took it.
    Delivered,
    /// It did not, and nobody tries again.
    GivenUp,
}

crate::kind::body!(NoticeReceipt, "notice.receipt.v1");
