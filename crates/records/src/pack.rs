//! `notify.pack.v1`: from now on this party plans by this text of a regime. Plans of earlier moments keep the older one.

use serde::{Deserialize, Serialize};

/// A pack that was installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// The regime.
    pub regime: String,
    /// Its version.
    pub version: String,
    /// The pack itself, as it was installed.
    pub text: String,
    /// Who installed it.
    pub by: String,
}

crate::kind::body!(Pack, "notify.pack.v1");
