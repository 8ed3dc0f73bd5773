//! `picture.publication.v1`: which figures went out to an audience, so that the next ones do not give anybody away.

use std::collections::BTreeMap;

use model::{PartyId, Timestamp};
use serde::{Deserialize, Serialize};

/// A report that was published. It never leaves: it says who is behind each figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// For whom: `parties:<agreement>`, `community:<agreement>` or `public:<agreement>`.
    pub audience: String,
    /// Days of the period.
    pub days: i64,
    /// Who published it, by account.
    pub by: String,
    /// The figures over sources that may not go themselves.
    pub figures: Vec<Figure>,
}

/// One figure as it went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// `sectors` or `countries`.
    pub topic: String,
    /// Sector, region, or ISO 3166-1 code.
    pub subject: String,
    /// The figure.
    pub count: u64,
    /// Since when it has been this one.
    pub since: Timestamp,
    /// How much of it each party's records were, then.
    pub of: BTreeMap<PartyId, u64>,
}

crate::kind::body!(Publication, "picture.publication.v1");
