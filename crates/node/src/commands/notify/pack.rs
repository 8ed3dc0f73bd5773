//! `entente notify pack`: the law that this binary knows, and whether a new file for it would hold.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use notify::commands::install_pack::install_pack;
use notify::page::Language;
use packs::diff::{self, Change};
use packs::pack::Pack;
use packs::{Library, Version, check};
use serde::Serialize;

use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::folder;
use crate::print::{self, Output};

/// What to do with packs.
#[derive(Debug, Subcommand)]
pub enum PackCommand {
    /// Check the packs in the binary, or one file in the place of its regime
    Check(Check),
    /// Say what a file would change, or what differs between two
    Diff(Diff),
    /// Every regime with its law, status, version and confidence
    List(List),
    /// Print the page of a regime for review by a lawyer, in Markdown
    Page(Page),
    /// Plan by a newer pack from now on, and note which open duties it moves and why
    Install(Install),
}

impl PackCommand {
    /// Does it.
    pub fn run(self, config: impl FnOnce() -> Result<Config>) -> Result<Exit> {
        match self {
            PackCommand::Install(command) => command.run(&config()?),
            PackCommand::Check(command) => command.run(),
            PackCommand::Diff(command) => command.run(),
            PackCommand::List(command) => command.run(),
            PackCommand::Page(command) => command.run(),
        }
    }
}

/// What to install.
#[derive(Debug, Args)]
pub struct Install {
    /// The newer pack
    file: PathBuf,
    /// Who installs it, by name and office
    #[arg(long)]
    by: String,
    /// Only say what it would move; write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Serialize)]
struct Installed {
    before: Option<Version>,
    after: Version,
    written: bool,
    moved: Vec<records::obligation::Obligations>,
}

impl Install {
    fn run(self, config: &Config) -> Result<Exit> {
        let text = std::fs::read_to_string(&self.file)
            .with_context(|| format!("cannot read {}", self.file.display()))?;
        let desk = folder::open(config)?;
        let done = install_pack(&desk, &text, &self.by, self.dry_run);
        desk.close();
        let done = done.map_err(|error| Ending::usage(error.to_string()))?;
        let done =
            Installed { before: done.before, after: done.after, written: !self.dry_run, moved: done.moved };
        self.output.print(&done, |done| {
            let head = ["incident", "stage", "what", "alarm before", "alarm after"].map(str::to_owned);
            let mut table = vec![head.to_vec()];
            for noted in &done.moved {
                for change in &noted.changes {
                    let alarm = |standing: &Option<records::obligation::Standing>| {
                        let at = standing.as_ref().and_then(|standing| standing.alarm);
                        at.map_or_else(|| "-".to_owned(), |at| at.to_string())
                    };
                    let (before, after) = (alarm(&change.before), alarm(&change.after));
                    let (incident, what) = (noted.incident.to_string(), change.what.replace('_', " "));
                    table.push(vec![incident, change.stage.clone(), what, before, after]);
                }
            }
            let before = done.before.as_ref().map_or("nothing", Version::as_str);
            let verb = if done.written { "installed" } else { "would install" };
            let moved: usize = done.moved.iter().map(|noted| noted.changes.len()).sum();
            print::table(&table)
                + &format!("{verb} {} in the place of {before}: {moved} duties move", done.after)
        })?;
        Ok(Exit::Ok)
    }
}

/// What to check.
#[derive(Debug, Args)]
pub struct Check {
    /// A pack file; without one, all that is in the binary
    file: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

impl Check {
    fn run(self) -> Result<Exit> {
        let mut library = Library::embedded().clone();
        if let Some(file) = &self.file {
            library = library.with(read(file)?);
        }
        let findings = check::all(&library);
        self.output.print(&findings, |findings| {
            let mut text = String::new();
            for finding in findings {
                text.push_str(&format!("{finding}\n"));
            }
            let stages: usize = library.packs.values().map(|pack| pack.stage_ids().len()).sum();
            let (packs, calendars) = (library.packs.len(), library.calendars.len());
            text + &format!(
                "{packs} packs, {stages} stages, {calendars} calendars: {} findings",
                findings.len()
            )
        })?;
        Ok(if findings.is_empty() { Exit::Ok } else { Exit::Failed })
    }
}

/// What to compare.
#[derive(Debug, Args)]
pub struct Diff {
    /// The newer pack
    newer: PathBuf,
    /// The older one; without it, the one in the binary
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

impl Diff {
    fn run(self) -> Result<Exit> {
        let newer = read(&self.newer)?;
        let older = match &self.against {
            Some(file) => read(file)?,
            None => {
                let regime = &newer.head.regime;
                let known = Library::embedded().packs.get(regime).cloned();
                known.ok_or_else(|| {
                    Ending::usage(format!("the binary knows no {regime}; compare with --against"))
                })?
            }
        };
        let changes = diff::changes(&older, &newer);
        self.output.print(&changes, |changes| {
            let said: String = changes.iter().map(line).collect();
            said + &order(&older, &newer)
        })?;
        Ok(Exit::Ok)
    }
}

fn line(change: &Change) -> String {
    format!("{}, {}: {:?} becomes {:?}\n", change.place, change.what, change.before, change.after)
}

/// Whether the one could be installed in the place of the other.
fn order(older: &Pack, newer: &Pack) -> String {
    let (old, new) = (&older.head.version, &newer.head.version);
    let what = if new > old { "newer than" } else { "not newer than, and cannot be installed over," };
    format!("{} is {what} {old}\n", newer.head.label())
}

/// How to list.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    output: Output,
}

/// Which page.
#[derive(Debug, Args)]
pub struct Page {
    /// The regime, as `list` names it, in any case of letters
    regime: String,
    /// In English or French
    #[arg(long, default_value = "en", value_parser = ["en", "fr"])]
    language: String,
}

impl Page {
    fn run(self) -> Result<Exit> {
        let library = Library::embedded();
        let pack = library.packs.values().find(|pack| pack.head.regime.eq_ignore_ascii_case(&self.regime));
        let pack = pack
            .ok_or_else(|| Ending::usage(format!("no pack is called {:?}; see `pack list`", self.regime)))?;
        let language = if self.language == "fr" { Language::Fr } else { Language::En };
        let file = pack.head.regime.to_ascii_lowercase();
        print::line(&notify::page::page(library, pack, &file, language))?;
        Ok(Exit::Ok)
    }
}

#[derive(Debug, Serialize)]
struct Row {
    regime: String,
    law: String,
    status: packs::Status,
    version: Version,
    reviewed: String,
    confidence: String,
    stages: Vec<StageRow>,
}

#[derive(Debug, Serialize)]
struct StageRow {
    id: String,
    clock: String,
    clause: String,
    confidence: String,
}

impl List {
    fn run(self) -> Result<Exit> {
        let rows: Vec<Row> = Library::embedded().packs.values().map(row).collect();
        self.output.print(&rows, |rows| {
            let head =
                ["regime", "status", "version", "reviewed", "sure", "stages", "law"].map(str::to_owned);
            let mut table = vec![head.to_vec()];
            for row in rows {
                let status = serde_json::to_value(row.status).unwrap_or_default();
                table.push(vec![
                    row.regime.clone(),
                    status.as_str().unwrap_or_default().to_owned(),
                    row.version.to_string(),
                    row.reviewed.clone(),
                    row.confidence.clone(),
                    row.stages.len().to_string(),
                    row.law.clone(),
                ]);
            }
            print::table(&table)
        })?;
        Ok(Exit::Ok)
    }
}

fn row(pack: &Pack) -> Row {
    let stages = pack.stages.iter().map(|stage| StageRow {
        id: stage.id.clone(),
        clock: diff::clock(stage),
        clause: stage.cite.clone(),
        confidence: pack.confidence(stage).to_owned(),
    });
    Row {
        regime: pack.head.regime.clone(),
        law: pack.head.law.clone(),
        status: pack.head.status,
        version: pack.head.version.clone(),
        reviewed: pack.head.reviewed.to_string(),
        confidence: pack.head.confidence.clone(),
        stages: stages.collect(),
    }
}

fn read(file: &Path) -> Result<Pack> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    toml::from_str(&text).map_err(|error| Ending::usage(format!("{} is no pack: {error}", file.display())))
}
