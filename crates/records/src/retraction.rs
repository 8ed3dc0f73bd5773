//! `exchange.retraction.v1`: the author takes an object back, or narrows who may have it.

use model::Tlp;
use serde::{Deserialize, Serialize};

/// What a receiver must do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Show and pass on no longer, and erase.
    Delete,
    /// Treat as marked with the narrower label.
    Narrow,
}

/// A retraction, addressed to everyone who received the object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retraction {
    /// The STIX id.
    pub object: String,
    /// One version (its `modified`), or every version when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What to do.
    pub action: Action,
    /// The new label when narrowing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tlp: Option<Tlp>,
    /// Why, in plain words.
    pub reason: String,
}

crate::kind::body!(Retraction, "exchange.retraction.v1");
