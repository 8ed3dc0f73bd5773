//! An incident from a file: what it says becomes statements, with the same checks as whatever a person types; what cannot
//! be right is a finding with its place, and the rest is kept.

mod csv;
mod json;
mod misp;
mod stix;

use desk::Desk;
use model::{IncidentId, Timestamp};
use packs::Library;
use records::fact::Fact;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use ui::locale::{Part, Sentence};
use ui::sentence;

use crate::case::{Case, Said, Statement};
use crate::commands::StateError;
use crate::commands::open_incident::open_incident;
use crate::commands::state_fact::{check_fact, state_fact};
use crate::law;

pub(crate) use csv::rows as csv_rows;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// An object of facts, as `entente notify plan` reads it.
    Json,
    /// Lines of `field,value,…`.
    Csv,
    /// A MISP event.
    Misp,
    /// A STIX bundle with an incident.
    Stix,
}

impl Format {
    /// The format that a text looks like.
    pub fn of(text: &str) -> Self {
        let start = text.trim_start();
        if !start.starts_with(['{', '[']) {
            return Self::Csv;
        }
        let value: Value = serde_json::from_str(text).unwrap_or(Value::Null);
        match (value.get("Event").is_some(), value["type"] == "bundle") {
            (true, _) => Self::Misp,
            (_, true) => Self::Stix,
            _ => Self::Json,
        }
    }
}

/// Something in a file that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Finding {
    /// Where: a line, or a JSON pointer.
    pub place: String,
    /// What is wrong, and what to do.
    #[serde(serialize_with = "in_english")]
    #[schema(value_type = String)]
    pub fault: Sentence,
}

/// One thing that a file says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Where it stands.
    pub place: String,
    /// The fact or field.
    pub field: String,
    /// Its value.
    pub value: Value,
    /// Whether it is an estimate.
    pub estimate: bool,
    /// Where it comes from.
    pub source: String,
    /// How sure it is.
    pub confidence: String,
}

/// Programs read findings in English.
fn in_english<S: Serializer>(fault: &Sentence, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(fault)
}

/// What a file says.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Contents {
    /// The title of the incident.
    pub title: Option<String>,
    /// Whether it is an exercise.
    pub exercise: bool,
    /// What it says, in its order.
    pub items: Vec<Item>,
    /// What could not be read.
    pub findings: Vec<Finding>,
}

/// The largest file, in bytes.
pub const MOST_BYTES: usize = 8 << 20;
/// Things that one file may say.
const MOST_ITEMS: usize = 2_000;
/// Findings that are listed.
const MOST_FINDINGS: usize = 200;

impl Contents {
    fn say(&mut self, place: impl Into<String>, field: impl Into<String>, value: Value) {
        let (place, field) = (place.into(), field.into());
        let (source, confidence) = (String::new(), String::new());
        self.put(Item { place, field, value, estimate: false, source, confidence });
    }

    fn put(&mut self, item: Item) {
        if self.items.len() < MOST_ITEMS {
            self.items.push(item);
        } else {
            self.miss(item.place, sentence!("refused-import-many", most = MOST_ITEMS));
        }
    }

    fn miss(&mut self, place: impl Into<String>, fault: Sentence) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(Finding { place: place.into(), fault });
        }
    }
}

/// Reads a file; nothing is judged yet.
pub fn read(format: Format, text: &str) -> Contents {
    let mut contents = Contents::default();
    if text.len() > MOST_BYTES {
        contents.miss("file", sentence!("refused-import-long", most = MOST_BYTES));
        return contents;
    }
    match format {
        Format::Csv => csv::read(text, &mut contents),
        Format::Json | Format::Misp | Format::Stix => match serde_json::from_str::<Value>(text) {
            Err(error) => {
                let place = format!("line {}, column {}", error.line(), error.column());
                contents.miss(place, no_json(&error));
            }
            Ok(value) => match format {
                Format::Misp => misp::read(&value, &mut contents),
                Format::Stix => stix::read(&value, &mut contents),
                Format::Json | Format::Csv => json::read(&value, &mut contents),
            },
        },
    }
    contents
}

/// Judges each thing over what stands and over what the file said before it; what cannot be right becomes a finding.
pub fn judge(library: &Library, case: &Case, contents: Contents, by: &str, now: Timestamp) -> Contents {
    let mut case = case.clone();
    let mut judged = Contents { items: Vec::new(), ..contents.clone() };
    // The place comes first: instants without an offset are read in its zone.
    let (place, rest): (Vec<Item>, Vec<Item>) = contents
        .items
        .into_iter()
        .partition(|item| matches!(item.field.as_str(), "tz" | "country" | "holidays"));
    for item in place.into_iter().chain(rest) {
        let fact = fact(case.id, &item, by);
        match check_fact(library, &case, &fact, now) {
            Ok(()) => {
                let said = Said::Fact(fact);
                case.statements.push(Statement {
                    record: None,
                    seq: u64::MAX,
                    at_us: now.as_microsecond(),
                    said,
                });
                judged.items.push(item);
            }
            Err(error) => judged.miss(item.place, told(error)),
        }
    }
    judged
}

/// Why something was not taken.
fn told(error: StateError) -> Sentence {
    error.theirs().unwrap_or_else(|ours| ours.to_string().into())
}

/// What the parser found stays in its own words, as a code.
fn no_json(error: &serde_json::Error) -> Sentence {
    sentence!("refused-import-json", error = Part::code(error.to_string()))
}

/// Takes a file over: into an incident that is there, or into a new one. With nothing sound in it, nothing is opened.
pub fn take(
    desk: &Desk,
    into: Option<Case>,
    contents: Contents,
    by: &str,
) -> Result<(Option<IncidentId>, Contents), StateError> {
    let library = law::now(&desk.views)?;
    let now = desk::edge::now();
    let there = into.is_some();
    let case = into.unwrap_or_else(|| Case::blank(contents.exercise));
    let mut judged = judge(&library, &case, contents, by, now);
    if !there && judged.items.is_empty() && judged.title.is_none() {
        judged.miss("file", sentence!("refused-import-nothing"));
        return Ok((None, judged));
    }
    let id = if there {
        case.id
    } else {
        let title =
            judged.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or("Imported incident");
        open_incident(desk, title, judged.exercise, by)?
    };
    for item in &judged.items {
        state_fact(desk, fact(id, item, by))?;
    }
    Ok((Some(id), judged))
}

fn fact(incident: IncidentId, item: &Item, by: &str) -> Fact {
    Fact {
        incident,
        field: item.field.clone(),
        value: item.value.clone(),
        estimate: item.estimate,
        as_of: None,
        source: item.source.clone(),
        confidence: item.confidence.clone(),
        by: by.to_owned(),
        replaces: None,
    }
}
