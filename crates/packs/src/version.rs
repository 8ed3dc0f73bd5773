//! The version of a pack or calendar: numbers between dots, each compared as a number, so that `2026.10` is newer than
//! `2026.2`.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A version, as it was written and as it is compared: `2026.1` and `2026.01.0` are one and the same.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version {
    written: String,
    /// Without zeros at the end.
    numbers: Vec<u32>,
}

/// The text is no version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no version; write up to 4 numbers with dots between them, as in 2026.2")]
pub struct VersionError(String);

/// Numbers of one version.
const MOST: usize = 4;
/// Digits of one number.
const DIGITS: usize = 9;

impl Version {
    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }
}

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let fault = || VersionError(text.chars().take(40).collect());
        let mut numbers = Vec::with_capacity(MOST);
        for number in text.split('.') {
            let known = number.len() <= DIGITS && number.bytes().all(|b| b.is_ascii_digit());
            let number = known.then(|| number.parse().ok()).flatten().ok_or_else(fault)?;
            if numbers.len() == MOST {
                return Err(fault());
            }
            numbers.push(number);
        }
        let kept = numbers.iter().rposition(|number| *number != 0).map_or(0, |last| last + 1);
        numbers.truncate(kept);
        Ok(Self { written: text.to_owned(), numbers })
    }
}

impl TryFrom<String> for Version {
    type Error = VersionError;

    fn try_from(text: String) -> Result<Self, VersionError> {
        text.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.written
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.numbers.cmp(&other.numbers)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.numbers == other.numbers
    }
}

impl Eq for Version {}

impl Hash for Version {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.numbers.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Version;

    fn version(text: &str) -> Version {
        text.parse().expect("a version")
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        let rising = ["0", "1", "1.0.1", "2026.1", "2026.2", "2026.2.1", "2026.10", "2027"];
        for pair in rising.windows(2) {
            assert!(version(pair[0]) < version(pair[1]), "{pair:?}");
        }
        assert_eq!(version("2026.1"), version("2026.01.0"));
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for text in
            ["", ".", "1.", ".1", "1..2", "v1", "2026.1-draft", "1.2.3.4.5", "-1", "+1", "1234567890", "٣"]
        {
            assert!(text.parse::<Version>().is_err(), "{text:?}");
        }
    }

    proptest! {
        /// The order is that of the lists of numbers, however they are written.
        #[test]
        fn the_order_is_that_of_the_numbers(
            one in prop::collection::vec(0_u32..200, 1..=4),
            other in prop::collection::vec(0_u32..200, 1..=4),
        ) {
            let text = |numbers: &[u32]| numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
            let padded = |numbers: &[u32]| [numbers, &[0; 4][numbers.len()..]].concat();
            let (a, b) = (version(&text(&one)), version(&text(&other)));
            prop_assert_eq!(a.cmp(&b), padded(&one).cmp(&padded(&other)));
            prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
            prop_assert_eq!(a == b, a.cmp(&b).is_eq());
            prop_assert_eq!(a.to_string(), text(&one));
        }
    }
}
