//! Reality, or one run of an exercise; nothing converts one into the other (I6).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The realm of a record, a ledger, a key, a route.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Realm {
    /// Reality.
    Real,
    /// One exercise run, named by 1–40 characters of `a-z 0-9 -`.
    Exercise(String),
}

/// Text that names no realm.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected `real` or `exercise:<run>` with a run of 1 to 40 characters from a-z, 0-9 and -, found {0:?}"
)]
pub struct RealmError(pub String);

impl fmt::Display for Realm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Realm::Real => f.write_str("real"),
            Realm::Exercise(run) => write!(f, "exercise:{run}"),
        }
    }
}

impl FromStr for Realm {
    type Err = RealmError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "real" {
            return Ok(Realm::Real);
        }
        let run = text.strip_prefix("exercise:").unwrap_or("");
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if (1..=40).contains(&run.len()) && run.bytes().all(fits) {
            Ok(Realm::Exercise(run.to_owned()))
        } else {
            Err(RealmError(text.chars().take(60).collect()))
        }
    }
}

impl Serialize for Realm {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Realm {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
