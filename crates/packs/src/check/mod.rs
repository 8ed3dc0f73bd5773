//! What must hold before a pack is used: every stage cited, every anchor there, no circle, every word known.

mod calendars;
mod clocks;
mod heads;
mod order;
mod references;

use std::fmt;

use serde::Serialize;

use crate::library::Library;
use crate::pack::{Pack, Stage};

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// The regime or calendar.
    pub pack: String,
    /// The stage, or the part of the file.
    pub place: String,
    /// What is wrong, and what to do.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}: {}", self.pack, self.place, self.what)
    }
}

/// Runs every check over the whole library.
pub fn all(library: &Library) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pack in library.packs.values() {
        findings.extend(heads::check(pack));
        findings.extend(references::check(library, pack));
        findings.extend(clocks::check(pack));
        findings.extend(order::windows(pack));
    }
    findings.extend(fields(library));
    findings.extend(order::stages_belong_to_one_pack(library));
    findings.extend(order::circles(library));
    for calendar in library.calendars.values() {
        findings.extend(calendars::check(library, calendar));
    }
    findings.sort();
    findings
}

/// A field that says the same as a fact names one that is there.
fn fields(library: &Library) -> Vec<Finding> {
    let words = &library.words;
    let lost = |fact: &String| !words.facts.contains_key(fact);
    let wrong = words.fields.iter().filter(|(_, field)| field.fact.as_ref().is_some_and(lost));
    wrong
        .map(|(code, _)| Finding {
            pack: "fields".into(),
            place: code.clone(),
            what: "its fact is not in packs/facts.toml; correct `fact`".into(),
        })
        .collect()
}

/// How sure a statement may be.
pub(crate) const CONFIDENCES: [&str; 4] = ["A", "A-", "B", "C"];

fn at(pack: &Pack, stage: &Stage, what: impl Into<String>) -> Finding {
    Finding { pack: pack.head.regime.clone(), place: stage.id.clone(), what: what.into() }
}

fn in_head(pack: &Pack, what: impl Into<String>) -> Finding {
    Finding { pack: pack.head.regime.clone(), place: "head".into(), what: what.into() }
}
