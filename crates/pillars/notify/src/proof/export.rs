//! Making the proof of one submission.

use desk::Desk;
use desk::sql::SqlError;
use ledger::{CheckpointError, ReadError};
use model::{IncidentId, RecordId};
use records::card::SignedCard;

use super::{FORMAT, Proof, Proved};
use crate::case::{Case, Said, Statement, case};
use crate::law;

/// Why no proof was made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// No such incident.
    #[error("there is no {0} here; see `entente notify incident list`")]
    Unknown(IncidentId),
    /// Nothing was submitted.
    #[error("no submission of {0} was noted; note it when it was filed, then export its proof")]
    Unsent(String),
    /// A body was erased.
    #[error("a record of this incident was erased, so nothing about it can be proved any more")]
    Erased,
    /// The party's card is not there.
    #[error("this party has no card yet; run `entente init`")]
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

/// The proof of the last submission of `stage`.
pub fn export(desk: &Desk, incident: IncidentId, stage: &str) -> Result<Proof, ExportError> {
    let case = case(&desk.views, incident)?.ok_or(ExportError::Unknown(incident))?;
    let sent = case.statements.iter().rev().find(|statement| is_submission(statement, stage));
    let sent = sent.ok_or_else(|| ExportError::Unsent(stage.to_owned()))?;
    let law = law::as_of(&desk.views, sent.at_us)?;
    // A checkpoint of now, so that whatever the file names is under it.
    let note = desk.ledger.checkpoint(desk.log, &desk.keys)?;
    let mut records = vec![proved(desk, opening(desk, &case)?, note.size())?];
    for statement in case.statements.iter().filter(|statement| moves_clocks(&law, statement)) {
        if let Some(record) = statement.record {
            records.push(proved(desk, record, note.size())?);
        }
    }
    Ok(Proof {
        format: FORMAT.to_owned(),
        stage: stage.to_owned(),
        card: card(desk)?,
        checkpoint: note.text().to_owned(),
        records,
        pack: installed(desk, &law, stage, sent.at_us)?,
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

fn proved(desk: &Desk, record: RecordId, size: u64) -> Result<Proved, ExportError> {
    let reader = desk.ledger.reader()?;
    let (log, position) = reader.find_record(&[desk.log], &record)?.ok_or(ExportError::Erased)?;
    let mut found = None;
    reader.at(log, position, |entry| {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
        found = entry.header.and_then(text).zip(entry.body.and_then(text));
    })?;
    let (header, body) = found.ok_or(ExportError::Erased)?;
    let path = reader.prove_inclusion(log, position, size)?.path;
    Ok(Proved { header, body, position: position.0, path: path.iter().map(model::Digest::hex).collect() })
}

fn card(desk: &Desk) -> Result<SignedCard, ExportError> {
    use rusqlite::OptionalExtension as _;
    let reader = desk.views.read()?;
    let query = "SELECT card FROM party WHERE id = ?1";
    let text: Option<String> = reader.query_row(query, [desk.me.to_string()], |row| row.get(0)).optional()?;
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
    let key = (&pack.head.regime, &pack.head.version, at_us);
    Ok(desk.views.read()?.query_row(query, key, |row| row.get(0)).optional()?)
}
