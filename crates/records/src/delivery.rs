//! `exchange.delivery.v1` and `exchange.quarantine.v1`: what came in through a gate, and what was refused of it.

use serde::{Deserialize, Serialize};

/// One request or import: who brought how much, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// A UUID; TAXII shows it as the status id.
    pub id: String,
    /// The gate: `taxii`, `import`, `api`, `pull`, `console`.
    pub gate: String,
    /// The consumer, account or file that brought it.
    pub source: String,
    /// Objects offered.
    pub total: u64,
    /// Objects accepted now.
    pub accepted: u64,
    /// Objects already held, byte for byte.
    pub known: u64,
    /// Objects refused, each with a quarantine record in the same ledger.
    pub refused: Vec<Refused>,
}

/// One refused object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// Its id as far as one could be read.
    pub id: String,
    /// Its version as far as one could be read.
    pub version: String,
    /// Why, with rule and position.
    pub message: String,
}

crate::kind::body!(Delivery, "exchange.delivery.v1");

/// The kind whose body is a refused object verbatim.
pub const QUARANTINE: &str = "exchange.quarantine.v1";
/// The kind whose body is one STIX object verbatim.
pub const OBJECT: &str = "exchange.object.v1";
