//! `entente notify incident`: incidents in the ledger: opened, stated, decided, submitted, planned.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use desk::{Desk, edge};
use model::{Digest, IncidentId, RecordId, Timestamp};
use notify::case::{Listed, case, listed};
use notify::commands::attach_evidence::{Kept, MOST_BYTES, evidence as kept_evidence, kept};
use notify::commands::determine::determine;
use notify::commands::open_incident::open_incident;
use notify::commands::state_fact::state_fact;
use notify::commands::submit_stage::Sent;
use notify::import::{self, Finding, Format};
use records::determination::{Determination, Outcome};
use records::fact::Fact;
use records::submission::EvidenceFile;
use serde::Serialize;
use serde_json::Value;

use super::plan::text;
use super::two::{self, Person};
use super::{filing, mail};
use crate::config::Config;
use crate::exit::Exit;
use crate::folder::{self, Reading};
use crate::print::{self, Output};

/// What to do with incidents.
#[derive(Debug, Subcommand)]
pub enum IncidentCommand {
    /// Open an incident and print its id
    Open {
        /// What people call it
        title: String,
        /// An exercise: nothing about it is ever submitted
        #[arg(long)]
        exercise: bool,
        /// Who opens it, by name and office
        #[arg(long)]
        by: String,
    },
    /// State a fact, or correct one
    Fact(FactArguments),
    /// Decide what it is: material, major, high_risk, … or `applies NIS2`
    Determine(DetermineArguments),
    /// Note that a stage was really submitted
    Submitted(SubmittedArguments),
    /// File a stage with an authority over the link or by mail, and note it as submitted
    File(filing::File),
    /// From now on two people for what goes to authorities; to end it takes two, at the console
    RequireTwo {
        /// What people call the rule
        name: String,
        /// For this law alone, such as NIS2; may be given several times
        #[arg(long = "regime")]
        regimes: Vec<String>,
        #[command(flatten)]
        person: Person,
    },
    /// What waits for a second person, where a rule wants two
    Waiting {
        #[command(flatten)]
        output: Output,
    },
    /// Approve a filing that waits, as the second person; it is carried out at once
    Approve {
        /// The draft
        draft: String,
        #[command(flatten)]
        person: Person,
    },
    /// Refuse a filing that waits
    Refuse {
        /// The draft
        draft: String,
        /// Why
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        person: Person,
    },
    /// What was filed over links, with receipts, answers and questions
    Filed {
        /// The incident
        incident: IncidentId,
        #[command(flatten)]
        output: Output,
    },
    /// What was tried by mail, and how each attempt ended
    Mailings {
        /// The incident
        incident: IncidentId,
        #[command(flatten)]
        output: Output,
    },
    /// Write down what became of an attempt by mail whose end nobody knows
    Settle(mail::Settle),
    /// Answer a question about a filing
    Reply {
        /// The filing: record:<64 hex digits>
        filing: RecordId,
        /// The number of the question
        question: u32,
        /// The answer
        answer: String,
    },
    /// Write a file that was attached to a submission
    Evidence {
        /// The incident
        incident: IncidentId,
        /// The record that the submission names
        record: RecordId,
        /// Where to
        file: PathBuf,
    },
    /// List the incidents
    List {
        #[command(flatten)]
        output: Output,
    },
    /// Open one from a file: JSON, CSV, a MISP event, a STIX bundle; says what was not taken and where
    Import(ImportArguments),
    /// The form of the law of a stage as JSON, by its numbers: DORA, Form 8-K
    Template {
        /// The incident
        incident: IncidentId,
        /// The stage, such as dora.i
        stage: String,
        /// As known at this instant, RFC 3339; else now
        #[arg(long)]
        at: Option<Timestamp>,
    },
    /// Its duties, now or as known at an instant
    Plan {
        /// The incident
        incident: IncidentId,
        /// As known at this instant, RFC 3339; else now
        #[arg(long)]
        at: Option<Timestamp>,
        #[command(flatten)]
        output: Output,
    },
}

/// A file.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// The file
    file: PathBuf,
    /// Its form; else what it looks like
    #[arg(long, value_parser = ["json", "csv", "misp", "stix"])]
    format: Option<String>,
    /// The incident to add to; else a new one
    #[arg(long)]
    into: Option<IncidentId>,
    /// Who takes it over, by name and office
    #[arg(long)]
    by: String,
    #[command(flatten)]
    output: Output,
}

/// A fact.
#[derive(Debug, Args)]
pub struct FactArguments {
    /// The incident
    incident: IncidentId,
    /// Its name: aware, tz, country, B01, impact.users, …
    field: String,
    /// Its value as JSON; what is not JSON is text; null says that it is unknown
    value: String,
    /// Estimated, not measured
    #[arg(long)]
    estimate: bool,
    /// To which moment it is true, RFC 3339
    #[arg(long)]
    as_of: Option<Timestamp>,
    /// Where it comes from
    #[arg(long, default_value = "")]
    source: String,
    /// How sure you are
    #[arg(long, default_value = "")]
    confidence: String,
    /// Who states it, by name and office
    #[arg(long)]
    by: String,
}

/// A decision.
#[derive(Debug, Args)]
pub struct DetermineArguments {
    /// The incident
    incident: IncidentId,
    /// What is decided
    question: String,
    /// yes, no or unknown
    #[arg(long, value_parser = ["yes", "no", "unknown"])]
    outcome: String,
    /// When it was decided, RFC 3339; else now
    #[arg(long)]
    at: Option<Timestamp>,
    /// Who decides, by name and office
    #[arg(long)]
    by: String,
    /// Why
    #[arg(long)]
    rationale: String,
    /// Decide between all decisions that stand, of whomever; else one of somebody else stays beside this one
    #[arg(long)]
    between: bool,
}

/// A submission.
#[derive(Debug, Args)]
pub struct SubmittedArguments {
    /// The incident
    incident: IncidentId,
    /// The stage: nis2.ew, dora.i, …
    stage: String,
    /// When it was sent, RFC 3339; else now
    #[arg(long)]
    at: Option<Timestamp>,
    /// By which way
    #[arg(long)]
    channel: String,
    /// The reference that the recipient gave
    #[arg(long, default_value = "")]
    reference: String,
    /// What proves it: the receipt, or where the copy is kept
    #[arg(long, default_value = "")]
    evidence: String,
    /// A file that proves it: kept with its name and SHA-256, or these alone when it is over 2 MB
    #[arg(long, value_name = "FILE")]
    evidence_file: Option<PathBuf>,
    /// Who sent it, by name and office
    #[arg(long)]
    by: String,
    #[command(flatten)]
    person: Person,
}

#[derive(Debug, Serialize)]
struct Row {
    id: IncidentId,
    title: String,
    exercise: bool,
    opened_at: String,
    statements: usize,
}

impl IncidentCommand {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        match self {
            IncidentCommand::Open { title, exercise, by } => {
                let desk = folder::open(config)?;
                let id = open_incident(&desk, &title, exercise, &by)?;
                desk.close();
                print::line(&id.to_string())?;
            }
            IncidentCommand::Fact(arguments) => arguments.run(config)?,
            IncidentCommand::Import(arguments) => return arguments.run(config),
            IncidentCommand::Determine(arguments) => arguments.run(config)?,
            IncidentCommand::Submitted(arguments) => arguments.run(config)?,
            IncidentCommand::File(arguments) => arguments.run(config)?,
            IncidentCommand::RequireTwo { name, regimes, person } => {
                two::require(config, name, regimes, &person)?;
            }
            IncidentCommand::Waiting { output } => two::waiting(config, output)?,
            IncidentCommand::Approve { draft, person } => two::decide(config, &draft, None, &person)?,
            IncidentCommand::Refuse { draft, reason, person } => {
                two::decide(config, &draft, Some(&reason), &person)?;
            }
            IncidentCommand::Filed { incident, output } => filing::filed(config, incident, output)?,
            IncidentCommand::Mailings { incident, output } => mail::mailings(config, incident, output)?,
            IncidentCommand::Settle(settle) => settle.run(config)?,
            IncidentCommand::Reply { filing, question, answer } => {
                filing::answer(config, filing, question, &answer)?;
            }
            IncidentCommand::Evidence { incident, record, file } => {
                take_evidence(config, incident, record, &file)?;
            }
            IncidentCommand::List { output } => list(config, output)?,
            IncidentCommand::Template { incident, stage, at } => template(config, incident, &stage, at)?,
            IncidentCommand::Plan { incident, at, output } => plan(config, incident, at, output)?,
        }
        Ok(Exit::Ok)
    }
}

#[derive(Debug, Serialize)]
struct Imported {
    incident: Option<IncidentId>,
    stated: usize,
    findings: Vec<Finding>,
}

impl ImportArguments {
    fn run(self, config: &Config) -> Result<Exit> {
        let text = std::fs::read_to_string(&self.file)
            .with_context(|| format!("cannot read {}", self.file.display()))?;
        let format = match self.format.as_deref() {
            Some("json") => Format::Json,
            Some("csv") => Format::Csv,
            Some("misp") => Format::Misp,
            Some("stix") => Format::Stix,
            _ => Format::of(&text),
        };
        let desk = folder::open(config)?;
        let into = match self.into {
            None => None,
            Some(id) => Some(case(&desk.views, id)?.with_context(|| format!("there is no {id} here"))?),
        };
        let taken = import::take(&desk, into, import::read(format, &text), &self.by);
        desk.close();
        let (incident, judged) = taken?;
        let done = Imported { incident, stated: judged.items.len(), findings: judged.findings };
        self.output.print(&done, |done| {
            let mut text = String::new();
            for finding in &done.findings {
                text.push_str(&format!("{}: {}\n", finding.place, finding.fault));
            }
            let what = done.incident.map_or_else(|| "nothing was opened".to_owned(), |id| id.to_string());
            text + &format!("{what}: {} facts stated, {} findings", done.stated, done.findings.len())
        })?;
        Ok(if done.findings.is_empty() { Exit::Ok } else { Exit::Failed })
    }
}

impl FactArguments {
    fn run(self, config: &Config) -> Result<()> {
        let value = serde_json::from_str(&self.value).unwrap_or(Value::String(self.value));
        let fact = Fact {
            incident: self.incident,
            field: self.field,
            value,
            estimate: self.estimate,
            as_of: self.as_of,
            source: self.source,
            confidence: self.confidence,
            by: self.by,
            replaces: None,
        };
        let desk = folder::open(config)?;
        let said = format!("stated {} = {}", fact.field, fact.value);
        state_fact(&desk, fact)?;
        desk.close();
        print::line(&said)
    }
}

impl DetermineArguments {
    fn run(self, config: &Config) -> Result<()> {
        let outcome = match self.outcome.as_str() {
            "yes" => Outcome::Yes,
            "no" => Outcome::No,
            _ => Outcome::Unknown,
        };
        let desk = folder::open(config)?;
        let at = self.at.unwrap_or_else(edge::now);
        let said = format!("decided {}: {}", self.question, self.outcome);
        let found = case(&desk.views, self.incident)?;
        let all = found.filter(|_| self.between).map(|case| notify::standing::all(&case));
        let made = Determination {
            replaces: all.map(|all| notify::standing::seen(&all)),
            incident: self.incident,
            question: self.question,
            outcome,
            at,
            by: self.by,
            rationale: self.rationale,
        };
        determine(&desk, made)?;
        desk.close();
        print::line(&said)
    }
}

impl SubmittedArguments {
    fn run(self, config: &Config) -> Result<()> {
        let (mut evidence_file, mut bytes) = (None, None);
        if let Some(path) = &self.evidence_file {
            let named = evidence(path)?;
            if named.size_bytes <= MOST_BYTES as u64 {
                let read = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
                bytes = Some((named.name, read));
            } else {
                evidence_file = Some(named);
            }
        }
        let desk = folder::open(config)?;
        let sent = Sent {
            stage: self.stage,
            at: self.at.unwrap_or_else(edge::now),
            channel: self.channel,
            reference: self.reference,
            evidence: self.evidence,
            evidence_file,
            by: self.by,
        };
        let file = bytes.as_ref().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        let done = two::ask_by_hand(&desk, (self.incident, sent), file, &self.person);
        desk.close();
        print::line(&done?)
    }
}

/// A file by its name, length and digest; read in pieces, for receipts may be long scans.
fn evidence(path: &Path) -> Result<EvidenceFile> {
    let fault = || format!("cannot read {}", path.display());
    let file = std::fs::File::open(path).with_context(fault)?;
    let (digest, size_bytes) = Digest::of_reader(file).with_context(fault)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(EvidenceFile { name, sha256: digest.hex(), size_bytes, record: None })
}

/// Writes a file that was attached to a submission.
fn take_evidence(config: &Config, id: IncidentId, record: RecordId, path: &Path) -> Result<()> {
    let desk = folder::open(config)?;
    let found = kept_bytes(&desk, id, record);
    desk.close();
    let bytes = found?;
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// The bytes of a file; else what became of them.
fn kept_bytes(desk: &Desk, id: IncidentId, record: RecordId) -> Result<Vec<u8>> {
    if let Some(bytes) = kept_evidence(desk, id, record)?.and_then(|kept| kept.bytes()) {
        return Ok(bytes);
    }
    match kept(desk, id, record)? {
        Kept::Erased(at) => {
            bail!("it was erased at {at}; its SHA-256 in the submission still proves what it was")
        }
        Kept::Here | Kept::Elsewhere => bail!("{id} has no such file"),
    }
}

fn template(config: &Config, id: IncidentId, stage: &str, at: Option<Timestamp>) -> Result<()> {
    let reading = Reading::open(config)?;
    let views = reading.full_views()?;
    let case = case(views, id)?.with_context(|| format!("there is no {id} here"))?;
    let at = at.unwrap_or_else(edge::now);
    let library = notify::law::as_of(views, at.as_microsecond())?;
    let made = notify::template::template(&library, &case, stage, at);
    let made = made.with_context(|| format!("the law of {stage} has no form for machines here"))?;
    print::line(&serde_json::to_string_pretty(&made)?)
}

fn list(config: &Config, output: Output) -> Result<()> {
    let reading = Reading::open(config)?;
    let views = reading.full_views()?;
    let (mut rows, mut before): (Vec<Row>, u64) = (Vec::new(), u64::MAX);
    loop {
        let page = listed(views, before, 500)?;
        let Some(last) = page.last() else { break };
        before = last.seq;
        rows.extend(page.into_iter().map(Row::from));
    }
    output.print(&rows, |rows| {
        let mut table = vec![["incident", "opened", "statements", "title"].map(str::to_owned).to_vec()];
        for row in rows {
            let title = if row.exercise { format!("{} (exercise)", row.title) } else { row.title.clone() };
            table.push(vec![row.id.to_string(), row.opened_at.clone(), row.statements.to_string(), title]);
        }
        print::table(&table)
    })
}

impl From<Listed> for Row {
    fn from(one: Listed) -> Self {
        Self {
            id: one.id,
            title: one.title,
            exercise: one.exercise,
            opened_at: print::instant(one.opened_us),
            statements: one.statements,
        }
    }
}

fn plan(config: &Config, id: IncidentId, at: Option<Timestamp>, output: Output) -> Result<()> {
    let reading = Reading::open(config)?;
    let case = case(reading.full_views()?, id)?;
    let case = case.with_context(|| format!("there is no {id} here; see `entente notify incident list`"))?;
    let at = at.unwrap_or_else(edge::now);
    // A moment of the past is planned by the law as it was known then.
    let library = notify::law::as_of(reading.full_views()?, at.as_microsecond())?;
    let incident = case.incident(&library, at)?;
    output.print(&notify::plan(&library, &incident, at), text)
}
