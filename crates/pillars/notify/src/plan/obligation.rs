//! One duty of a plan, and where it stands.

use model::{Bilingual, Timestamp};
use packs::pack::Binds;
use packs::{Duty, Pack, Standing};
use serde::Serialize;
use serde_json::Value;

use super::{Applies, Incident, reason};
use crate::clocks::{Answer, Clock, Run, shape};
use crate::moment::Moment;

/// Where a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Its limit lies ahead.
    Open,
    /// The safe date has passed, the outer limit of the law has not.
    PastAlarm,
    /// The limit has passed.
    Overdue,
    /// Due without undue delay; the law gives no number.
    Asap,
    /// Nothing may go out before its date.
    Silent,
    /// Its clock has not started.
    Waiting,
    /// Sent in time.
    Sent,
    /// Sent after the limit.
    SentLate,
    /// Another report was sent in its place.
    Replaced,
    /// A choice, or a voluntary report: never overdue.
    Free,
    /// Not law: shown, never overdue.
    Shadow,
}

/// One duty.
#[derive(Debug, Serialize)]
pub struct Obligation {
    /// The regime.
    pub regime: String,
    /// The stage.
    pub stage: String,
    /// What people call it.
    pub title: Bilingual,
    /// Where it stands.
    pub state: State,
    /// Whether it is law on the day of the event.
    pub legal_state: Standing,
    /// What kind of duty.
    pub duty: Duty,
    /// Whom it binds.
    pub binds: Binds,
    /// Whether somebody has said that its law applies.
    pub asked: bool,
    /// Whether its conditions are known to hold.
    pub certain: bool,
    /// The dates, as `entente notify clocks` gives them.
    pub due: Value,
    /// It counts from a limit, because the stage before it was not sent yet.
    pub provisional: bool,
    /// The earliest reading, in UTC.
    pub alarm: Option<Timestamp>,
    /// The same on the wall clock.
    pub alarm_local: Option<String>,
    /// The outer limit, in UTC.
    pub limit: Option<Timestamp>,
    /// The same on the wall clock.
    pub limit_local: Option<String>,
    /// When it was sent.
    pub sent: Option<Timestamp>,
    /// Who receives it.
    pub recipients: Vec<Named>,
    /// By which way.
    pub channels: Vec<Named>,
    /// The clause.
    pub clause: String,
    /// How sure the pack is.
    pub confidence: String,
    /// The version of the pack, and when it was last compared with its sources.
    pub pack: String,
    /// Why it applies.
    pub reasons: Vec<Bilingual>,
    /// How its date came about.
    pub steps: Vec<Bilingual>,
    /// Required fields that are not filled.
    pub missing: Vec<Named>,
    /// Fields that are not filled and are needed where they apply.
    pub missing_where_applicable: Vec<Named>,
}

/// A code with its name.
#[derive(Debug, Serialize)]
pub struct Named {
    /// For programs.
    pub code: String,
    /// For people.
    pub name: Bilingual,
}

impl Obligation {
    /// Sent, in time or not.
    pub fn is_sent(&self) -> bool {
        matches!(self.state, State::Sent | State::SentLate)
    }

    /// What is urgent comes first: open duties by their alarm, then those without a date, then what is settled.
    pub fn order(&self) -> (u8, Timestamp, &str) {
        (rank(self.state), self.alarm.unwrap_or(Timestamp::MAX), &self.stage)
    }
}

/// The place of a state among the others, the most urgent first.
pub(super) fn rank(state: State) -> u8 {
    match state {
        State::Overdue | State::PastAlarm | State::Open | State::Silent => 0,
        State::Asap => 1,
        State::Waiting => 2,
        State::Shadow => 3,
        State::Free => 4,
        State::Sent | State::SentLate | State::Replaced => 5,
    }
}

/// Makes the obligation of a clock.
pub fn make<'a>(run: &mut Run<'a>, incident: &Incident, clock: &Clock<'a>, now: Timestamp) -> Obligation {
    let zone = run.zone();
    let (pack, stage) = (clock.pack, clock.stage);
    let alarm = clock.date.as_ref().map(|due| due.alarm(&zone));
    let limit = clock.date.as_ref().map(|due| due.limit(&zone));
    let submitted = incident.facts.submitted.get(&stage.id).copied();
    let local = |at: Option<Timestamp>| at.map(|at| at.to_zoned(zone.clone()).to_string());
    let named = |code: &str, name: Bilingual| Named { code: code.to_owned(), name };
    let words = &run.library().words;
    let recipients = stage.recipients.iter();
    let recipients = recipients.map(|code| named(code, words.recipients[code].name()));
    let channels = stage.channels.iter().map(|code| named(code, words.channels[code].clone()));
    let missing = |codes: &[String]| -> Vec<Named> {
        let open = codes.iter().filter(|code| !incident.has(code));
        open.map(|code| named(code, words.fields[code].name())).collect()
    };
    Obligation {
        regime: pack.head.regime.clone(),
        stage: stage.id.clone(),
        title: stage.title.clone(),
        state: Course {
            duty: stage.duty,
            shadow: clock.standing.is_shadow(),
            sent: submitted.map(|moment| moment.start(&zone)),
            alarm,
            limit,
        }
        .at(now),
        asked: incident.applies(&pack.head.regime) == Applies::Yes,
        certain: clock.applies == Answer::Yes,
        legal_state: clock.standing,
        duty: stage.duty,
        binds: stage.binds,
        due: clock.date.as_ref().map_or(Value::Null, shape),
        provisional: clock.provisional,
        alarm,
        alarm_local: local(alarm),
        limit,
        limit_local: local(limit),
        sent: submitted.map(|moment: Moment| moment.start(&zone)),
        recipients: recipients.collect(),
        channels: channels.collect(),
        clause: stage.cite.clone(),
        confidence: pack.confidence(stage).to_owned(),
        pack: pack_label(pack),
        missing: missing(&stage.required),
        missing_where_applicable: missing(&stage.conditional),
        reasons: reason::applies(run, incident, clock),
        steps: reason::steps(run, clock),
    }
}

/// The pack as plans and records of changes name it: `NIS2 2026.1, reviewed 2026-11-22`.
pub(crate) fn pack_label(pack: &Pack) -> String {
    format!("{}, reviewed {}", pack.head.label(), pack.head.reviewed)
}

/// What decides where a duty stands as time passes.
pub(super) struct Course {
    pub duty: Duty,
    pub shadow: bool,
    pub sent: Option<Timestamp>,
    pub alarm: Option<Timestamp>,
    pub limit: Option<Timestamp>,
}

impl Course {
    /// Where it stands at `now`.
    pub fn at(self, now: Timestamp) -> State {
        // What was stated to be sent later than `now` was not sent yet: the plan is replayed for that moment.
        if let Some(sent) = self.sent.filter(|sent| *sent <= now) {
            let late = self.limit.is_some_and(|limit| sent > limit) && self.duty == Duty::Ceiling;
            return if late && !self.shadow { State::SentLate } else { State::Sent };
        }
        if self.shadow {
            return State::Shadow;
        }
        match (self.duty, self.alarm, self.limit) {
            (Duty::Voluntary | Duty::Option | Duty::Keep | Duty::Periodic, _, _) => State::Free,
            (Duty::Asap, _, _) => State::Asap,
            (Duty::OnRequest, _, _) | (Duty::Ceiling | Duty::Embargo, None, _) | (_, _, None) => {
                State::Waiting
            }
            (Duty::Embargo, _, Some(limit)) if now < limit => State::Silent,
            (Duty::Embargo, _, Some(_)) => State::Asap,
            (Duty::Ceiling, Some(_), Some(limit)) if now > limit => State::Overdue,
            (Duty::Ceiling, Some(alarm), Some(_)) if now > alarm => State::PastAlarm,
            (Duty::Ceiling, Some(_), Some(_)) => State::Open,
        }
    }
}
