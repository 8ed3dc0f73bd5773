//! The plan of an incident: which duties follow, towards whom, by when, on what ground, what is still missing, and
//! which do not follow, and why. A pure function of law, incident and instant, so that it can be made again for
//! any moment of the past.

mod conflict;
mod explain;
mod incident;
mod national;
mod obligation;
mod outline;
mod places;
mod reason;

use model::{Bilingual, Timestamp};
use packs::{Library, Pack};
use serde::Serialize;

pub use conflict::Conflict;
pub use incident::{Applies, Incident};
pub use obligation::{Named, Obligation, State};
pub use outline::{Outline, Sketch, outline};
pub use places::{Places, Stands, places};

use crate::clocks::{Answer, Clock, Run};
use crate::threshold::{self, Threshold};

/// The whole answer.
#[derive(Debug, Serialize)]
pub struct Plan {
    /// The instant for which it was made.
    pub at: Timestamp,
    /// The versions of packs, calendars and zones by which it was made.
    pub made_with: String,
    /// Whether it is about an exercise.
    pub exercise: bool,
    /// Duties, the most urgent first.
    pub obligations: Vec<Obligation>,
    /// What the numbers of the laws say of the event; people decide.
    pub thresholds: Vec<Threshold>,
    /// What does not apply, and why.
    pub excluded: Vec<Excluded>,
    /// Duties that stand against each other.
    pub conflicts: Vec<Conflict>,
    /// What a reader must know about the law of the State.
    pub notes: Vec<Bilingual>,
    /// What was given and no clock knows.
    pub unused: Vec<String>,
}

impl Plan {
    /// The duty that is due next: the first that is neither settled nor free, of laws that apply before others.
    pub fn next(&self) -> Option<&Obligation> {
        let live = |duty: &&Obligation| {
            matches!(
                duty.state,
                State::Open | State::PastAlarm | State::Overdue | State::Silent | State::Asap
            )
        };
        let list = || self.obligations.iter().filter(live);
        list().find(|duty| duty.asked).or_else(|| list().next())
    }
}

/// A stage that does not apply.
#[derive(Debug, Serialize)]
pub struct Excluded {
    /// The regime.
    pub regime: String,
    /// The stage; none when the whole regime is out.
    pub stage: Option<String>,
    /// Why.
    pub reasons: Vec<Bilingual>,
}

/// Makes the plan.
pub fn plan(library: &Library, incident: &Incident, at: Timestamp) -> Plan {
    let incident = &*incident.known_at(at);
    let mut run = Run::new(library, &incident.facts);
    let (mut obligations, mut excluded, mut thresholds) = (Vec::new(), Vec::new(), Vec::new());
    for regime in &incident.facts.regimes {
        let Some(pack) = library.packs.get(regime) else { continue };
        if let Some(why) = out(incident, pack) {
            let reasons = vec![why.says(library)];
            excluded.push(Excluded { regime: regime.clone(), stage: None, reasons });
            continue;
        }
        thresholds.extend(threshold::weigh(&mut run, pack));
        for id in library.stages_of(regime) {
            let Some(clock) = run.clock(id) else { continue };
            if clock.applies == Answer::No {
                let reasons = reason::conditions(&mut run, &clock, Answer::No);
                excluded.push(Excluded { regime: regime.clone(), stage: Some(id.to_owned()), reasons });
            } else {
                obligations.push(obligation::make(&mut run, incident, &clock, at));
            }
        }
    }
    replace(library, &mut obligations);
    obligations.sort_by(|a, b| a.order().cmp(&b.order()));
    Plan {
        at,
        made_with: library.version(),
        exercise: incident.exercise,
        conflicts: conflict::find(library, &obligations),
        notes: incident.countries(library),
        obligations,
        thresholds,
        excluded,
        unused: incident.facts.unused.clone(),
    }
}

/// Why a whole regime is out.
enum Out<'a> {
    /// Somebody said so.
    Denied,
    /// This special law applies in its place.
    Yields(&'a str),
}

impl Out<'_> {
    fn says(&self, library: &Library) -> Bilingual {
        match self {
            Self::Denied => library.words.term("plan-denied"),
            Self::Yields(to) => library.words.say("plan-yields", &[("what", &crate::wording::same(*to))]),
        }
    }
}

/// Whether a whole regime is out.
fn out<'a>(incident: &Incident, pack: &'a Pack) -> Option<Out<'a>> {
    if incident.applies(&pack.head.regime) == Applies::No {
        return Some(Out::Denied);
    }
    let special = pack.head.yields_to.iter().find(|other| incident.applies(other) == Applies::Yes)?;
    Some(Out::Yields(special))
}

/// A report that was sent in the place of others settles them.
fn replace(library: &Library, obligations: &mut [Obligation]) {
    let sent: Vec<String> = obligations
        .iter()
        .filter(|obligation| obligation.is_sent())
        .flat_map(|obligation| {
            let pack = library.packs.get(&obligation.regime);
            let stage = pack.and_then(|pack| pack.stage_on(&obligation.stage, None));
            stage.map_or_else(Vec::new, |stage| stage.replaces.clone())
        })
        .collect();
    for obligation in obligations.iter_mut().filter(|o| sent.contains(&o.stage) && !o.is_sent()) {
        obligation.state = State::Replaced;
        obligation.reasons.push(library.words.term("plan-replaced"));
    }
}

/// The first anchor of a stage that is known, and when it was.
fn started<'a>(run: &mut Run<'a>, clock: &Clock<'a>) -> Option<(&'a packs::Limb, crate::Moment)> {
    clock.stage.limbs.iter().find_map(|limb| Some((limb, run.moment(&limb.anchor)?)))
}
