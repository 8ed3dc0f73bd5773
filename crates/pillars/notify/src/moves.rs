//! What changed between two plans of one incident: duties that appeared, moved, closed, came back or fell away.

use model::Timestamp;
use serde::Serialize;

use crate::plan::{Places, Stands, State};

/// Where a duty stands, as far as changes are noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Its state.
    pub state: State,
    /// The safe date.
    pub alarm: Option<Timestamp>,
    /// The outer limit.
    pub limit: Option<Timestamp>,
    /// The pack by which it was worked out.
    pub pack: String,
}

/// What became of a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It is new.
    Appeared,
    /// Its dates or its start are others.
    Moved,
    /// It was met, or another report settled it.
    Closed,
    /// It was closed, and is open again.
    Reopened,
    /// It applies no more.
    FellAway,
}

/// One duty that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The regime.
    pub regime: String,
    /// The stage.
    pub stage: String,
    /// What became of it.
    pub what: What,
    /// Before; none when it is new.
    pub before: Option<Place>,
    /// After; none when it fell away.
    pub after: Option<Place>,
}

/// Every duty of laws that apply which differs between the two, by stage. That time passes is no change.
pub fn moves(before: &Places, after: &Places) -> Vec<Moved> {
    let find = |places: &'_ Places, stage: &str| {
        places.duties.binary_search_by(|duty| duty.stage.as_str().cmp(stage)).ok()
    };
    let mut found = Vec::new();
    for was in &before.duties {
        let is = find(after, &was.stage).map(|at| &after.duties[at]);
        if let Some(what) = compare(was, is) {
            found.push(moved(what, Some(was), is));
        }
    }
    let new = after.duties.iter().filter(|is| find(before, &is.stage).is_none());
    found.extend(new.map(|is| moved(What::Appeared, None, Some(is))));
    found
}

fn moved(what: What, was: Option<&Stands>, is: Option<&Stands>) -> Moved {
    let name = |of: fn(&Stands) -> &str| is.or(was).map_or_else(String::new, |duty| of(duty).to_owned());
    Moved {
        regime: name(|duty| &duty.regime),
        stage: name(|duty| &duty.stage),
        what,
        before: was.map(place),
        after: is.map(place),
    }
}

fn place(duty: &Stands) -> Place {
    Place { state: duty.state, alarm: duty.alarm, limit: duty.limit, pack: duty.pack.clone() }
}

fn compare(was: &Stands, is: Option<&Stands>) -> Option<What> {
    let Some(is) = is else { return Some(What::FellAway) };
    match (is_closed(was.state), is_closed(is.state)) {
        (false, true) => return Some(What::Closed),
        (true, false) => return Some(What::Reopened),
        _ => {}
    }
    let dates = |duty: &Stands| (duty.alarm, duty.limit, duty.due.clone(), duty.legal_state);
    // Met in time and met late are different things; open and overdue are the same thing at another hour.
    let judged = is_closed(was.state) && was.state != is.state;
    let started = has_clock(was.state) != has_clock(is.state);
    (dates(was) != dates(is) || judged || started).then_some(What::Moved)
}

/// Met, or settled by another report.
pub fn is_closed(state: State) -> bool {
    matches!(state, State::Sent | State::SentLate | State::Replaced)
}

fn has_clock(state: State) -> u8 {
    match state {
        State::Open | State::PastAlarm | State::Overdue => 0,
        State::Asap => 1,
        State::Silent => 2,
        State::Waiting => 3,
        State::Sent | State::SentLate | State::Replaced => 4,
        State::Free => 5,
        State::Shadow => 6,
    }
}
