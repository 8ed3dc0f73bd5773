//! A place in one log.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The index of a record in one party's log, counted from 0; equal to its Merkle leaf index (RFC 6962 §2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(pub u64);

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
