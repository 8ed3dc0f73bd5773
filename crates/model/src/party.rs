//! What a party is for, and on which side of the ocean it sits.

use serde::{Deserialize, Serialize};

/// The part a party plays in an agreement or on its card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A computer security incident response team (NIS2 Art. 10).
    Csirt,
    /// A government agency or competent authority.
    Agency,
    /// An information sharing and analysis centre.
    Isac,
    /// An operator of essential or important services.
    Operator,
    /// A manufacturer of products with digital elements.
    Manufacturer,
    /// A ministry.
    Ministry,
    /// A NATO body.
    Nato,
    /// May read what the agreement shows to observers.
    Observer,
}

/// The side of the Atlantic a party belongs to; pages colour by it, rules never depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Side {
    /// European Union.
    Eu,
    /// United States.
    Us,
    /// NATO.
    Nato,
    /// Any other.
    Other,
}
