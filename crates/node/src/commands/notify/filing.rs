//! `entente notify incident file|filed|reply`: stages filed with an authority over the link, and what came back.

use anyhow::{Context as _, Result};
use model::{IncidentId, PartyId, RecordId, Timestamp};
use notify::authority::letters::{Letter, filed as letters};
use notify::case::{Case, Said, case};
use notify::commands::file_stage::{Filed, file_stage, reply, stated};
use records::message::Message;
use serde::Serialize;

use crate::commands::party;
use crate::config::Config;
use crate::folder::{self, Reading};
use crate::print::{self, Output};

/// A filing with what was said about it.
#[derive(Debug, Serialize)]
struct View {
    record: RecordId,
    at: Timestamp,
    stage: String,
    to: PartyId,
    said: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    from: PartyId,
    at: Timestamp,
    record: RecordId,
    message: Message,
}

/// Files a stage with what was stated so far.
pub fn file(
    config: &Config,
    incident: IncidentId,
    stage: String,
    to: &str,
    sector: String,
    by: String,
) -> Result<()> {
    let desk = folder::open(config)?;
    let done = (|| {
        let to = party::find(&desk.known(), to)?.0;
        let found = case(&desk.views, incident)?;
        let found = found
            .with_context(|| format!("there is no {incident} here; see `entente notify incident list`"))?;
        let fields = stated(&found, &stage);
        let country = newest(&found, "country");
        Ok::<_, anyhow::Error>(file_stage(&desk, incident, Filed { stage, to, country, sector, fields, by })?)
    })();
    desk.close();
    print::line(&done?.to_string())
}

/// The newest text that was stated of a fact; empty when none was.
fn newest(case: &Case, field: &str) -> String {
    let stated = case.statements.iter().rev().find_map(|statement| match &statement.said {
        Said::Fact(fact) if fact.field == field => fact.value.as_str(),
        _ => None,
    });
    stated.unwrap_or_default().to_owned()
}

/// Shows what was filed.
pub fn filed(config: &Config, incident: IncidentId, output: Output) -> Result<()> {
    let reading = Reading::open(config)?;
    let letters = letters(reading.full_views()?, reading.me, &incident.to_string())?;
    let views: Vec<View> = letters.into_iter().map(view).collect();
    output.print(&views, |views| {
        let mut rows = vec![["filing", "stage", "filed", "said"].map(str::to_owned).to_vec()];
        for view in views {
            rows.push(vec![view.record.to_string(), view.stage.clone(), view.at.to_string(), String::new()]);
            rows.extend(view.said.iter().map(|line| {
                let says = serde_json::to_string(&line.message.says).unwrap_or_default();
                vec![String::new(), line.message.reference.clone(), line.at.to_string(), says]
            }));
        }
        print::table(&rows)
    })
}

fn view(letter: Letter) -> View {
    let said = letter.said.into_iter();
    View {
        record: letter.record,
        at: letter.at,
        stage: letter.filing.stage,
        to: letter.filing.to,
        said: said.map(|s| Line { from: s.from, at: s.at, record: s.record, message: s.message }).collect(),
    }
}

/// Answers a question.
pub fn answer(config: &Config, filing: RecordId, question: u32, answer: &str) -> Result<()> {
    let desk = folder::open(config)?;
    let done = reply(&desk, filing, question, answer);
    desk.close();
    done?;
    print::line(&format!("answered question {question}"))
}
