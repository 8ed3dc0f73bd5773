//! Saying how this party assesses risk.

use desk::Desk;
use desk::submit::SubmitError;
use model::{Marking, RecordId};
use packs::Methods;
use records::practice::Practice;
use records::{Marked, Seal, leaf_hash};
use ui::locale::Sentence;
use ui::sentence;

/// Why it cannot be said.
#[derive(Debug, thiserror::Error)]
pub enum DeclareError {
    /// A field.
    #[error("{field}: {fault}")]
    At {
        /// Which.
        field: &'static str,
        /// What is wrong with it and what to do.
        fault: Sentence,
    },
    /// The ledger.
    #[error(transparent)]
    Submit(#[from] SubmitError),
}

/// The longest text of one field, in characters.
const MOST_CHARS: usize = 2_000;

/// Says it, under this marking; it goes where an agreement grants such records.
pub fn declare(desk: &Desk, practice: Practice, marking: Marking) -> Result<RecordId, DeclareError> {
    let practice = Practice {
        method: required("method", &practice.method)?,
        scope: required("scope", &practice.scope)?,
        edition: within("edition", &practice.edition)?,
        departs: within("departs", &practice.departs)?,
        contact: within("contact", &practice.contact)?,
        ended: practice.ended,
    };
    let now = desk::edge::now();
    let seal = Seal { marked: Marked::Known(marking), ..desk.seal::<Practice>(now) };
    let sealed = seal.body(&practice, desk::edge::salt());
    let record = leaf_hash(&sealed.header);
    desk.submit_and_fold(vec![sealed])?;
    Ok(record)
}

fn required(field: &'static str, text: &str) -> Result<String, DeclareError> {
    let text = within(field, text)?;
    let fault = || match field {
        "method" => {
            let known: Vec<&str> = Methods::embedded().methods.keys().map(String::as_str).collect();
            sentence!("refused-method", list = known.join(", "))
        }
        _ => sentence!("refused-scope"),
    };
    if text.is_empty() { Err(DeclareError::At { field, fault: fault() }) } else { Ok(text) }
}

fn within(field: &'static str, text: &str) -> Result<String, DeclareError> {
    let text = text.trim();
    if text.chars().count() > MOST_CHARS {
        let fault = sentence!("refused-longer", most = MOST_CHARS);
        return Err(DeclareError::At { field, fault });
    }
    Ok(text.to_owned())
}
