//! The document that both parties have: what is said, both signatures, both cards, and the place of the record in the log of
//! who put it. Whoever trusts the two fingerprints can check it without a node.

use desk::Desk;
use desk::card::{self, CardError};
use desk::key_line::KeyLine;
use desk::sql::SqlError;
use ledger::{CheckpointError, CheckpointNote, Inclusion, LogKey, NoteError, ReadError};
use model::{Digest, PartyId, Position, Realm, Timestamp};
use records::card::SignedCard;
use records::cosign::{Cosign, Difference, Word};
use records::snapshot::Snapshot;
use records::{Body as _, Header};
use rusqlite::OptionalExtension as _;
use serde::{Deserialize, Serialize};
use ui::locale::Sentence;
use ui::sentence;

use super::covered::covered;
use super::held::Held;

/// The name of the format.
const FORMAT: &str = "entente.snapshot.v1";
/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 16 << 20;

/// The file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    format: String,
    /// The header of the snapshot's record, as it was sealed.
    header: String,
    /// Its body: what both sign.
    body: String,
    /// Its place in the log of who put it.
    position: u64,
    /// The audit path up to the checkpoint's root, lowest first, hexadecimal.
    path: Vec<String>,
    /// The signed state of that log.
    checkpoint: String,
    /// The cards of both parties.
    cards: Vec<SignedCard>,
    /// The answers that are there.
    answers: Vec<Place>,
}

/// One answer, and the place in its party's log that says with which keys it was signed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    position: u64,
    body: String,
}

/// Why there is no document, or it proves nothing.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A body was erased, or the card is not there.
    #[error("{}", self.sentence())]
    Missing(Lacking),
    /// No checkpoint covers the record.
    #[error("{}", self.sentence())]
    Uncovered,
    /// Not such a file.
    #[error("this is no signed snapshot: {0}; ask for the file again")]
    Malformed(String),
    /// A card proves nothing.
    #[error(transparent)]
    Card(#[from] CardError),
    /// The checkpoint proves nothing.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The record is not in the log, or was changed.
    #[error("the snapshot is not in the log that the checkpoint vouches for; it was changed, or never there")]
    NotIncluded,
    /// A signature does not hold.
    #[error("the signature of {0} does not hold for these bytes; the file was changed")]
    Unsigned(PartyId),
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

/// What a document cannot be made without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lacking {
    /// The log of who put it.
    Log,
    /// The record.
    Record,
    /// The card of a party.
    Card,
}

impl DocumentError {
    /// What happened, and what to do.
    pub fn sentence(&self) -> Sentence {
        let missing = |what| sentence!("refused-document", what = what);
        match self {
            Self::Missing(Lacking::Log) => missing(sentence!("what-log")),
            Self::Missing(Lacking::Record) => missing(sentence!("what-record")),
            Self::Missing(Lacking::Card) => missing(sentence!("what-card")),
            Self::Uncovered => sentence!("refused-uncovered"),
            other => other.to_string().into(),
        }
    }
}

/// What a file proves.
#[derive(Debug, Clone, Serialize)]
pub struct Verified {
    /// The snapshot.
    pub snapshot: String,
    /// True when both have signed.
    pub joint: bool,
    /// Who has signed: party, short name, fingerprint, person.
    pub signatures: Vec<Signatory>,
    /// Days of the period.
    pub days: i64,
    /// When it was counted.
    pub until: Timestamp,
    /// How many figures it has.
    pub claims: usize,
    /// How many records they name.
    pub sources: usize,
    /// The size of the log that vouches for it.
    pub size: u64,
}

/// Who signed.
#[derive(Debug, Clone, Serialize)]
pub struct Signatory {
    /// The party.
    pub party: PartyId,
    /// Its short name, as its card says.
    pub name: String,
    /// The fingerprint to compare with what the reader trusts.
    pub fingerprint: String,
    /// The person, by name and office.
    pub signatory: String,
    /// What they said to it; may be empty.
    pub reason: String,
    /// What their party counts otherwise.
    pub differences: Vec<Difference>,
    /// What the signature covers: `picture`, and where the whole answer was signed `signatory`, `reason` and `differences`.
    pub covers: &'static [&'static str],
}

/// Makes the document of a snapshot that is here.
pub fn document(desk: &Desk, held: &Held) -> Result<Signed, DocumentError> {
    let key = LogKey { party: held.said.by, realm: desk.realm.clone() };
    let log = desk.ledger.find(&key).ok_or(DocumentError::Missing(Lacking::Log))?;
    let reader = desk.ledger.reader()?;
    let mut found = None;
    reader.entry(held.seq, |entry| {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).ok();
        found = entry.header.and_then(text).map(|header| (header, entry.position));
    })?;
    let (header, position) = found.ok_or(DocumentError::Missing(Lacking::Record))?;
    let note = if log == desk.log {
        desk.ledger.checkpoint(log, &desk.keys)?
    } else {
        let newest = reader.checkpoint_upto(log, reader.size(log)?)?;
        newest.filter(|note| note.size() > position.0).ok_or(DocumentError::Uncovered)?
    };
    let path = reader.prove_inclusion(log, position, note.size())?.path;
    let cards = [held.said.by, held.said.with].map(|party| card_of(desk, party));
    let answers = held.answers.values().map(|answered| Place {
        position: answered.position,
        body: String::from_utf8_lossy(&answered.body).into_owned(),
    });
    Ok(Signed {
        format: FORMAT.to_owned(),
        header,
        body: String::from_utf8_lossy(&held.body).into_owned(),
        position: position.0,
        path: path.iter().map(Digest::hex).collect(),
        checkpoint: note.text().to_owned(),
        cards: cards.into_iter().collect::<Result<_, _>>()?,
        answers: answers.collect(),
    })
}

fn card_of(desk: &Desk, party: PartyId) -> Result<SignedCard, DocumentError> {
    let query = "SELECT card FROM party WHERE id = ?1";
    let reader = desk.views.read()?;
    let text: Option<String> = reader.query_row(query, [party.to_string()], |row| row.get(0)).optional()?;
    text.and_then(|text| serde_json::from_str(&text).ok()).ok_or(DocumentError::Missing(Lacking::Card))
}

/// Checks a file with nothing but itself; which fingerprints to trust is for its reader to say.
pub fn verify(bytes: &[u8]) -> Result<Verified, DocumentError> {
    if bytes.len() > MOST_BYTES {
        return Err(DocumentError::Malformed(format!("longer than {MOST_BYTES} bytes")));
    }
    let malformed = |error: serde_json::Error| DocumentError::Malformed(error.to_string());
    let file: Signed = serde_json::from_slice(bytes).map_err(malformed)?;
    if file.format != FORMAT {
        return Err(DocumentError::Malformed("its format is another".to_owned()));
    }
    let said: Snapshot = serde_json::from_str(&file.body).map_err(malformed)?;
    let lines = file.cards.iter().take(2).map(card::line).collect::<Result<Vec<_>, _>>()?;
    let line_of = |party: PartyId| lines.iter().find(|(card, _)| card.party == party);
    let (_, line) = line_of(said.by).ok_or(DocumentError::Missing(Lacking::Card))?;
    let size = included(&file, &said, line)?;
    let mut signatures: Vec<Signatory> = Vec::new();
    for place in file.answers.iter().take(2) {
        let answer: Cosign = serde_json::from_str(&place.body).map_err(malformed)?;
        if answer.word != Word::Signed {
            continue;
        }
        let concerned = answer.party == said.by || answer.party == said.with;
        let card = line_of(answer.party).filter(|_| concerned && answer.snapshot == said.snapshot);
        let (card, line) = card.ok_or(DocumentError::Unsigned(answer.party))?;
        let covers = covered(&answer, file.body.as_bytes(), line.held_at(place.position));
        let covers = covers.ok_or(DocumentError::Unsigned(answer.party))?;
        if signatures.iter().all(|one| one.party != answer.party) {
            signatures.push(Signatory {
                party: answer.party,
                name: card.short.clone(),
                fingerprint: line.first().fingerprint_text(),
                signatory: answer.signatory,
                reason: answer.reason,
                differences: answer.differences,
                covers: covers.words(),
            });
        }
    }
    Ok(Verified {
        joint: signatures.len() == 2,
        signatures,
        days: said.days,
        until: said.until,
        claims: said.claims.len(),
        sources: said.claims.iter().map(|claim| claim.sources.len()).sum(),
        size,
        snapshot: said.snapshot,
    })
}

/// That the record is in the log of who put it, unchanged; the size of that log.
fn included(file: &Signed, said: &Snapshot, line: &KeyLine) -> Result<u64, DocumentError> {
    let header =
        Header::parse(file.header.as_bytes()).map_err(|error| DocumentError::Malformed(error.to_string()))?;
    let note = CheckpointNote::parse(file.checkpoint.as_bytes())?;
    let realm: Realm = header.realm.parse().map_err(|_| DocumentError::NotIncluded)?;
    let origin = LogKey { party: said.by, realm }.origin();
    let holds = line.vouching_for(note.size()).any(|keys| note.verify(&origin, keys).is_ok());
    if !holds {
        return Err(DocumentError::NotIncluded);
    }
    let path = file.path.iter().map(|text| text.parse().ok()).collect::<Option<Vec<Digest>>>();
    let inclusion = Inclusion {
        leaf: records::leaf_hash(file.header.as_bytes()).0,
        position: Position(file.position),
        size: note.size(),
        root: note.root(),
        path: path.ok_or(DocumentError::NotIncluded)?,
    };
    let same = header.kind == Snapshot::KIND
        && header.author == said.by
        && header.body_sha256() == Digest::of(file.body.as_bytes());
    if same && inclusion.holds() { Ok(note.size()) } else { Err(DocumentError::NotIncluded) }
}
