//! `desk.audit.v1`: who looked at, took away, did or was refused what at this node's console and API.
//!
//! Views are gathered for a minute; what changes something stands in a record of its own before it is answered. The
//! own ledger makes the trail tamper-evident; the body may be erased when nobody may keep it any longer.

use model::Timestamp;
use serde::{Deserialize, Serialize};

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// A page was shown.
    Saw,
    /// Something was taken away as a file or by a program.
    Exported,
    /// Something was changed.
    Did,
    /// The role does not include it.
    Refused,
    /// It was let in and came to nothing: wrong input, nothing there.
    Failed,
}

impl Deed {
    /// Every one.
    pub const ALL: [Deed; 5] = [Deed::Saw, Deed::Exported, Deed::Did, Deed::Refused, Deed::Failed];

    /// Its word, as written.
    pub const fn word(self) -> &'static str {
        match self {
            Deed::Saw => "saw",
            Deed::Exported => "exported",
            Deed::Did => "did",
            Deed::Refused => "refused",
            Deed::Failed => "failed",
        }
    }

    /// The one of that word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.word() == word)
    }
}

/// One line of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// When, the first time.
    pub at: Timestamp,
    /// The account.
    pub who: String,
    /// The session or token, as eight hexadecimal digits of its digest.
    pub by: String,
    /// True for a token of a program.
    #[serde(default, skip_serializing_if = "is_false")]
    pub program: bool,
    /// The permission that was asked for, such as `exchange object read`.
    pub act: String,
    /// On what: the path, without what stood behind a question mark.
    pub what: String,
    /// What became of it.
    pub deed: Deed,
    /// How often, within the minute.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub count: u64,
    /// Why, where somebody had to say so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Lines that were written down together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    /// The lines, the oldest first.
    pub lines: Vec<Line>,
    /// Views beyond the bound of a minute, of which only the number is known.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: u64,
}

crate::kind::body!(Audit, "desk.audit.v1");

fn is_false(value: &bool) -> bool {
    !value
}

fn one() -> u64 {
    1
}

fn is_one(count: &u64) -> bool {
    *count == 1
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_reads_as_it_was_written_for_ever() {
        const GOLDEN: &str = r#"{"lines":[{"at":"2026-11-25T02:03:04.5Z","who":"m.roe","by":"0123abcd","act":"exchange object read","what":"/exchange/objects","deed":"saw","count":3},{"at":"2026-11-25T02:04:00Z","who":"m.roe","by":"0123abcd","program":true,"act":"access glass break","what":"/account/glass","deed":"did","reason":"flood"}],"more":2}"#;
        let audit: Audit = serde_json::from_str(GOLDEN).expect("the golden trail");
        assert_eq!((audit.lines[0].count, audit.lines[1].count, audit.more), (3, 1, 2));
        assert_eq!(serde_json::to_string(&audit).expect("written"), GOLDEN);
    }
}
