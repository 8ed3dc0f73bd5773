//! The proof: over both ledgers, record by record, that I1 and I3 hold.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use desk::edge;
use ledger::LogKey;
use model::{Position, Realm};
use records::Header;
use serde::Serialize;
use share::{Class, Receiver, Verdict, verdict};

use super::stage::{Node, Stage};

/// What was found for one direction.
#[derive(Debug, Default, Serialize)]
pub struct Direction {
    from: &'static str,
    to: &'static str,
    records: u64,
    released: u64,
    withheld: BTreeMap<&'static str, u64>,
    /// I1: records that arrived without a release.
    leaked: u64,
    /// Records released that did not arrive.
    missing: u64,
    /// I3: the mirror's root is the author's.
    same_root: bool,
}

/// What was found for both.
#[derive(Debug, Serialize)]
pub struct Report {
    directions: Vec<Direction>,
}

impl Report {
    /// True when nothing leaked, nothing is missing and the roots agree.
    pub fn holds(&self) -> bool {
        self.directions.iter().all(|d| d.leaked == 0 && d.missing == 0 && d.same_root && d.released > 0)
    }

    /// The report for people.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        for d in &self.directions {
            let verdict = |good: bool| if good { "holds" } else { "BROKEN" };
            lines.push(format!("{} to {}: {} records, {} released", d.from, d.to, d.records, d.released));
            for (reason, count) in &d.withheld {
                lines.push(format!("  withheld, {reason}: {count}"));
            }
            lines.push(format!(
                "  I1 nothing reached a party without a release: {} ({} leaked, {} missing)",
                verdict(d.leaked == 0 && d.missing == 0),
                d.leaked,
                d.missing
            ));
            lines.push(format!("  I3 the mirror has the author's root: {}", verdict(d.same_root)));
        }
        lines.join("\n")
    }
}

/// Compares what each node holds of the other with what the verdict releases.
pub fn prove(stage: &Stage) -> Result<Report> {
    Ok(Report { directions: vec![direction(&stage.eu, &stage.us)?, direction(&stage.us, &stage.eu)?] })
}

fn direction(from: &Node, to: &Node) -> Result<Direction> {
    let mut found = Direction { from: from.short, to: to.short, ..Direction::default() };
    let receiver = Receiver::node(Realm::Real, to.desk.me);
    let known = from.desk.known();
    let now = edge::now();
    let mut verdicts: Vec<Option<Verdict>> = Vec::new();
    let ours = from.desk.ledger.reader()?;
    ours.range(from.desk.log, Position(0), usize::MAX, usize::MAX, |entry| {
        let header = entry.header.and_then(|header| Header::parse(header).ok());
        let class = header.map(|header| Class::of(&header, entry.openings));
        verdicts.push(class.map(|class| verdict(&class, &receiver, &known.book, now)));
    })?;
    let mirror = to.desk.ledger.find(&LogKey { party: from.desk.me, realm: Realm::Real });
    let mirror = mirror.context("the receiver has no mirror")?;
    let theirs = to.desk.ledger.reader()?;
    let mut arrived = Vec::with_capacity(verdicts.len());
    theirs
        .range(mirror, Position(0), usize::MAX, usize::MAX, |entry| arrived.push(entry.header.is_some()))?;
    for (n, verdict) in verdicts.iter().enumerate() {
        found.records += 1;
        let here = arrived.get(n).copied().unwrap_or(false);
        match verdict {
            Some(Verdict::Release(_)) => {
                found.released += 1;
                found.missing += u64::from(!here);
            }
            other => {
                let reason =
                    other.as_ref().and_then(Verdict::reason).map_or("unreadable", |reason| reason.code());
                *found.withheld.entry(reason).or_default() += 1;
                found.leaked += u64::from(here);
            }
        }
    }
    let size = verdicts.len() as u64;
    found.same_root =
        arrived.len() as u64 == size && ours.root(from.desk.log, size)? == theirs.root(mirror, size)?;
    Ok(found)
}
