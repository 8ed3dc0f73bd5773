//! `picture.handover.v1`: an officer has seen what happened up to a moment, and what they leave to the next shift.

use model::Timestamp;
use serde::{Deserialize, Serialize};

/// A shift handed over, or taken over: both acknowledge the same thing, that somebody has looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    /// The account of the officer.
    pub by: String,
    /// What arrived before this moment was shown to them.
    pub upto: Timestamp,
    /// What the next shift should know, in their words; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

crate::kind::body!(Handover, "picture.handover.v1");
