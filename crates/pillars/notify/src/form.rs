//! The form of a stage, as the pack asks for it: its fields with what was stated, for pages, print, programs, and for
//! copying into a portal. It names the pack and the moment by which it was made, and never changes under a newer one.

use model::{Bilingual, Timestamp};
use packs::Library;
use records::determination::Determination;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::ask::name_of;
use crate::case::{Case, Said};
use crate::heads::{heads, typed};
use crate::plan::Obligation;

/// Whether a field must be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// The report needs it.
    Required,
    /// It is needed where it applies.
    WhereApplicable,
}

/// One field.
#[derive(Debug, Clone, Serialize)]
pub struct FormField {
    /// Its code.
    pub code: String,
    /// Where it stands in the record.
    pub path: String,
    /// What people call it.
    pub name: Bilingual,
    /// Whether it must be filled.
    pub need: Need,
    /// What was stated, as people read it; empty when nothing was.
    pub value: String,
    /// The same for programs.
    pub raw: Value,
    /// Whether it is an estimate.
    pub estimate: bool,
}

/// The whole form.
#[derive(Debug, Clone, Serialize)]
pub struct Form {
    /// The stage.
    pub stage: String,
    /// What people call it.
    pub title: Bilingual,
    /// The clause.
    pub clause: String,
    /// The pack by which it was made.
    pub pack: String,
    /// The moment for which it was made.
    pub at: Timestamp,
    /// Whether it is about an exercise.
    pub exercise: bool,
    /// Its fields.
    pub fields: Vec<FormField>,
}

/// The form of a duty, filled from what had been stated by then.
pub fn form(library: &Library, case: &Case, duty: &Obligation, at: Timestamp) -> Option<Form> {
    let pack = library.pack_of(&duty.stage)?;
    let day = duty.alarm.map(|alarm| model::time::TimeZone::UTC.to_datetime(alarm).date());
    let stage = pack.stage_on(&duty.stage, day)?;
    let then = case.as_of(at);
    let of = |codes: &[String], need: Need| {
        codes.iter().filter_map(|code| field(library, &then, code, need)).collect::<Vec<_>>()
    };
    let fields =
        [of(&stage.required, Need::Required), of(&stage.conditional, Need::WhereApplicable)].concat();
    Some(Form {
        stage: duty.stage.clone(),
        title: duty.title.clone(),
        clause: duty.clause.clone(),
        pack: pack.head.label(),
        at,
        exercise: case.exercise,
        fields,
    })
}

fn field(library: &Library, case: &Case, code: &str, need: Need) -> Option<FormField> {
    let known = library.words.fields.get(code)?;
    let (raw, estimate) = value(library, case, code)?;
    let name = name_of(library, code);
    let value = shown(&raw);
    Some(FormField { code: code.to_owned(), path: known.path.clone(), name, need, value, raw, estimate })
}

/// A value, as people read it.
pub(crate) fn shown(raw: &Value) -> String {
    if raw.is_array() && !raw[0].is_string() { raw.to_string() } else { typed(raw) }
}

/// What is known of a field, and whether it is an estimate; `null` where nothing is. None for no field.
pub(crate) fn value(library: &Library, case: &Case, code: &str) -> Option<(Value, bool)> {
    let known = library.words.fields.get(code)?;
    let standing = heads(case, library, known.fact.as_deref().unwrap_or(code));
    let stated = standing.last().map(|head| (head.fact.value.clone(), head.fact.estimate));
    Some(stated.filter(|(value, _)| !value.is_null()).unwrap_or_else(|| (own(case, code), false)))
}

/// What the record itself knows: its number, title and marking, the decisions and what was submitted.
fn own(case: &Case, code: &str) -> Value {
    let listed = |pick: fn(&Said) -> Option<String>| {
        let all: Vec<String> = case.statements.iter().filter_map(|statement| pick(&statement.said)).collect();
        if all.is_empty() { Value::Null } else { json!(all) }
    };
    match code {
        "A01" => json!(case.id.to_string()),
        "A02" => json!(if case.exercise { "exercise" } else { "real" }),
        "A03" => json!("TLP:AMBER+STRICT"),
        "A04" => json!(case.title),
        "C05" => listed(|said| match said {
            Said::Determination(made) => Some(decision(made)),
            _ => None,
        }),
        "S01" => listed(|said| match said {
            Said::Submission(sent) => {
                Some(format!("{}, {}, {} {}", sent.stage, sent.at, sent.channel, sent.reference))
            }
            _ => None,
        }),
        _ => Value::Null,
    }
}

/// A decision in one line.
pub(crate) fn decision(made: &Determination) -> String {
    let outcome = serde_json::to_value(made.outcome).unwrap_or_default();
    let outcome = outcome.as_str().unwrap_or_default();
    format!("{}: {outcome}, {:.0}, {}: {}", made.question, made.at, made.by, made.rationale)
}

/// One field that was told differently before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Its code.
    pub code: String,
    /// As it stood when the report before went out; empty when nothing was stated.
    pub before: String,
    /// As it stands.
    pub now: String,
}

/// The last report of the same law that went out before: its stage, when, and which fields of this form have changed
/// since. None when nothing went out.
pub fn since_last(
    library: &Library,
    case: &Case,
    duty: &Obligation,
    form: &Form,
) -> Option<(String, Timestamp, Vec<Told>)> {
    let then = case.as_of(form.at);
    let (sent, noted) = then.statements.iter().rev().find_map(|statement| match &statement.said {
        Said::Submission(sent) if sent.stage != form.stage => {
            let regime = library.pack_of(&sent.stage).map(|pack| pack.head.regime.as_str());
            (regime == Some(duty.regime.as_str())).then_some((sent, statement.at_us))
        }
        _ => None,
    })?;
    // What the report said is what stood when it was noted: a report filed by hand is noted after it was sent.
    let before = self::form(library, case, duty, Timestamp::from_microsecond(noted).ok()?)?;
    let pairs = before.fields.iter().zip(&form.fields).filter(|(old, new)| old.value != new.value);
    let told = pairs.filter(|(_, new)| !matches!(new.code.as_str(), "S01" | "C05"));
    let told = told.map(|(old, new)| Told {
        code: new.code.clone(),
        before: old.value.clone(),
        now: new.value.clone(),
    });
    Some((sent.stage.clone(), sent.at, told.collect()))
}

impl Form {
    /// The form for programs, by the paths of the record.
    pub fn document(&self) -> Value {
        let mut fields = Map::new();
        for field in &self.fields {
            put(&mut fields, &field.path, field.raw.clone());
        }
        json!({
            "stage": self.stage, "clause": self.clause, "pack": self.pack, "at": self.at.to_string(),
            "exercise": self.exercise, "report": fields,
        })
    }

    /// Codes of the required fields that nobody has filled.
    pub fn lacks(&self) -> impl Iterator<Item = &FormField> {
        self.fields.iter().filter(|field| field.need == Need::Required && field.value.is_empty())
    }
}

/// Puts a value at `a.b.c`; where a path is also the beginning of another, its own value stands under `value`.
pub(crate) fn put(object: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => match object.get_mut(path) {
            Some(Value::Object(inner)) => {
                inner.insert("value".into(), value);
            }
            _ => {
                object.insert(path.to_owned(), value);
            }
        },
        Some((first, rest)) => {
            let place = object.entry(first.to_owned()).or_insert_with(|| json!({}));
            if !place.is_object() {
                *place = json!({ "value": place.take() });
            }
            if let Some(inner) = place.as_object_mut() {
                put(inner, rest, value);
            }
        }
    }
}
