//! Reminders that escalate: a day, four hours and one hour before the safe date to whoever looks after the incident, at the
//! safe date and at the limit of the law to every officer. Each is a record, so that nobody is reminded twice and it can
//! be shown later who was reminded when.

use desk::Desk;
use desk::sql::SqlError;
use desk::submit::SubmitError;
use ledger::OnceKey;
use model::time::SignedDuration;
use model::{Digest, IncidentId, Timestamp};
use records::reminder::{Level, Reminder};
use records::{Marked, Seal};

use crate::board::{Board, Line};
use crate::commands::MARKING;

/// Why nobody was reminded.
#[derive(Debug, thiserror::Error)]
pub enum RemindError {
    /// The views cannot be read.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// The ledger refused.
    #[error(transparent)]
    Submit(#[from] SubmitError),
}

/// Reminders written in one go; more wait for the next.
const MOST: usize = 1_000;

/// Gives every reminder that is due and was not given, and says how many. Of several levels that have come since, only
/// the most urgent is given.
pub fn remind(desk: &Desk, board: &Board, now: Timestamp) -> Result<usize, RemindError> {
    let mut sealed = Vec::new();
    for planned in board.incidents(&desk.views, now)? {
        for line in planned.lines(now) {
            let Some((level, due)) = level(&line, planned.opened_us, now) else { continue };
            if sealed.len() < MOST && !is_given(desk, &line, level, due)? {
                let told_all = matches!(level, Level::Alarm | Level::Overdue);
                let to = line.officer.as_deref().filter(|_| !told_all).unwrap_or_default();
                let (to, stage) = (to.to_owned(), line.stage.to_string());
                let reminder = Reminder { incident: line.incident, stage, level, due, to };
                sealed.push((once(&reminder), seal(desk, &reminder, now)));
            }
        }
    }
    if sealed.is_empty() {
        return Ok(0);
    }
    Ok(desk.submit_once(sealed)?)
}

/// The same for every node of a party: one that was stopped past its lease and goes on has not read yet what the next holder
/// gave, and would give it again.
fn once(reminder: &Reminder) -> OnceKey {
    let Reminder { incident, stage, level, due, .. } = reminder;
    let mut key = OnceKey::default();
    let of = format!("reminder\n{incident}\n{stage}\n{}\n{}", word(*level), due.as_microsecond());
    key.copy_from_slice(&Digest::of(of.as_bytes()).0[..16]);
    key
}

/// Tells every officer of a payment that was decided against a gate.
pub(crate) fn tell_of_gate(
    desk: &Desk,
    incident: IncidentId,
    question: &str,
    now: Timestamp,
) -> Result<(), SubmitError> {
    let reminder =
        Reminder { incident, stage: question.to_owned(), level: Level::Gate, due: now, to: String::new() };
    desk.submit_and_fold(vec![seal(desk, &reminder, now)]).map(|_| ())
}

fn seal(desk: &Desk, reminder: &Reminder, now: Timestamp) -> records::Sealed {
    let about = [reminder.incident.to_string()];
    let seal = Seal { marked: Marked::Known(MARKING), about: &about, ..desk.seal::<Reminder>(now) };
    seal.body(reminder, desk::edge::salt())
}

/// The most urgent level that has come, and the date that it reminds of.
fn level(line: &Line, opened_us: i64, now: Timestamp) -> Option<(Level, Timestamp)> {
    let (alarm, limit) = (line.alarm?, line.limit?);
    if now > limit {
        return Some((Level::Overdue, limit));
    }
    let before = |hours: i64| now >= alarm - SignedDuration::from_hours(hours);
    // A clock of a day has just begun when the first reminder of a day would come: it would only be noise.
    let long = alarm.as_microsecond().saturating_sub(opened_us) > 30 * 3_600_000_000;
    match () {
        () if now >= alarm => Some((Level::Alarm, alarm)),
        () if before(1) => Some((Level::Hour, alarm)),
        () if before(4) => Some((Level::Hours, alarm)),
        () if before(24) && long => Some((Level::Day, alarm)),
        () => None,
    }
}

fn is_given(desk: &Desk, line: &Line, level: Level, due: Timestamp) -> Result<bool, SqlError> {
    let reader = desk.views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM notify_reminder
         WHERE incident = ?1 AND stage = ?2 AND level = ?3 AND due_us = ?4)",
    )?;
    let key = (line.incident.to_string(), &*line.stage, word(level), due.as_microsecond());
    statement.query_row(key, |row| row.get(0))
}

/// The word of a level, as tables keep it.
pub(crate) fn word(level: Level) -> &'static str {
    match level {
        Level::Day => "day",
        Level::Hours => "hours",
        Level::Hour => "hour",
        Level::Alarm => "alarm",
        Level::Overdue => "overdue",
        Level::Gate => "gate",
    }
}

/// The reminders of an incident, the newest first, with the moment of each.
pub fn given(desk: &Desk, incident: IncidentId) -> Result<Vec<(i64, Reminder)>, SqlError> {
    let reader = desk.views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT at_us, body FROM notify_reminder WHERE incident = ?1 ORDER BY seq DESC LIMIT 200",
    )?;
    let rows = statement
        .query_map([incident.to_string()], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)))?
        .collect::<Result<Vec<(i64, Vec<u8>)>, _>>()?;
    Ok(rows.into_iter().filter_map(|(at, body)| Some((at, serde_json::from_slice(&body).ok()?))).collect())
}
