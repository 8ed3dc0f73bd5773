//! Filing a stage over the link, for the console and for programs alike: with whom, exactly what goes, and what stands in
//! its way. What is sent is what was looked at: when something was stated meanwhile, nothing goes.

use std::collections::BTreeMap;

use desk::{Desk, addressed};
use model::{Digest, PartyId, Role, Timestamp};
use packs::Library;
use records::filing::Filing;
use share::Reason;
use ui::locale::Sentence;
use ui::sentence;

use crate::case::Case;
use crate::commands::StateError;
use crate::commands::file_stage::{Filed, MARKED, filing, is_real, lacking, newest, stated};
use crate::facts::FactError;
use crate::held::{Asked, Outcome, ask, rules};
use crate::plan::{Obligation, plan};
use crate::{labels, law};

/// An authority with a node that this party trusts.
#[derive(Debug)]
pub struct Offer {
    /// The party.
    pub to: PartyId,
    /// Why it would not receive it; nothing when it would.
    pub withheld: Option<Reason>,
}

/// What somebody wants to send.
#[derive(Debug)]
pub struct Order<'a> {
    /// To whom.
    pub to: PartyId,
    /// The sector, in the words of the law; may be empty.
    pub sector: &'a str,
    /// The digest of what they looked at.
    pub seen: &'a str,
    /// Who files it, by name and office.
    pub by: &'a str,
    /// Who sends it, by account; where a rule wants two, the first of them.
    pub account: &'a str,
}

/// What would go, and what stands in its way.
#[derive(Debug)]
pub struct Looked<T> {
    /// Exactly what the recipient would read: a filing over the link, or a mail.
    pub what: T,
    /// What names it when it is sent.
    pub seen: String,
    /// Required fields that nobody has filled, by code; nothing is sent while there are any.
    pub lacks: Vec<String>,
    /// The rules that want a second person, by name.
    pub two: Vec<String>,
}

/// Looks at what would go; nothing is written.
pub fn look(
    desk: &Desk,
    library: &Library,
    case: &Case,
    stage: &str,
    order: &Order<'_>,
) -> Result<Looked<Filing>, StateError> {
    let filed = wish(library, case, stage, order);
    let filing = filing(desk, library, case.id, &filed)?;
    let asked = Asked::Link { incident: case.id, filed };
    Looked::new(desk, (library, case, stage), &asked, (digest(&filing), filing))
}

impl<T> Looked<T> {
    /// What would go under this digest, with what stands in its way.
    pub(crate) fn new(
        desk: &Desk,
        (library, case, stage): (&Library, &Case, &str),
        asked: &Asked,
        (seen, what): (String, T),
    ) -> Result<Self, StateError> {
        let two = rules(desk, asked)?.into_iter().map(|rule| rule.name).collect();
        Ok(Self { what, seen, lacks: lacking(library, case, stage), two })
    }
}

/// What goes must be what was looked at, and whole.
pub(crate) fn as_seen(
    (library, case, stage): (&Library, &Case, &str),
    digest: &str,
    seen: &str,
) -> Result<(), SendError> {
    if digest != seen {
        return Err(SendError::Changed);
    }
    let lacks = lacking(library, case, stage);
    if lacks.is_empty() { Ok(()) } else { Err(SendError::Lacks(lacks)) }
}

/// The duty of a stage at that moment, by that law; none when the incident has no such duty.
pub fn duty(
    library: &Library,
    case: &Case,
    stage: &str,
    at: Timestamp,
) -> Result<Option<Obligation>, FactError> {
    let incident = case.incident(library, at)?;
    Ok(plan(library, &incident, at).obligations.into_iter().find(|duty| duty.stage == stage))
}

/// Why nothing was sent.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum SendError {
    /// Something was stated since it was looked at.
    Changed,
    /// Required fields are empty.
    Lacks(Vec<String>),
    /// What any filing may be refused for.
    #[error(transparent)]
    State(#[from] StateError),
}

impl SendError {
    /// What to tell whoever asked, when it is for them to mend; else the failure itself, which is ours.
    pub fn theirs(self) -> Result<Sentence, StateError> {
        match self {
            Self::State(error) => error.theirs(),
            Self::Changed | Self::Lacks(_) => Ok(self.sentence()),
        }
    }

    fn sentence(&self) -> Sentence {
        match self {
            Self::Changed => sentence!("refused-changed"),
            Self::Lacks(fields) => sentence!("refused-lacks", fields = labels::several(fields)),
            Self::State(error) => error.to_string().into(),
        }
    }
}

/// Sends what was looked at, or has it wait for a second person.
pub fn send(desk: &Desk, case: &Case, duty: &Obligation, order: &Order<'_>) -> Result<Outcome, SendError> {
    let library = law::now(&desk.views).map_err(StateError::from)?;
    let stage = duty.stage.as_str();
    // Before anything else: nobody has to complete a report that will not go.
    is_real(desk, case)?;
    if !offers(desk, &library, case, duty).iter().any(|offer| offer.to == order.to) {
        let fault = FactError::at("to", sentence!("refused-no-authority"));
        return Err(StateError::from(fault).into());
    }
    let filed = wish(&library, case, stage, order);
    as_seen((&library, case, stage), &digest(&filing(desk, &library, case.id, &filed)?), order.seen)?;
    Ok(ask(desk, Asked::Link { incident: case.id, filed }, order.account)?)
}

/// The fields of the stage as they stand, for that authority.
pub fn wish(library: &Library, case: &Case, stage: &str, order: &Order<'_>) -> Filed {
    Filed {
        stage: stage.to_owned(),
        to: order.to,
        country: newest(case, "country"),
        sector: order.sector.chars().take(200).collect(),
        fields: stated(library, case, stage),
        by: order.by.to_owned(),
    }
}

/// What was looked at, so that nothing else is sent.
pub fn digest(filing: &Filing) -> String {
    Digest::of(&serde_json::to_vec(filing).unwrap_or_default()).hex()
}

/// Whether the law sends this report to an authority at all, and not to the public or into a public register.
pub fn is_for_authority(library: &Library, duty: &Obligation) -> bool {
    duty.recipients.iter().any(|to| {
        let known = library.words.recipients.get(&to.code);
        known.is_some_and(|known| !known.public) && to.code != "self"
    })
}

/// The authorities, those named by the law first.
pub fn offers(desk: &Desk, library: &Library, case: &Case, duty: &Obligation) -> Vec<Offer> {
    if !is_for_authority(library, duty) {
        return Vec::new();
    }
    let known = desk.known();
    let is_authority = |roles: &[Role]| {
        roles.iter().any(|role| matches!(role, Role::Csirt | Role::Agency | Role::Ministry | Role::Nato))
    };
    let trusted = known
        .parties
        .iter()
        .filter(|(id, party)| party.trusted && **id != desk.me && is_authority(&party.card.roles));
    let mut found: Vec<(bool, &str, Offer)> = trusted
        .map(|(id, party)| {
            let named = duty.recipients.iter().any(|to| to.code == party.card.short);
            (!named, party.card.short.as_str(), offer(desk, library, case, (duty, *id)))
        })
        .collect();
    found.sort_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1)));
    found.into_iter().map(|(_, _, offer)| offer).collect()
}

fn offer(desk: &Desk, library: &Library, case: &Case, (duty, to): (&Obligation, PartyId)) -> Offer {
    let filed = Filed {
        stage: duty.stage.clone(),
        to,
        country: String::new(),
        sector: String::new(),
        fields: BTreeMap::new(),
        by: String::new(),
    };
    let tried = filing(desk, library, case.id, &filed).ok();
    let sealed = tried.map(|filing| addressed::sealed(desk, &filing, MARKED, &[to]));
    let withheld = match sealed {
        Some(Ok(_)) => None,
        Some(Err(withheld)) => Some(withheld.reason),
        None => Some(Reason::NotPublished),
    };
    Offer { to, withheld }
}
