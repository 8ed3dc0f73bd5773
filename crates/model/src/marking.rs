//! How far a record may travel (TLP 2.0, FIRST, August 2022) and what may be done with it (PAP).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Traffic Light Protocol 2.0, from widest to narrowest; a greater value never reaches more people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tlp {
    /// Anyone.
    Clear,
    /// The community.
    Green,
    /// The recipient's organisation and its clients.
    Amber,
    /// The recipient's organisation only.
    AmberStrict,
    /// The named recipients only.
    Red,
}

impl Tlp {
    /// Every label, widest first.
    pub const ALL: [Tlp; 5] = [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red];

    /// The word after `TLP:`. FIRST forbids spaces and translation in it.
    pub const fn word(self) -> &'static str {
        match self {
            Tlp::Clear => "CLEAR",
            Tlp::Green => "GREEN",
            Tlp::Amber => "AMBER",
            Tlp::AmberStrict => "AMBER+STRICT",
            Tlp::Red => "RED",
        }
    }
}

/// Permissible Actions Protocol, from widest to narrowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pap {
    /// No restriction.
    Clear,
    /// Active actions allowed.
    Green,
    /// Passive cross-checks only.
    Amber,
    /// Non-detectable actions only.
    Red,
}

impl Pap {
    /// Every label, widest first.
    pub const ALL: [Pap; 4] = [Pap::Clear, Pap::Green, Pap::Amber, Pap::Red];

    /// The word after `PAP:`.
    pub const fn word(self) -> &'static str {
        match self {
            Pap::Clear => "CLEAR",
            Pap::Green => "GREEN",
            Pap::Amber => "AMBER",
            Pap::Red => "RED",
        }
    }
}

/// The marking of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Marking {
    /// How far it may travel.
    pub tlp: Tlp,
    /// What may be done with it; carried along, never widening anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pap: Option<Pap>,
}

impl Marking {
    /// A marking with TLP alone.
    pub const fn tlp(tlp: Tlp) -> Self {
        Self { tlp, pap: None }
    }

    /// Of several markings the strictest, each scale for itself.
    pub fn strictest(self, other: Self) -> Self {
        Self { tlp: self.tlp.max(other.tlp), pap: self.pap.max(other.pap) }
    }
}

/// Text that is not a label of TLP or PAP.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown label {0:?}; use one of CLEAR, GREEN, AMBER, AMBER+STRICT (TLP only), RED")]
pub struct MarkingError(pub String);

impl FromStr for Tlp {
    type Err = MarkingError;

    /// Reads `TLP:AMBER+STRICT`, `amber+strict`, `amber-strict`, and the TLP 1 word `WHITE` as CLEAR.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let upper = text.trim().to_ascii_uppercase();
        let word = upper.strip_prefix("TLP:").unwrap_or(&upper);
        match word {
            "CLEAR" | "WHITE" => Ok(Tlp::Clear),
            "GREEN" => Ok(Tlp::Green),
            "AMBER" => Ok(Tlp::Amber),
            "AMBER+STRICT" | "AMBER-STRICT" | "AMBER_STRICT" => Ok(Tlp::AmberStrict),
            "RED" => Ok(Tlp::Red),
            _ => Err(MarkingError(text.chars().take(40).collect())),
        }
    }
}

impl FromStr for Pap {
    type Err = MarkingError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let upper = text.trim().to_ascii_uppercase();
        let word = upper.strip_prefix("PAP:").unwrap_or(&upper);
        match word {
            "CLEAR" | "WHITE" => Ok(Pap::Clear),
            "GREEN" => Ok(Pap::Green),
            "AMBER" => Ok(Pap::Amber),
            "RED" => Ok(Pap::Red),
            _ => Err(MarkingError(text.chars().take(40).collect())),
        }
    }
}

impl fmt::Display for Tlp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TLP:{}", self.word())
    }
}

impl fmt::Display for Pap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PAP:{}", self.word())
    }
}

macro_rules! serde_as_word {
    ($label:ty) => {
        impl Serialize for $label {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl<'de> Deserialize<'de> for $label {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

serde_as_word!(Tlp);
serde_as_word!(Pap);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_markings_the_strictest_wins_on_each_scale() {
        let a = Marking { tlp: Tlp::Amber, pap: Some(Pap::Clear) };
        let b = Marking { tlp: Tlp::Green, pap: Some(Pap::Red) };
        assert_eq!(a.strictest(b), Marking { tlp: Tlp::Amber, pap: Some(Pap::Red) });
        assert_eq!(a.strictest(Marking::tlp(Tlp::Red)).pap, Some(Pap::Clear));
    }

    #[test]
    fn labels_print_untranslated_and_read_back() {
        for tlp in Tlp::ALL {
            assert_eq!(tlp.to_string().parse(), Ok(tlp));
        }
        assert_eq!("tlp:white".parse(), Ok(Tlp::Clear));
        assert!("TLP: AMBER".parse::<Tlp>().is_err());
    }
}
