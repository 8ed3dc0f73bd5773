//! What a person found out about an attempt whose end is not known: the log of the mail server says, or the recipient.

use desk::Desk;
use desk::views::release;
use model::{IncidentId, Timestamp};
use records::mailing::{Mailing, Step};
use records::submission::{Mailed, Second, Submission};
use ui::sentence;

use super::attempts::{Attempt, attempts};
use super::send::under_way;
use super::{CHANNEL, Hindrance};
use crate::case::{Case, Said, case};
use crate::commands::{StateError, check, sealed, text, whole};
use crate::facts::FactError;
use crate::law;

/// What they found.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    /// When the server took it; none: it did not go.
    pub went: Option<Timestamp>,
    /// How they know.
    pub reason: &'a str,
    /// Who.
    pub by: &'a str,
}

/// Writes it down: a submission when it went, else the end of the attempt.
pub fn settle(
    desk: &Desk,
    incident: IncidentId,
    mailing: &str,
    found: &Found<'_>,
) -> Result<Attempt, StateError> {
    let case = case(&desk.views, incident)?.ok_or(StateError::Unknown(incident))?;
    let open = attempts(&desk.views, &case)?;
    let Some(open) = open.into_iter().find(|attempt| attempt.mailing == mailing && attempt.is_open()) else {
        return Err(FactError::at("mailing", sentence!("refused-mail-settled")).into());
    };
    if under_way().contains(mailing) {
        return Err(Hindrance::Underway.into());
    }
    text(sentence!("what-knows"), found.reason)?;
    match found.went {
        Some(at) => went(desk, &case, &open, (whole(at), found))?,
        None => {
            let step = Mailing {
                incident,
                stage: open.stage.clone(),
                mailing: mailing.to_owned(),
                by: found.by.to_owned(),
                step: Step::NotSent { reason: found.reason.trim().to_owned() },
            };
            desk.submit_and_fold(vec![sealed(desk, &step, incident, desk::edge::now())])?;
        }
    }
    Ok(open)
}

fn went(
    desk: &Desk,
    case: &Case,
    open: &Attempt,
    (at, found): (Timestamp, &Found<'_>),
) -> Result<(), StateError> {
    // The log of a server counts whole seconds.
    if at.as_second() < open.at.as_second() {
        return Err(FactError::at("at", sentence!("refused-mail-before")).into());
    }
    let library = law::as_of(&desk.views, open.at.as_microsecond())?;
    let pack = library.pack_of(&open.stage).map(|pack| pack.head.label()).unwrap_or_default();
    let sent = Submission {
        incident: case.id,
        stage: open.stage.clone(),
        at,
        channel: CHANNEL.into(),
        reference: open.begun.message_id.clone(),
        by: found.by.to_owned(),
        pack,
        evidence: found.reason.trim().to_owned(),
        evidence_file: Some(open.begun.message.clone()),
        second: second(desk, open)?,
        mail: Some(Box::new(Mailed {
            mailing: open.mailing.clone(),
            to: open.begun.to.clone(),
            server: open.begun.server.clone(),
            reply: String::new(),
            message_id: open.begun.message_id.clone(),
            sha256: open.begun.message.sha256.clone(),
        })),
    };
    let now = desk::edge::now();
    check(&library, case, Said::Submission(sent.clone()), now)?;
    desk.submit_and_fold(vec![sealed(desk, &sent, case.id, now)])?;
    Ok(())
}

/// Who approved the draft by which it went.
fn second(desk: &Desk, open: &Attempt) -> Result<Option<Second>, StateError> {
    let Some(draft) = &open.begun.draft else { return Ok(None) };
    let held = release::draft(&desk.views.read()?, draft)?;
    let by = held.and_then(|held| held.decision).map(|decision| decision.by);
    Ok(by.map(|by| Second { draft: draft.clone(), by }))
}
