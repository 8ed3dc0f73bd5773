//! Identifiers, each a type of its own, printed with its prefix so that a reader knows what it names.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::digest::{Digest, hex, unhex};

/// Text that is not an identifier of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found {found:?}")]
pub struct IdError {
    /// What would have been right, such as `party:<32 hex digits>`.
    pub expected: &'static str,
    /// What was there, shortened.
    pub found: String,
}

impl IdError {
    fn new(expected: &'static str, found: &str) -> Self {
        Self { expected, found: found.chars().take(80).collect() }
    }
}

/// A party: the first 128 bits of the fingerprint of its first key pair, so an id cannot be claimed
/// without the key. Printed `party:<32 hex digits>`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartyId(pub [u8; 16]);

impl PartyId {
    /// The id that a key fingerprint gives.
    pub fn from_fingerprint(fingerprint: &Digest) -> Self {
        let mut id = [0; 16];
        id.copy_from_slice(&fingerprint.0[..16]);
        Self(id)
    }

    /// The 32 hexadecimal digits without the prefix.
    pub fn hex(&self) -> String {
        hex(&self.0)
    }
}

/// A record: the RFC 6962 leaf hash of its header, SHA-256(0x00 ‖ header). Printed `record:<64 hex digits>`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId(pub Digest);

/// An agreement over all its versions. Printed `agreement:<uuid>`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AgreementId(pub Uuid);

/// A group of parties known by uuid alone. Printed `group:<uuid>`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupId(pub Uuid);

/// An incident, from its first word to its last. Printed `incident:<uuid>`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IncidentId(pub Uuid);

/// A report that an authority received. Printed `report:<uuid>`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReportId(pub Uuid);

/// A technology that is watched, over all versions of what is said of it. Printed `watch:<uuid>`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WatchId(pub Uuid);

macro_rules! printed {
    ($id:ty, $prefix:literal, $expected:literal, $print:expr, $parse:expr) => {
        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($prefix)?;
                f.write_str(&$print(self))
            }
        }

        impl fmt::Debug for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $id {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                text.strip_prefix($prefix).and_then($parse).ok_or_else(|| IdError::new($expected, text))
            }
        }

        impl Serialize for $id {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $id {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

printed!(PartyId, "party:", "party:<32 hex digits>", PartyId::hex, |t: &str| unhex(t).map(PartyId));
printed!(RecordId, "record:", "record:<64 hex digits>", |r: &RecordId| r.0.hex(), |t: &str| unhex(t)
    .map(|b| RecordId(Digest(b))));
printed!(AgreementId, "agreement:", "agreement:<uuid>", |a: &AgreementId| a.0.to_string(), |t: &str| {
    Uuid::try_parse(t).ok().map(AgreementId)
});
printed!(GroupId, "group:", "group:<uuid>", |g: &GroupId| g.0.to_string(), |t: &str| Uuid::try_parse(t)
    .ok()
    .map(GroupId));

printed!(IncidentId, "incident:", "incident:<uuid>", |i: &IncidentId| i.0.to_string(), |t: &str| {
    Uuid::try_parse(t).ok().map(IncidentId)
});

printed!(ReportId, "report:", "report:<uuid>", |i: &ReportId| i.0.to_string(), |t: &str| {
    Uuid::try_parse(t).ok().map(ReportId)
});

printed!(WatchId, "watch:", "watch:<uuid>", |w: &WatchId| w.0.to_string(), |t: &str| Uuid::try_parse(t)
    .ok()
    .map(WatchId));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_print_and_read_back() {
        let party = PartyId([0xab; 16]);
        assert_eq!(party.to_string(), format!("party:{}", "ab".repeat(16)));
        assert_eq!(party.to_string().parse(), Ok(party));
        assert!("agreement:zz".parse::<AgreementId>().is_err());
        assert!("party:é".parse::<PartyId>().is_err());
    }
}
