//! Two people for what goes to an authority: where a rule of this party wants it, a filing or a note of one waits as a
//! draft until a second person, who is another, approves or refuses it.
//!
//! What was asked for is kept word for word, and that is what is carried out. When a report was sent by hand is what the
//! first person said; over the link it is the moment at which it really goes. A late approval changes neither.

use std::sync::{Arc, Mutex, PoisonError};

use desk::access::Permit as _;
use desk::notice::Couriers;
use desk::pages::{App, CarryOut, PageError};
use desk::sql::SqlError;
use desk::views::release::{self, Stage};
use desk::{Act, Desk};
use model::{IncidentId, PartyId, Timestamp};
use packs::Library;
use records::Sealed;
use records::release_draft::ReleaseDraft;
use records::release_rule::ReleaseRule;
use records::submission::Second;
use serde::{Deserialize, Serialize};

use crate::access::StageSubmit;
use crate::case::{Case, Said, case};
use crate::commands::attach_evidence::attach_evidence;
use crate::commands::file_stage::{Filed, MARKED, file_stage, ready};
use crate::commands::submit_stage::{Sent, checked, submit_with};
use crate::commands::{MARKING, StateError, Word};
use crate::law;
use crate::mailing::{self, Mail};

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Asked {
    /// To file over the link.
    Link {
        /// The incident.
        incident: IncidentId,
        /// What goes, and to whom.
        filed: Filed,
    },
    /// To send by mail, word for word.
    Mail {
        /// The incident.
        incident: IncidentId,
        /// What goes, and to which address.
        mail: Mail,
    },
    /// To note what was filed by hand.
    Hand {
        /// The incident.
        incident: IncidentId,
        /// What was sent.
        sent: Sent,
    },
}

impl Asked {
    /// The incident.
    pub fn incident(&self) -> IncidentId {
        match self {
            Asked::Link { incident, .. } | Asked::Mail { incident, .. } | Asked::Hand { incident, .. } => {
                *incident
            }
        }
    }

    /// The stage.
    pub fn stage(&self) -> &str {
        match self {
            Asked::Link { filed, .. } => &filed.stage,
            Asked::Mail { mail, .. } => &mail.stage,
            Asked::Hand { sent, .. } => &sent.stage,
        }
    }

    fn act<'a>(&self, library: &'a Library, title: &'a str) -> Act<'a> {
        let (marking, recipients) = match self {
            Asked::Link { filed, .. } => (MARKED, vec![filed.to]),
            Asked::Mail { .. } => (MARKED, Vec::new()),
            Asked::Hand { .. } => (MARKING, Vec::<PartyId>::new()),
        };
        let pack = library.pack_of(self.stage());
        Act {
            name: StageSubmit::PERMISSION.name,
            title,
            markings: vec![marking.tlp],
            recipients,
            regime: pack.map(|pack| pack.head.regime.as_str()),
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was done; the arrival number of its record by hand, the record over the link.
    Done(String),
    /// It waits under this draft.
    Waits(String),
}

/// A draft that waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The draft.
    pub draft: String,
    /// What was asked for.
    pub asked: Asked,
    /// Since when.
    pub since: Timestamp,
    /// Who asked.
    pub by: String,
    /// Approved, and not carried out yet.
    pub approved: bool,
}

/// The rules that want two people for it.
pub fn rules(desk: &Desk, asked: &Asked) -> Result<Vec<ReleaseRule>, SqlError> {
    let library = law::now(&desk.views)?;
    desk.held_by(&asked.act(&library, ""))
}

/// Does it, or holds it for a second person where a rule wants two. What cannot be right is refused at once.
pub fn ask(desk: &Desk, asked: Asked, account: &str) -> Result<Outcome, StateError> {
    ask_with(desk, asked, (None, None), account)
}

/// The same for a report by mail, which goes by those couriers.
pub fn ask_by_mail(
    desk: &Desk,
    couriers: Option<&Couriers>,
    (incident, mail): (IncidentId, Mail),
    account: &str,
) -> Result<Outcome, StateError> {
    ask_with(desk, Asked::Mail { incident, mail }, (couriers, None), account)
}

/// The same for what was filed by hand, with the file that proves it.
pub fn ask_with_file(
    desk: &Desk,
    (incident, mut sent): (IncidentId, Sent),
    file: Option<(&str, &[u8])>,
    account: &str,
) -> Result<Outcome, StateError> {
    let attached =
        file.map(|file| attach_evidence(desk, (incident, &sent.stage), file, &sent.by)).transpose()?;
    let sealed = attached.map(|attached| {
        sent.evidence_file = Some(attached.named);
        attached.sealed
    });
    ask_with(desk, Asked::Hand { incident, sent }, (None, sealed), account)
}

fn ask_with(
    desk: &Desk,
    asked: Asked,
    (couriers, file): (Option<&Couriers>, Option<Sealed>),
    account: &str,
) -> Result<Outcome, StateError> {
    let library = law::now(&desk.views)?;
    let rules = rules(desk, &asked)?;
    if rules.is_empty() {
        return carried_out(desk, couriers, asked, (Word::Alone, file));
    }
    let case = match &asked {
        Asked::Link { incident, filed } => ready(desk, *incident, filed).map(drop),
        Asked::Mail { incident, mail } => mailing::ready(desk, couriers, *incident, mail),
        Asked::Hand { incident, sent } => checked(desk, *incident, sent).map(drop),
    }
    .and_then(|()| case(&desk.views, asked.incident())?.ok_or(StateError::Unknown(asked.incident())))?;
    // The draft names the file, which is there before it: whoever approves can look at it.
    if let Some(file) = file {
        desk.submit_and_fold(vec![file])?;
    }
    let title = match &asked {
        // Whoever approves it reads first where it goes.
        Asked::Mail { mail, .. } => format!("{} → {}: {}", mail.stage, mail.to, case.title),
        Asked::Link { .. } | Asked::Hand { .. } => format!("{}: {}", asked.stage(), case.title),
    };
    let request = serde_json::to_value(&asked).unwrap_or_default();
    Ok(Outcome::Waits(desk.hold(&asked.act(&library, &title), &rules, request, account)?))
}

fn carried_out(
    desk: &Desk,
    couriers: Option<&Couriers>,
    asked: Asked,
    (word, file): (Word, Option<Sealed>),
) -> Result<Outcome, StateError> {
    Ok(Outcome::Done(match asked {
        Asked::Link { incident, filed } => file_stage(desk, incident, filed, word)?.to_string(),
        Asked::Mail { incident, mail } => mailing::post(desk, couriers, (incident, mail), word)?,
        Asked::Hand { incident, sent } => {
            submit_with(desk, incident, sent, (word, file))?.first_seq.to_string()
        }
    }))
}

/// Carries out what a second person approved, once: whoever asks again finds it done.
pub fn approved(
    desk: &Desk,
    couriers: Option<&Couriers>,
    draft: &ReleaseDraft,
    by: &str,
) -> Result<Asked, StateError> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let asked: Asked = serde_json::from_value(draft.request.clone())
        .map_err(|error| crate::facts::FactError::at("draft", format!("is no submission: {error}").into()))?;
    // A mail server may take its time, and an attempt is on record before it is made: nobody else waits for it.
    let by_mail = matches!(asked, Asked::Mail { .. });
    let _turn = (!by_mail).then(|| ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner));
    let done = case(&desk.views, asked.incident())?.is_some_and(|case| has(&case, &draft.draft));
    if !done {
        let second = Second { draft: draft.draft.clone(), by: by.to_owned() };
        carried_out(desk, couriers, asked.clone(), (Word::Two(second), None))?;
    }
    Ok(asked)
}

fn has(case: &Case, draft: &str) -> bool {
    case.statements.iter().any(|statement| match &statement.said {
        Said::Submission(sent) => sent.second.as_ref().is_some_and(|second| second.draft == draft),
        Said::Fact(_) | Said::Determination(_) | Said::Assignment(_) => false,
    })
}

/// What carries out a draft at the console.
pub fn carry_out() -> (&'static str, CarryOut) {
    let submit = |app: &App, draft: &ReleaseDraft, by: &str| {
        let asked = approved(&app.desk, app.site.couriers.as_deref(), draft, by)
            .map_err(|error| error.theirs().map_or_else(PageError::broken, PageError::Conflict))?;
        Ok(format!("/notify/incidents/{}/stages/{}", asked.incident(), asked.stage()))
    };
    (StageSubmit::PERMISSION.name, Arc::new(submit))
}

/// The laws for which a rule may be set, by name.
pub fn regimes() -> Vec<String> {
    Library::embedded().packs.keys().cloned().collect()
}

/// What waits, the newest first.
pub fn waiting(desk: &Desk) -> Result<Vec<Waiting>, SqlError> {
    let drafts = release::drafts(&desk.views.read()?)?.into_iter();
    let open = drafts.filter(|held| {
        matches!(held.stage, Stage::Waiting | Stage::Approved)
            && held.draft.act == StageSubmit::PERMISSION.name
    });
    let found = open.filter_map(|held| {
        Some(Waiting {
            asked: serde_json::from_value(held.draft.request).ok()?,
            draft: held.draft.draft,
            since: Timestamp::from_microsecond(held.at_us).ok()?,
            by: held.draft.by,
            approved: held.stage == Stage::Approved,
        })
    });
    Ok(found.collect())
}
