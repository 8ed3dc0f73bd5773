//! `entente picture snapshot`: put, list, answer, export and verify.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use desk::{Desk, edge};
use model::{AgreementId, PartyId, Tlp};
use picture::snapshot::{
    Answering, Held, Proposing, Verified, answer, differences, document, held, list, propose, verify,
};
use records::cosign::{Cosign, Difference, Word};
use records::snapshot::Claim;
use serde::Serialize;

use crate::config::Config;
use crate::document::{read, write};
use crate::exit::{Ending, Exit};
use crate::folder;
use crate::print::{self, Output};

/// What to do with a snapshot.
#[derive(Debug, Subcommand)]
pub enum SnapshotCommand {
    /// Count what may go to another party, write it down, sign it and send it
    Propose(Propose),
    /// List the snapshots that are here
    List(List),
    /// Show one: its figures, what is counted otherwise here, and the answers
    Show(Show),
    /// Sign one that was put to this party, decline it, or ask for a change
    Answer(Answer),
    /// Write the signed document into a file
    Export(Export),
    /// Check a file; needs no node and no network
    Verify(Verify),
}

/// What to put to whom.
#[derive(Debug, Args)]
pub struct Propose {
    /// The other party: its id or its short name
    party: String,
    /// The agreement
    #[arg(long)]
    agreement: AgreementId,
    /// Days of the period: 7, 28, 91 or 364
    #[arg(long, default_value = "28")]
    days: String,
    /// The person who signs, by name and office
    #[arg(long)]
    signatory: String,
    /// A word to the other party
    #[arg(long, default_value = "")]
    note: String,
    #[command(flatten)]
    output: Output,
}

/// How to list.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    output: Output,
}

/// What to show.
#[derive(Debug, Args)]
pub struct Show {
    /// The snapshot
    snapshot: String,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Serialize)]
struct Shown {
    #[serde(flatten)]
    row: Row,
    claims: Vec<Claim>,
    differences: Vec<Difference>,
    answers: Vec<Cosign>,
}

/// The answers there are.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Said {
    Sign,
    Ask,
    Decline,
}

/// What to answer.
#[derive(Debug, Args)]
pub struct Answer {
    /// The snapshot
    snapshot: String,
    /// The answer
    #[arg(value_enum)]
    said: Said,
    /// The person who signs, by name and office
    #[arg(long)]
    signatory: String,
    /// Why; needed unless it is signed
    #[arg(long, default_value = "")]
    reason: String,
}

/// What to write where.
#[derive(Debug, Args)]
pub struct Export {
    /// The snapshot
    snapshot: String,
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

#[derive(Debug, Serialize)]
struct Row {
    snapshot: String,
    by: PartyId,
    with: PartyId,
    until: model::Timestamp,
    days: i64,
    figures: usize,
    state: &'static str,
}

impl SnapshotCommand {
    /// Does it.
    pub fn run(self, config: impl FnOnce() -> Result<Config>) -> Result<Exit> {
        match self {
            SnapshotCommand::Propose(command) => with(&config()?, |desk| command.run(desk)),
            SnapshotCommand::List(command) => with(&config()?, |desk| command.run(desk)),
            SnapshotCommand::Show(command) => with(&config()?, |desk| command.run(desk)),
            SnapshotCommand::Answer(command) => with(&config()?, |desk| command.run(desk)),
            SnapshotCommand::Export(command) => with(&config()?, |desk| command.run(desk)),
            SnapshotCommand::Verify(command) => command.run(),
        }
    }
}

fn with(config: &Config, act: impl FnOnce(&Arc<Desk>) -> Result<Exit>) -> Result<Exit> {
    let desk = folder::open(config)?;
    let done = act(&desk);
    desk.close();
    done
}

impl Propose {
    fn run(self, desk: &Arc<Desk>) -> Result<Exit> {
        let known = desk.known();
        let by_name =
            || known.parties.iter().find(|(_, party)| party.card.short == self.party).map(|(id, _)| *id);
        let party = self.party.parse().ok().or_else(by_name);
        let party = party.ok_or_else(|| {
            Ending::usage(format!("no party {:?} is known here; see `entente party list`", self.party))
        })?;
        let asked = Proposing {
            with: party,
            agreement: self.agreement,
            days: self.days,
            signatory: self.signatory,
            note: self.note,
            replaces: None,
            clearance: Tlp::Red,
        };
        let id = propose(desk, &asked, edge::now()).map_err(|error| Ending::usage(error.to_string()))?;
        self.output.print(&serde_json::json!({ "snapshot": id }), |_| format!("put and signed: {id}"))?;
        Ok(Exit::Ok)
    }
}

impl List {
    fn run(self, desk: &Arc<Desk>) -> Result<Exit> {
        let rows: Vec<Row> = list(desk)?.into_iter().map(row).collect();
        self.output.print(&rows, |rows| {
            let mut lines =
                vec![["SNAPSHOT", "UNTIL", "DAYS", "FIGURES", "STATE"].map(str::to_owned).to_vec()];
            lines.extend(rows.iter().map(|row| {
                let days = row.days.to_string();
                vec![
                    row.snapshot.clone(),
                    row.until.to_string(),
                    days,
                    row.figures.to_string(),
                    row.state.into(),
                ]
            }));
            print::table(&lines)
        })?;
        Ok(Exit::Ok)
    }
}

impl Show {
    fn run(self, desk: &Arc<Desk>) -> Result<Exit> {
        let found = find(desk, &self.snapshot)?;
        let differences = differences(desk, &found.said, Tlp::Red, edge::now())?;
        let (claims, own) = (found.said.claims.clone(), found.said.by);
        let answers = found.answers.values().filter(|one| one.said.party != own);
        let answers = answers.map(|one| one.said.clone()).collect();
        let shown = Shown { row: row(found), claims, differences, answers };
        self.output.print(&shown, |shown| {
            let mut lines = vec![["FIGURE", "AS PUT", "HERE"].map(str::to_owned).to_vec()];
            let differs = |claim: &Claim| {
                let same = |one: &&Difference| one.topic == claim.topic && one.subject == claim.subject;
                shown.differences.iter().find(same)
            };
            for claim in &shown.claims {
                let here = differs(claim).map_or("same".to_owned(), |one| one.ours.to_string());
                lines.push(vec![format!("{} {}", claim.topic, claim.name), claim.count.to_string(), here]);
            }
            for one in shown.differences.iter().filter(|one| one.theirs == 0) {
                lines.push(vec![format!("{} {}", one.topic, one.name), "0".to_owned(), one.ours.to_string()]);
            }
            print::table(&lines) + shown.row.state
        })?;
        Ok(Exit::Ok)
    }
}

fn find(desk: &Arc<Desk>, id: &str) -> Result<Held> {
    held(desk, id)?.ok_or_else(|| Ending::usage(format!("there is no snapshot {id} here")))
}

fn row(held: Held) -> Row {
    let answered = held.answers.get(&held.said.with).map(|answered| answered.said.word);
    let state = match answered {
        _ if held.is_joint() => "signed by both",
        Some(Word::Declined) => "declined",
        Some(Word::Asked) => "change asked for",
        Some(Word::Signed) | None => "open",
    };
    Row {
        state,
        by: held.said.by,
        with: held.said.with,
        until: held.said.until,
        days: held.said.days,
        figures: held.said.claims.len(),
        snapshot: held.said.snapshot,
    }
}

impl Answer {
    fn run(self, desk: &Arc<Desk>) -> Result<Exit> {
        let word = match self.said {
            Said::Sign => Word::Signed,
            Said::Ask => Word::Asked,
            Said::Decline => Word::Declined,
        };
        let asked = Answering {
            snapshot: self.snapshot,
            word,
            signatory: self.signatory,
            reason: self.reason,
            clearance: Tlp::Red,
        };
        answer(desk, &asked, edge::now()).map_err(|error| Ending::usage(error.to_string()))?;
        print::line("answered")?;
        Ok(Exit::Ok)
    }
}

impl Export {
    fn run(self, desk: &Arc<Desk>) -> Result<Exit> {
        let found = find(desk, &self.snapshot)?;
        let made = document(desk, &found).map_err(|error| Ending::usage(error.to_string()))?;
        write(&self.file, &made)?;
        Ok(Exit::Ok)
    }
}

impl Verify {
    fn run(self) -> Result<Exit> {
        let bytes = read(&self.file, picture::snapshot::MOST_BYTES)?;
        let verified = verify(&bytes).map_err(|error| Ending::not_verified(error.to_string()))?;
        self.output.print(&verified, text)?;
        Ok(Exit::Ok)
    }
}

fn text(proved: &Verified) -> String {
    let mut rows = vec![
        ("snapshot", proved.snapshot.clone()),
        ("signed", if proved.joint { "by both" } else { "not by both" }.to_owned()),
        ("counted", proved.until.to_string()),
        ("period", format!("{} days", proved.days)),
        ("figures", format!("{}, naming {} records", proved.claims, proved.sources)),
        ("log", format!("under a checkpoint of {}", proved.size)),
    ];
    for one in &proved.signatures {
        rows.push(("signature", format!("{} for {} ({})", one.signatory, one.name, one.party)));
        rows.push(("fingerprint", one.fingerprint.clone()));
        let covers = match one.covers.len() {
            0 | 1 => "the picture alone; the name, the reason and the differences beside it are not signed",
            _ => "the picture, the name, the reason and the listed differences",
        };
        rows.push(("covers", covers.to_owned()));
        if !one.reason.is_empty() {
            rows.push(("reason", one.reason.clone()));
        }
        for other in &one.differences {
            let counts = (other.theirs, other.ours);
            let text =
                format!("{} {}: {} as put, {} as counted", other.topic, other.name, counts.0, counts.1);
            rows.push(("difference", text));
        }
    }
    let table: Vec<Vec<String>> =
        rows.into_iter().map(|(name, value)| vec![name.to_owned(), value]).collect();
    print::table(&table) + "compare the fingerprints with those you trust"
}
