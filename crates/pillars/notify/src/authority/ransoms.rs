//! What an authority may say of ransoms to others: how many of those who reported one paid, and how many refused. No figure
//! is told that stands for fewer than three reporters, and none from which such a one could be worked out: the guard is
//! that of every product for others (`claims`), and a figure that would betray its neighbour is withheld with it.

use std::collections::{BTreeMap, BTreeSet};

use claims::{Aggregate, Shown, aggregate};
use model::{Digest, PartyId, Timestamp};
use serde::Serialize;
use serde_json::Value;

use super::docket::Docket;

/// The figures of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ransoms {
    /// Reports with a ransom in them; nothing where that may not be told.
    pub reported: Option<u64>,
    /// Payments.
    pub paid: Option<u64>,
    /// Refusals.
    pub refused: Option<u64>,
    /// Not known yet.
    pub open: Option<u64>,
    /// Fewer reporters than this are not told of.
    pub least: usize,
}

/// What became of a ransom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Paid,
    Refused,
    Open,
}

/// Counts the incidents of dockets that came in the period, each once, by its newest report; exercises left out.
pub fn ransoms(dockets: &[Docket], from: Timestamp, until: Timestamp) -> Ransoms {
    let mut fates: BTreeMap<(PartyId, String), Fate> = BTreeMap::new();
    // Dockets come newest first: what a later report says holds.
    for docket in dockets {
        let report = &docket.report;
        let inside = !report.exercise && report.received_at >= from && report.received_at < until;
        let Some(fate) = fate(&report.fields).filter(|_| inside) else { continue };
        let who = report.reporter.party.unwrap_or_else(|| stand_in(&report.reporter.name));
        let incident =
            if report.incident.is_empty() { report.report.to_string() } else { report.incident.clone() };
        fates.entry((who, incident)).or_insert(fate);
    }
    let of = |wanted: Option<Fate>| -> (u64, Shown) {
        let fits = fates.iter().filter(|(_, fate)| wanted.is_none_or(|wanted| **fate == wanted));
        let contributors: BTreeSet<PartyId> = fits.clone().map(|((who, _), _)| *who).collect();
        let count = fits.count() as u64;
        let figure = Aggregate { count, contributors, unwilling: BTreeSet::new() };
        (count, aggregate(&figure, None, until))
    };
    let told = |(count, shown): (u64, Shown)| match shown {
        Shown::Exactly(count) | Shown::Kept(count) => Some(count),
        Shown::Fewer(_) | Shown::Withheld => (count == 0).then_some(0),
    };
    let mut parts = [Fate::Paid, Fate::Refused, Fate::Open].map(|fate| told(of(Some(fate))));
    let mut reported = told(of(None));
    if parts.iter().filter(|part| part.is_none()).count() == 1 {
        // The sum of the others would betray the one that is hidden: the smallest of them is hidden with it.
        let smallest = (0..parts.len()).filter(|at| parts[*at].is_some_and(|count| count > 0));
        match smallest.min_by_key(|at| parts[*at]) {
            Some(at) => parts[at] = None,
            None => reported = None,
        }
    }
    let [paid, refused, open] = parts;
    Ransoms { reported, paid, refused, open, least: claims::CONTRIBUTORS }
}

/// What the fields of a report say; nothing when it is about no ransom.
fn fate(fields: &BTreeMap<String, Value>) -> Option<Fate> {
    let ransom = ["R01", "R02", "R03", "R04", "R05", "R07", "R10"];
    if !ransom.iter().any(|code| fields.get(*code).is_some_and(|value| !value.is_null())) {
        return None;
    }
    // The payment field is free text; its first word says what became of it, as the form asks.
    let said = fields.get("R05").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let first = said.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    Some(match first {
        "paid" | "payé" | "payée" | "versé" | "versée" => Fate::Paid,
        "refused" | "refusé" | "refusée" => Fate::Refused,
        _ => Fate::Open,
    })
}

/// A reporter without a node counts by its name.
fn stand_in(name: &str) -> PartyId {
    let mut id = [0; 16];
    id.copy_from_slice(&Digest::of(name.trim().to_lowercase().as_bytes()).0[..16]);
    PartyId(id)
}
