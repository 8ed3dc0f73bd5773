//! Duties that stand against each other: silence that is ordered, while another duty speaks to the public.

use model::Bilingual;
use packs::{Duty, Library};
use serde::Serialize;

use super::obligation::{Obligation, State};
use crate::wording::same;

/// Two duties that cannot both be met as they stand.
#[derive(Debug, Serialize)]
pub struct Conflict {
    /// The stage that orders silence.
    pub silence: String,
    /// The stage that speaks.
    pub disclosure: String,
    /// What stands against what.
    pub why: Bilingual,
}

/// Every pair of a running silence and a duty towards the public whose time comes before the silence ends.
pub fn find(library: &Library, obligations: &[Obligation]) -> Vec<Conflict> {
    let silent = obligations.iter().filter(|o| o.duty == Duty::Embargo && o.state == State::Silent);
    let mut found = Vec::new();
    for silence in silent {
        let Some(until) = silence.limit else { continue };
        let speaks = |other: &&Obligation| {
            let live = matches!(other.state, State::Open | State::PastAlarm | State::Overdue | State::Asap);
            let before = other.alarm.is_none_or(|alarm| alarm < until);
            live && before && other.stage != silence.stage && is_public(library, other)
        };
        for other in obligations.iter().filter(speaks) {
            let until = silence.limit_local.clone().unwrap_or_else(|| until.to_string());
            found.push(Conflict {
                silence: silence.stage.clone(),
                disclosure: other.stage.clone(),
                why: library.words.say("plan-conflict", &[("until", &same(until))]),
            });
        }
    }
    found
}

fn is_public(library: &Library, obligation: &Obligation) -> bool {
    let public = |code: &str| library.words.recipients.get(code).is_some_and(|recipient| recipient.public);
    obligation.recipients.iter().any(|recipient| public(&recipient.code))
}
