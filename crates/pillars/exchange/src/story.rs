//! The demo's story, as data: two sources of STIX objects, what arrives live, what is bad on purpose, and who may
//! read the red ones. The plot and the cast are told in `story/README.md`.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;

/// What the EU node holds from the start, one object per line.
pub const EU: &str = include_str!("../story/eu.ndjson");
/// What the US node holds from the start.
pub const US: &str = include_str!("../story/us.ndjson");
/// Objects that every node must refuse with a reason.
pub const BAD: &str = include_str!("../story/bad.ndjson");
const LIVE: &str = include_str!("../story/live.ndjson");
const RED: &str = include_str!("../story/red.json");

/// One object that arrives while the demo runs.
#[derive(Debug, Deserialize)]
pub struct Live<'a> {
    /// Seconds after the start.
    pub after_s: u64,
    /// The node it arrives at: `eu` or `us`.
    pub at: &'a str,
    /// The object, verbatim.
    #[serde(borrow)]
    pub object: &'a RawValue,
}

#[derive(Debug, Deserialize)]
struct Red {
    id: String,
    recipients: Vec<String>,
}

/// The live part in order of time. Lines that do not parse would be a damaged build and are left out.
pub fn live() -> Vec<Live<'static>> {
    LIVE.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// The named recipients (`eu`, `us`) of each red object by STIX id.
pub fn red() -> HashMap<String, Vec<String>> {
    let red: Vec<Red> = serde_json::from_str(RED).unwrap_or_default();
    red.into_iter().map(|red| (red.id, red.recipients)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_story_is_whole() {
        assert!(EU.lines().count() + US.lines().count() >= 250);
        assert_eq!(live().len(), LIVE.lines().count());
        assert!(!red().is_empty());
    }
}
