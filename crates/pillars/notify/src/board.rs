//! The countdown board: every live duty of every incident, the most urgent first.
//!
//! An incident is planned once for what was stated of it and the law at hand; only where a duty stands follows the
//! clock. So a board of many incidents costs the reading of a few numbers.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use desk::sql::SqlError;
use desk::views::Views;
use model::{Bilingual, IncidentId, Timestamp};
use packs::pack::Binds;

use crate::case::{self, Case};
use crate::law::{self, Law};
use crate::plan::{self, Sketch, State};

/// What the board knows of one incident: no statement is kept, and of its duties those that anybody looks at.
#[derive(Debug)]
pub struct Planned {
    /// The incident.
    pub id: IncidentId,
    /// The release class of its opening: who may read that may read it all.
    pub class: u32,
    /// When it was opened, µs.
    pub opened_us: i64,
    /// What people call it.
    pub title: Arc<str>,
    /// Whether it is an exercise.
    pub exercise: bool,
    /// Who looks after it.
    pub officer: Option<Arc<str>>,
    /// Duties of laws that apply, as of the last statement, the most urgent first.
    duties: Vec<Sketch>,
    /// The most urgent live duty of laws of which nobody said so.
    perhaps: Option<Sketch>,
    /// Nobody has said which laws apply to it, or that some do not.
    blank: bool,
    zone: model::time::TimeZone,
}

/// One duty on the board.
#[derive(Debug, Clone)]
pub struct Line {
    /// The incident.
    pub incident: IncidentId,
    /// What people call it.
    pub incident_title: Arc<str>,
    /// Whether it is an exercise.
    pub exercise: bool,
    /// Who looks after it.
    pub officer: Option<Arc<str>>,
    /// The stage.
    pub stage: Arc<str>,
    /// What people call it.
    pub title: Arc<Bilingual>,
    /// Where it stands now.
    pub state: State,
    /// The safe date.
    pub alarm: Option<Timestamp>,
    /// The outer limit of the law.
    pub limit: Option<Timestamp>,
    /// The zone in which its law counts.
    pub zone: model::time::TimeZone,
    /// The clause.
    pub clause: Arc<str>,
    /// How many required fields are not filled.
    pub missing: usize,
}

/// Plans that are kept, by incident, with what they were made of.
#[derive(Debug, Default)]
pub struct Board {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    plans: HashMap<IncidentId, (Made, Arc<Planned>)>,
    /// The whole list, as long as nothing was stated and the law is the same.
    list: Option<(Tally, usize, Vec<Arc<Planned>>)>,
}

/// How many incidents and statements there are, and the arrival numbers of the last: another one means another list.
type Tally = [i64; 4];

/// The plans of this process, for whichever page shows them.
pub fn shared() -> Arc<Board> {
    static SHARED: LazyLock<Arc<Board>> = LazyLock::new(Arc::default);
    Arc::clone(&SHARED)
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
        let (tally, law_at) = (tally(views)?, Arc::as_ptr(&law).addr());
        if let Some((of, by, list)) = &kept.list
            && (*of, *by) == (tally, law_at)
        {
            return Ok(list.clone());
        }
        let mut found = Vec::new();
        let list = newest(views)?;
        if kept.plans.len() > MOST {
            kept.plans.clear();
        }
        for (id, last) in list {
            let made = Made { last, law: law_at };
            if let Some((of, planned)) = kept.plans.get(&id)
                && *of == made
            {
                found.push(Arc::clone(planned));
                continue;
            }
            let Some(case) = case::case(views, id)? else { continue };
            let planned = Arc::new(planned(&law, &case, now));
            kept.plans.insert(id, (made, Arc::clone(&planned)));
            found.push(planned);
        }
        kept.list = Some((tally, law_at, found.clone()));
        Ok(found)
    }
}

fn tally(views: &Views) -> Result<Tally, SqlError> {
    let reader = views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT (SELECT COUNT(*) FROM notify_incident), (SELECT COALESCE(MAX(seq), 0) FROM notify_incident),
                (SELECT COUNT(*) FROM notify_statement), (SELECT COALESCE(MAX(seq), 0) FROM notify_statement)",
    )?;
    statement.query_row([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))
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

fn planned(law: &Law, case: &Case, now: Timestamp) -> Planned {
    // Nothing is planned when what was stated does not fit the law; the page of the incident says so.
    let incident = case.incident(law, now).ok();
    let zone = incident.as_ref().map_or(model::time::TimeZone::UTC, |incident| incident.facts.time_zone());
    let outline = incident.map(|incident| plan::outline(law, &incident, now));
    let denied = outline.as_ref().is_none_or(|outline| outline.denied);
    let all = outline.map_or_else(Vec::new, |outline| outline.duties);
    let (mut duties, others): (Vec<Sketch>, Vec<Sketch>) = all.into_iter().partition(|duty| duty.asked);
    duties.shrink_to_fit();
    Planned {
        id: case.id,
        class: case.class,
        opened_us: case.opened_us,
        title: case.title.as_str().into(),
        exercise: case.exercise,
        officer: case.officer().map(Arc::from),
        blank: !denied && duties.is_empty(),
        perhaps: others.into_iter().find(|duty| is_running(duty.state_at(now))),
        duties,
        zone,
    }
}

impl Planned {
    /// Its duties that somebody must see to, as they stand now.
    pub fn lines(&self, now: Timestamp) -> impl Iterator<Item = Line> + '_ {
        self.duties.iter().filter_map(move |duty| {
            let state = duty.state_at(now);
            is_live(state, duty).then(|| self.line(duty, state))
        })
    }

    /// Nobody has said which laws apply to it, or that some do not.
    pub fn is_blank(&self) -> bool {
        self.blank
    }

    /// The duty that is due next, with its state: of laws that apply before others.
    pub fn next(&self, now: Timestamp) -> Option<(&Sketch, State)> {
        let live = |duty: &Sketch| is_running(duty.state_at(now));
        let asked = self.duties.iter().filter(|duty| live(duty));
        // What was open when it was planned may be overdue by now: the order follows the clock.
        let first = asked.min_by_key(|duty| duty.order_at(now));
        first.or(self.perhaps.as_ref()).map(|duty| (duty, duty.state_at(now)))
    }

    fn line(&self, duty: &Sketch, state: State) -> Line {
        Line {
            incident: self.id,
            incident_title: Arc::clone(&self.title),
            exercise: self.exercise,
            officer: self.officer.clone(),
            stage: Arc::clone(&duty.face.stage),
            title: Arc::clone(&duty.face.title),
            state,
            alarm: duty.alarm,
            limit: duty.limit,
            zone: self.zone.clone(),
            clause: Arc::clone(&duty.face.clause),
            missing: duty.missing,
        }
    }
}

/// Running clocks of laws of which somebody said that they apply, and that bind whoever had the incident.
fn is_live(state: State, duty: &Sketch) -> bool {
    is_running(state) && (state != State::Asap || duty.certain) && duty.binds == Binds::Entity
}

/// Neither settled nor free, nor waiting for something to happen.
fn is_running(state: State) -> bool {
    matches!(state, State::Open | State::PastAlarm | State::Overdue | State::Silent | State::Asap)
}

/// The order of the board: by the safe date, duties without one last.
pub fn order(lines: &mut [Line]) {
    lines.sort_by(|a, b| {
        let key = |line: &Line| (line.alarm.unwrap_or(Timestamp::MAX), line.incident.0);
        key(a).cmp(&key(b)).then_with(|| a.stage.cmp(&b.stage))
    });
}
