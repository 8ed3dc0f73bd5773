//! Approval by two: whether an act needs a second person, holding it until one has spoken, and carrying it out then.

use model::{PartyId, Tlp};
use records::release_decision::ReleaseDecision;
use records::release_draft::ReleaseDraft;
use records::release_rule::ReleaseRule;
use serde_json::Value;
use ui::locale::Sentence;
use ui::sentence;

use crate::desk::Desk;
use crate::edge;
use crate::sql::SqlError;
use crate::submit::SubmitError;
use crate::views::release::{self, Held, Stage};

/// An act that somebody is about to do.
#[derive(Debug, Clone)]
pub struct Act<'a> {
    /// The name of its permission.
    pub name: &'static str,
    /// What people call it.
    pub title: &'a str,
    /// The markings of what it touches; what has none counts as the narrowest.
    pub markings: Vec<Tlp>,
    /// Who would receive it.
    pub recipients: Vec<PartyId>,
    /// The law under which it files a report, when it does.
    pub regime: Option<&'a str>,
}

/// Why a draft was not decided.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// There is no such draft.
    #[error("there is no such draft; load the list again")]
    Unknown,
    /// Somebody was faster.
    #[error("{}", self.sentence())]
    Decided,
    /// One person alone is not two.
    #[error("{}", self.sentence())]
    Same,
    /// The ledger refused.
    #[error(transparent)]
    Submit(#[from] SubmitError),
    /// The views could not be read.
    #[error("cannot read the views: {0}; see `entente doctor`")]
    Views(#[from] SqlError),
}

impl DecideError {
    /// What happened, and what to do.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Decided => sentence!("refused-decided"),
            Self::Same => sentence!("refused-same"),
            other => other.to_string().into(),
        }
    }
}

impl Desk {
    /// The rules by which `act` needs a second person.
    pub fn held_by(&self, act: &Act<'_>) -> Result<Vec<ReleaseRule>, SqlError> {
        let mut rules = release::rules(&self.views.read()?)?;
        rules.retain(|rule| rule.fits(act.name, &act.markings, &act.recipients, act.regime));
        Ok(rules)
    }

    /// Holds an act for a second person; the id of the draft.
    pub fn hold(
        &self,
        act: &Act<'_>,
        rules: &[ReleaseRule],
        request: Value,
        by: &str,
    ) -> Result<String, SubmitError> {
        let draft = ReleaseDraft {
            draft: edge::uuid().to_string(),
            act: act.name.to_owned(),
            title: act.title.to_owned(),
            markings: act.markings.clone(),
            recipients: act.recipients.clone(),
            rules: rules.iter().map(|rule| rule.name.clone()).collect(),
            request,
            by: by.to_owned(),
        };
        self.note(&draft)?;
        Ok(draft.draft)
    }

    /// The second person's word. Whoever asked may take it back, and not approve it.
    pub fn decide(&self, id: &str, approved: bool, reason: &str, by: &str) -> Result<Held, DecideError> {
        let _turn = self.deciding.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let held = release::draft(&self.views.read()?, id)?.ok_or(DecideError::Unknown)?;
        // What was approved and could not be carried out is taken off the list by a refusal.
        let is_open = held.stage == Stage::Waiting || (held.stage == Stage::Approved && !approved);
        if !is_open {
            return Err(DecideError::Decided);
        }
        if approved && held.draft.by == by {
            return Err(DecideError::Same);
        }
        let (draft, reason, by) = (id.to_owned(), reason.to_owned(), by.to_owned());
        self.note(&ReleaseDecision { draft, approved, done: false, reason, by: by.clone() })?;
        // On another node of the cluster somebody may have been faster: the ledger's order says who.
        let now = release::draft(&self.views.read()?, id)?.ok_or(DecideError::Unknown)?;
        let ours =
            now.decision.as_ref().is_some_and(|decision| decision.by == by && decision.approved == approved);
        if ours { Ok(now) } else { Err(DecideError::Decided) }
    }

    /// Notes that an approved draft was carried out.
    pub fn carried_out(&self, held: &Held) -> Result<(), SubmitError> {
        let draft = held.draft.draft.clone();
        let by = held.decision.as_ref().map_or_else(String::new, |decision| decision.by.clone());
        self.note(&ReleaseDecision { draft, approved: true, done: true, reason: String::new(), by }).map(drop)
    }
}
