//! `entente notify clocks`: facts in, dates out. One object or a list of them, from standard input.

use std::io::Read as _;

use anyhow::{Context as _, Result};
use clap::Args;
use notify::{Facts, clocks};
use packs::Library;
use serde_json::{Map, Value, json};

use crate::exit::{Ending, Exit};
use crate::print::{self, Output};

/// What to work out: the facts come on standard input.
#[derive(Debug, Args)]
#[command(after_help = "One JSON object, or a list of them:\n  \
    {\"regime\": \"NIS2\", \"aware\": \"2026-05-08T10:15:00+02:00\", \"tz\": \"Europe/Paris\", \"holidays\": \"FR\"}\n\
    A fact that is not given, or null, is unknown: a clock that needs it has no date.")]
pub struct Clocks {
    #[command(flatten)]
    output: Output,
}

/// No list of facts is longer than this.
const LARGEST_BYTES: u64 = 64 * 1024 * 1024;

impl Clocks {
    /// Works them out; a fact that cannot be right is named, and the others of a list are worked out all the same.
    pub fn run(self) -> Result<Exit> {
        let mut text = String::new();
        std::io::stdin()
            .lock()
            .take(LARGEST_BYTES)
            .read_to_string(&mut text)
            .context("cannot read standard input")?;
        let input: Value = serde_json::from_str(&text).map_err(|error| {
            Ending::usage(format!("standard input is not JSON: {error}; send one object or a list"))
        })?;
        let library = Library::embedded();
        match input {
            Value::Object(object) => {
                let answer = one(library, &object).map_err(Ending::usage)?;
                self.print(&answer)?;
                Ok(Exit::Ok)
            }
            Value::Array(list) => self.run_list(library, &list),
            _ => Err(Ending::usage(
                "standard input holds neither an object nor a list; send facts as {\"regime\": …}",
            )),
        }
    }

    fn run_list(self, library: &Library, list: &[Value]) -> Result<Exit> {
        let mut refused = 0;
        let answers: Vec<Value> = list
            .iter()
            .map(|item| {
                let answer = match item {
                    Value::Object(object) => one(library, object),
                    _ => Err("not an object; send facts as {\"regime\": …}".to_owned()),
                };
                answer.unwrap_or_else(|fault| {
                    refused += 1;
                    json!({ "refused": fault })
                })
            })
            .collect();
        self.print(&Value::Array(answers))?;
        Ok(if refused == 0 { Exit::Ok } else { Exit::Failed })
    }

    fn print(self, answer: &Value) -> Result<()> {
        self.output.print(answer, text)
    }
}

fn one(library: &Library, object: &Map<String, Value>) -> Result<Value, String> {
    let facts = Facts::read(object, library).map_err(|error| error.to_string())?;
    if facts.regimes.is_empty() {
        return Err("regime: name at least one; see `entente notify pack list`".to_owned());
    }
    for unused in &facts.unused {
        eprintln!("note: {unused:?} is no fact that a clock knows; it was not used");
    }
    Ok(Value::Object(notify::clocks::answer(&clocks(library, &facts))))
}

/// Stage by stage, for people.
fn text(answer: &Value) -> String {
    let each = |answer: &Value| {
        let rows: Vec<Vec<String>> = answer
            .as_object()
            .into_iter()
            .flatten()
            .map(|(stage, date)| {
                vec![stage.clone(), date.as_str().map_or_else(|| date.to_string(), str::to_owned)]
            })
            .collect();
        print::table(&rows)
    };
    match answer {
        Value::Array(list) => list.iter().map(each).collect::<Vec<_>>().join("\n"),
        one => each(one),
    }
}
