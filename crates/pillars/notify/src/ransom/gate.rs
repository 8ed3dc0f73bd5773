//! What stands before a payment. It bars the decision, never the record of what happened: a ransom that was paid all the
//! same is a fact, and starts its clocks.

use records::determination::{Determination, Outcome};
use records::screening::Screening;
use serde_json::Value;

use super::{CLEARED, OVERRIDE_PLEDGE};
use crate::case::{Case, Said};
use crate::heads::heads;
use packs::Library;

/// Why a payment cannot be decided.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Bar {
    /// Nobody said who would pay.
    #[error("say first whether the payer is a public body (field R11)")]
    Payer,
    /// The pledge.
    #[error(
        "the payer is a public body: members of the Counter Ransomware Initiative have said that institutions under the authority of their governments should not pay; a senior person, other than who decides, must first decide `pledge_override`, with reasons"
    )]
    Pledge,
    /// No list was looked at.
    #[error("no sanctions list was looked at; run `entente notify ransom screen` with a list of today")]
    Unscreened,
    /// Somebody is on a list.
    #[error(
        "{0} is on a sanctions list; paying may be an offence, whoever advises: ask counsel, and decide `sanctions_cleared` only when it is somebody else"
    )]
    Listed(String),
}

impl Bar {
    /// Whether every officer must hear of the attempt.
    pub fn is_told(&self) -> bool {
        matches!(self, Self::Pledge | Self::Listed(_))
    }
}

/// What stands before this decision to pay; nothing when it may be made.
pub fn bars(library: &Library, case: &Case, screened: &[Screening], decided_by: &str) -> Option<Bar> {
    let payer = heads(case, library, "R11").last().map(|head| head.fact.value.clone());
    let public = match payer {
        Some(Value::Bool(public)) => public,
        Some(Value::String(text)) if matches!(text.as_str(), "yes" | "true") => true,
        Some(Value::String(text)) if matches!(text.as_str(), "no" | "false") => false,
        _ => return Some(Bar::Payer),
    };
    if public && !last(case, OVERRIDE_PLEDGE).is_some_and(|made| made.by != decided_by) {
        return Some(Bar::Pledge);
    }
    if screened.is_empty() {
        return Some(Bar::Unscreened);
    }
    let cleared = last(case, CLEARED).map(|made| made.at);
    let open = screened.iter().filter(|one| cleared.is_none_or(|at| at < one.at)).flat_map(|one| &one.hits);
    open.map(|hit| Bar::Listed(format!("{} ({})", hit.name, hit.entry))).next()
}

/// The last yes to a question, unless a later answer took it back.
fn last<'a>(case: &'a Case, question: &str) -> Option<&'a Determination> {
    let made = case.statements.iter().rev().find_map(|statement| match &statement.said {
        Said::Determination(made) if made.question == question => Some(made),
        _ => None,
    });
    made.filter(|made| made.outcome == Outcome::Yes)
}
