//! Checking a proof, with nothing but the file, the law in this binary, and the fingerprint that its reader trusts.

use desk::card::{self, CardError};
use desk::key_line::KeyLine;
use ledger::LogKey;
use ledger::{CheckpointNote, NoteError};
use model::{Digest, IncidentId, PartyId, Realm, RecordId, Timestamp};
use packs::{Library, Pack};
use records::determination::Determination;
use records::fact::Fact;
use records::incident::Incident;
use records::submission::{EvidenceFile, Mailed, Submission};
use records::{Body as _, Header};
use serde::Serialize;

use super::receipt::{self, Received};
use super::shown::{Link, Unproved, links, unproved};
use super::{FORMAT, MOST_BYTES, Proof, Proved};
use crate::case::{Case, Said, Statement};
use crate::plan::{self, State};

/// Why a file proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Not such a file.
    #[error("this is no proof: {0}; ask its author for the file again")]
    Malformed(String),
    /// The card proves nothing.
    #[error(transparent)]
    Card(#[from] CardError),
    /// The checkpoint proves nothing.
    #[error(transparent)]
    Checkpoint(#[from] NoteError),
    /// A record is not in the log.
    #[error(
        "record {0} of the file is not in the log that the checkpoint vouches for; it was changed, or never there"
    )]
    NotIncluded(usize),
    /// A body is not the one that was sealed.
    #[error("the body of record {0} is not the one its header names; it was changed")]
    OtherBody(usize),
    /// A record of somebody else, or of another incident.
    #[error("record {0} of the file is {1}")]
    Stranger(usize, &'static str),
    /// The authority's half does not hold.
    #[error("the receipt in the file is {0}; ask its author for the file again")]
    Receipt(&'static str),
    /// The submission is not there.
    #[error("no submission of {0} is among the records; the file proves nothing about it")]
    Unsent(String),
}

/// Whether it was in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Sent before the limit.
    InTime,
    /// Sent after the limit.
    Late,
    /// The law gives no date for it.
    NoLimit,
    /// The records do not fit the law that this program knows.
    Unclear,
}

/// What a file proves.
#[derive(Debug, Clone, Serialize)]
pub struct Verified {
    /// Who proves it.
    pub party: PartyId,
    /// Their short name, as their card says.
    pub name: String,
    /// The fingerprint to compare with what the reader trusts.
    pub fingerprint: String,
    /// The incident.
    pub incident: IncidentId,
    /// The stage.
    pub stage: String,
    /// When it was sent, as the party's record says.
    pub sent: Timestamp,
    /// When the party wrote that down.
    pub recorded: Timestamp,
    /// The outer limit of the law, worked out again from the records.
    pub limit: Option<Timestamp>,
    /// The safe date.
    pub alarm: Option<Timestamp>,
    /// Whether it was in time.
    pub verdict: Verdict,
    /// The clause.
    pub clause: Option<String>,
    /// The recipient's reference.
    pub reference: String,
    /// The versions of law by which it was worked out here, and by its author.
    pub made_with: (String, String),
    /// Records checked.
    pub records: usize,
    /// The size of the log that the checkpoint vouches for.
    pub size: u64,
    /// Whether it is about an exercise.
    pub exercise: bool,
    /// What the authority's log says of it.
    pub receipt: Option<Received>,
    /// The second person, where the record names one.
    pub second: Option<String>,
    /// The file of evidence, by its digest.
    pub evidence: Option<EvidenceFile>,
    /// What the mail server said, where it went by mail.
    pub mail: Option<Mailed>,
    /// Each link of the chain that was checked.
    pub shows: Vec<Link>,
    /// What the file does not prove.
    pub open: Vec<Unproved>,
}

/// Checks a file.
pub fn verify(bytes: &[u8]) -> Result<Verified, ProofError> {
    let proof = read(bytes)?;
    let (card, line) = card::line(&proof.card)?;
    let note = CheckpointNote::parse(proof.checkpoint.as_bytes())?;
    signed(&note, card.party, &line)?;
    let mut statements = Vec::new();
    let mut opened = None;
    for (index, proved) in proof.records.iter().enumerate() {
        let header = included(index, proved, &note)?;
        if header.author != card.party {
            return Err(ProofError::Stranger(index, "of another party"));
        }
        if header.kind == Incident::KIND {
            opened = serde_json::from_str::<Incident>(&proved.body).ok();
        } else {
            statements.push(statement(index, proved, &header)?);
        }
    }
    let opened =
        opened.ok_or_else(|| ProofError::Malformed("the opening of the incident is missing".into()))?;
    let case = Case {
        id: opened.incident,
        seq: 0,
        class: 0,
        opened_us: 0,
        title: String::new(),
        exercise: opened.exercise,
        statements,
    };
    if let Some(index) = case.statements.iter().position(|statement| incident_of(&statement.said) != case.id)
    {
        return Err(ProofError::Stranger(index + 1, "about another incident"));
    }
    judge(&proof, &case, (card.party, card.short), &line, &note)
}

fn read(bytes: &[u8]) -> Result<Proof, ProofError> {
    if bytes.len() > MOST_BYTES {
        return Err(ProofError::Malformed(format!("longer than {MOST_BYTES} bytes")));
    }
    let proof: Proof =
        serde_json::from_slice(bytes).map_err(|error| ProofError::Malformed(error.to_string()))?;
    match proof.format.as_str() {
        FORMAT => Ok(proof),
        other => Err(ProofError::Malformed(format!(
            "its format is {:?}",
            other.chars().take(40).collect::<String>()
        ))),
    }
}

/// One of the party's key sets signed the checkpoint of its own real log.
pub(super) fn signed(note: &CheckpointNote, party: PartyId, line: &KeyLine) -> Result<(), ProofError> {
    let origin = LogKey { party, realm: Realm::Real }.origin();
    let mut last = NoteError::Unsigned;
    for keys in line.vouching_for(note.size()) {
        match note.verify(&origin, keys) {
            Ok(()) => return Ok(()),
            Err(error) => last = error,
        }
    }
    Err(last.into())
}

pub(super) fn included<'a>(
    index: usize,
    proved: &'a Proved,
    note: &CheckpointNote,
) -> Result<Header<'a>, ProofError> {
    let inclusion = proved.inclusion(note.size(), note.root());
    if !inclusion.is_some_and(|inclusion| inclusion.holds()) {
        return Err(ProofError::NotIncluded(index));
    }
    let header =
        Header::parse(proved.header.as_bytes()).map_err(|error| ProofError::Malformed(error.to_string()))?;
    if header.body_sha256() != Digest::of(proved.body.as_bytes()) {
        return Err(ProofError::OtherBody(index));
    }
    Ok(header)
}

/// A record as a statement, at the instant that its author gave it: the commit time stays in the ledger.
fn statement(index: usize, proved: &Proved, header: &Header<'_>) -> Result<Statement, ProofError> {
    let body = proved.body.as_bytes();
    let said = match header.kind.as_ref() {
        Fact::KIND => serde_json::from_slice(body).ok().map(Said::Fact),
        Determination::KIND => serde_json::from_slice(body).ok().map(Said::Determination),
        Submission::KIND => serde_json::from_slice(body).ok().map(Said::Submission),
        _ => None,
    };
    let said = said.ok_or(ProofError::Stranger(index, "of a kind that starts no clock"))?;
    let record: RecordId = records::leaf_hash(proved.header.as_bytes());
    Ok(Statement {
        record: Some(record),
        seq: proved.position,
        at_us: header.stated_at.as_microsecond(),
        said,
    })
}

fn incident_of(said: &Said) -> IncidentId {
    match said {
        Said::Fact(fact) => fact.incident,
        Said::Determination(made) => made.incident,
        Said::Submission(sent) => sent.incident,
        Said::Assignment(to) => to.incident,
    }
}

/// What the law makes of the records, as they stood when the submission was noted.
fn judge(
    proof: &Proof,
    case: &Case,
    (party, name): (PartyId, String),
    line: &KeyLine,
    note: &CheckpointNote,
) -> Result<Verified, ProofError> {
    let of_stage = |statement: &&Statement| match &statement.said {
        Said::Submission(sent) => sent.stage == proof.stage,
        _ => false,
    };
    let noted = case.statements.iter().rev().find(of_stage);
    let Some(noted) = noted else { return Err(ProofError::Unsent(proof.stage.clone())) };
    let Said::Submission(sent) = &noted.said else { return Err(ProofError::Unsent(proof.stage.clone())) };
    let received =
        proof.receipt.as_ref().map(|receipt| receipt::check(receipt, sent, (party, note))).transpose()?;
    let library = library(proof)?;
    let recorded = Timestamp::from_microsecond(noted.at_us).unwrap_or(sent.at);
    let duty = case.as_of(recorded).incident(&library, recorded).ok().and_then(|incident| {
        let plan = plan::plan(&library, &incident, recorded);
        plan.obligations.into_iter().find(|duty| duty.stage == proof.stage)
    });
    let verdict = match duty.as_ref().map(|duty| (duty.state, duty.limit)) {
        Some((State::Sent, Some(_))) => Verdict::InTime,
        Some((State::SentLate, _)) => Verdict::Late,
        Some((_, None)) => Verdict::NoLimit,
        _ => Verdict::Unclear,
    };
    Ok(Verified {
        party,
        name,
        fingerprint: line.first().fingerprint_text(),
        incident: case.id,
        stage: proof.stage.clone(),
        sent: sent.at,
        recorded,
        limit: duty.as_ref().and_then(|duty| duty.limit),
        alarm: duty.as_ref().and_then(|duty| duty.alarm),
        verdict,
        clause: duty.map(|duty| duty.clause),
        reference: sent.reference.clone(),
        made_with: (library.version(), proof.made_with.clone()),
        records: proof.records.len(),
        size: note.size(),
        exercise: case.exercise,
        second: sent.second.as_ref().map(|second| second.by.clone()),
        evidence: sent.evidence_file.clone(),
        mail: sent.mail.as_deref().cloned(),
        shows: links(sent, received.as_ref(), verdict != Verdict::Unclear),
        open: unproved(sent, received.as_ref()),
        receipt: received,
    })
}

/// The law of this binary, with the pack of the file where it brings one.
fn library(proof: &Proof) -> Result<Library, ProofError> {
    let library = Library::embedded().clone();
    let Some(text) = &proof.pack else { return Ok(library) };
    let pack = Pack::read(text).map_err(|error| ProofError::Malformed(error.to_string()))?;
    library.with(pack).checked().map_err(|error| ProofError::Malformed(error.to_string()))
}
