//! Figures on what was reported in a period, for those who may know no names: the summary of a single point of contact to
//! ENISA every three months (NIS2, Art. 23(9)).
//!
//! No cell shows fewer than [`K`] reporters. A cell that is left out could be worked out from its row's total and the
//! others, so where exactly one cell of a table is left out, the smallest of the others is left out as well; and a total
//! is shown only when it, and what is left out of it together, stand for [`K`] reporters or none.

use std::collections::{BTreeMap, BTreeSet};

use model::Timestamp;
use serde::Serialize;

use super::docket::Docket;

/// The fewest reporters that a figure may stand for.
pub const K: usize = 5;

/// The summary of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub until: Timestamp,
    /// The fewest reporters behind a figure.
    pub k: usize,
    /// Incidents in all; nothing where they stand for fewer than `k` reporters.
    pub incidents: Option<usize>,
    /// The tables.
    pub tables: Vec<Table>,
}

/// Figures by one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What is counted by: `regime`, `sector`, `country`, `severity`, `cross_border`.
    pub by: &'static str,
    /// One line for each answer.
    pub cells: Vec<Cell>,
    /// How many answers were left out.
    pub left_out: usize,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The answer.
    pub what: String,
    /// Incidents.
    pub incidents: usize,
}

/// An incident as it is counted: the first report of it, with its latest triage.
struct Counted {
    reporter: String,
    answers: [String; 5],
}

/// What is counted by.
const BY: [&str; 5] = ["regime", "sector", "country", "severity", "cross_border"];

/// The summary of the dockets whose reports came in the period. Exercises are not counted.
pub fn summary(dockets: &[Docket], from: Timestamp, until: Timestamp) -> Summary {
    let counted = incidents(dockets, from, until);
    let tables: Vec<Table> = (0..BY.len()).map(|n| table(n, &counted)).collect();
    let all = reporters(counted.iter());
    // A total beside a table with one hidden reporter would give that reporter away.
    let hidden_alone = tables.iter().any(|table| table.left_out > 0 && hidden(table, &counted) < K);
    Summary { from, until, k: K, incidents: (all >= K && !hidden_alone).then_some(counted.len()), tables }
}

/// Several stages of one incident are one: same reporter, same name of the incident; a report without a name stands alone.
fn incidents(dockets: &[Docket], from: Timestamp, until: Timestamp) -> Vec<Counted> {
    let mut seen = BTreeSet::new();
    let mut counted = Vec::new();
    let in_period = |docket: &&Docket| {
        let report = &docket.report;
        !report.exercise && report.received_at >= from && report.received_at < until
    };
    // Dockets come newest first; an incident counts by its newest stage.
    for docket in dockets.iter().filter(in_period) {
        let report = &docket.report;
        let reporter = report.reporter.name.trim().to_lowercase();
        let named = !report.incident.is_empty();
        let key = if named { report.incident.clone() } else { report.report.to_string() };
        if seen.insert((reporter.clone(), report.regime.clone(), key)) {
            let severity = docket.triage().map_or("", |triage| triage.severity);
            let across = if super::duties::crosses_borders(docket) { "yes" } else { "no" };
            let answers = [&report.regime, &report.reporter.sector, &report.reporter.country];
            let [regime, sector, country] = answers.map(|text| text.trim().to_owned());
            counted.push(Counted {
                reporter,
                answers: [regime, sector, country, severity.to_owned(), across.to_owned()],
            });
        }
    }
    counted
}

fn reporters<'a>(counted: impl Iterator<Item = &'a Counted>) -> usize {
    counted.map(|one| one.reporter.as_str()).collect::<BTreeSet<_>>().len()
}

fn table(n: usize, counted: &[Counted]) -> Table {
    let mut groups: BTreeMap<&str, Vec<&Counted>> = BTreeMap::new();
    for one in counted {
        groups.entry(&one.answers[n]).or_default().push(one);
    }
    let (mut shown, left_out): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|(_, group)| reporters(group.iter().copied()) >= K);
    let mut hidden = left_out.len();
    if hidden == 1 && !shown.is_empty() {
        let smallest = (0..shown.len()).min_by_key(|at| shown[*at].1.len()).unwrap_or(0);
        shown.remove(smallest);
        hidden += 1;
    }
    shown.sort_by_key(|(what, group)| (std::cmp::Reverse(group.len()), *what));
    let cells = shown.into_iter().map(|(what, group)| Cell { what: what.to_owned(), incidents: group.len() });
    Table { by: BY[n], cells: cells.collect(), left_out: hidden }
}

/// The reporters behind what a table leaves out.
fn hidden(table: &Table, counted: &[Counted]) -> usize {
    let n = BY.iter().position(|by| *by == table.by).unwrap_or(0);
    let shown = |one: &&Counted| table.cells.iter().any(|cell| cell.what == one.answers[n]);
    reporters(counted.iter().filter(|one| !shown(one)))
}
