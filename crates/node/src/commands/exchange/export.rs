//! `entente exchange export`: a file with what one receiver may have, and a count of what it may not, with reasons.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, ValueEnum};
use exchange::collection;
use exchange::export::{self as pillar, Exported, Layout};
use formats::taxii::parse_time;
use model::{AgreementId, Realm, Tlp};
use serde::Serialize;
use share::{Receiver, Standing};

use crate::commands::accord;
use crate::commands::share::told;
use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::newfile::NewFile;
use crate::print::Output;
use crate::{folder, progress};

/// What to export, for whom, whereto.
#[derive(Debug, Args)]
pub struct Export {
    /// Only what was published under this agreement, by name or id; may be repeated
    #[arg(long)]
    under: Vec<String>,
    /// Only this TAXII collection, by id; may be repeated
    #[arg(long, value_name = "ID", conflicts_with = "under")]
    collection: Vec<String>,
    /// The party (short name or id) or consumer that is to have it; without it our own organisation
    #[arg(long = "for", value_name = "RECEIVER")]
    receiver: Option<String>,
    /// Only this STIX type; may be repeated
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<String>,
    /// Only what came after this day or instant, such as 2026-11-25 or 2026-11-25T09:30:00Z
    #[arg(long, value_name = "WHEN", value_parser = instant)]
    since: Option<i64>,
    /// One STIX bundle, or one object a line
    #[arg(long, value_enum, default_value_t = Format::Bundle)]
    format: Format,
    /// The file, for the owner alone; without it standard output
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    file: Option<PathBuf>,
    /// Replace the file when there is one
    #[arg(long, requires = "file")]
    force: bool,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Bundle,
    Ndjson,
}

#[derive(Debug, Serialize)]
struct Report {
    receiver: String,
    objects: u64,
    withheld: u64,
    /// How many were withheld, by reason code.
    reasons: BTreeMap<&'static str, u64>,
    erased: u64,
    /// Left out because one line cannot carry them.
    unfit: u64,
    file: Option<String>,
}

impl Export {
    /// Exports; what one line cannot carry is a finding.
    pub fn run(self, config: &Config) -> Result<Exit> {
        if let Some(file) = self.file.as_ref().filter(|file| !self.force && file.exists()) {
            return Err(Ending::usage(format!(
                "{} exists; choose another name, or replace it with --force",
                file.display()
            )));
        }
        let desk = folder::open(config)?;
        let known = desk.known();
        let mut under: Vec<AgreementId> =
            self.under.iter().map(|text| Ok(accord::find(&known, text)?.0)).collect::<Result<_>>()?;
        for id in &self.collection {
            under.push(agreement_of(&desk, id)?);
        }
        let receiver = match &self.receiver {
            Some(text) => told::receiver(&known, text)?,
            None => Receiver::node(Realm::Real, desk.me),
        };
        // Our own party is our own organisation, however it was named.
        let is_own = receiver.standing == Standing::Party(desk.me) && receiver.agreements.is_none();
        let export = pillar::Export {
            receiver: if is_own { Receiver::member(Realm::Real, Tlp::Red) } else { receiver },
            under,
            types: self.types.clone(),
            since_us: self.since,
            layout: match self.format {
                Format::Bundle => Layout::Bundle,
                Format::Ndjson => Layout::Lines,
            },
        };
        let counter = progress::counter("objects", self.output.json);
        let exported =
            self.write(|mut out| pillar::export(&desk, &export, &mut out, |n| counter.set_position(n)));
        counter.finish_and_clear();
        desk.close();
        self.report(exported?)
    }

    fn write(
        &self,
        work: impl FnOnce(&mut dyn std::io::Write) -> Result<Exported, pillar::ExportError>,
    ) -> Result<Exported> {
        let Some(path) = &self.file else {
            let mut out = BufWriter::with_capacity(1 << 18, std::io::stdout().lock());
            return Ok(work(&mut out)?);
        };
        let mut file = NewFile::beside(path)?;
        let exported = work(&mut file)?;
        file.keep(self.force)?;
        Ok(exported)
    }

    fn report(&self, exported: Exported) -> Result<Exit> {
        let report = Report {
            receiver: self.receiver.clone().unwrap_or_else(|| "our own organisation".to_owned()),
            objects: exported.objects,
            withheld: exported.withheld.values().sum(),
            reasons: exported.withheld.iter().map(|(reason, count)| (reason.code(), *count)).collect(),
            erased: exported.erased,
            unfit: exported.unfit,
            file: self.file.as_deref().map(|path: &Path| path.display().to_string()),
        };
        if self.file.is_some() {
            self.output.print(&report, text)?;
        } else {
            // Standard output holds the export itself.
            let said = if self.output.json { serde_json::to_string(&report)? } else { text(&report) };
            writeln!(std::io::stderr(), "{said}")?;
        }
        Ok(if report.unfit == 0 { Exit::Ok } else { Exit::Failed })
    }
}

fn agreement_of(desk: &desk::Desk, id: &str) -> Result<AgreementId> {
    let all = collection::all(desk);
    let found = all.iter().find(|one| one.id.to_string().eq_ignore_ascii_case(id));
    found.map(|one| one.agreement).ok_or_else(|| {
        let ids: Vec<String> = all.iter().map(|one| format!("{} ({})", one.id, one.root)).collect();
        Ending::usage(format!("there is no collection {id:?}; there are: {}", ids.join(", ")))
    })
}

/// A day counts from its beginning in UTC.
fn instant(text: &str) -> Result<i64, String> {
    parse_time(text).or_else(|| parse_time(&format!("{text}T00:00:00Z"))).ok_or_else(|| {
        "expected a day such as 2026-11-25 or an instant such as 2026-11-25T09:30:00Z".to_owned()
    })
}

fn text(report: &Report) -> String {
    let mut text = format!("{} objects for {}", report.objects, report.receiver);
    if let Some(file) = &report.file {
        text.push_str(&format!(" in {file}"));
    }
    text.push_str(&format!("; {} withheld", report.withheld));
    for (code, count) in &report.reasons {
        text.push_str(&format!("\n  {count} {code}"));
    }
    if report.erased > 0 {
        text.push_str(&format!("\n{} were erased and are not here any more", report.erased));
    }
    if report.unfit > 0 {
        text.push_str(&format!(
            "\n{} span several lines and were left out; `--format bundle` carries them as they are",
            report.unfit
        ));
    }
    text
}
