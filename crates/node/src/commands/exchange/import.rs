//! `entente exchange import`: files of any size in constant memory, twice without harm.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Args;
use desk::edge;
use desk::views::Known;
use exchange::import::{Imported, definitions, import};
use exchange::ingest::{IngestError, Intake, Intaker};
use formats::json::Limits;
use formats::stix::KnownMarking;
use model::{AgreementId, Marking, PartyId, Tlp};
use serde::Serialize;

use crate::commands::{accord, party};
use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::print::Output;
use crate::{folder, progress};

/// What to import, and how to publish it.
#[derive(Debug, Args)]
pub struct Import {
    /// Files, folders of .json files, or `-` for standard input
    #[arg(required = true)]
    sources: Vec<PathBuf>,
    /// The marking of objects that carry none; without it they stay unmarked and go nowhere
    #[arg(long)]
    marking: Option<Tlp>,
    /// The agreement to publish under, by name or id; may be repeated; none keeps everything here
    #[arg(long)]
    under: Vec<String>,
    /// A named recipient, by short name or id; may be repeated
    #[arg(long)]
    to: Vec<String>,
    /// A group of ours, by name or id: its members alone may have it
    #[arg(long)]
    group: Option<String>,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Default, Serialize)]
struct Report {
    accepted: u64,
    known: u64,
    refused: u64,
    bytes: u64,
    /// What to know about the agreements meant.
    notes: Vec<String>,
    refusals: Vec<Refusal>,
}

#[derive(Debug, Serialize)]
struct Refusal {
    source: String,
    id: String,
    version: String,
    message: String,
}

/// Refusals listed in the answer; all of them are in quarantine.
const LISTED: usize = 1_000;

impl Import {
    /// Imports everything; what was refused is a finding.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let desk = folder::open(config)?;
        let known = desk.known();
        let under = self.under.iter().map(|text| Ok(accord::find(&known, text)?.0)).collect::<Result<_>>()?;
        let to: Vec<PartyId> =
            self.to.iter().map(|text| Ok(party::find(&known, text)?.0)).collect::<Result<_>>()?;
        let mut intake = Intake {
            gate: "import",
            source: String::new(),
            under,
            marking: self.marking.map(Marking::tlp),
            to,
            group: self
                .group
                .map(|text| Ok::<_, anyhow::Error>(party::group::find(&known, &text)?.id))
                .transpose()?,
            to_by_id: HashMap::new(),
            definitions: Default::default(),
            seen_by: None,
        };
        let limits = config.limits.json();
        let intaker = Intaker::new(Arc::clone(&desk), limits);
        let bar = progress::bar("bytes", self.output.json);
        let mut report = Report { notes: notes(&known, &intake.under), ..Report::default() };
        for source in files(&self.sources)? {
            intake.source = source.display().to_string();
            bar.inc_length(std::fs::metadata(&source).map_or(0, |file| file.len()));
            let before = report.bytes;
            let reader = match open(&source) {
                Ok(reader) => reader,
                Err(error) => {
                    report.unread(&intake.source, format!("{error:#}"));
                    continue;
                }
            };
            intake.definitions = definitions_of(&source, limits);
            match import(&intaker, reader, &intake, |bytes, _| bar.set_position(before + bytes)) {
                Ok(done) => report.add(&intake.source, done),
                Err(error @ IngestError::Input(_)) => report.unread(&intake.source, error.to_string()),
                Err(error) => {
                    return Err(error)
                        .with_context(|| format!("{} was not imported to its end", source.display()));
                }
            }
        }
        bar.finish_and_clear();
        desk.close();
        self.output.print(&report, text)?;
        Ok(if report.refused == 0 { Exit::Ok } else { Exit::Failed })
    }
}

impl Report {
    /// A source that cannot be read, or not to its end, costs the others nothing.
    fn unread(&mut self, source: &str, message: String) {
        self.refused += 1;
        let (id, version) = (String::new(), String::new());
        self.refusals.push(Refusal { source: source.to_owned(), id, version, message });
    }

    fn add(&mut self, source: &str, done: Imported) {
        self.accepted += done.accepted;
        self.known += done.known;
        self.refused += done.refused_count;
        self.bytes += done.bytes;
        let room = LISTED.saturating_sub(self.refusals.len());
        self.refusals.extend(done.refused.into_iter().take(room).map(|refused| Refusal {
            source: source.to_owned(),
            id: refused.id,
            version: refused.version,
            message: refused.message,
        }));
    }
}

/// The markings that a file defines. Standard input is read once: there they must come before, or close behind, the
/// objects that carry them.
fn definitions_of(source: &Path, limits: Limits) -> HashMap<String, KnownMarking> {
    if !source.is_file() {
        return HashMap::new();
    }
    open(source).map_or_else(|_| HashMap::new(), |reader| definitions(reader, limits))
}

/// Agreements that release nothing at this moment, with the reason.
fn notes(known: &Known, under: &[AgreementId]) -> Vec<String> {
    let now = edge::now();
    let note = |id: &AgreementId| {
        let reason = known.book.in_force(id, now).err()?.code();
        Some(format!("{id} is not in force ({reason}): what is imported under it reaches nobody until it is"))
    };
    under.iter().filter_map(note).collect()
}

fn text(report: &Report) -> String {
    let mut text =
        format!("{} accepted, {} known already, {} refused", report.accepted, report.known, report.refused);
    for note in &report.notes {
        text.push_str(&format!("\nnote: {note}"));
    }
    for refusal in &report.refusals {
        text.push_str(&format!("\n{}: {} {}", refusal.source, refusal.id, refusal.message));
    }
    text
}

/// What the file, or standard input, holds.
pub fn open(source: &Path) -> Result<Box<dyn Read>> {
    if source == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    let file = File::open(source).with_context(|| format!("cannot read {}", source.display()))?;
    Ok(Box::new(std::io::BufReader::with_capacity(1 << 18, file)))
}

/// The files that are meant, folders opened one level, in order of their names.
pub fn files(sources: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for source in sources {
        if !source.is_dir() {
            all.push(source.clone());
            continue;
        }
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(source).with_context(|| format!("cannot read {}", source.display()))? {
            let path = entry?.path();
            if path
                .extension()
                .is_some_and(|extension| matches!(extension.to_str(), Some("json" | "ndjson" | "jsonl")))
            {
                inside.push(path);
            }
        }
        if inside.is_empty() {
            return Err(Ending::usage(format!(
                "{} holds no .json, .ndjson or .jsonl file",
                source.display()
            )));
        }
        inside.sort();
        all.extend(inside);
    }
    Ok(all)
}
