//! What stands before a payment. It bars the decision, never the record of what happened: a ransom that was paid all the
//! same is a fact, and starts its clocks.

use packs::Library;
use records::determination::{Determination, Outcome};
use records::screening::Screening;
use serde_json::Value;
use ui::locale::Sentence;
use ui::sentence;

use super::{CLEARED, OVERRIDE_PLEDGE};
use crate::case::{Case, Said};
use crate::heads::heads;
use crate::labels;

/// Why a payment cannot be decided.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum Bar {
    /// Nobody said who would pay.
    Payer,
    /// The pledge.
    Pledge,
    /// No list was looked at.
    Unscreened,
    /// Somebody is on a list.
    Listed(String),
}

impl Bar {
    /// What stands in the way, and what would have to come first.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Payer => sentence!("refused-payer", field = labels::coded("R11")),
            Self::Pledge => sentence!("refused-pledge", question = labels::other(OVERRIDE_PLEDGE)),
            Self::Unscreened => sentence!("refused-unscreened"),
            Self::Listed(name) => {
                sentence!("refused-listed", name = name.as_str(), question = labels::other(CLEARED))
            }
        }
    }

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
    if public && last(case, OVERRIDE_PLEDGE).is_none_or(|made| made.by == decided_by) {
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
