//! Saving what a form of the intake says: what was changed becomes a statement, and names the statements it replaces.

use desk::pages::{App, Faults, Fields, PageError, Visitor};
use packs::Library;
use records::fact::Fact;
use serde::Serialize;
use serde_json::{Value, json};

use super::form::slug;
use crate::ask::{AskKind, kind_of};
use crate::case::Case;
use crate::commands::StateError;
use crate::commands::state_fact::state_fact;
use crate::law;

/// What became of one field, for the script.
#[derive(Debug, Serialize)]
pub(super) struct SavedField {
    /// The field without its prefix.
    slug: String,
    /// The arrival number of its statement.
    #[serde(skip)]
    seq: Option<u64>,
    /// That statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<String>,
    /// What it says.
    was: String,
    /// What is wrong with it; empty for nothing.
    fault: String,
}

/// What became of a form.
#[derive(Debug, Default)]
pub(super) struct Saved {
    pub fields: Vec<SavedField>,
    pub faults: Faults,
}

/// The most questions that one form answers.
const MOST: usize = 200;

/// Saves each field that its reader changed; the others are not touched, whatever stands there by now.
pub(super) fn save(app: &App, visitor: &Visitor, case: &Case, fields: &Fields) -> Result<Saved, PageError> {
    let library = law::now(&app.desk.views)?;
    let mut saved = Saved::default();
    for key in fields.all("k").take(MOST) {
        let slug = slug(key);
        let given = given(fields, &slug);
        let raw = fields.get(&format!("j-{slug}"));
        if raw.is_empty() && given == fields.get(&format!("w-{slug}")) {
            continue;
        }
        let value = if raw.is_empty() {
            read(&library, key, &given)
        } else {
            serde_json::from_str(raw).unwrap_or(Value::Null)
        };
        let stated = state_fact(&app.desk, fact(visitor, case, fields, key, &slug, value));
        let (seq, fault) = match stated {
            Ok(receipt) => (Some(receipt.first_seq), String::new()),
            // The field is named by its label above.
            Err(StateError::Fact(error)) if library.words.canonical(&error.field) == key => {
                (None, error.fault.say(visitor.locale))
            }
            Err(error) => (None, error.theirs().map_err(PageError::broken)?.say(visitor.locale)),
        };
        if !fault.is_empty() {
            saved.faults.say(format!("f-{slug}"), fault.clone());
        }
        saved.fields.push(SavedField { slug, seq, seen: None, was: given, fault });
    }
    name_records(app, case, &mut saved)?;
    Ok(saved)
}

/// The statements just made, by their ids: the form replaces these when its reader goes on typing, and no others.
fn name_records(app: &App, case: &Case, saved: &mut Saved) -> Result<(), PageError> {
    let Some(now) = crate::case::case(&app.desk.views, case.id)? else { return Ok(()) };
    for field in &mut saved.fields {
        let made = now.statements.iter().find(|statement| Some(statement.seq) == field.seq);
        field.seen = made.and_then(|statement| statement.record).map(|id| id.to_string());
    }
    Ok(())
}

/// What was typed or chosen; several choices are joined.
fn given(fields: &Fields, slug: &str) -> String {
    let name = format!("f-{slug}");
    let all: Vec<&str> = fields.all(&name).map(str::trim).filter(|text| !text.is_empty()).collect();
    all.join(", ").replace("\r\n", "\n")
}

fn fact(visitor: &Visitor, case: &Case, fields: &Fields, key: &str, slug: &str, value: Value) -> Fact {
    let seen = fields.get(&format!("s-{slug}")).split(' ').filter_map(|id| id.parse().ok());
    Fact {
        incident: case.id,
        field: key.to_owned(),
        value,
        estimate: fields.get(&format!("e-{slug}")) == "on",
        as_of: None,
        source: fields.get(&format!("o-{slug}")).to_owned(),
        confidence: fields.get(&format!("c-{slug}")).to_owned(),
        by: visitor.account.name.clone(),
        replaces: Some(seen.collect()),
    }
}

/// What was typed, as the kind of its question reads it. What cannot be read stays text, and is refused at its field.
fn read(library: &Library, key: &str, typed: &str) -> Value {
    if typed.is_empty() {
        return Value::Null;
    }
    match kind_of(library, key) {
        AskKind::Number => {
            let plain = typed.replace([' ', '\u{a0}', '\u{202f}'], "").replace(',', ".");
            plain.parse::<f64>().map_or_else(|_| json!(typed), |number| json!(number))
        }
        AskKind::Truth => match typed {
            "yes" => json!(true),
            "no" => json!(false),
            _ => Value::Null,
        },
        AskKind::Class => json!(typed.split(", ").collect::<Vec<_>>()),
        AskKind::Moment | AskKind::Text | AskKind::Zone | AskKind::Country | AskKind::Decision(_) => {
            json!(typed)
        }
    }
}
