//! `match[…]` filters (§3.4): AND between fields, OR inside one.

use std::fmt::Write as _;

use super::percent;
use super::time::TaxiiTime;

/// The filters of one request; an empty list does not filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// `match[id]`.
    pub ids: Vec<String>,
    /// `match[type]`.
    pub types: Vec<String>,
    /// `match[version]`.
    pub versions: VersionSelector,
    /// `match[spec_version]`; empty: the latest specification version held of each object.
    pub spec_versions: Vec<String>,
}

/// Which versions of an object are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum VersionSelector {
    /// The latest; what applies when nothing is said.
    #[default]
    Last,
    /// Every one.
    All,
    /// Any of these.
    Picks(Vec<VersionPick>),
}

/// One entry of `match[version]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VersionPick {
    /// The earliest.
    First,
    /// The latest.
    Last,
    /// The one of this instant, in microseconds. Instants are compared, not texts: `.5Z` = `.500Z`.
    At(i64),
}

impl VersionSelector {
    /// Whether a version is wanted, given its instant and its place among the versions held.
    pub fn admits(&self, version_us: i64, is_first: bool, is_last: bool) -> bool {
        match self {
            VersionSelector::Last => is_last,
            VersionSelector::All => true,
            VersionSelector::Picks(picks) => picks.iter().any(|pick| match pick {
                VersionPick::First => is_first,
                VersionPick::Last => is_last,
                VersionPick::At(micros) => *micros == version_us,
            }),
        }
    }

    /// Whether only the latest version is wanted, which a server can answer from its view of latest
    /// versions alone.
    pub fn is_last_only(&self) -> bool {
        match self {
            VersionSelector::Last => true,
            VersionSelector::All => false,
            VersionSelector::Picks(picks) => picks.iter().all(|pick| *pick == VersionPick::Last),
        }
    }
}

impl Filter {
    /// Whether nothing is filtered and the default version applies.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// The filters as a query string, for cursors and for asking other servers.
    pub fn to_query(&self) -> String {
        let mut out = String::new();
        let mut field = |name: &str, values: &[String]| {
            if values.is_empty() {
                return;
            }
            if !out.is_empty() {
                out.push('&');
            }
            let _ = write!(out, "match%5B{name}%5D=");
            for (index, value) in values.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                percent::encode(value, &mut out);
            }
        };
        field("id", &self.ids);
        field("type", &self.types);
        field("version", &self.versions.words());
        field("spec_version", &self.spec_versions);
        out
    }
}

impl VersionSelector {
    fn words(&self) -> Vec<String> {
        match self {
            VersionSelector::Last => Vec::new(),
            VersionSelector::All => vec!["all".to_owned()],
            VersionSelector::Picks(picks) => picks
                .iter()
                .map(|pick| match pick {
                    VersionPick::First => "first".to_owned(),
                    VersionPick::Last => "last".to_owned(),
                    VersionPick::At(micros) => TaxiiTime::from_micros(*micros).to_string(),
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_selected_by_place_and_instant() {
        let picks = VersionSelector::Picks(vec![VersionPick::First, VersionPick::At(7)]);
        assert!(
            picks.admits(1, true, false) && picks.admits(7, false, false) && !picks.admits(9, false, true)
        );
        assert!(
            VersionSelector::Last.admits(9, false, true) && !VersionSelector::Last.admits(1, true, false)
        );
        assert!(VersionSelector::All.admits(5, false, false));
        assert!(!picks.is_last_only() && VersionSelector::Picks(vec![VersionPick::Last]).is_last_only());
    }
}
