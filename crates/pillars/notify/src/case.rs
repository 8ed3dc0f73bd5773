//! An incident as the ledger knows it: its statements, and the facts that they add up to at any moment.

use desk::sql::SqlError;
use desk::views::Views;
use model::{IncidentId, RecordId, Timestamp};
use packs::Library;
use packs::words::FactKind;
use records::Body as _;
use records::assignment::Assignment;
use records::determination::{Determination, Outcome};
use records::fact::Fact;
use records::submission::Submission;
use rusqlite::OptionalExtension as _;
use serde_json::{Map, Value, json};

use crate::facts::FactError;
use crate::plan::Incident;
use crate::standing::{careful, standing};

/// One incident.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its id.
    pub id: IncidentId,
    /// The arrival number of its opening.
    pub seq: u64,
    /// The release class of its opening: who may read that may read the case.
    pub class: u32,
    /// When it was opened, µs.
    pub opened_us: i64,
    /// What people call it.
    pub title: String,
    /// Whether it is an exercise.
    pub exercise: bool,
    /// What was stated, in order.
    pub statements: Vec<Statement>,
}

/// One statement.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Its record; none while it is only tried out.
    pub record: Option<RecordId>,
    /// Its arrival number.
    pub seq: u64,
    /// When it was committed, µs.
    pub at_us: i64,
    /// What it says.
    pub said: Said,
}

/// What a statement says.
#[derive(Debug, Clone)]
pub enum Said {
    /// A fact.
    Fact(Fact),
    /// A decision of a person.
    Determination(Determination),
    /// A report that went out.
    Submission(Submission),
    /// Who looks after the incident.
    Assignment(Assignment),
}

/// An incident in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: IncidentId,
    /// The arrival number of its opening.
    pub seq: u64,
    /// The release class of its opening.
    pub class: u32,
    /// When it was opened, µs.
    pub opened_us: i64,
    /// What people call it.
    pub title: String,
    /// Whether it is an exercise.
    pub exercise: bool,
    /// How many statements there are about it.
    pub statements: usize,
}

/// So many incidents opened before that arrival number, the newest first, without their statements.
pub fn listed(views: &Views, before: u64, most: usize) -> Result<Vec<Listed>, SqlError> {
    let reader = views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT i.seq, i.at_us, i.class, i.body, (SELECT COUNT(*) FROM notify_statement s WHERE s.incident = i.id)
         FROM notify_incident i WHERE i.seq < ?1 ORDER BY i.seq DESC LIMIT ?2",
    )?;
    let key = (i64::try_from(before).unwrap_or(i64::MAX), most as i64);
    let rows = statement
        .query_map(key, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?
        .collect::<Result<Vec<(i64, i64, u32, Vec<u8>, i64)>, _>>()?;
    let read = |(seq, opened_us, class, body, statements): (i64, i64, u32, Vec<u8>, i64)| {
        let opening: records::incident::Incident = serde_json::from_slice(&body).ok()?;
        Some(Listed {
            id: opening.incident,
            seq: seq as u64,
            class,
            opened_us,
            title: opening.title,
            exercise: opening.exercise,
            statements: statements as usize,
        })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Incidents that are in memory at once while all are looked at.
const PAGE: usize = 200;

/// Calls `look` with every incident, oldest first; a page of them is in memory at a time.
pub fn each<E: From<SqlError>>(views: &Views, mut look: impl FnMut(Case) -> Result<(), E>) -> Result<(), E> {
    let mut after = 0;
    loop {
        let page = page(views, after)?;
        let Some((last, _)) = page.last() else { return Ok(()) };
        after = *last;
        for (_, id) in page {
            if let Some(case) = case(views, id)? {
                look(case)?;
            }
        }
    }
}

/// Incidents opened after that arrival number, oldest first, with the arrival number of each opening.
fn page(views: &Views, after: u64) -> Result<Vec<(u64, IncidentId)>, SqlError> {
    let reader = views.read()?;
    let mut statement =
        reader.prepare_cached("SELECT seq, id FROM notify_incident WHERE seq > ?1 ORDER BY seq LIMIT ?2")?;
    let rows = statement
        .query_map((after as i64, PAGE as i64), |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(rows.into_iter().filter_map(|(seq, id)| Some((seq as u64, id.parse().ok()?))).collect())
}

/// One incident with everything stated about it.
pub fn case(views: &Views, id: IncidentId) -> Result<Option<Case>, SqlError> {
    let reader = views.read()?;
    let opened = reader
        .prepare_cached("SELECT seq, at_us, class, body FROM notify_incident WHERE id = ?1")?
        .query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let Some((seq, opened_us, class, body)): Option<(i64, i64, u32, Vec<u8>)> = opened else {
        return Ok(None);
    };
    let Ok(opening) = serde_json::from_slice::<records::incident::Incident>(&body) else { return Ok(None) };
    let mut statement = reader.prepare_cached(
        "SELECT seq, at_us, record, kind, body FROM notify_statement WHERE incident = ?1 ORDER BY seq",
    )?;
    let rows = statement
        .query_map([id.to_string()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?
        .collect::<Result<Vec<(i64, i64, String, String, Vec<u8>)>, _>>()?;
    let statements = rows.into_iter().filter_map(|(seq, at_us, record, kind, body)| {
        let said = said(&kind, &body)?;
        Some(Statement { record: record.parse().ok(), seq: seq as u64, at_us, said })
    });
    Ok(Some(Case {
        id,
        seq: seq as u64,
        class,
        opened_us,
        title: opening.title,
        exercise: opening.exercise,
        statements: statements.collect(),
    }))
}

fn said(kind: &str, body: &[u8]) -> Option<Said> {
    match kind {
        Fact::KIND => serde_json::from_slice(body).ok().map(Said::Fact),
        Determination::KIND => serde_json::from_slice(body).ok().map(Said::Determination),
        Assignment::KIND => serde_json::from_slice(body).ok().map(Said::Assignment),
        Submission::KIND => serde_json::from_slice(body).ok().map(Said::Submission),
        _ => None,
    }
}

impl Said {
    /// The kind of its record.
    pub fn kind(&self) -> &'static str {
        match self {
            Said::Fact(_) => Fact::KIND,
            Said::Determination(_) => Determination::KIND,
            Said::Submission(_) => Submission::KIND,
            Said::Assignment(_) => Assignment::KIND,
        }
    }
}

impl Case {
    /// The incident as it was known at that moment: only what had been stated by then.
    pub fn incident(&self, library: &Library, at: Timestamp) -> Result<Incident, FactError> {
        let mut object = Map::new();
        object.insert("exercise".into(), json!(self.exercise));
        // Number, exercise, marking and title are filled by the opening.
        object.insert("fields".into(), json!({ "A01": true, "A02": true, "A03": true, "A04": true }));
        let known = |statement: &&Statement| statement.at_us <= at.as_microsecond();
        for (n, statement) in self.statements.iter().enumerate().filter(|(_, statement)| known(statement)) {
            match &statement.said {
                // While two people contradict each other, duties run by the careful reading.
                Said::Determination(made) => {
                    let standing = standing(self.statements[..=n].iter().filter(known), &made.question);
                    put_decision(&mut object, library, careful(&standing).unwrap_or(made));
                }
                said => put(&mut object, library, said),
            }
            // Decisions and submissions fill the fields that list them.
            let listed = match statement.said {
                Said::Determination(_) => "C05",
                Said::Submission(_) => "S01",
                Said::Fact(_) | Said::Assignment(_) => continue,
            };
            put_inside(&mut object, "fields", listed, json!(true));
        }
        Incident::read(&object, library)
    }

    /// An incident of which nothing was stated, to try out what a file says.
    pub(crate) fn blank(exercise: bool) -> Self {
        let id = IncidentId(desk::edge::uuid());
        Self { id, seq: 0, class: 0, opened_us: 0, title: String::new(), exercise, statements: Vec::new() }
    }

    /// The case as it had been stated by then.
    pub fn as_of(&self, at: Timestamp) -> Self {
        let mut then = self.clone();
        then.statements.retain(|statement| statement.at_us <= at.as_microsecond());
        then
    }

    /// Who looks after it, by account.
    pub fn officer(&self) -> Option<&str> {
        self.statements
            .iter()
            .rev()
            .find_map(|statement| match &statement.said {
                Said::Assignment(to) => Some(to.officer.as_str()),
                Said::Fact(_) | Said::Determination(_) | Said::Submission(_) => None,
            })
            .filter(|officer| !officer.is_empty())
    }

    /// The incident with one statement more, which is not in the ledger yet.
    pub fn with(&self, library: &Library, said: Said, now: Timestamp) -> Result<Incident, FactError> {
        let mut next = self.clone();
        next.statements.push(Statement { record: None, seq: u64::MAX, at_us: now.as_microsecond(), said });
        next.incident(library, now)
    }
}

/// Puts what was said where a plan looks for it; what comes later replaces what came before.
fn put(object: &mut Map<String, Value>, library: &Library, said: &Said) {
    match said {
        Said::Fact(fact) => put_fact(object, library, &fact.field, fact.value.clone()),
        Said::Determination(made) => put_decision(object, library, made),
        Said::Assignment(_) => {}
        Said::Submission(sent) => {
            let key = format!("submitted({})", sent.stage);
            let list = object.entry(key).or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                list.push(json!(sent.at.to_string()));
            }
        }
    }
}

fn put_fact(object: &mut Map<String, Value>, library: &Library, field: &str, value: Value) {
    if let Some(regime) = field.strip_prefix("applies ") {
        return put_inside(object, "regimes", regime, value);
    }
    // One name for one thing: a fact stated under another of its names takes the place of what stood there.
    let name = library.words.canonical(field);
    if library.words.fields.contains_key(name) {
        return put_inside(object, "fields", name, value);
    }
    object.insert(name.to_owned(), value);
}

fn put_inside(object: &mut Map<String, Value>, outer: &str, key: &str, value: Value) {
    let place = object.entry(outer.to_owned()).or_insert_with(|| json!({}));
    if let Some(place) = place.as_object_mut() {
        place.insert(key.to_owned(), value);
    }
}

fn put_decision(object: &mut Map<String, Value>, library: &Library, made: &Determination) {
    let truth = match made.outcome {
        Outcome::Yes => json!(true),
        Outcome::No => json!(false),
        Outcome::Unknown => Value::Null,
    };
    if made.question.starts_with("applies ") {
        return put_fact(object, library, &made.question, truth);
    }
    let question = library.words.determinations.get(&made.question);
    let Some(fact) = question.and_then(|question| question.fact.as_ref()) else { return };
    let value = match library.words.facts.get(fact).map(|fact| fact.kind) {
        Some(FactKind::Instant) if made.outcome == Outcome::Yes => json!(made.at.to_string()),
        Some(FactKind::Instant) => Value::Null,
        _ => truth,
    };
    object.insert(fact.clone(), value);
}
