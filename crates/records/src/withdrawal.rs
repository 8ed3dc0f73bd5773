//! `accord.withdrawal.v1`: a party leaves an agreement, which then releases nothing new.

use model::{AgreementId, Timestamp};
use serde::{Deserialize, Serialize};

/// A withdrawal; its author is the party that leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// The agreement.
    pub agreement: AgreementId,
    /// From when; never before the record was stated.
    pub effective: Timestamp,
    /// Why, in the party's own words.
    #[serde(default)]
    pub reason: String,
}

crate::kind::body!(Withdrawal, "accord.withdrawal.v1");
