//! `entente notify incident file|filed|reply`: stages filed with an authority over the link, and what came back.

use anyhow::{Context as _, Result};
use clap::Args;
use desk::Desk;
use model::{IncidentId, PartyId, RecordId, Timestamp};
use notify::authority::letters::{Letter, filed as letters};
use notify::case::case;
use notify::commands::file_stage::{Filed, newest, reply, stated};
use notify::held::Asked;
use records::message::Message;
use serde::Serialize;

use super::two::{self, Person};
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

/// What to file.
#[derive(Debug, Args)]
pub struct File {
    /// The incident
    incident: IncidentId,
    /// The stage, such as nis2.ew
    stage: String,
    /// The authority, by its short name or id
    #[arg(long)]
    to: String,
    /// Our sector, in the words of the law
    #[arg(long, default_value = "")]
    sector: String,
    /// Who files it, by name and office
    #[arg(long)]
    by: String,
    #[command(flatten)]
    person: Person,
}

impl File {
    /// Files it with what was stated so far, or has it wait for a second person.
    pub fn run(self, config: &Config) -> Result<()> {
        let desk = folder::open(config)?;
        let done = self.filed(&desk);
        desk.close();
        print::line(&done?)
    }

    fn filed(self, desk: &Desk) -> Result<String> {
        let to = party::find(&desk.known(), &self.to)?.0;
        let incident = self.incident;
        let found = case(&desk.views, incident)?;
        let found = found
            .with_context(|| format!("there is no {incident} here; see `entente notify incident list`"))?;
        let filed = Filed {
            fields: stated(&*notify::law::now(&desk.views)?, &found, &self.stage),
            country: newest(&found, "country"),
            stage: self.stage,
            to,
            sector: self.sector,
            by: self.by,
        };
        two::ask(desk, Asked::Link { incident, filed }, &self.person)
    }
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
