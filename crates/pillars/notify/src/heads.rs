//! What stands about one thing: the statements that nobody has replaced. Usually one; two or more when people stated it
//! without knowing of each other, and then both are shown until somebody decides. Nothing stated is ever lost.

use packs::Library;
use records::fact::Fact;
use serde_json::Value;

use crate::case::{Case, Said, Statement};

/// A statement of a fact that stands.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// The statement.
    pub statement: &'a Statement,
    /// What it says.
    pub fact: &'a Fact,
}

/// The statements about `key` (a fact, a field, `applies …`) that stand, oldest first; the last one counts.
pub fn heads<'a>(case: &'a Case, library: &Library, key: &str) -> Vec<Head<'a>> {
    let mut standing: Vec<Head<'a>> = Vec::new();
    for statement in &case.statements {
        let Said::Fact(fact) = &statement.said else { continue };
        if library.words.canonical(&fact.field) != key {
            continue;
        }
        match &fact.replaces {
            // Whoever did not say what they saw meant whatever stood there.
            None => standing.clear(),
            Some(seen) => standing.retain(|head| !head.statement.record.is_some_and(|id| seen.contains(&id))),
        }
        standing.push(Head { statement, fact });
    }
    standing
}

/// Everything about which two people contradict each other: the key, and the statements that stand.
pub fn conflicts<'a>(case: &'a Case, library: &Library) -> Vec<(String, Vec<Head<'a>>)> {
    let mut keys: Vec<&str> = Vec::new();
    for statement in &case.statements {
        if let Said::Fact(fact) = &statement.said {
            let key = library.words.canonical(&fact.field);
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    let found = keys.into_iter().map(|key| (key.to_owned(), heads(case, library, key)));
    found.filter(|(_, standing)| differ(standing)).collect()
}

fn differ(standing: &[Head<'_>]) -> bool {
    standing.windows(2).any(|two| two[0].fact.value != two[1].fact.value)
}

/// The value that counts, as a person would type it; times on the wall clock of `zone` where there is one.
pub fn typed(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "yes".into(),
        Value::Bool(false) => "no".into(),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
