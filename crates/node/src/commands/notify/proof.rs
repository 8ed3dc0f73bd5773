//! `entente notify proof`: that a report was filed in time, as a file that whoever trusts the fingerprint can check.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use model::IncidentId;
use notify::proof::{Verdict, Verified, export, verify};

use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::folder;
use crate::newfile::NewFile;
use crate::print::{self, Output};

/// What to do with a proof.
#[derive(Debug, Subcommand)]
pub enum ProofCommand {
    /// Write the proof of a noted submission into a file
    Export(Export),
    /// Check a file; needs no node and no network
    Verify(Verify),
}

/// What to prove.
#[derive(Debug, Args)]
pub struct Export {
    /// The incident
    incident: IncidentId,
    /// The stage that was submitted: nis2.ew, dora.i, …
    stage: String,
    /// The file to write; it must not exist yet
    file: PathBuf,
}

/// What to check.
#[derive(Debug, Args)]
pub struct Verify {
    /// The file, or `-` for standard input
    file: PathBuf,
    #[command(flatten)]
    output: Output,
}

impl ProofCommand {
    /// Does it.
    pub fn run(self, config: impl FnOnce() -> Result<Config>) -> Result<Exit> {
        match self {
            ProofCommand::Export(command) => command.run(&config()?),
            ProofCommand::Verify(command) => command.run(),
        }
    }
}

impl Export {
    fn run(self, config: &Config) -> Result<Exit> {
        let desk = folder::open(config)?;
        let proof = export(&desk, self.incident, &self.stage);
        desk.close();
        let proof = proof.map_err(|error| Ending::usage(error.to_string()))?;
        let text = serde_json::to_string_pretty(&proof)? + "\n";
        let mut file = NewFile::beside(&self.file)?;
        file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", self.file.display()))?;
        file.keep(false)?;
        print::line(&format!("wrote {}", self.file.display()))?;
        Ok(Exit::Ok)
    }
}

impl Verify {
    fn run(self) -> Result<Exit> {
        let name = self.file.display().to_string();
        let bytes = if self.file.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().take(notify::proof::MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
            bytes
        } else {
            std::fs::read(&self.file).with_context(|| format!("cannot read {name}"))?
        };
        let verified = verify(&bytes).map_err(|error| Ending::not_verified(error.to_string()))?;
        self.output.print(&verified, text)?;
        Ok(Exit::Ok)
    }
}

fn text(proved: &Verified) -> String {
    let verdict = match proved.verdict {
        Verdict::InTime => "in time",
        Verdict::Late => "after the limit",
        Verdict::NoLimit => "the law gives no date",
        Verdict::Unclear => "not clear by the law that this program knows",
    };
    let at = |at: Option<model::Timestamp>| at.map_or_else(|| "-".to_owned(), |at| at.to_string());
    let rows = [
        ("verdict", verdict.to_owned()),
        ("stage", proved.stage.clone()),
        ("sent", proved.sent.to_string()),
        ("recorded", proved.recorded.to_string()),
        ("safe date", at(proved.alarm)),
        ("limit of the law", at(proved.limit)),
        ("clause", proved.clause.clone().unwrap_or_else(|| "-".to_owned())),
        ("reference", proved.reference.clone()),
        ("by", format!("{} ({})", proved.name, proved.party)),
        ("fingerprint", proved.fingerprint.clone()),
        ("records", format!("{} under a checkpoint of {}", proved.records, proved.size)),
        ("law here", proved.made_with.0.clone()),
        ("law of its author", proved.made_with.1.clone()),
    ];
    let table: Vec<Vec<String>> =
        rows.into_iter().map(|(name, value)| vec![name.to_owned(), value]).collect();
    let drill = if proved.exercise { "\nan exercise: nothing was really filed" } else { "" };
    print::table(&table)
        + "every record is in the signed log; compare the fingerprint with the one you trust"
        + drill
}
