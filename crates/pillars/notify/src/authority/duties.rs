//! What an authority owes because of a report: to answer its reporter, to tell other States, to tell another authority.
//!
//! Which duties there are stands in the packs, as stages that bind the authority; their clocks are those of any stage.

use model::{Bilingual, Timestamp};
use packs::pack::Binds;
use packs::{Duty, Library};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::docket::Docket;
use crate::clocks::{Answer, clocks};
use crate::facts::Facts;

/// One duty of the authority.
#[derive(Debug, Clone, Serialize)]
pub struct Owed {
    /// The stage of the packs.
    pub stage: String,
    /// What people call it.
    pub title: Bilingual,
    /// The clause.
    pub clause: String,
    /// How sure the pack is.
    pub confidence: String,
    /// The safe date; none where the law gives no number.
    pub alarm: Option<Timestamp>,
    /// The outer limit.
    pub limit: Option<Timestamp>,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// Not law on that day: shown, never overdue.
    pub shadow: bool,
}

/// Where a duty of the authority stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OwedState {
    /// Done before its limit, or without one.
    Done,
    /// Done after its limit.
    DoneLate,
    /// Its limit lies ahead.
    Open,
    /// The safe date has passed.
    PastAlarm,
    /// Its limit has passed.
    Overdue,
    /// Without undue delay; the law gives no number.
    Asap,
    /// Not law, for information.
    Shadow,
}

impl Owed {
    /// Where it stands at an instant.
    pub fn state(&self, now: Timestamp) -> OwedState {
        let late = |at: Timestamp| !self.shadow && self.limit.is_some_and(|limit| at > limit);
        match self.done_at {
            Some(done) if late(done) => OwedState::DoneLate,
            Some(_) => OwedState::Done,
            None if self.shadow => OwedState::Shadow,
            None if late(now) => OwedState::Overdue,
            None if self.alarm.is_some_and(|alarm| now > alarm) => OwedState::PastAlarm,
            None if self.limit.is_some() => OwedState::Open,
            None => OwedState::Asap,
        }
    }
}

/// The answer to the reporter is a step of its own; every other duty is met by handing the report on.
const ANSWER: &str = "notifying-entity";

/// The duties that follow from a docket, the most urgent first.
pub fn owed(library: &Library, docket: &Docket) -> Vec<Owed> {
    let Ok(facts) = Facts::read(&facts(library, docket), library) else { return Vec::new() };
    let zone = facts.time_zone();
    let mut owed: Vec<Owed> = clocks(library, &facts)
        .into_iter()
        .filter(|clock| clock.stage.binds == Binds::Authority && clock.applies == Answer::Yes)
        .filter(|clock| match clock.stage.duty {
            Duty::Asap => true,
            Duty::Ceiling => clock.date.is_some(),
            _ => false,
        })
        .map(|clock| Owed {
            stage: clock.stage.id.clone(),
            title: clock.stage.title.clone(),
            clause: clock.stage.cite.clone(),
            confidence: clock.pack.confidence(clock.stage).to_owned(),
            alarm: clock.date.as_ref().map(|due| due.alarm(&zone)),
            limit: clock.date.as_ref().map(|due| due.limit(&zone)),
            done_at: done(docket, &clock.stage.id, &clock.stage.recipients),
            shadow: clock.standing.is_shadow(),
        })
        .collect();
    owed.sort_by_key(|one| (one.done_at.is_some(), one.alarm.unwrap_or(Timestamp::MAX), one.stage.clone()));
    owed
}

fn done(docket: &Docket, stage: &str, recipients: &[String]) -> Option<Timestamp> {
    if recipients.iter().any(|to| to == ANSWER) {
        return docket.answered_at();
    }
    docket.handed_on().find(|(duty, _)| *duty == stage).map(|(_, at)| at)
}

/// What a report says of itself, under the names of `packs/facts.toml`.
fn facts(library: &Library, docket: &Docket) -> Map<String, Value> {
    let report = &docket.report;
    let received = report.received_at.to_string();
    let mut facts = Map::new();
    facts.insert("regime".into(), json!(report.regime));
    facts.insert("received".into(), json!(received));
    facts.insert(format!("received({})", report.stage), json!(received));
    facts.insert("cross_border".into(), json!(crosses_borders(docket)));
    facts.insert("critical_entity".into(), json!(report.reporter.critical));
    if let Some(calendar) = library.calendar(&report.reporter.country) {
        facts.insert("holidays".into(), json!(calendar.id));
        facts.insert("tz".into(), json!(calendar.zone));
    }
    facts
}

/// Whether the report names two Member States or more, or suspects an effect across borders (NIS2, Art. 23(6)).
pub fn crosses_borders(docket: &Docket) -> bool {
    let field = |code: &str, path: &str| {
        let fields = &docket.report.fields;
        fields.get(code).or_else(|| fields.get(path))
    };
    let suspected = match field("E08", "impact.cross_border_suspected") {
        Some(Value::Bool(yes)) => *yes,
        Some(Value::String(text)) => matches!(text.trim(), "yes" | "oui" | "true"),
        _ => false,
    };
    let states = match field("E07", "impact.member_states") {
        Some(Value::Array(list)) => list.len(),
        Some(Value::String(text)) => text.split([',', ';', ' ']).filter(|word| !word.is_empty()).count(),
        _ => 0,
    };
    suspected || states >= 2
}
