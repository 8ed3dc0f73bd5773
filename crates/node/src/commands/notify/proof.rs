//! `entente notify proof`: that a report was filed in time, as a file that whoever trusts the fingerprint can check.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use model::IncidentId;
use notify::proof::{Link, Unproved, Verdict, Verified, export, verify};

use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::print::{self, Output};
use crate::{document, folder};

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
    /// The file of evidence: it must be the one that the proof names
    #[arg(long, value_name = "FILE")]
    evidence: Option<PathBuf>,
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
        document::write(&self.file, &proof)?;
        Ok(Exit::Ok)
    }
}

impl Verify {
    fn run(self) -> Result<Exit> {
        let bytes = document::read(&self.file, notify::proof::MOST_BYTES)?;
        let verified = verify(&bytes).map_err(|error| Ending::not_verified(error.to_string()))?;
        if let Some(path) = &self.evidence {
            let named = verified.evidence.as_ref();
            let named = named.ok_or_else(|| Ending::not_verified("the proof names no file of evidence"))?;
            let fault = || format!("cannot read {}", path.display());
            let file = std::fs::File::open(path).with_context(fault)?;
            let (digest, _) = model::Digest::of_reader(file).with_context(fault)?;
            if digest.hex() != named.sha256 {
                let said = format!("{} is not the file of evidence that the proof names", path.display());
                return Err(Ending::not_verified(said));
            }
        }
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
    let mut rows = rows.to_vec();
    rows.extend(proved.second.iter().map(|by| ("second person", by.clone())));
    rows.extend(
        proved.evidence.iter().map(|file| ("evidence", format!("{}, SHA-256 {}", file.name, file.sha256))),
    );
    if let Some(got) = &proved.receipt {
        rows.extend([
            ("received by", format!("{} ({})", got.name, got.party)),
            ("its fingerprint", got.fingerprint.clone()),
            ("its reference", got.reference.clone()),
            ("received", got.at.to_string()),
            ("receipt", format!("{}, under a checkpoint of {}", got.record, got.size)),
        ]);
    }
    let table: Vec<Vec<String>> =
        rows.into_iter().map(|(name, value)| vec![name.to_owned(), value]).collect();
    let drill = if proved.exercise { "\nan exercise: nothing was really filed" } else { "" };
    let shows: String = proved.shows.iter().map(|link| format!("checked: {}\n", link_words(*link))).collect();
    let open: String =
        proved.open.iter().map(|open| format!("not proved: {}\n", open_words(*open))).collect();
    print::table(&table)
        + &shows
        + &open
        + "every record is in the signed log; compare the fingerprint with the one you trust"
        + drill
}

fn link_words(link: Link) -> &'static str {
    match link {
        Link::Key => "the card is signed by the keys of its fingerprint",
        Link::Checkpoint => "those keys signed the state of the log",
        Link::Records => "every record stands in that log, unchanged",
        Link::Submission => "one of them says that the stage was sent, when and by whom",
        Link::Second => "it says that a second person approved it",
        Link::Law => "the dates follow from the records by the law, worked out again here",
        Link::Filing => "the filing that it names stands in the same log",
        Link::AuthorityKey => "the card of the authority is signed by the keys of its fingerprint",
        Link::AuthorityCheckpoint => "those keys signed the state of the authority's log",
        Link::Receipt => "the receipt stands in that log, unchanged",
        Link::ReceiptNames => "it names this very filing, the reference and when it came",
        Link::Mail => "it holds the mail server's reply, the Message-ID and the SHA-256 of the message",
        Link::Evidence => "a file of evidence is named by its SHA-256",
    }
}

fn open_words(open: Unproved) -> &'static str {
    match open {
        Unproved::Who => "that the fingerprints are those of the real organisations; compare them",
        Unproved::Sent => "the hour of sending, which is the party's own word",
        Unproved::Received => "the hour of receipt, which is the authority's own word",
        Unproved::Arrival => "that it arrived: there is no receipt of the authority in the file",
        Unproved::Server => {
            "that the mail server said so and carried it further; its own log says, by the Message-ID"
        }
        Unproved::Content => "what the report said; only its digest is here",
        Unproved::Facts => "that the facts behind the dates are true and complete",
        Unproved::Accepted => "that the authority found the report complete or right",
        Unproved::Evidence => "what the evidence says; check the file with --evidence",
    }
}
