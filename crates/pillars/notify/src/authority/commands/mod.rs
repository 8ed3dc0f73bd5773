//! What an authority does: take a report in, look after it, hand it on, name a cause, warn others.

pub mod forward_report;
pub mod handle_report;
pub mod name_cause;
pub mod receive_report;
pub mod warn;

use desk::Desk;
use desk::sql::SqlError;
use desk::submit::SubmitError;
use ledger::Receipt;
use model::{Marking, ReportId, Timestamp, Tlp};
use records::{Body, Marked, Seal, Sealed};
use ui::locale::Sentence;
use ui::sentence;

use super::docket::{Docket, docket};
use crate::labels;

/// What was reported is for the authority alone: TLP:AMBER+STRICT.
pub(crate) const MARKING: Marking = Marking::tlp(Tlp::AmberStrict);

/// The longest text of one field or step, characters.
pub const MAX_CHARS: usize = 20_000;

/// Why a step of the authority was refused.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum AuthorityError {
    /// Something that cannot be right, at its field.
    Field {
        /// The field.
        field: String,
        /// What is wrong with it and what to do.
        fault: Sentence,
    },
    /// No such report.
    Unknown(String),
    /// Law enforcement asked to hold it back.
    HeldBack(Timestamp),
    /// The views cannot be read.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// The ledger refused.
    #[error(transparent)]
    Submit(#[from] SubmitError),
}

impl AuthorityError {
    pub(crate) fn at(field: impl Into<String>, fault: Sentence) -> Self {
        Self::Field { field: field.into(), fault }
    }

    /// What happened, and what to do.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Field { field, fault } => {
                sentence!("refused-at", field = labels::field(field), fault = fault.clone())
            }
            Self::Unknown(id) => sentence!("refused-report", id = id.as_str()),
            Self::HeldBack(until) => sentence!("refused-held-back", until = *until),
            Self::Sql(error) => error.to_string().into(),
            Self::Submit(error) => error.to_string().into(),
        }
    }
}

/// The docket, or why there is none.
pub(crate) fn known(desk: &Desk, id: ReportId) -> Result<Docket, AuthorityError> {
    docket(&desk.views, id)?.ok_or_else(|| AuthorityError::Unknown(id.to_string()))
}

/// A text that may be missing, trimmed.
pub(crate) fn short(field: &str, text: &str, most: usize) -> Result<String, AuthorityError> {
    let text = text.trim();
    if text.chars().count() > most {
        return Err(AuthorityError::at(field, sentence!("refused-shorten", most = most)));
    }
    Ok(text.to_owned())
}

/// A text that must be there, trimmed.
pub(crate) fn text(field: &str, text: &str, most: usize) -> Result<String, AuthorityError> {
    if text.trim().is_empty() {
        return Err(AuthorityError::at(field, sentence!("refused-fill")));
    }
    short(field, text, most)
}

/// A State, ISO 3166-1 alpha-2; may be missing.
pub(crate) fn country(field: &str, code: &str) -> Result<String, AuthorityError> {
    let code = code.trim().to_ascii_uppercase();
    let fits = code.is_empty() || (code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()));
    if fits { Ok(code) } else { Err(AuthorityError::at(field, sentence!("refused-state"))) }
}

/// Seals what stays with the authority and submits it.
pub(crate) fn keep<B: Body>(desk: &Desk, body: &B, about: &str) -> Result<Receipt, AuthorityError> {
    Ok(desk.submit_and_fold(vec![kept(desk, body, about)])?)
}

/// Seals what stays with the authority.
pub(crate) fn kept<B: Body>(desk: &Desk, body: &B, about: &str) -> Sealed {
    let about = [about.to_owned()];
    let seal = Seal { marked: Marked::Known(MARKING), about: &about, ..desk.seal::<B>(desk::edge::now()) };
    seal.body(body, desk::edge::salt())
}
