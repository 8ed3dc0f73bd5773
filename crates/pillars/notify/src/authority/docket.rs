//! The docket of a report: the report, the steps that were taken with it, and how it stands because of them.

use desk::sql::SqlError;
use desk::views::Views;
use model::{ReportId, Timestamp};
use records::handling::{Handling, Step};
use records::report::Report;
use rusqlite::{OptionalExtension as _, Row};

use crate::place::number;

/// A report with its steps.
#[derive(Debug, Clone)]
pub struct Docket {
    /// The arrival number of the report: who may read it may read the docket.
    pub seq: u64,
    /// The report as it came.
    pub report: Report,
    /// The steps, in order of arrival.
    pub steps: Vec<Handling>,
}

/// How a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// Nobody has looked at it.
    New,
    /// Somebody looks after it.
    Triaged,
    /// The reporter has its answer, and was asked something.
    Asking,
    /// The reporter has its answer.
    Answered,
    /// Nothing is left to be done.
    Closed,
}

/// A question to the reporter, and what came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question<'a> {
    /// Its number.
    pub number: u32,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// The question.
    pub text: &'a str,
    /// The answers, the first one first.
    pub answers: Vec<(Timestamp, &'a str)>,
}

/// The latest triage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Triage<'a> {
    /// `low`, `medium`, `high` or `severe`.
    pub severity: &'a str,
    /// Who looks after it.
    pub owner: &'a str,
    /// The shared cause; empty for none.
    pub cause: &'a str,
}

impl Docket {
    /// The latest triage, if there was one.
    pub fn triage(&self) -> Option<Triage<'_>> {
        self.steps.iter().rev().find_map(|made| match &made.step {
            Step::Triage { severity, owner, cause } => Some(Triage { severity, owner, cause }),
            _ => None,
        })
    }

    /// When the reporter was first answered (NIS2, Art. 23(5)).
    pub fn answered_at(&self) -> Option<Timestamp> {
        let answered = |made: &&Handling| matches!(made.step, Step::Acknowledge { .. });
        self.steps.iter().find(answered).map(|made| made.at)
    }

    /// When it was handed on, inside or outside the node, and which duty that answers.
    pub fn handed_on(&self) -> impl Iterator<Item = (&str, Timestamp)> {
        self.steps.iter().filter_map(|made| match &made.step {
            Step::Forward { duty, .. } | Step::HandOn { duty, .. } => Some((duty.as_str(), made.at)),
            _ => None,
        })
    }

    /// Until when law enforcement asked to hold it back, when that lies ahead. The latest word holds.
    pub fn held_until(&self, now: Timestamp) -> Option<Timestamp> {
        let latest = self.steps.iter().rev().find_map(|made| match &made.step {
            Step::Delay { until, .. } => Some(*until),
            _ => None,
        });
        latest.filter(|until| *until > now)
    }

    /// What the reporter was asked, with its answers.
    pub fn questions(&self) -> Vec<Question<'_>> {
        let mut asked: Vec<Question<'_>> = Vec::new();
        for made in &self.steps {
            match &made.step {
                Step::Ask { question, text } => {
                    asked.push(Question { number: *question, asked_at: made.at, text, answers: Vec::new() });
                }
                Step::Answer { question, text } => {
                    if let Some(to) = asked.iter_mut().find(|one| one.number == *question) {
                        to.answers.push((made.at, text));
                    }
                }
                _ => {}
            }
        }
        asked
    }

    /// How it stands.
    pub fn stand(&self) -> Stand {
        // What comes after its end opens it again, except an answer that was still on its way.
        let last = self.steps.iter().rev().find(|made| !matches!(made.step, Step::Answer { .. }));
        if last.is_some_and(|made| matches!(made.step, Step::Close { .. })) {
            Stand::Closed
        } else if self.questions().iter().any(|one| one.answers.is_empty()) {
            Stand::Asking
        } else if self.answered_at().is_some() {
            Stand::Answered
        } else if self.triage().is_some() {
            Stand::Triaged
        } else {
            Stand::New
        }
    }

    /// The docket as it stood at an instant; none when the report had not come.
    pub fn at(&self, at: Timestamp) -> Option<Self> {
        let steps = self.steps.iter().filter(|made| made.at <= at).cloned().collect();
        (self.report.received_at <= at).then(|| Self { steps, ..self.clone() })
    }
}

/// The most dockets that the figures of one period are of, the newest.
pub const COUNTED: usize = 20_000;

/// Where a page of the list of dockets begins: behind this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    received_us: i64,
    seq: u64,
}

impl Place {
    /// Before the newest.
    pub const START: Self = Self { received_us: i64::MAX, seq: i64::MAX as u64 };

    /// Where that docket stands.
    pub fn of(docket: &Docket) -> Self {
        Self { received_us: docket.report.received_at.as_microsecond(), seq: docket.seq }
    }

    /// As it was written; none for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let (received, seq) = text.split_once('.')?;
        Some(Self { received_us: number(received)? as i64, seq: number(seq)? })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.received_us, self.seq)
    }
}

/// The dockets behind that place, the newest first, `most` of them.
pub fn listed(views: &Views, behind: Place, most: usize) -> Result<Vec<Docket>, SqlError> {
    let reader = views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT seq, body FROM notify_report WHERE received_us <= ?1 AND (received_us, seq) < (?1, ?2)
         ORDER BY received_us DESC, seq DESC LIMIT ?3",
    )?;
    let found = statement.query_map((behind.received_us, behind.seq as i64, most as i64), raw)?;
    let found = found.collect::<Result<Vec<_>, _>>()?;
    drop(statement);
    found.into_iter().filter_map(opened).map(|docket| filled(&reader, docket)).collect()
}

/// The dockets whose reports came in that period, the newest first, [`COUNTED`] at most.
pub fn within(views: &Views, from: Timestamp, until: Timestamp) -> Result<Vec<Docket>, SqlError> {
    let (from_us, until_us) = (from.as_microsecond(), until.as_microsecond());
    let reader = views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT seq, body FROM notify_report WHERE received_us >= ?1 AND received_us < ?2
         ORDER BY received_us DESC, seq DESC LIMIT ?3",
    )?;
    let found = statement.query_map((from_us, until_us, COUNTED as i64), raw)?;
    let found = found.collect::<Result<Vec<_>, _>>()?;
    drop(statement);
    found.into_iter().filter_map(opened).map(|docket| filled(&reader, docket)).collect()
}

/// One docket.
pub fn docket(views: &Views, id: ReportId) -> Result<Option<Docket>, SqlError> {
    one(views, "SELECT seq, body FROM notify_report WHERE id = ?1", &id.to_string())
}

/// The docket that people call so.
pub fn by_reference(views: &Views, reference: &str) -> Result<Option<Docket>, SqlError> {
    one(views, "SELECT seq, body FROM notify_report WHERE reference = ?1", reference)
}

/// The docket of the report that was made from this record of a peer.
pub fn by_source(views: &Views, source: &str) -> Result<Option<Docket>, SqlError> {
    one(views, "SELECT seq, body FROM notify_report WHERE source = ?1", source)
}

fn one(views: &Views, query: &str, key: &str) -> Result<Option<Docket>, SqlError> {
    let reader = views.read()?;
    let row = reader.prepare_cached(query)?.query_row([key], raw).optional()?;
    row.and_then(opened).map(|docket| filled(&reader, docket)).transpose()
}

fn raw(row: &Row<'_>) -> Result<(i64, Vec<u8>), SqlError> {
    Ok((row.get(0)?, row.get(1)?))
}

fn opened((seq, body): (i64, Vec<u8>)) -> Option<Docket> {
    let report = serde_json::from_slice(&body).ok()?;
    Some(Docket { seq: seq as u64, report, steps: Vec::new() })
}

fn filled(reader: &rusqlite::Connection, mut docket: Docket) -> Result<Docket, SqlError> {
    let mut statement =
        reader.prepare_cached("SELECT body FROM notify_handling WHERE report = ?1 ORDER BY seq")?;
    let bodies = statement.query_map([docket.report.report.to_string()], |row| row.get::<_, Vec<u8>>(0))?;
    for body in bodies {
        docket.steps.extend(serde_json::from_slice::<Handling>(&body?).ok());
    }
    Ok(docket)
}
