//! Putting a picture to another party: what may go to them, counted, written down and signed.

use desk::addressed::{self, Unreleased};
use desk::submit::SubmitError;
use desk::{Desk, edge};
use model::{AgreementId, Marking, PartyId, Timestamp, Tlp};
use records::cosign::{Cosign, Word};
use records::snapshot::Snapshot;
use share::Receiver;
use ui::locale::{Part, Sentence};
use ui::sentence;

use super::count::count;
use super::covered::stated;
use crate::sight::{Sight, SightError};
use crate::trend::Period;

/// The method of docs/picture.md.
const METHOD: u32 = 1;
/// The longest note, and name and office, in characters.
pub(crate) const NOTE_CHARS: usize = 2_000;
pub(crate) const SIGNATORY_CHARS: usize = 200;

/// What is put to whom.
#[derive(Debug, Clone)]
pub struct Proposing {
    /// To whom.
    pub with: PartyId,
    /// Under which agreement.
    pub agreement: AgreementId,
    /// Days of the period: 7, 28, 91 or 364.
    pub days: String,
    /// The person who signs, by name and office.
    pub signatory: String,
    /// A word to the other party; may be empty.
    pub note: String,
    /// The snapshot that it takes the place of.
    pub replaces: Option<String>,
    /// What the person may see: nothing else is counted.
    pub clearance: Tlp,
}

/// Why nothing was put to anybody.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum ProposeError {
    /// No such period.
    Period(String),
    /// Nobody is named.
    Nobody,
    /// Too long.
    LongNote,
    /// No such agreement between the two, or not now.
    NoAgreement(AgreementId),
    /// There is nothing to say.
    Empty,
    /// It would not reach them.
    #[error(transparent)]
    Unreleased(#[from] Unreleased),
    /// The picture could not be read.
    Sight(String),
    /// The ledger refused.
    #[error(transparent)]
    Submit(#[from] SubmitError),
}

impl ProposeError {
    /// What happened, and what to do.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Period(text) => sentence!("refused-period", text = Part::quoted(text)),
            Self::Nobody => sentence!("refused-signatory", most = SIGNATORY_CHARS),
            Self::LongNote => sentence!("refused-note-long", most = NOTE_CHARS),
            Self::NoAgreement(id) => sentence!("refused-in-force", id = id.to_string()),
            Self::Empty => sentence!("refused-nothing-spoken"),
            Self::Unreleased(error) => error.sentence(),
            Self::Sight(error) => sentence!("refused-picture-read", error = error.as_str()),
            Self::Submit(error) => error.to_string().into(),
        }
    }
}

impl From<SightError> for ProposeError {
    fn from(error: SightError) -> Self {
        ProposeError::Sight(error.to_string())
    }
}

/// Counts, writes and signs; returns the id.
pub fn propose(desk: &Desk, asked: &Proposing, now: Timestamp) -> Result<String, ProposeError> {
    let period = Period::of(&asked.days).ok_or_else(|| ProposeError::Period(asked.days.clone()))?;
    let signatory = asked.signatory.trim();
    if !(1..=SIGNATORY_CHARS).contains(&signatory.chars().count()) {
        return Err(ProposeError::Nobody);
    }
    if asked.note.chars().count() > NOTE_CHARS {
        return Err(ProposeError::LongNote);
    }
    let known = desk.known();
    let in_force = known.book.in_force(&asked.agreement, now).ok();
    let between = in_force.is_some_and(|agreement| {
        agreement.has_party(&desk.me) && agreement.has_party(&asked.with) && asked.with != desk.me
    });
    if !between {
        return Err(ProposeError::NoAgreement(asked.agreement));
    }
    let receiver = Receiver::member(desk.realm.clone(), asked.clearance);
    let given = Sight::new(desk, &receiver, now, None)?.for_party(asked.with, now);
    let counted = count(&given, period)?;
    if counted.claims.is_empty() {
        return Err(ProposeError::Empty);
    }
    let snapshot = Snapshot {
        snapshot: edge::uuid().to_string(),
        replaces: asked.replaces.clone(),
        by: desk.me,
        with: asked.with,
        agreement: asked.agreement,
        method: METHOD,
        days: period.days,
        until: now,
        claims: counted.claims,
        note: asked.note.trim().to_owned(),
    };
    let marking = counted.marking.unwrap_or(Marking::tlp(Tlp::Amber));
    let said = addressed::sealed(desk, &snapshot, marking, &[asked.with])?;
    let signed = stated(signature(desk, &snapshot.snapshot, &said.body, signatory), &desk.keys);
    let signed = addressed::sealed(desk, &signed, marking, &[asked.with])?;
    desk.submit_and_fold(vec![said, signed])?;
    Ok(snapshot.snapshot)
}

/// This party's signature under the bytes of a snapshot; what else it says is still to be stated.
pub(super) fn signature(desk: &Desk, snapshot: &str, body: &[u8], signatory: &str) -> Cosign {
    let [ed25519, ml_dsa_87] = desk.keys.sign(Cosign::CONTEXT, body).to_base64();
    Cosign {
        snapshot: snapshot.to_owned(),
        body_sha256: model::Digest::of(body),
        party: desk.me,
        word: Word::Signed,
        signatory: signatory.to_owned(),
        reason: String::new(),
        differences: Vec::new(),
        ed25519,
        ml_dsa_87,
        statement: String::new(),
        statement_ed25519: String::new(),
        statement_ml_dsa_87: String::new(),
    }
}
