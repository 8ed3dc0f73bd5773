//! `notify.pledge.v1`: a public body has said that it will not pay ransoms, or has taken that back.

use serde::{Deserialize, Serialize};

/// The endorsement of one body, as one party knows it. A later record of the same party about the same body replaces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pledge {
    /// The body, by its name.
    pub body: String,
    /// Its State, ISO 3166-1 alpha-2.
    pub country: String,
    /// True while it stands by it.
    pub joined: bool,
    /// Since which day, `yyyy-mm-dd`.
    pub since: String,
    /// Where it says so: a statement, a decision.
    pub statement: String,
    /// Who wrote it down.
    pub by: String,
}

crate::kind::body!(Pledge, "notify.pledge.v1");
