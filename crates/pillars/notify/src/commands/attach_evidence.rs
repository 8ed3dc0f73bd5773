//! Attaching a file to a submission: its bytes become a record of their own that can be erased, its name and digest stand in
//! the submission.

use desk::Desk;
use desk::sql::SqlError;
use model::{IncidentId, RecordId, Timestamp};
use records::evidence::Evidence;
use records::submission::EvidenceFile;
use records::{Sealed, leaf_hash};
use rusqlite::OptionalExtension as _;
use ui::sentence;

use super::{StateError, sealed};
use crate::facts::FactError;

/// The largest file that is kept, in bytes.
pub const MOST_BYTES: usize = 2_000_000;
/// The longest name, characters.
const MOST_NAME: usize = 120;

/// A file that was sealed, and what the submission says of it.
#[derive(Debug)]
pub struct Attached {
    /// Its name and digest, and the record of its bytes.
    pub named: EvidenceFile,
    pub(crate) sealed: Sealed,
}

/// Seals a file as evidence; nothing is written yet.
pub fn attach_evidence(
    desk: &Desk,
    (incident, stage): (IncidentId, &str),
    (name, bytes): (&str, &[u8]),
    by: &str,
) -> Result<Attached, StateError> {
    let wrong = |fault| FactError::at("evidence_file", fault);
    let name = plain(name).ok_or_else(|| wrong(sentence!("refused-file-unnamed")))?;
    if bytes.is_empty() {
        return Err(wrong(sentence!("refused-file-empty", name = name)).into());
    }
    if bytes.len() > MOST_BYTES {
        let most = MOST_BYTES / 1_000_000;
        return Err(wrong(sentence!("refused-file-large", name = name, most = most)).into());
    }
    let body = Evidence {
        incident,
        stage: stage.to_owned(),
        name: name.clone(),
        content: Evidence::written(bytes),
        by: by.to_owned(),
    };
    let sealed = sealed(desk, &body, incident, desk::edge::now());
    let named = EvidenceFile {
        name,
        sha256: Evidence::digest(bytes),
        size_bytes: bytes.len() as u64,
        record: Some(leaf_hash(&sealed.header)),
    };
    Ok(Attached { named, sealed })
}

/// The last part of a path, without what cannot stand in a name.
fn plain(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control()).take(MOST_NAME).collect();
    let kept = kept.trim().to_owned();
    (!kept.trim_matches('.').is_empty()).then_some(kept)
}

/// What became of the bytes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// They are here.
    Here,
    /// They were erased, then. The digest in the submission still proves what they were.
    Erased(Timestamp),
    /// They were never here.
    Elsewhere,
}

/// What became of the bytes of that file.
pub fn kept(desk: &Desk, incident: IncidentId, record: RecordId) -> Result<Kept, SqlError> {
    if place(desk, incident, record)?.is_some() {
        return Ok(Kept::Here);
    }
    let query = "SELECT at_us FROM notify_erased WHERE record = ?1";
    let reader = desk.views.read()?;
    let at: Option<i64> = reader.query_row(query, [record.to_string()], |row| row.get(0)).optional()?;
    let at = at.and_then(|at_us| Timestamp::from_microsecond(at_us).ok());
    Ok(at.map_or(Kept::Elsewhere, Kept::Erased))
}

fn place(desk: &Desk, incident: IncidentId, record: RecordId) -> Result<Option<u64>, SqlError> {
    let query = "SELECT seq FROM notify_evidence WHERE record = ?1 AND incident = ?2";
    let key = (record.to_string(), incident.to_string());
    let seq: Option<i64> = desk.views.read()?.query_row(query, key, |row| row.get(0)).optional()?;
    Ok(seq.map(|seq| seq as u64))
}

/// A file of this incident as it was attached; none when it was erased, or is not there.
pub fn evidence(desk: &Desk, incident: IncidentId, record: RecordId) -> Result<Option<Evidence>, SqlError> {
    let Some(seq) = place(desk, incident, record)? else { return Ok(None) };
    let mut found = None;
    // What cannot be read here was erased, or is said by `entente ledger verify`.
    if let Ok(reader) = desk.ledger.reader() {
        let _ = reader.entry(seq, |entry| {
            found = entry.body.and_then(|body| serde_json::from_slice(body).ok());
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_is_the_last_part_of_a_path_and_nothing_that_could_be_one() {
        assert_eq!(plain("C:\\Users\\me\\receipt.pdf").as_deref(), Some("receipt.pdf"));
        assert_eq!(plain("../../etc/accusé de réception.pdf").as_deref(), Some("accusé de réception.pdf"));
        assert_eq!(plain("a\r\nb.pdf").as_deref(), Some("ab.pdf"));
        for name in ["", " ", "..", "folder/", "\n"] {
            assert_eq!(plain(name), None, "{name:?}");
        }
    }
}
