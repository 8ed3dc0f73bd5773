//! The countdown board: every live duty of every incident, the most urgent first.
//!
//! An incident is planned once for what was stated of it and the law at hand; only where a duty stands follows the
//! clock. So a board of many incidents costs the reading of a few numbers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use desk::sql::SqlError;
use desk::views::Views;
use model::{Bilingual, IncidentId, Timestamp};
use packs::pack::Binds;

use crate::case::{self, Case};
use crate::law::{self, Law};
use crate::plan::{self, Obligation, Plan, State, settled_at};

/// What the board knows of one incident.
#[derive(Debug)]
pub struct Planned {
    /// Its opening and its title.
    pub case: Case,
    /// Its plan as of the last statement; nothing when what was stated does not fit the law.
    pub plan: Option<Plan>,
    zone: model::time::TimeZone,
}

/// One duty on the board.
#[derive(Debug, Clone)]
pub struct Line {
    /// The incident.
    pub incident: IncidentId,
    /// What people call it.
    pub incident_title: String,
    /// Whether it is an exercise.
    pub exercise: bool,
    /// Who looks after it.
    pub officer: Option<String>,
    /// The stage.
    pub stage: String,
    /// What people call it.
    pub title: Bilingual,
    /// Where it stands now.
    pub state: State,
    /// The safe date.
    pub alarm: Option<Timestamp>,
    /// The outer limit of the law.
    pub limit: Option<Timestamp>,
    /// The zone in which its law counts.
    pub zone: model::time::TimeZone,
    /// The clause.
    pub clause: String,
    /// How many required fields are not filled.
    pub missing: usize,
}

/// Plans that are kept, by incident, with what they were made of.
#[derive(Debug, Default)]
pub struct Board {
    kept: Mutex<HashMap<IncidentId, (Made, Arc<Planned>)>>,
}

/// What a plan was made of: the last statement, and the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Made {
    last: u64,
    law: usize,
}

/// Plans that are kept at most; the board shows no more incidents than that either.
const MOST: usize = 20_000;

impl Board {
    /// Every incident with its plan, the newest first.
    pub fn incidents(&self, views: &Views, now: Timestamp) -> Result<Vec<Arc<Planned>>, SqlError> {
        let law = law::now(views)?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = Vec::new();
        let list = newest(views)?;
        if kept.len() > MOST {
            kept.clear();
        }
        for (id, last) in list {
            let made = Made { last, law: Arc::as_ptr(&law).addr() };
            if let Some((of, planned)) = kept.get(&id)
                && *of == made
            {
                found.push(Arc::clone(planned));
                continue;
            }
            let Some(case) = case::case(views, id)? else { continue };
            let planned = Arc::new(planned(&law, case, now));
            kept.insert(id, (made, Arc::clone(&planned)));
            found.push(planned);
        }
        Ok(found)
    }
}

/// Incidents with the arrival number of their last statement.
fn newest(views: &Views) -> Result<Vec<(IncidentId, u64)>, SqlError> {
    let reader = views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT i.id, COALESCE((SELECT MAX(s.seq) FROM notify_statement s WHERE s.incident = i.id), i.seq)
         FROM notify_incident i ORDER BY i.seq DESC LIMIT ?1",
    )?;
    let rows = statement
        .query_map([MOST as i64], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(rows.into_iter().filter_map(|(id, seq)| Some((id.parse().ok()?, seq as u64))).collect())
}

fn planned(law: &Law, case: Case, now: Timestamp) -> Planned {
    let incident = case.incident(law, now).ok();
    let zone = incident.as_ref().map_or(model::time::TimeZone::UTC, |incident| incident.facts.time_zone());
    let plan = incident.map(|incident| plan::outline(law, &incident, now));
    Planned { case, plan, zone }
}

impl Planned {
    /// Its duties that somebody must see to, as they stand now.
    pub fn lines(&self, now: Timestamp) -> impl Iterator<Item = Line> + '_ {
        let duties = self.plan.iter().flat_map(|plan| &plan.obligations);
        duties.filter_map(move |duty| {
            let state = settled_at(duty, now);
            is_live(state, duty).then(|| self.line(duty, state))
        })
    }

    fn line(&self, duty: &Obligation, state: State) -> Line {
        Line {
            incident: self.case.id,
            incident_title: self.case.title.clone(),
            exercise: self.case.exercise,
            officer: self.case.officer().map(str::to_owned),
            stage: duty.stage.clone(),
            title: duty.title.clone(),
            state,
            alarm: duty.alarm,
            limit: duty.limit,
            zone: self.zone.clone(),
            clause: duty.clause.clone(),
            missing: duty.missing.len(),
        }
    }
}

/// Running clocks of laws of which somebody said that they apply, and that bind whoever had the incident.
fn is_live(state: State, duty: &Obligation) -> bool {
    let running = matches!(state, State::Open | State::PastAlarm | State::Overdue | State::Silent);
    (running || (state == State::Asap && duty.certain)) && duty.asked && duty.binds == Binds::Entity
}

/// The order of the board: by the safe date, duties without one last.
pub fn order(lines: &mut [Line]) {
    lines.sort_by(|a, b| {
        let key = |line: &Line| (line.alarm.unwrap_or(Timestamp::MAX), line.incident.0);
        key(a).cmp(&key(b)).then_with(|| a.stage.cmp(&b.stage))
    });
}
