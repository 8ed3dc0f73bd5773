//! Which log: one party's records in one realm.

use std::fmt;

use model::{PartyId, Realm};

/// The name of a log for everybody: its author and its realm. Each realm has its own log (I6).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LogKey {
    /// Who writes it.
    pub party: PartyId,
    /// Reality, or one exercise run.
    pub realm: Realm,
}

impl LogKey {
    /// The first line of the log's checkpoints and the name in their signature lines (C2SP tlog-checkpoint),
    /// `entente/<realm>/<32 hex digits of the party>`.
    pub fn origin(&self) -> String {
        format!("entente/{}/{}", self.realm, self.party.hex())
    }
}

/// The number of a log inside this one database; never sent to anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LogId(pub(crate) u32);

impl LogId {
    /// The number itself, for tables of other databases that follow this one.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The log of that number; a number this database never gave is answered with `UnknownLog`.
    pub fn from_number(number: u32) -> Self {
        Self(number)
    }
}

impl fmt::Display for LogId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
