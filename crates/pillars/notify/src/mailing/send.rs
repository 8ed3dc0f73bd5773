//! Sending a report by mail: looked at first, noted before it goes, and filed when the server has taken it.
//!
//! 1. [`begin`] writes that it is about to go, with the message and its digest. Nothing begins while an attempt at the same
//!    stage has no known end, and nothing that was taken goes again word for word.
//! 2. The message is handed over once.
//! 3. What the server said is written: taken is the submission, at the moment its reply was here. Where the node stops
//!    between, the attempt stays open, and pages say so.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use desk::Desk;
use desk::notice::Couriers;
use desk::outbound::{Dispatch, Enclosed, Mailer, NotTaken, Taken, Written};
use ledger::OnceKey;
use model::{Digest, IncidentId, Timestamp};
use packs::{Duty, Library};
use records::mailing::{Mailing, Step};
use records::submission::{Mailed, Second, Submission};
use ui::sentence;

use super::attempts::{Attempt, attempts};
use super::{CHANNEL, End, Hindrance, Mail, compose, mailbox_of};
use crate::case::{Case, Said, case as case_of};
use crate::commands::attach_evidence::{MOST_BYTES, attach_evidence};
use crate::commands::file_stage::{MARKED, is_real};
use crate::commands::{StateError, Word, check, sealed, text, whole};
use crate::facts::FactError;
use crate::held::{Asked, Outcome, ask_by_mail};
use crate::law;
use crate::plan::Obligation;
use crate::sending::{Looked, SendError, as_seen};

/// What somebody wants to send.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// To whom, by the code of the packs.
    pub recipient: &'a str,
    /// The digest of what they looked at.
    pub seen: &'a str,
    /// Who files it, by name and office.
    pub by: &'a str,
    /// Who sends it, by account; where a rule wants two, the first of them.
    pub account: &'a str,
    /// The account whose address answers should reach; the sender's where it has none.
    pub answers: &'a str,
}

/// Looks at what would go; nothing is written.
pub fn look(
    desk: &Desk,
    library: &Library,
    (case, duty): (&Case, &Obligation),
    order: &Order<'_>,
) -> Result<Looked<Mail>, StateError> {
    let mail = wish(desk, library, (case, duty), order)?;
    let asked = Asked::Mail { incident: case.id, mail: mail.clone() };
    Looked::new(desk, (library, case, &duty.stage), &asked, (mail.digest(), mail))
}

fn wish(
    desk: &Desk,
    library: &Library,
    (case, duty): (&Case, &Obligation),
    order: &Order<'_>,
) -> Result<Mail, StateError> {
    if duty.duty == Duty::Embargo {
        return Err(FactError::at("stage", sentence!("refused-mail-silent")).into());
    }
    if !duty.recipients.iter().any(|to| to.code == order.recipient) {
        return Err(FactError::at("recipient", sentence!("refused-mail-recipient")).into());
    }
    let Some(mailbox) = mailbox_of(&desk.views, order.recipient, &duty.stage)? else {
        return Err(FactError::at("recipient", sentence!("refused-mail-no-address")).into());
    };
    let reply_to = desk.local.address(order.answers);
    Ok(compose(desk, library, (case, duty), &mailbox, (order.by, reply_to)))
}

/// Sends what was looked at, or has it wait for a second person.
pub fn send(
    desk: &Desk,
    couriers: Option<&Couriers>,
    (case, duty): (&Case, &Obligation),
    order: &Order<'_>,
) -> Result<Outcome, SendError> {
    let library = law::now(&desk.views).map_err(StateError::from)?;
    // Before anything else: nobody has to complete a report that will not go.
    is_real(desk, case)?;
    way(couriers).map_err(StateError::from)?;
    let mail = wish(desk, &library, (case, duty), order)?;
    as_seen((&library, case, &duty.stage), &mail.digest(), order.seen)?;
    Ok(ask_by_mail(desk, couriers, (case.id, mail), order.account)?)
}

/// The mail server, where reports may go by it.
pub(crate) fn way(couriers: Option<&Couriers>) -> Result<&Mailer, Hindrance> {
    let couriers = couriers.ok_or(Hindrance::NoServer)?;
    let mailer = couriers.mail.as_ref().ok_or(Hindrance::NoServer)?;
    let (up_to, marked) = (couriers.mail_up_to, MARKED.tlp);
    if marked > up_to {
        return Err(Hindrance::Marking { up_to, marked });
    }
    Ok(mailer)
}

/// What cannot be right is refused before anybody is asked to approve it. Nothing is written.
pub(crate) fn ready(
    desk: &Desk,
    couriers: Option<&Couriers>,
    incident: IncidentId,
    mail: &Mail,
) -> Result<(), StateError> {
    let case = known(desk, incident)?;
    text(sentence!("what-files"), &mail.by)?;
    is_real(desk, &case)?;
    way(couriers)?;
    let now = whole(desk::edge::now());
    let library = law::now(&desk.views)?;
    check(&library, &case, Said::Submission(noted(incident, mail, now, None)), now)?;
    free(&attempts(&desk.views, &case)?, mail)
}

/// Sends it, for somebody who may. What was taken already for the same draft is done.
pub(crate) fn post(
    desk: &Desk,
    couriers: Option<&Couriers>,
    (incident, mail): (IncidentId, Mail),
    word: Word,
) -> Result<String, StateError> {
    ready(desk, couriers, incident, &mail)?;
    let mailer = way(couriers)?;
    let second = word.second(desk, &Asked::Mail { incident, mail: mail.clone() })?;
    let begun = begin(desk, mailer, (incident, &mail), second.as_ref())?;
    finish(desk, mailer, (incident, mail), second, &begun)
}

/// An attempt that is on record and has not been made yet.
#[derive(Debug)]
pub struct Begun {
    /// Its id.
    pub mailing: String,
    written: Written,
    file: records::submission::EvidenceFile,
    /// While this lives, nobody may say that it ended.
    _walking: Walking,
}

#[derive(Debug)]
struct Walking(String);

impl Walking {
    fn new(mailing: String) -> Self {
        under_way().insert(mailing.clone());
        Self(mailing)
    }
}

impl Drop for Walking {
    fn drop(&mut self) {
        under_way().remove(&self.0);
    }
}

/// Attempts of this process that have not come back.
static UNDER_WAY: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

pub(super) fn under_way() -> std::sync::MutexGuard<'static, BTreeSet<String>> {
    UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes that it is about to go. Of two who send the same stage at once, on whichever node of a party, one begins.
pub fn begin(
    desk: &Desk,
    mailer: &Mailer,
    (incident, mail): (IncidentId, &Mail),
    second: Option<&Second>,
) -> Result<Begun, StateError> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let before = attempts(&desk.views, &known(desk, incident)?)?;
    free(&before, mail)?;
    let (id, now) = (desk::edge::uuid(), whole(desk::edge::now()));
    let dispatch = dispatch(mail, id.simple().to_string(), now);
    let written = mailer.written(&dispatch).map_err(|error| wrong("to", error.to_string().into()))?;
    if written.bytes.len() > MOST_BYTES {
        let most = MOST_BYTES / 1_000_000;
        return Err(wrong("stage", sentence!("refused-mail-large", most = most)));
    }
    let name = format!("{}.eml", mail.stage);
    let file = attach_evidence(desk, (incident, &mail.stage), (&name, &written.bytes), &mail.by)?;
    let step = Step::Begun(Box::new(records::mailing::Begun {
        recipient: mail.recipient.clone(),
        to: mail.to.clone(),
        server: mailer.server().to_owned(),
        message_id: written.message_id.clone(),
        seen: mail.digest(),
        message: file.named.clone(),
        draft: second.map(|second| second.draft.clone()),
    }));
    let begun =
        Mailing { incident, stage: mail.stage.clone(), mailing: id.to_string(), by: mail.by.clone(), step };
    // The message is there before the note that names it.
    desk.submit_and_fold(vec![file.sealed])?;
    let walking = Walking::new(begun.mailing.clone());
    let of_stage = before.iter().filter(|attempt| attempt.stage == mail.stage).count();
    let answer = (key(incident, &mail.stage, of_stage), sealed(desk, &begun, incident, now));
    match desk.submit_once(vec![answer])? {
        0 => Err(Hindrance::Open { since: now }.into()),
        _ => Ok(Begun { mailing: begun.mailing, written, file: file.named, _walking: walking }),
    }
}

/// Nothing goes while the end of an attempt at the same stage is not known, nor twice word for word.
fn free(before: &[Attempt], mail: &Mail) -> Result<(), StateError> {
    let same = mail.digest();
    for attempt in before.iter().filter(|attempt| attempt.stage == mail.stage) {
        if attempt.is_open() {
            return Err(Hindrance::Open { since: attempt.at }.into());
        }
        if let End::Taken(at) = attempt.end
            && attempt.begun.seen == same
        {
            return Err(Hindrance::Same { at }.into());
        }
    }
    Ok(())
}

fn finish(
    desk: &Desk,
    mailer: &Mailer,
    (incident, mail): (IncidentId, Mail),
    second: Option<Second>,
    begun: &Begun,
) -> Result<String, StateError> {
    let server = mailer.server().to_owned();
    let said = |step: Step| {
        let (mailing, stage, by) = (begun.mailing.clone(), mail.stage.clone(), mail.by.clone());
        let step = Mailing { incident, stage, mailing, by, step };
        desk.submit_and_fold(vec![sealed(desk, &step, incident, desk::edge::now())])
    };
    match mailer.hand_over_blocking(&begun.written) {
        Ok(taken) => {
            // Should the record fail, the log of the machine still knows.
            tracing::info!(server, reply = taken.reply, id = begun.written.message_id, "a report was taken");
            filed(desk, (incident, &mail), (&server, begun, taken), second)
        }
        Err(NotTaken::Refused(why)) => {
            said(Step::Failed { said: why.clone() })?;
            Err(Hindrance::Refused { server, said: why }.into())
        }
        Err(NotTaken::Away(why)) => {
            said(Step::Failed { said: why.clone() })?;
            Err(Hindrance::Away { server, said: why }.into())
        }
        Err(NotTaken::Doubtful(why)) => {
            said(Step::Doubtful { said: why.clone() })?;
            Err(Hindrance::Doubtful { server, said: why }.into())
        }
    }
}

/// The submission, at the moment at which the server's reply was here.
fn filed(
    desk: &Desk,
    (incident, mail): (IncidentId, &Mail),
    (server, begun, taken): (&str, &Begun, Taken),
    second: Option<Second>,
) -> Result<String, StateError> {
    let mailed = Box::new(Mailed {
        mailing: begun.mailing.clone(),
        to: mail.to.clone(),
        server: server.to_owned(),
        reply: taken.reply,
        message_id: begun.written.message_id.clone(),
        sha256: begun.written.sha256(),
    });
    let sent = Submission {
        reference: begun.written.message_id.clone(),
        evidence_file: Some(begun.file.clone()),
        second,
        ..noted(incident, mail, whole(taken.at), Some(mailed))
    };
    let receipt = desk.submit_and_fold(vec![sealed(desk, &sent, incident, sent.at)])?;
    Ok(receipt.first_seq.to_string())
}

fn noted(incident: IncidentId, mail: &Mail, at: Timestamp, mailed: Option<Box<Mailed>>) -> Submission {
    Submission {
        incident,
        stage: mail.stage.clone(),
        at,
        channel: CHANNEL.into(),
        reference: String::new(),
        by: mail.by.clone(),
        pack: mail.pack.clone(),
        evidence: String::new(),
        evidence_file: None,
        second: None,
        mail: mailed,
    }
}

fn dispatch(mail: &Mail, id: String, at: Timestamp) -> Dispatch {
    let file = |ending: &str, kind: &'static str, content: &str| Enclosed {
        name: format!("{}.{ending}", mail.stage),
        kind,
        content: content.to_owned(),
    };
    Dispatch {
        to: mail.to.clone(),
        reply_to: mail.reply_to.clone(),
        subject: mail.subject.clone(),
        text: mail.text.clone(),
        files: vec![
            file("html", "text/html; charset=utf-8", &mail.html),
            file("json", "application/json", &mail.json),
        ],
        id,
        at,
    }
}

fn key(incident: IncidentId, stage: &str, before: usize) -> OnceKey {
    let mut key = OnceKey::default();
    let text = format!("mailing\n{incident}\n{stage}\n{before}");
    key.copy_from_slice(&Digest::of(text.as_bytes()).0[..16]);
    key
}

fn known(desk: &Desk, incident: IncidentId) -> Result<Case, StateError> {
    case_of(&desk.views, incident)?.ok_or(StateError::Unknown(incident))
}

fn wrong(field: &str, fault: ui::locale::Sentence) -> StateError {
    FactError::at(field, fault).into()
}
