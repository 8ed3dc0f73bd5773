//! What was simulated, counted.

use std::fmt;
use std::ops::AddAssign;

/// Counts over one story or many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub stories: u64,
    pub steps: u64,
    pub faults: u64,
    pub lies: u64,
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

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        self.stories += more.stories;
        self.steps += more.steps;
        self.faults += more.faults;
        self.lies += more.lies;
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
        write!(
            f,
            "{} stories, {} steps, {} faults ({} lies), {} crashes, {} restarts; {} frames, {} sessions ended by a side, \
             {} records written, {} delivered ({} objects), {} withheld as hashes, {} links stopped, {} views rebuilt",
            self.stories,
            self.steps,
            self.faults,
            self.lies,
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
