//! Answering a snapshot: signing it, declining it, or asking for a change, with what is counted otherwise here.

use desk::Desk;
use desk::addressed::{self, Unreleased};
use desk::sql::SqlError;
use desk::submit::SubmitError;
use model::{Marking, Timestamp, Tlp};
use records::cosign::{Cosign, Word};
use share::Receiver;
use ui::locale::Sentence;
use ui::sentence;

use super::covered::stated;
use super::differ::compare;
use super::held::held;
use super::propose::{NOTE_CHARS, SIGNATORY_CHARS, signature};
use crate::sight::SightError;

/// What is answered.
#[derive(Debug, Clone)]
pub struct Answering {
    /// The snapshot.
    pub snapshot: String,
    /// The word.
    pub word: Word,
    /// The person, by name and office.
    pub signatory: String,
    /// Why; needed where it is not signed.
    pub reason: String,
    /// What the person may see: differences in what they may not see are not told.
    pub clearance: Tlp,
}

/// Why nothing was answered.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum AnswerError {
    /// No such snapshot.
    Unknown(String),
    /// Answered for good.
    Signed,
    /// The proposer asks nothing of itself.
    Own,
    /// Nobody is named.
    Nobody,
    /// No reason, or too long.
    NoReason,
    /// It would not reach them.
    #[error(transparent)]
    Unreleased(#[from] Unreleased),
    /// The picture could not be read.
    Sight(String),
    /// The views could not be read.
    Sql(#[from] SqlError),
    /// The ledger refused.
    #[error(transparent)]
    Submit(#[from] SubmitError),
}

impl AnswerError {
    /// What happened, and what to do.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Unknown(id) => sentence!("refused-snapshot", id = id.as_str()),
            Self::Signed => sentence!("refused-snapshot-signed"),
            Self::Own => sentence!("refused-snapshot-own"),
            Self::Nobody => sentence!("refused-signatory", most = SIGNATORY_CHARS),
            Self::NoReason => sentence!("refused-say-why", most = NOTE_CHARS),
            Self::Unreleased(error) => error.sentence(),
            Self::Sight(error) => sentence!("refused-picture-read", error = error.as_str()),
            Self::Sql(error) => sentence!("refused-picture-read", error = error.to_string()),
            Self::Submit(error) => error.to_string().into(),
        }
    }
}

impl From<SightError> for AnswerError {
    fn from(error: SightError) -> Self {
        AnswerError::Sight(error.to_string())
    }
}

/// Writes the answer and sends it to the other party.
pub fn answer(desk: &Desk, asked: &Answering, now: Timestamp) -> Result<(), AnswerError> {
    let found = held(desk, &asked.snapshot)?.ok_or_else(|| AnswerError::Unknown(asked.snapshot.clone()))?;
    if found.said.by == desk.me {
        return Err(AnswerError::Own);
    }
    if found.is_signed_by(desk.me) {
        return Err(AnswerError::Signed);
    }
    let (signatory, reason) = (asked.signatory.trim(), asked.reason.trim());
    if !(1..=SIGNATORY_CHARS).contains(&signatory.chars().count()) {
        return Err(AnswerError::Nobody);
    }
    let fits = match asked.word {
        Word::Signed => reason.chars().count() <= NOTE_CHARS,
        Word::Declined | Word::Asked => (1..=NOTE_CHARS).contains(&reason.chars().count()),
    };
    if !fits {
        return Err(AnswerError::NoReason);
    }
    let receiver = Receiver::member(desk.realm.clone(), asked.clearance);
    let compared = compare(desk, &found.said, &receiver, now)?;
    let signed = signature(desk, &asked.snapshot, &found.body, signatory);
    let body = Cosign {
        word: asked.word,
        reason: reason.to_owned(),
        differences: compared.differences(),
        ..match asked.word {
            Word::Signed => signed,
            Word::Declined | Word::Asked => {
                Cosign { ed25519: String::new(), ml_dsa_87: String::new(), ..signed }
            }
        }
    };
    let body = stated(body, &desk.keys);
    // What is counted here may be marked more strictly than what they put.
    let marks = compared.ours.marking.into_iter().chain(theirs(desk, found.class));
    let marking = marks.reduce(Marking::strictest).unwrap_or(Marking::tlp(Tlp::Amber));
    let sealed = addressed::sealed(desk, &body, marking, &[found.other(desk.me)])?;
    desk.submit_and_fold(vec![sealed])?;
    Ok(())
}

/// The marking under which it came.
fn theirs(desk: &Desk, class: u32) -> Option<Marking> {
    match desk.views.classes().get(class as usize)?.marked {
        records::Marked::Known(marking) => Some(marking),
        records::Marked::Missing | records::Marked::Unknown => None,
    }
}
