//! `entente ledger show`: one record with its proof, and who received it when.

use anyhow::{Context as _, Result};
use clap::Args;
use desk::links::{Outcome, outcome};
use ledger::{LogId, LogKey, Reader};
use model::Position;
use records::Header;
use serde::Serialize;
use serde_json::value::RawValue;
use share::Class;

use crate::commands::party;
use crate::config::Config;
use crate::exit::Exit;
use crate::folder::Reading;
use crate::print::{Output, instant};

/// Which record.
#[derive(Debug, Args)]
pub struct Show {
    /// The record, by id, or its position in our log
    record: String,
    /// The party whose log a position counts in, by id or short name
    #[arg(long)]
    party: Option<String>,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Serialize)]
struct Shown {
    record: String,
    log: String,
    position: u64,
    arrival: u64,
    arrived_at: String,
    /// Absent when the record is withheld from us.
    header: Option<Box<RawValue>>,
    /// `present`, `erased` or `withheld`.
    body_state: &'static str,
    body: Option<String>,
    proof: Proof,
    received_by: Vec<Received>,
    /// For a retraction: who was asked, and who confirmed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answers: Vec<Answered>,
}

#[derive(Debug, Serialize)]
struct Proof {
    size: u64,
    root: String,
    path: Vec<String>,
    holds: bool,
    checkpoint: Option<String>,
}

#[derive(Debug, Serialize)]
struct Received {
    party: String,
    at: String,
}

#[derive(Debug, Serialize)]
struct Answered {
    party: String,
    asked_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    received_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    versions: Option<u64>,
}

impl Show {
    /// Shows it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let reading = Reading::open(config)?;
        let reader = reading.ledger.reader()?;
        let known = reading.known();
        let whose = match &self.party {
            Some(text) => party::find(&known, text)?.0,
            None => reading.me,
        };
        let (log, position) = super::place(&reading.ledger, &reader, whose, &self.record)?;
        let key = reading.ledger.key(log).context("the log has no name")?;
        let (mut shown, class) = entry(&reader, log, position, &key)?;
        shown.proof = prove(&reader, log, position)?;
        if let Some(class) = class.filter(|_| key.party == reading.me) {
            shown.received_by = received(&reading, &class, position)?;
        }
        shown.answers = answered(&reading, shown.arrival)?;
        let exit = if shown.proof.holds { Exit::Ok } else { Exit::NotVerified };
        self.output.print(&shown, text)?;
        Ok(exit)
    }
}

fn entry(reader: &Reader, log: LogId, position: Position, key: &LogKey) -> Result<(Shown, Option<Class>)> {
    let mut found = None;
    reader.at(log, position, |entry| {
        let header = entry.header.and_then(|header| Header::parse(header).ok());
        let class = header.map(|header| Class::of(&header, entry.openings));
        let raw = entry.header.and_then(|header| serde_json::from_slice::<Box<RawValue>>(header).ok());
        let shown = Shown {
            record: entry.record_id().to_string(),
            log: key.origin(),
            position: position.0,
            arrival: entry.seq,
            arrived_at: instant(entry.at_us),
            header: raw,
            body_state: match (entry.header, entry.body) {
                (None, _) => "withheld",
                (Some(_), None) => "erased",
                (Some(_), Some(_)) => "present",
            },
            body: entry.body.map(|body| String::from_utf8_lossy(body).into_owned()),
            proof: Proof { size: 0, root: String::new(), path: Vec::new(), holds: false, checkpoint: None },
            received_by: Vec::new(),
            answers: Vec::new(),
        };
        found = Some((shown, class));
    })?;
    found.context("the ledger has nothing at that place; run `entente ledger verify`")
}

/// Against the newest checkpoint that covers the record; without one, against the present size.
fn prove(reader: &Reader, log: LogId, position: Position) -> Result<Proof> {
    let size = reader.size(log)?;
    let note = reader.checkpoint_upto(log, size)?.filter(|note| note.size() > position.0);
    let size = note.as_ref().map_or(size, |note| note.size());
    let proof = reader.prove_inclusion(log, position, size)?;
    let signed = note.as_ref().is_none_or(|note| note.root() == proof.root);
    Ok(Proof {
        size,
        root: proof.root.to_string(),
        holds: proof.holds() && signed,
        path: proof.path.iter().map(ToString::to_string).collect(),
        checkpoint: note.map(|note| note.text().to_owned()),
    })
}

/// From the dispatch book in the local store; the console shows the same.
fn received(reading: &Reading, class: &Class, position: Position) -> Result<Vec<Received>> {
    let known = reading.known();
    let mut all = Vec::new();
    for (peer, party) in known.parties.iter().filter(|(peer, _)| **peer != reading.me) {
        if let Outcome::Sent(at) = outcome(&reading.local, peer, class, position.0, i64::MAX)? {
            all.push(Received { party: party.card.short.clone(), at: at.to_string() });
        }
    }
    Ok(all)
}

/// Receipts are read from the node's own views, like the dispatch book.
fn answered(reading: &Reading, arrival: u64) -> Result<Vec<Answered>> {
    let Ok(views) = reading.full_views() else { return Ok(Vec::new()) };
    let known = reading.known();
    let answers = exchange::receipts::answers(&reading.ledger, &reading.local, views, arrival)?;
    let row = |answer: exchange::receipts::Answer| Answered {
        party: known
            .parties
            .get(&answer.party)
            .map_or_else(|| answer.party.to_string(), |party| party.card.short.clone()),
        asked_at: answer.asked_at.to_string(),
        sent_at: answer.sent_at.map(|at| at.to_string()),
        received_at: answer.received_at.map(|at| at.to_string()),
        versions: answer.versions,
    };
    Ok(answers.into_iter().map(row).collect())
}

fn text(shown: &Shown) -> String {
    let mut text = format!(
        "{}\nlog        {}, position {}\narrived    {} as number {}\n\nheader     {}\nbody       {}\n",
        shown.record,
        shown.log,
        shown.position,
        shown.arrived_at,
        shown.arrival,
        shown.header.as_ref().map_or("withheld from this node", |header| header.get()),
        shown.body.as_deref().unwrap_or(shown.body_state),
    );
    let proof = &shown.proof;
    let word = if proof.holds { "holds" } else { "does NOT hold" };
    text.push_str(&format!(
        "\nproof      {word}, {} hashes to root {} of size {}\n",
        proof.path.len(),
        proof.root,
        proof.size
    ));
    match &proof.checkpoint {
        Some(_) => text.push_str("checkpoint that root is signed\n"),
        None => text.push_str("checkpoint none covers it yet; run `entente ledger checkpoint`\n"),
    }
    for received in &shown.received_by {
        text.push_str(&format!("received   {} at {}\n", received.party, received.at));
    }
    for answer in &shown.answers {
        let sent = answer.sent_at.as_deref().unwrap_or("not yet");
        let received = match (&answer.received_at, answer.versions) {
            (Some(at), Some(versions)) => format!("at {at}, {versions} versions touched"),
            _ => "not yet".to_owned(),
        };
        text.push_str(&format!(
            "asked      {} at {}; delivered {sent}; receipt received {received}\n",
            answer.party, answer.asked_at
        ));
    }
    text
}
