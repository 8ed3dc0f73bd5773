//! Noting that a stage was really submitted, by hand or otherwise. Later clocks run from that moment.

use desk::Desk;
use ledger::Receipt;
use model::{IncidentId, Timestamp};
use records::submission::Submission;

use super::{StateError, check, known, short, submit, text};
use crate::case::Said;
use crate::facts::FactError;
use crate::law;

/// What was sent.
#[derive(Debug, Clone)]
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
    /// Who sent it.
    pub by: String,
}

/// Notes it, with the pack by which it was made.
pub fn submit_stage(desk: &Desk, incident: IncidentId, sent: Sent) -> Result<Receipt, StateError> {
    let case = known(desk, incident)?;
    text("who sent it", &sent.by)?;
    text("the channel", &sent.channel)?;
    short("the reference", &sent.reference)?;
    short("the evidence", &sent.evidence)?;
    let library = law::now(&desk.views)?;
    let Some(pack) = library.pack_of(&sent.stage) else {
        let fault = format!("no stage is called {:?}; see `entente notify pack list`", sent.stage);
        return Err(FactError { field: "stage".into(), fault }.into());
    };
    let submission = Submission {
        incident,
        stage: sent.stage,
        at: sent.at,
        channel: sent.channel,
        reference: sent.reference,
        by: sent.by,
        evidence: sent.evidence,
        pack: format!("{} {}", pack.head.regime, pack.head.version),
    };
    let now = desk::edge::now();
    check(&library, &case, Said::Submission(submission.clone()), now)?;
    submit(desk, &submission, incident, now)
}
