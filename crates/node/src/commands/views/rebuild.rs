//! `entente views rebuild`: from nothing, in place, into another file, or only to compare.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Args;
use desk::edge;
use desk::local::Local;
use desk::views::{Perspective, Rebuilt, rebuild};
use ledger::{Ledger, OpenError};
use model::{PartyId, Realm};
use serde::Serialize;
use share::Class;

use super::compare::{self, Difference};
use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::folder::{self, Scratch};
use crate::print::Output;
use crate::progress;

/// How to rebuild.
#[derive(Debug, Args)]
pub struct Rebuild {
    /// Stop at this arrival number: the views as they were then; needs --into
    #[arg(long, requires = "into")]
    until: Option<u64>,
    /// Write to this file and leave the node's views alone; works beside a running node
    #[arg(long, value_name = "FILE", conflicts_with = "compare")]
    into: Option<PathBuf>,
    /// Rebuild into a temporary file and compare it with the node's views, table by table
    #[arg(long)]
    compare: bool,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Serialize)]
struct Report {
    entries: u64,
    folded: u64,
    seconds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    identical: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<Difference>,
}

impl Rebuild {
    /// Rebuilds.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let folder = folder::must_exist(config)?;
        let local = Local::open(&folder.join("local.db"))?;
        let me = folder::party(&local, &folder)?;
        let began = edge::monotonic();
        let (rebuilt, difference) = if let Some(into) = &self.into {
            let ledger = Arc::new(folder::beside(&folder)?);
            (self.fold(into, ledger, me, &[], self.until.unwrap_or(u64::MAX))?, None)
        } else if self.compare {
            self.against_present(config, &folder, me)?
        } else {
            (self.replace(config, &folder, &local, me)?, None)
        };
        let identical = self.compare.then_some(difference.is_none());
        let seconds = began.elapsed().as_secs_f64();
        let report =
            Report { entries: rebuilt.entries, folded: rebuilt.folded, seconds, identical, difference };
        self.output.print(&report, text)?;
        Ok(if report.identical == Some(false) { Exit::NotVerified } else { Exit::Ok })
    }

    /// The new views are complete before they take the place of the old.
    fn replace(&self, config: &Config, folder: &Path, local: &Local, me: PartyId) -> Result<Rebuilt> {
        let ledger = desk::open_ledger(folder, config.cluster()?.as_ref()).map_err(|error| match error {
            OpenError::InUse(_) => {
                Ending::busy("a node is running on this data folder: stop it, or use --into")
            }
            other => other.into(),
        })?;
        let ledger = folder::settled(ledger, local, folder, me)?;
        let fresh = folder.join("views.db.new");
        let rebuilt = self.fold(&fresh, Arc::new(ledger), me, &[], u64::MAX)?;
        // The old database goes before its log: without it the rest would be half of a database after a kill, and
        // without both the views are merely folded again.
        for name in ["views.db", "views.db-wal", "views.db-shm", "views.db.new-wal", "views.db.new-shm"] {
            let _ = std::fs::remove_file(folder.join(name)); // absent is what we want
        }
        std::fs::rename(&fresh, folder.join("views.db")).context("cannot put the new views in place")?;
        Ok(rebuilt)
    }

    fn against_present(
        &self,
        config: &Config,
        folder: &Path,
        me: PartyId,
    ) -> Result<(Rebuilt, Option<Difference>)> {
        // Opening the desk brings the present views up to date; it is closed before they are read.
        let desk = folder::open(config)?;
        desk.close();
        let like = desk.views.classes();
        let scratch = Scratch::make()?;
        let fresh = scratch.path().join("views.db");
        let rebuilt = self.fold(&fresh, Arc::clone(&desk.ledger), me, &like, u64::MAX)?;
        let difference = compare::databases(&folder.join("views.db"), &fresh)?;
        Ok((rebuilt, difference))
    }

    fn fold(
        &self,
        path: &Path,
        ledger: Arc<Ledger>,
        me: PartyId,
        like: &[Arc<Class>],
        until: u64,
    ) -> Result<Rebuilt> {
        let bar = progress::bar("entries", self.output.json);
        bar.set_length(until.min(ledger.last_seq()));
        let perspective = Perspective { me, realm: &Realm::Real, pillars: &crate::pillars() };
        let rebuilt = rebuild(path, ledger, perspective, like, until, |done| bar.set_position(done))?;
        bar.finish_and_clear();
        Ok(rebuilt)
    }
}

fn text(report: &Report) -> String {
    let mut text =
        format!("{} entries folded up to {} in {:.2} s", report.entries, report.folded, report.seconds);
    match (&report.difference, report.identical) {
        (Some(difference), _) => text.push_str(&format!("\nNOT identical: {difference}")),
        (None, Some(true)) => text.push_str("\nidentical to the node's views"),
        _ => {}
    }
    text
}
