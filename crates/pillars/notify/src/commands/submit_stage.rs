//! Noting that a stage was really submitted, by hand or otherwise. Later clocks run from that moment.

use desk::Desk;
use ledger::Receipt;
use model::{IncidentId, Timestamp};
use records::Sealed;
use records::submission::{EvidenceFile, Submission};
use serde::{Deserialize, Serialize};
use ui::locale::Part;
use ui::sentence;

use super::{StateError, Word, check, known, sealed, short, text, whole};
use crate::case::Said;
use crate::facts::FactError;
use crate::held::Asked;
use crate::law;

/// What was sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sent {
    /// The stage.
    pub stage: String,
    /// When.
    pub at: Timestamp,
    /// By which way.
    pub channel: String,
    /// The recipient's reference.
    pub reference: String,
    /// What proves it.
    pub evidence: String,
    /// The file that proves it.
    #[serde(default)]
    pub evidence_file: Option<EvidenceFile>,
    /// Who sent it.
    pub by: String,
}

/// Notes it, with the pack by which it was made.
pub fn submit_stage(
    desk: &Desk,
    incident: IncidentId,
    sent: Sent,
    word: Word,
) -> Result<Receipt, StateError> {
    submit_with(desk, incident, sent, (word, None))
}

/// The same with the file that proves it, in one step.
pub(crate) fn submit_with(
    desk: &Desk,
    incident: IncidentId,
    sent: Sent,
    (word, file): (Word, Option<Sealed>),
) -> Result<Receipt, StateError> {
    let mut submission = checked(desk, incident, &sent)?;
    submission.second = word.second(desk, &Asked::Hand { incident, sent })?;
    let noted = sealed(desk, &submission, incident, desk::edge::now());
    Ok(desk.submit_and_fold(std::iter::once(noted).chain(file).collect())?)
}

/// The submission as it would be noted, or why it cannot be.
pub(crate) fn checked(desk: &Desk, incident: IncidentId, sent: &Sent) -> Result<Submission, StateError> {
    let case = known(desk, incident)?;
    text(sentence!("what-sent"), &sent.by)?;
    text(sentence!("what-channel"), &sent.channel)?;
    short(sentence!("what-reference"), &sent.reference)?;
    short(sentence!("what-evidence"), &sent.evidence)?;
    let library = law::now(&desk.views)?;
    let Some(pack) = library.pack_of(&sent.stage) else {
        let fault = sentence!("refused-stage", name = Part::quoted(&sent.stage));
        return Err(FactError::at("stage", fault).into());
    };
    let sent = sent.clone();
    let submission = Submission {
        incident,
        stage: sent.stage,
        at: whole(sent.at),
        channel: sent.channel,
        reference: sent.reference,
        by: sent.by,
        evidence: sent.evidence,
        evidence_file: sent.evidence_file,
        second: None,
        mail: None,
        pack: pack.head.label(),
    };
    check(&library, &case, Said::Submission(submission.clone()), desk::edge::now())?;
    Ok(submission)
}
