//! The reactor that notes what changed: after a fact, a decision, a submission or a newer pack, the duties that appear,
//! move, close or fall away are written as one record for that cause. The record itself proves that it was written, so
//! it is written once.

use desk::Desk;
use desk::reactors::{ReactError, Reactor};
use desk::sql::SqlError;
use model::{IncidentId, RecordId, Timestamp};
use packs::Library;
use records::obligation::{Change, Obligations, Standing};
use records::{Marked, Seal, Sealed};

use crate::case::{self, Case, Statement};
use crate::commands::MARKING;
use crate::law;
use crate::moves::{Moved, Place, moves};
use crate::plan::{self, Places};

/// Notes what a statement changed.
pub(crate) const NOTE_OBLIGATIONS: Reactor = Reactor { name: "note-obligations", waiting, react };

/// Statements that may have moved a duty.
fn waiting(desk: &Desk, after: u64, most: usize) -> Result<Vec<u64>, ReactError> {
    let reader = desk.views.read()?;
    let mut statement =
        reader.prepare_cached("SELECT seq FROM notify_statement WHERE seq > ?1 ORDER BY seq LIMIT ?2")?;
    let rows = statement
        .query_map((after as i64, most as i64), |row| row.get::<_, i64>(0))?
        .map(|seq| seq.map(|seq| seq as u64))
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// What the statement with this arrival number changed; nothing when no duty moved, or it was noted already.
fn react(desk: &Desk, seq: u64) -> Result<Option<Sealed>, ReactError> {
    let Some(id) = incident_of(desk, seq)? else { return Ok(None) };
    let Some(case) = case::case(&desk.views, id)? else { return Ok(None) };
    let Some(cause) = case.statements.iter().find(|statement| statement.seq == seq) else { return Ok(None) };
    let Some(record) = cause.record else { return Ok(None) };
    if is_noted(desk, &record, id)? {
        return Ok(None);
    }
    let Some(noted) = changed(desk, &case, cause, record)? else { return Ok(None) };
    Ok((!noted.changes.is_empty()).then(|| seal(desk, &noted)))
}

/// Seals what one cause changed, for this party alone.
pub(crate) fn seal(desk: &Desk, noted: &Obligations) -> Sealed {
    let about = [noted.incident.to_string(), noted.cause.to_string()];
    let seal =
        Seal { marked: Marked::Known(MARKING), about: &about, ..desk.seal::<Obligations>(desk::edge::now()) };
    seal.body(noted, desk::edge::salt())
}

fn incident_of(desk: &Desk, seq: u64) -> Result<Option<IncidentId>, SqlError> {
    use rusqlite::OptionalExtension as _;
    let reader = desk.views.read()?;
    let found: Option<String> = reader
        .prepare_cached("SELECT incident FROM notify_statement WHERE seq = ?1")?
        .query_row([seq as i64], |row| row.get(0))
        .optional()?;
    Ok(found.and_then(|id| id.parse().ok()))
}

/// Whether it was noted what `cause` changed of the incident.
pub(crate) fn is_noted(desk: &Desk, cause: &RecordId, incident: IncidentId) -> Result<bool, SqlError> {
    let reader = desk.views.read()?;
    let mut statement = reader
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM notify_noted WHERE cause = ?1 AND incident = ?2)")?;
    statement.query_row((cause.to_string(), incident.to_string()), |row| row.get(0))
}

/// The plan before the statement and the plan with it, both for the moment of the statement: that time passes meanwhile
/// moves nothing.
fn changed(
    desk: &Desk,
    case: &Case,
    cause: &Statement,
    record: RecordId,
) -> Result<Option<Obligations>, SqlError> {
    let Ok(at) = Timestamp::from_microsecond(cause.at_us) else { return Ok(None) };
    let library = law::as_of(&desk.views, cause.at_us)?;
    let upto = |seq: u64| -> Option<Places> {
        let mut then = case.clone();
        then.statements.retain(|statement| statement.seq <= seq);
        then.incident(&library, at).ok().map(|incident| plan::places(&library, &incident, at))
    };
    let (Some(before), Some(after)) = (upto(cause.seq - 1), upto(cause.seq)) else { return Ok(None) };
    let caused = Caused { cause: record, kind: cause.said.kind(), at };
    Ok(Some(noted(case.id, &caused, &library, (&before, &after))))
}

/// What moved duties, and when.
pub(crate) struct Caused<'a> {
    /// The record.
    pub cause: RecordId,
    /// Its kind.
    pub kind: &'a str,
    /// The moment for which it is worked out.
    pub at: Timestamp,
}

/// What differs between two plans, the later of them by this law, as a record says it.
pub(crate) fn noted(
    incident: IncidentId,
    caused: &Caused<'_>,
    library: &Library,
    (before, after): (&Places, &Places),
) -> Obligations {
    Obligations {
        incident,
        cause: caused.cause,
        cause_kind: caused.kind.to_owned(),
        at: caused.at,
        made_with: library.version(),
        changes: moves(before, after).into_iter().map(change).collect(),
    }
}

fn change(moved: Moved) -> Change {
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let standing = |place: Place| Standing {
        state: word(serde_json::to_value(place.state).unwrap_or_default()),
        alarm: place.alarm,
        limit: place.limit,
        pack: place.pack,
    };
    Change {
        regime: moved.regime,
        stage: moved.stage,
        what: word(serde_json::to_value(moved.what).unwrap_or_default()),
        before: moved.before.map(standing),
        after: moved.after.map(standing),
    }
}

/// Everything that was noted of an incident, in order.
pub fn history(desk: &Desk, incident: IncidentId) -> Result<Vec<(i64, Obligations)>, SqlError> {
    let reader = desk.views.read()?;
    let mut statement =
        reader.prepare_cached("SELECT at_us, body FROM notify_noted WHERE incident = ?1 ORDER BY seq")?;
    let rows = statement
        .query_map([incident.to_string()], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)))?
        .collect::<Result<Vec<(i64, Vec<u8>)>, _>>()?;
    Ok(rows.into_iter().filter_map(|(at, body)| Some((at, serde_json::from_slice(&body).ok()?))).collect())
}
