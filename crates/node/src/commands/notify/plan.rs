//! `entente notify plan`: an incident in, its duties out. For any instant, also a past one.

use std::io::Read as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Args;
use model::Timestamp;
use notify::{Incident, Plan, plan};
use packs::Library;
use serde_json::{Map, Value};

use crate::exit::{Ending, Exit};
use crate::print::{self, Output};

/// Which incident.
#[derive(Debug, Args)]
#[command(after_help = "The file holds the facts of `entente notify clocks`, and besides:\n  \
    regimes  {\"NIS2\": true, \"GDPR\": null, \"DORA\": false}: applies, not known, does not; without it, all may\n  \
    country  the State whose holidays count; fields  what is filled, by code or path; exercise  true or false")]
pub struct PlanCommand {
    /// The incident as JSON, or `-` for standard input
    file: PathBuf,
    /// Plan as of this instant; what happened later is not known then
    #[arg(long, value_name = "INSTANT")]
    at: Option<Timestamp>,
    #[command(flatten)]
    output: Output,
}

/// No incident file is larger.
const LARGEST_BYTES: u64 = 16 * 1024 * 1024;

impl PlanCommand {
    /// Plans it.
    pub fn run(self) -> Result<Exit> {
        let object = self.read()?;
        let library = Library::embedded();
        let incident = Incident::read(&object, library).map_err(|error| Ending::usage(error.to_string()))?;
        let at = self.at.unwrap_or_else(desk::edge::now);
        self.output.print(&plan(library, &incident, at), text)?;
        Ok(Exit::Ok)
    }

    fn read(&self) -> Result<Map<String, Value>> {
        let mut text = String::new();
        let name = self.file.display();
        let source: Box<dyn std::io::Read> = if self.file.as_os_str() == "-" {
            Box::new(std::io::stdin().lock())
        } else {
            Box::new(std::fs::File::open(&self.file).with_context(|| format!("cannot read {name}"))?)
        };
        source
            .take(LARGEST_BYTES)
            .read_to_string(&mut text)
            .with_context(|| format!("cannot read {name}"))?;
        let value: Value = serde_json::from_str(&text)
            .map_err(|error| Ending::usage(format!("{name} is not JSON: {error}; write one object")))?;
        match value {
            Value::Object(object) => Ok(object),
            _ => Err(Ending::usage(format!("{name} holds no object; write the facts as {{\"aware\": …}}"))),
        }
    }
}

/// The plan for people: what is due first stands first.
pub fn text(plan: &Plan) -> String {
    let head = ["alarm", "limit", "stage", "state", "missing", "title"].map(str::to_owned);
    let mut table = vec![head.to_vec()];
    for duty in &plan.obligations {
        let local = |at: &Option<String>| at.clone().unwrap_or_else(|| "-".to_owned());
        table.push(vec![
            local(&duty.alarm_local),
            local(&duty.limit_local),
            duty.stage.clone(),
            word(duty.state),
            duty.missing.len().to_string(),
            duty.title.en.clone(),
        ]);
    }
    let mut text = print::table(&table);
    for threshold in &plan.thresholds {
        text.push_str(&format!("{}: {}\n", threshold.regime, threshold.says.en));
    }
    for conflict in &plan.conflicts {
        text.push_str(&format!(
            "conflict: {} and {}: {}\n",
            conflict.silence, conflict.disclosure, conflict.why.en
        ));
    }
    for note in &plan.notes {
        text.push_str(&format!("note: {}\n", note.en));
    }
    for out in &plan.excluded {
        let reasons: Vec<&str> = out.reasons.iter().map(|reason| reason.en.as_str()).collect();
        let what = out.stage.as_ref().unwrap_or(&out.regime);
        text.push_str(&format!("not {what}: {}\n", reasons.join("; ")));
    }
    for unused in &plan.unused {
        text.push_str(&format!("not used: {unused}\n"));
    }
    text + &format!("as of {}, made with {}", plan.at, plan.made_with)
}

fn word(state: notify::plan::State) -> String {
    let value = serde_json::to_value(state).unwrap_or_default();
    value.as_str().unwrap_or_default().replace('_', " ")
}
