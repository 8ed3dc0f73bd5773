//! Making the proof of one submission.

use desk::Desk;
use desk::sql::SqlError;
use ledger::{CheckpointError, LogId, ReadError};
use model::{IncidentId, PartyId, Position, RecordId};
use records::card::SignedCard;
use ui::locale::Sentence;
use ui::sentence;

use super::receipt::receipt;
use super::{FORMAT, Proof, Proved};
use crate::case::{Case, Said, Statement, case};
use crate::{labels, law};

/// Why no proof was made.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum ExportError {
    /// No such incident.
    Unknown(IncidentId),
    /// Nothing was submitted.
    Unsent(String),
    /// A body was erased.
    Erased,
    /// The party's card is not there.
    NoCard,
    /// The views cannot be read.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// The ledger cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// No checkpoint could be signed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}

impl ExportError {
    /// What happened, and what to do.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Unknown(id) => sentence!("refused-unknown", id = id.to_string()),
            Self::Unsent(stage) => sentence!("refused-unsent", stage = labels::stage(stage)),
            Self::Erased => sentence!("refused-erased"),
            Self::NoCard => sentence!("refused-no-card"),
            Self::Sql(error) => error.to_string().into(),
            Self::Read(error) => error.to_string().into(),
            Self::Checkpoint(error) => error.to_string().into(),
        }
    }
}

/// The proof of the last submission of `stage`.
pub fn export(desk: &Desk, incident: IncidentId, stage: &str) -> Result<Proof, ExportError> {
    let case = case(&desk.views, incident)?.ok_or(ExportError::Unknown(incident))?;
    let sent = case.statements.iter().rev().find(|statement| is_submission(statement, stage));
    let sent = sent.ok_or_else(|| ExportError::Unsent(stage.to_owned()))?;
    let (Said::Submission(submission), at_us) = (&sent.said, sent.at_us) else {
        return Err(ExportError::Unsent(stage.to_owned()));
    };
    let law = law::as_of(&desk.views, at_us)?;
    // A checkpoint of now, so that whatever the file names is under it.
    let note = desk.ledger.checkpoint(desk.log, &desk.keys)?;
    let mut records = vec![proved(desk, (desk.log, opening(desk, &case)?), note.size())?];
    for statement in case.statements.iter().filter(|statement| moves_clocks(&law, statement)) {
        if let Some(record) = statement.record {
            records.push(proved(desk, (desk.log, record), note.size())?);
        }
    }
    Ok(Proof {
        format: FORMAT.to_owned(),
        stage: stage.to_owned(),
        card: card_of(desk, desk.me)?,
        receipt: receipt(desk, submission, note.size())?,
        checkpoint: note.text().to_owned(),
        records,
        pack: installed(desk, &law, stage, at_us)?,
        made_with: law.version(),
    })
}

fn is_submission(statement: &Statement, stage: &str) -> bool {
    matches!(&statement.said, Said::Submission(sent) if sent.stage == stage)
}

/// What starts, moves or stops clocks; descriptions stay at home.
fn moves_clocks(law: &packs::Library, statement: &Statement) -> bool {
    match &statement.said {
        Said::Fact(fact) => {
            let key = law.words.canonical(&fact.field);
            law.words.facts.contains_key(key)
                || matches!(key, "tz" | "country" | "holidays" | "entity_class")
                || key.starts_with("applies ")
                || key.starts_with("received(")
        }
        Said::Determination(_) | Said::Submission(_) => true,
        Said::Assignment(_) => false,
    }
}

fn opening(desk: &Desk, case: &Case) -> Result<RecordId, ExportError> {
    let mut id = None;
    desk.ledger.reader()?.entry(case.seq, |entry| id = Some(entry.record_id()))?;
    id.ok_or(ExportError::Erased)
}

/// A record of a log with its body, under the state of that size.
pub(super) fn proved(
    desk: &Desk,
    (log, record): (LogId, RecordId),
    size: u64,
) -> Result<Proved, ExportError> {
    let (header, position, path) = place(desk, (log, record), size)?;
    let mut found = None;
    desk.ledger.reader()?.at(log, Position(position), |entry| {
        found = entry.body.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
    })?;
    Ok(Proved { header, body: found.ok_or(ExportError::Erased)?, position, path })
}

/// The header of a record, its place in the log, and the path from there to the root of that size.
pub(super) fn place(
    desk: &Desk,
    (log, record): (LogId, RecordId),
    size: u64,
) -> Result<(String, u64, Vec<String>), ExportError> {
    let reader = desk.ledger.reader()?;
    let (log, position) = reader.find_record(&[log], &record)?.ok_or(ExportError::Erased)?;
    let mut found = None;
    reader.at(log, position, |entry| {
        found = entry.header.and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
    })?;
    let path = reader.prove_inclusion(log, position, size)?.path;
    let path = path.iter().map(model::Digest::hex).collect();
    Ok((found.ok_or(ExportError::Erased)?, position.0, path))
}

/// The card of a party that is known here.
pub(super) fn card_of(desk: &Desk, party: PartyId) -> Result<SignedCard, ExportError> {
    use rusqlite::OptionalExtension as _;
    let reader = desk.views.read()?;
    let query = "SELECT card FROM party WHERE id = ?1";
    let text: Option<String> = reader.query_row(query, [party.to_string()], |row| row.get(0)).optional()?;
    text.and_then(|text| serde_json::from_str(&text).ok()).ok_or(ExportError::NoCard)
}

/// The text of the stage's pack, when it was installed and is not in the binary.
fn installed(
    desk: &Desk,
    law: &packs::Library,
    stage: &str,
    at_us: i64,
) -> Result<Option<String>, ExportError> {
    use rusqlite::OptionalExtension as _;
    let Some(pack) = law.pack_of(stage) else { return Ok(None) };
    let query = "SELECT text FROM notify_pack WHERE regime = ?1 AND version = ?2 AND at_us <= ?3
                 ORDER BY seq DESC LIMIT 1";
    let key = (&pack.head.regime, pack.head.version.as_str(), at_us);
    Ok(desk.views.read()?.query_row(query, key, |row| row.get(0)).optional()?)
}
