//! `entente ledger verify`: every hash, number and signature again, and the first thing that is wrong.

use anyhow::Result;
use clap::Args;
use desk::local::Local;
use desk::{Desk, edge};
use ledger::keys::PartyKeys;
use ledger::{Fault, Progress, Verified};
use serde::Serialize;

use crate::config::Config;
use crate::exit::Exit;
use crate::key_history::KeyHistory;
use crate::print::Output;
use crate::{folder, progress};

/// How to verify.
#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Serialize)]
struct Report {
    sound: bool,
    entries: u64,
    bodies: u64,
    without_body: u64,
    withheld: u64,
    revealed: u64,
    checkpoints: u64,
    signatures: u64,
    pages: u64,
    seconds: f64,
    entries_per_s: u64,
    faults: Vec<Found>,
}

#[derive(Debug, Serialize)]
struct Found {
    log: Option<String>,
    position: Option<u64>,
    arrival: Option<u64>,
    page: Option<u64>,
    what: String,
    #[serde(skip)]
    text: String,
}

impl Verify {
    /// Verifies, also beside a running node.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let folder = folder::must_exist(config)?;
        let ledger = folder::at_rest(&folder)?;
        let me = folder::party(&Local::open(&folder.join("local.db"))?, &folder)?;
        let own = PartyKeys::load(&Desk::key_file(&folder)).map(|keys| keys.verifying().clone());
        let own: Vec<_> = own.into_iter().collect(); // without them the cards on the record still verify
        let history = KeyHistory::read(&ledger, me, &own)?;
        let bar = progress::bar("entries", self.output.json);
        let began = edge::monotonic();
        let verified = ledger.verify(&|log| history.of(log), &mut |step| {
            let (Progress::Entries { done, of } | Progress::Pages { done, of }) = step;
            bar.set_length(of);
            bar.set_position(done);
        })?;
        bar.finish_and_clear();
        let report = Report::of(verified, began.elapsed().as_secs_f64());
        let exit = if report.sound { Exit::Ok } else { Exit::NotVerified };
        self.output.print(&report, text)?;
        Ok(exit)
    }
}

impl Report {
    fn of(verified: Verified, seconds: f64) -> Self {
        Self {
            sound: verified.is_sound(),
            entries: verified.entries,
            bodies: verified.bodies,
            without_body: verified.without_body,
            withheld: verified.withheld,
            revealed: verified.revealed,
            checkpoints: verified.checkpoints,
            signatures: verified.signatures,
            pages: verified.pages,
            seconds,
            entries_per_s: verified.entries_per_s() as u64,
            faults: verified.faults.iter().map(Found::of).collect(),
        }
    }
}

impl Found {
    fn of(fault: &Fault) -> Self {
        Self {
            log: fault.log.as_ref().map(|log| log.origin()),
            position: fault.position.map(|position| position.0),
            arrival: fault.seq,
            page: fault.page,
            what: fault.what.clone(),
            text: fault.to_string(),
        }
    }
}

fn text(report: &Report) -> String {
    let mut text = format!(
        "{} entries, {} bodies, {} without body, {} withheld, {} revealed, {} checkpoints ({} with verified signatures), \
         {} pages\n{:.2} s, {} entries/s\n",
        report.entries,
        report.bodies,
        report.without_body,
        report.withheld,
        report.revealed,
        report.checkpoints,
        report.signatures,
        report.pages,
        report.seconds,
        report.entries_per_s
    );
    for fault in &report.faults {
        text.push_str(&format!("wrong: {}\n", fault.text));
    }
    let end = if report.sound {
        "the ledger is sound"
    } else {
        "the ledger is NOT sound: stop the node, restore a backup"
    };
    text + end
}
