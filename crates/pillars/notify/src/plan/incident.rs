//! What is said of an incident besides the facts that start clocks: which regimes apply, where, which fields are
//! filled, and whether it is an exercise.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use model::{Bilingual, Timestamp};
use packs::Library;
use serde_json::{Map, Value};
use ui::locale::{Part, Sentence};
use ui::sentence;

use crate::facts::{FactError, Facts};
use crate::plan::national;

/// Whether a regime applies, as people have said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applies {
    /// Somebody said so.
    Yes,
    /// Somebody said that it does not.
    No,
    /// Nobody said.
    Unknown,
}

/// An incident as it stands at one moment.
#[derive(Debug, Clone)]
pub struct Incident {
    /// What clocks need; the regimes in it are those that may apply.
    pub facts: Facts,
    /// An exercise: nothing of it may leave.
    pub exercise: bool,
    applies: BTreeMap<String, Applies>,
    country: Option<String>,
    filled: BTreeSet<String>,
    /// The same as a set of bits.
    filled_bits: u128,
}

fn wrong(field: &str, fault: Sentence) -> FactError {
    FactError::at(field, fault)
}

/// Keys of an incident that are not facts of clocks.
const OURS: [&str; 6] = ["title", "exercise", "regimes", "country", "fields", "regime"];

impl Incident {
    /// Reads an incident: the facts of clocks, and `regimes`, `country`, `fields`, `exercise`, `title`.
    pub fn read(object: &Map<String, Value>, library: &Library) -> Result<Self, FactError> {
        let mut facts_only = object.clone();
        facts_only.retain(|key, _| !OURS.contains(&key.as_str()));
        let country = country(object.get("country"), library)?;
        if let (Some(country), None) = (&country, object.get("holidays")) {
            facts_only.insert("holidays".into(), Value::String(country.clone()));
        }
        let mut facts = Facts::read(&facts_only, library)?;
        let applies = regimes(object, library)?;
        facts.regimes = applies.keys().cloned().collect();
        let exercise = match object.get("exercise") {
            None | Some(Value::Null) => false,
            Some(Value::Bool(exercise)) => *exercise,
            Some(_) => return Err(wrong("exercise", sentence!("refused-exercise"))),
        };
        let mut filled = filled(object.get("fields"), library)?;
        filled.extend(said_by_facts(&facts, library));
        let filled_bits = library.words.field_bits(filled.iter().map(String::as_str));
        Ok(Self { facts, exercise, applies, country, filled, filled_bits })
    }

    /// The incident as its clocks stood at that instant: mostly as it is, for few facts lie in the future.
    pub fn known_at(&self, at: Timestamp) -> Cow<'_, Self> {
        if self.facts.all_by(at) {
            return Cow::Borrowed(self);
        }
        Cow::Owned(Self { facts: self.facts.as_of(at), ..self.clone() })
    }

    /// How many of these fields are not filled.
    pub fn lacks(&self, fields: u128) -> usize {
        (fields & !self.filled_bits).count_ones() as usize
    }

    /// Whether a regime applies.
    pub fn applies(&self, regime: &str) -> Applies {
        self.applies.get(regime).copied().unwrap_or(Applies::No)
    }

    /// What people have said of a regime; that nobody named it is not a no.
    pub fn said_of(&self, regime: &str) -> Applies {
        self.applies.get(regime).copied().unwrap_or(Applies::Unknown)
    }

    /// Whether a field, by its code, is filled.
    pub fn has(&self, code: &str) -> bool {
        self.filled.contains(code)
    }

    /// The State whose holidays count, by its code.
    pub fn country(&self) -> Option<&str> {
        self.country.as_deref()
    }

    /// What must be known of the law of the State, for each directive that may apply.
    pub fn countries(&self, library: &Library) -> Vec<Bilingual> {
        let Some(country) = &self.country else { return Vec::new() };
        let asked = self.facts.regimes.iter().filter(|regime| self.applies(regime) != Applies::No);
        let packs = asked.filter_map(|regime| library.packs.get(regime));
        packs.flat_map(|pack| national::notes(library, pack, country)).collect()
    }
}

fn country(value: Option<&Value>, library: &Library) -> Result<Option<String>, FactError> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(code)) => match library.calendar(code) {
            Some(calendar) => Ok(Some(calendar.id.clone())),
            None => Err(wrong("country", sentence!("refused-country-code", code = Part::quoted(code)))),
        },
        Some(_) => Err(wrong("country", sentence!("refused-country"))),
    }
}

/// `regimes` as an object of yes, no and unknown, or `regime` as a name or names; without either, all may apply.
fn regimes(object: &Map<String, Value>, library: &Library) -> Result<BTreeMap<String, Applies>, FactError> {
    let unknown = |name: &str| wrong("regimes", sentence!("refused-pack", name = Part::quoted(name)));
    let mut found = BTreeMap::new();
    if let Some(named) = object.get("regime").filter(|named| !named.is_null()) {
        let only = Map::from_iter([("regime".to_owned(), named.clone())]);
        found.extend(Facts::read(&only, library)?.regimes.into_iter().map(|regime| (regime, Applies::Yes)));
    }
    match object.get("regimes") {
        None | Some(Value::Null) => {}
        Some(Value::Object(each)) => {
            for (name, value) in each {
                let key = library.packs.keys().find(|key| key.eq_ignore_ascii_case(name));
                let applies = match value {
                    Value::Bool(true) => Applies::Yes,
                    Value::Bool(false) => Applies::No,
                    Value::Null => Applies::Unknown,
                    Value::String(text) if text == "unknown" => Applies::Unknown,
                    _ => {
                        return Err(wrong(
                            "regimes",
                            sentence!("refused-regime-truth", name = name.as_str()),
                        ));
                    }
                };
                found.insert(key.ok_or_else(|| unknown(name))?.clone(), applies);
            }
        }
        Some(_) => return Err(wrong("regimes", sentence!("refused-regimes"))),
    }
    if found.is_empty() {
        let worked = library.packs.values().filter(|pack| !pack.head.adjacent);
        found.extend(worked.map(|pack| (pack.head.regime.clone(), Applies::Unknown)));
    }
    Ok(found)
}

/// The fields that are filled because a fact of clocks says the same.
fn said_by_facts(facts: &Facts, library: &Library) -> Vec<String> {
    let known = |fact: &String| {
        facts.moments.contains_key(fact)
            || facts.truths.contains_key(fact)
            || facts.numbers.contains_key(fact)
    };
    let fields = library.words.fields.iter().filter(|(_, field)| field.fact.as_ref().is_some_and(known));
    fields.map(|(code, _)| code.clone()).collect()
}

/// The fields that are filled, by their codes; they may be given by code or by path.
fn filled(value: Option<&Value>, library: &Library) -> Result<BTreeSet<String>, FactError> {
    let object = match value {
        None | Some(Value::Null) => return Ok(BTreeSet::new()),
        Some(Value::Object(object)) => object,
        Some(_) => return Err(wrong("fields", sentence!("refused-fields"))),
    };
    let mut found = BTreeSet::new();
    for (key, value) in object {
        let fields = &library.words.fields;
        let by_path = || fields.iter().find(|(_, field)| field.path == *key).map(|(code, _)| code);
        let code = fields.get_key_value(key).map(|(code, _)| code).or_else(by_path);
        let code =
            code.ok_or_else(|| wrong("fields", sentence!("refused-field", name = Part::quoted(key))))?;
        if !value.is_null() {
            found.insert(code.clone());
        }
    }
    Ok(found)
}
