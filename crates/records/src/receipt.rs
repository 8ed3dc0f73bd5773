//! `exchange.receipt.v1`: a receiver confirms that it carried a retraction out.

use model::RecordId;
use serde::{Deserialize, Serialize};

/// Confirmation to the author of a retraction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The retraction that was carried out.
    pub retraction: RecordId,
    /// The object it was about.
    pub object: String,
    /// How many stored versions it touched; 0 means the receiver holds none of this author (any more).
    pub versions: u64,
}

crate::kind::body!(Receipt, "exchange.receipt.v1");
