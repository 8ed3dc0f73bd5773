//! What to ask next: only what a live stage needs, in order of deadline; each thing once, with who needs it and why.

mod kind;
mod needs;

use std::collections::BTreeSet;

use model::{Bilingual, Timestamp};
use packs::Library;
use packs::pack::Binds;
use serde::Serialize;

pub use kind::{AskKind, kind_of, name_of};

use crate::plan::{Applies, Incident, Obligation, Plan, State};

/// What the answer is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Where the incident is and whose law counts.
    Place,
    /// It starts a clock.
    Starts,
    /// It decides whether a stage applies, or which date it has.
    Decides,
    /// The report needs it.
    Required,
    /// The report needs it where it applies.
    WhereApplicable,
    /// It decides whether the numbers of a law are reached.
    Threshold,
}

/// One question.
#[derive(Debug, Clone, Serialize)]
pub struct Ask {
    /// The fact, the field, or what else a statement may be about.
    pub key: String,
    /// What people call it.
    pub name: Bilingual,
    /// What kind of answer.
    pub kind: AskKind,
    /// What the answer is good for.
    pub need: Need,
    /// The stage that needs it first; none for the place.
    pub stage: Option<String>,
    /// That stage's name.
    pub title: Option<Bilingual>,
    /// The alarm of that stage, when its clock runs.
    pub due: Option<Timestamp>,
}

/// Everything that is worth asking now, the most urgent first.
pub fn asks(library: &Library, incident: &Incident, plan: &Plan) -> Vec<Ask> {
    let mut list = List { library, asked: BTreeSet::new(), asks: Vec::new() };
    place(&mut list, incident);
    for duty in plan.obligations.iter().filter(|duty| is_live(duty)) {
        needs::of_stage(&mut list, incident, duty);
    }
    needs::of_thresholds(&mut list, incident, plan);
    list.asks
}

/// Regimes of which nobody has said whether they apply.
pub fn undecided<'a>(library: &'a Library, incident: &Incident) -> Vec<&'a packs::Pack> {
    let open = |pack: &&packs::Pack| incident.said_of(&pack.head.regime) == Applies::Unknown;
    library.packs.values().filter(open).collect()
}

/// A duty of a law that applies, and that is neither settled nor free.
fn is_live(duty: &Obligation) -> bool {
    let open = match duty.state {
        State::Open | State::PastAlarm | State::Overdue | State::Asap | State::Waiting => true,
        State::Silent | State::Sent | State::SentLate | State::Replaced | State::Free | State::Shadow => {
            false
        }
    };
    open && duty.asked && duty.binds == Binds::Entity
}

fn place(list: &mut List<'_>, incident: &Incident) {
    for (key, known) in [
        ("tz", incident.facts.zone.is_some()),
        ("country", incident.country().is_some()),
        ("entity_class", incident.facts.classes.is_some()),
    ] {
        if !known {
            list.add(key, Need::Place, None);
        }
    }
}

/// Questions so far; each thing is asked once, for whoever needs it first.
struct List<'a> {
    library: &'a Library,
    asked: BTreeSet<String>,
    asks: Vec<Ask>,
}

impl List<'_> {
    fn add(&mut self, key: &str, need: Need, duty: Option<&Obligation>) {
        let key = self.library.words.canonical(key).to_owned();
        if !self.asked.insert(key.clone()) {
            return;
        }
        self.asks.push(Ask {
            name: name_of(self.library, &key),
            kind: kind_of(self.library, &key),
            need,
            stage: duty.map(|duty| duty.stage.clone()),
            title: duty.map(|duty| duty.title.clone()),
            due: duty.and_then(|duty| duty.alarm),
            key,
        });
    }
}
