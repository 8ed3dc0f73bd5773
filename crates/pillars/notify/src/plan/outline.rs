//! A plan without words: states and dates alone, for boards of many incidents. What it says is what the plan says; a test
//! holds both together.

use std::sync::Arc;

use model::Timestamp;
use packs::face::Face;
use packs::pack::Binds;
use packs::{Duty, Library, Standing};

use super::obligation::{Course, State, rank};
use super::{Applies, Incident, out};
use crate::clocks::{Answer, Clock, Run};

/// The duties of an incident, the most urgent first.
#[derive(Debug)]
pub struct Outline {
    /// One for each stage that may apply.
    pub duties: Vec<Sketch>,
    /// Somebody has said of some law that it does not apply, or that a special law does.
    pub denied: bool,
}

/// One duty without words.
#[derive(Debug)]
pub struct Sketch {
    /// Its stage.
    pub face: Arc<Face>,
    /// Where it stands.
    pub state: State,
    /// What kind of duty.
    pub duty: Duty,
    /// Whether it is law on the day of the event.
    pub legal_state: Standing,
    /// Whom it binds.
    pub binds: Binds,
    /// Whether somebody has said that its law applies.
    pub asked: bool,
    /// Whether its conditions are known to hold.
    pub certain: bool,
    /// The earliest reading.
    pub alarm: Option<Timestamp>,
    /// The outer limit.
    pub limit: Option<Timestamp>,
    /// When it was sent.
    pub sent: Option<Timestamp>,
    /// How many required fields are not filled.
    pub missing: usize,
}

impl Sketch {
    /// Where it stands at another moment, when nothing else is stated until then.
    pub fn state_at(&self, now: Timestamp) -> State {
        if self.state == State::Replaced {
            return State::Replaced;
        }
        let shadow = self.legal_state.is_shadow();
        Course { duty: self.duty, shadow, sent: self.sent, alarm: self.alarm, limit: self.limit }.at(now)
    }

    /// Its place among others at that moment, the most urgent first.
    pub fn order_at(&self, now: Timestamp) -> (u8, Timestamp, &str) {
        (rank(self.state_at(now)), self.alarm.unwrap_or(Timestamp::MAX), &self.face.stage)
    }
}

/// Outlines the plan of an incident.
pub fn outline(library: &Library, incident: &Incident, at: Timestamp) -> Outline {
    outline_each(library, incident, at, |_| {})
}

/// The same, with a look at the clock of each duty.
pub(super) fn outline_each(
    library: &Library,
    incident: &Incident,
    at: Timestamp,
    mut look: impl FnMut(&Clock<'_>),
) -> Outline {
    let incident = &*incident.known_at(at);
    let mut run = Run::new(library, &incident.facts);
    let mut outline = Outline { duties: Vec::with_capacity(80), denied: false };
    for regime in &incident.facts.regimes {
        let Some(pack) = library.packs.get(regime) else { continue };
        if out(incident, pack).is_some() {
            outline.denied = true;
            continue;
        }
        let asked = incident.applies(regime) == Applies::Yes;
        for id in library.stages_of(regime) {
            let Some(clock) = run.clock(id).filter(|clock| clock.applies != Answer::No) else { continue };
            look(&clock);
            outline.duties.push(sketch(&run, incident, &clock, asked, at));
        }
    }
    replace(&mut outline.duties);
    outline.duties.sort_by(|a, b| order(a).cmp(&order(b)));
    outline
}

fn sketch(run: &Run<'_>, incident: &Incident, clock: &Clock<'_>, asked: bool, now: Timestamp) -> Sketch {
    let (stage, zone) = (clock.stage, run.zone());
    let mut sketch = Sketch {
        face: Arc::clone(&stage.face),
        state: State::Waiting,
        duty: stage.duty,
        legal_state: clock.standing,
        binds: stage.binds,
        asked,
        certain: clock.applies == Answer::Yes,
        alarm: clock.date.as_ref().map(|due| due.alarm(&zone)),
        limit: clock.date.as_ref().map(|due| due.limit(&zone)),
        sent: incident.facts.submitted.get(&stage.id).map(|moment| moment.start(&zone)),
        missing: incident.lacks(stage.face.required),
    };
    sketch.state = sketch.state_at(now);
    sketch
}

/// A report that was sent in the place of others settles them.
fn replace(duties: &mut [Sketch]) {
    let is_sent = |duty: &Sketch| matches!(duty.state, State::Sent | State::SentLate);
    let sent: Vec<Arc<Face>> = duties
        .iter()
        .filter(|duty| !duty.face.replaces.is_empty() && is_sent(duty))
        .map(|duty| Arc::clone(&duty.face))
        .collect();
    for duty in duties.iter_mut().filter(|duty| !is_sent(duty)) {
        if sent.iter().any(|face| face.replaces.iter().any(|stage| **stage == *duty.face.stage)) {
            duty.state = State::Replaced;
        }
    }
}

fn order(duty: &Sketch) -> (u8, Timestamp, &str) {
    (rank(duty.state), duty.alarm.unwrap_or(Timestamp::MAX), &duty.face.stage)
}
