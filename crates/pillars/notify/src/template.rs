//! The forms of law that machines read: the template of DORA by its numbers, the facts of Form 8-K that are tagged. Which
//! field of the record fills which place is data (`packs/forms`), with what the sources do not say; no code is made up.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use model::{Bilingual, Timestamp};
use packs::Library;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::case::{Case, Said};
use crate::form::value;
use crate::heads::typed;

/// A form as its file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    form: String,
    confidence: String,
    reviewed: String,
    submission: BTreeMap<String, String>,
    sections: BTreeMap<String, Vec<String>>,
    open: Vec<Bilingual>,
    field: Vec<Place>,
}

/// One place of a form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    number: String,
    path: String,
    /// How sure it is that this number says this; as sure as the form when it is not said.
    #[serde(default)]
    sure: String,
    /// The fields that fill it; the first that was stated.
    #[serde(default)]
    from: Vec<String>,
    /// One value of a field that was stated as an object.
    #[serde(default)]
    part: String,
    /// Where several places have one field, the one at which its text stands.
    #[serde(default)]
    lead: bool,
    /// What the record itself knows.
    #[serde(default)]
    own: String,
    en: String,
    fr: String,
}

static SHEETS: LazyLock<Vec<Sheet>> = LazyLock::new(|| {
    let texts =
        [include_str!("../../../../packs/forms/dora.toml"), include_str!("../../../../packs/forms/sec.toml")];
    // A form that cannot be read is found by the test below, and never by a reader of a page.
    texts.into_iter().filter_map(|text| toml::from_str(text).ok()).collect()
});

/// A form filled for a stage.
#[derive(Debug, Clone, Serialize)]
pub struct Template {
    /// The form, by its law.
    pub form: String,
    /// The stage.
    pub stage: String,
    /// The type of submission, as the form calls it.
    pub submission: String,
    /// How sure the places are.
    pub confidence: String,
    /// When they were compared with their sources.
    pub reviewed: String,
    /// For which moment it was filled.
    pub at: Timestamp,
    /// Its places.
    pub fields: Vec<Filled>,
    /// The same, each where the form's JSON has it; what was not stated is left out.
    pub report: Value,
    /// What the sources do not say.
    pub open: Vec<Bilingual>,
}

/// One place, filled or not.
#[derive(Debug, Clone, Serialize)]
pub struct Filled {
    /// Its number.
    pub number: String,
    /// What stands there.
    pub name: Bilingual,
    /// Where the JSON has it.
    pub path: String,
    /// How sure the number and the place are: A, A-, B or C.
    pub confidence: String,
    /// The field of the record it comes from; empty for what the record itself knows.
    pub from: String,
    /// What was stated, for people; empty when nothing was.
    pub text: String,
    /// The same for programs.
    pub value: Value,
    /// Whether it is an estimate.
    pub estimate: bool,
    /// The number at which a text stands that covers this place too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub see: Option<String>,
}

/// The form of a stage, filled from what had been stated by then; none where its law has no such form here.
pub fn template(library: &Library, case: &Case, stage: &str, at: Timestamp) -> Option<Template> {
    let sheet = SHEETS.iter().find(|sheet| sheet.submission.contains_key(stage))?;
    let submission = sheet.submission.get(stage)?.clone();
    let sections = sheet.sections.get(stage)?;
    let case = case.as_of(at);
    let inside = |place: &&Place| {
        sections.iter().any(|section| place.number.split('.').next() == Some(section.as_str()))
    };
    let places: Vec<&Place> = sheet.field.iter().filter(inside).collect();
    let filled = |place: &&Place| {
        let filled = fill(library, &case, stage, (&submission, &places), place);
        let sure = if place.sure.is_empty() { &sheet.confidence } else { &place.sure };
        Filled { confidence: sure.clone(), ..filled }
    };
    let fields: Vec<Filled> = places.iter().map(filled).collect();
    let mut report = json!({});
    for field in fields.iter().filter(|field| !field.value.is_null()) {
        put(&mut report, &field.path.split('.').collect::<Vec<_>>(), field.value.clone());
    }
    Some(Template {
        form: sheet.form.clone(),
        stage: stage.to_owned(),
        submission,
        confidence: sheet.confidence.clone(),
        reviewed: sheet.reviewed.clone(),
        at,
        fields,
        report,
        open: sheet.open.clone(),
    })
}

fn fill(
    library: &Library,
    case: &Case,
    stage: &str,
    (submission, places): (&str, &[&Place]),
    place: &Place,
) -> Filled {
    let stated = place.from.iter().find_map(|code| {
        let (raw, estimate) = value(library, case, code)?;
        (!raw.is_null()).then(|| (code.clone(), raw, estimate))
    });
    let (from, raw, estimate) = match stated {
        Some(stated) => stated,
        None => (String::new(), own(library, case, stage, submission, &place.own), false),
    };
    let (value, see) = part(place, places, &from, raw);
    Filled {
        number: place.number.clone(),
        name: Bilingual::new(&*place.en, &*place.fr),
        path: place.path.clone(),
        confidence: place.sure.clone(),
        text: typed(&value),
        value,
        estimate,
        from,
        see,
    }
}

/// The part of a field that stands at this place, or the place at which the whole stands.
fn part(place: &Place, places: &[&Place], from: &str, raw: Value) -> (Value, Option<String>) {
    if place.part.is_empty() || raw.is_null() {
        return (raw, None);
    }
    if raw.is_object() || raw.as_array().is_some_and(|list| list.iter().any(Value::is_object)) {
        let pointer = format!("/{}", place.part.replace('.', "/"));
        return (raw.pointer(&pointer).cloned().unwrap_or(Value::Null), None);
    }
    // A text says it all at once: it stands where the form asks for words, else at the first of its places.
    let of = |other: &&&Place| other.from.iter().any(|code| code == from);
    let lead = places.iter().filter(of).find(|other| other.lead || other.part.is_empty());
    let lead = lead.or_else(|| places.iter().find(of));
    match lead {
        Some(lead) if lead.number != place.number => (Value::Null, Some(lead.number.clone())),
        _ => (raw, None),
    }
}

/// What the record itself knows.
fn own(library: &Library, case: &Case, stage: &str, submission: &str, what: &str) -> Value {
    match what {
        "submission" => json!(submission),
        "classified" => {
            let made = case.statements.iter().rev().find_map(|statement| match &statement.said {
                Said::Determination(made) if made.question == "major" => Some(json!(made.at.to_string())),
                Said::Fact(fact) if library.words.canonical(&fact.field) == "classified_major" => {
                    Some(fact.value.clone())
                }
                _ => None,
            });
            made.unwrap_or_default()
        }
        // The reference that the recipient gave when the stage before was sent.
        "authority" => {
            let law = stage.split('.').next().unwrap_or_default();
            let sent = case.statements.iter().rev().find_map(|statement| match &statement.said {
                Said::Submission(sent) if sent.stage.split('.').next() == Some(law) => Some(&sent.reference),
                _ => None,
            });
            sent.filter(|reference| !reference.is_empty() && !reference.starts_with("record:"))
                .map_or(Value::Null, |reference| json!(reference))
        }
        "undetermined" => {
            let pack = library.pack_of(stage).and_then(|pack| pack.stage_on(stage, None));
            let codes = pack.into_iter().flat_map(|stage| &stage.required);
            let open =
                codes.filter(|code| value(library, case, code).is_none_or(|(value, _)| value.is_null()));
            let names: Vec<String> =
                open.filter_map(|code| Some(library.words.fields.get(code)?.name().en)).collect();
            if names.is_empty() { Value::Null } else { json!(names.join("; ")) }
        }
        _ => Value::Null,
    }
}

/// Puts a value at `a.0.b`; a number is a place in a list.
fn put(place: &mut Value, path: &[&str], value: Value) {
    let Some((first, rest)) = path.split_first() else {
        *place = value;
        return;
    };
    if let Ok(at) = first.parse::<usize>() {
        if !place.is_array() {
            *place = json!([]);
        }
        if let Some(list) = place.as_array_mut() {
            // Forms name the first of a list only.
            let at = at.min(list.len());
            if at == list.len() {
                list.push(Value::Null);
            }
            put(&mut list[at], rest, value);
        }
        return;
    }
    if !place.is_object() {
        *place = Value::Object(Map::new());
    }
    if let Some(object) = place.as_object_mut() {
        put(object.entry((*first).to_owned()).or_insert(Value::Null), rest, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_a_number_of_its_own_and_a_field_that_packs_know() {
        let library = Library::embedded();
        assert_eq!(SHEETS.len(), 2, "every file is read");
        for sheet in SHEETS.iter() {
            let mut numbers: Vec<&str> = sheet.field.iter().map(|place| place.number.as_str()).collect();
            let all = numbers.len();
            numbers.sort_unstable();
            numbers.dedup();
            assert_eq!(numbers.len(), all, "{}: a number stands twice", sheet.form);
            for place in &sheet.field {
                assert!(place.from.is_empty() != place.own.is_empty(), "{}: filled by what?", place.number);
                assert!(["", "A", "A-", "B", "C"].contains(&&*place.sure), "{}: how sure?", place.number);
                for code in &place.from {
                    assert!(library.words.fields.contains_key(code), "{}: no field {code}", place.number);
                }
            }
            for stage in sheet.submission.keys() {
                assert!(library.pack_of(stage).is_some() && sheet.sections.contains_key(stage), "{stage}");
            }
        }
        let of = |section: &str| {
            SHEETS[0].field.iter().filter(|place| place.number.split('.').next() == Some(section)).count()
        };
        assert_eq!(["1", "2", "3", "4"].map(of), [15, 10, 35, 16], "as the annex counts them");
    }
}
