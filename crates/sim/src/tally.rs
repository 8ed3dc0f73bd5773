//! What was simulated, counted.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::AddAssign;

/// Counts over one story or many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub stories: u64,
    pub steps: u64,
    /// By kind, in plain words.
    pub faults: BTreeMap<&'static str, u64>,
    pub lies: BTreeMap<&'static str, u64>,
    /// What people did and nodes let them do.
    pub done: BTreeMap<&'static str, u64>,
    pub crashes: u64,
    pub restarts: u64,
    pub endings: u64,
    pub frames: u64,
    pub records: u64,
    pub delivered: u64,
    pub objects: u64,
    pub withheld: u64,
    pub stopped: u64,
    pub rebuilt: u64,
}

impl Tally {
    pub fn fault(&mut self, kind: &'static str) {
        *self.faults.entry(kind).or_default() += 1;
    }

    pub fn lie(&mut self, kind: &'static str) {
        *self.lies.entry(kind).or_default() += 1;
    }

    pub fn did(&mut self, what: &'static str) {
        *self.done.entry(what).or_default() += 1;
    }

    /// Every kind with its count, for a report.
    pub fn in_full(&self) -> String {
        let lines = |title: &str, counts: &BTreeMap<&str, u64>| {
            let each: Vec<String> = counts.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
            format!("{title}: {}\n", each.join(", "))
        };
        format!(
            "{self}\n{}{}{}",
            lines("faults", &self.faults),
            lines("lies", &self.lies),
            lines("done", &self.done)
        )
    }
}

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, more: &Self) {
        self.stories += more.stories;
        self.steps += more.steps;
        for (into, from) in
            [(&mut self.faults, &more.faults), (&mut self.lies, &more.lies), (&mut self.done, &more.done)]
        {
            for (kind, count) in from {
                *into.entry(*kind).or_default() += count;
            }
        }
        self.crashes += more.crashes;
        self.restarts += more.restarts;
        self.endings += more.endings;
        self.frames += more.frames;
        self.records += more.records;
        self.delivered += more.delivered;
        self.objects += more.objects;
        self.withheld += more.withheld;
        self.stopped += more.stopped;
        self.rebuilt += more.rebuilt;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum = |counts: &BTreeMap<&str, u64>| counts.values().sum::<u64>();
        write!(
            f,
            "{} stories, {} steps, {} faults and {} lies, {} crashes, {} restarts; {} frames, {} sessions ended by a side, \
             {} records written, {} delivered ({} objects), {} withheld as hashes, {} links stopped, {} views rebuilt",
            self.stories,
            self.steps,
            sum(&self.faults),
            sum(&self.lies),
            self.crashes,
            self.restarts,
            self.frames,
            self.endings,
            self.records,
            self.delivered,
            self.objects,
            self.withheld,
            self.stopped,
            self.rebuilt
        )
    }
}
