//! `notify.practice.v1`: how a party assesses risk: by which method, for what, and where it departs from the text.

use serde::{Deserialize, Serialize};

/// A practice. It goes where an agreement grants it; the newest of one party, method and scope holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// The method, by its id in the register, or by its name when it is not there.
    pub method: String,
    /// Which edition, when it is another than that of the register.
    #[serde(default)]
    pub edition: String,
    /// What it is used for: a sector, a kind of system, a decision.
    pub scope: String,
    /// Where the party departs from the text: steps left out, own scales, own criteria.
    #[serde(default)]
    pub departs: String,
    /// Whom to ask, by office.
    #[serde(default)]
    pub contact: String,
    /// It is no longer used.
    #[serde(default)]
    pub ended: bool,
}

crate::kind::body!(Practice, "notify.practice.v1");
