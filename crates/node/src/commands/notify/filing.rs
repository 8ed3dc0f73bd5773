//! `entente notify incident file|filed|reply`: stages filed with an authority over the link, and what came back; by mail
//! `file` goes on in [`mail`].

use anyhow::Result;
use clap::Args;
use desk::Desk;
use model::{IncidentId, PartyId, RecordId, Timestamp};
use notify::authority::letters::{Letter, filed as letters};
use notify::case::case;
use notify::commands::file_stage::reply;
use notify::held::{Asked, Outcome};
use notify::sending::{Looked, Order, look, send, wish};
use records::filing::Filing;
use records::message::Message;
use serde::Serialize;
use serde_json::Value;

use super::looking::{duty, known, last_rows, next, unseen};
use super::mail;
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
    /// The authority, by its short name or id: over the link
    #[arg(long, required_unless_present = "mail", conflicts_with = "mail")]
    to: Option<String>,
    /// By mail, to this recipient of the law, such as csirt-or-authority; see `entente notify mailbox list`
    #[arg(long, value_name = "RECIPIENT")]
    mail: Option<String>,
    /// Our sector, in the words of the law
    #[arg(long, default_value = "", conflicts_with = "mail")]
    sector: String,
    /// Who files it, by name and office
    #[arg(long)]
    by: String,
    /// Show exactly what would go, and what is missing; nothing is sent
    #[arg(long, conflicts_with = "seen")]
    look: bool,
    /// Send what was looked at: the digest that --look shows
    #[arg(long, value_name = "DIGEST")]
    seen: Option<String>,
    #[command(flatten)]
    person: Person,
    #[command(flatten)]
    output: Output,
}

/// What would go, and what stands in its way.
#[derive(Debug, Serialize)]
struct Preview {
    /// The body of `notify.filing.v1`.
    filing: Filing,
    /// Required fields that nobody has filled, by code.
    lacks: Vec<String>,
    /// The rules that want a second person.
    two: Vec<String>,
    /// What names it when it is sent.
    seen: String,
}

impl File {
    /// Shows it, or files what was looked at, or has it wait for a second person.
    pub fn run(self, config: &Config) -> Result<()> {
        let output = self.output;
        if let Some(recipient) = self.mail {
            let (incident, stage) = (self.incident, self.stage);
            let File { by, look, seen, person, .. } = self;
            return mail::file(
                config,
                mail::Wish { incident, stage, recipient, by, look, seen, person, output },
            );
        }
        let desk = folder::open(config)?;
        let done = self.filed(&desk);
        desk.close();
        match done? {
            Done::Looked(preview) => output.print(&*preview, shown),
            Done::Filed(said) => print::line(&said),
        }
    }

    fn filed(self, desk: &Desk) -> Result<Done> {
        let to = party::find(&desk.known(), self.to.as_deref().unwrap_or_default())?.0;
        let id = self.incident;
        let found = known(case(&desk.views, id)?, id)?;
        let (library, stage) = (notify::law::now(&desk.views)?, self.stage.as_str());
        let seen = self.seen.as_deref().unwrap_or_default();
        let order = Order { to, sector: &self.sector, seen, by: &self.by, account: "" };
        let looked = look(desk, &library, &found, stage, &order)?;
        if self.look {
            let Looked { what: filing, lacks, two, seen } = looked;
            return Ok(Done::Looked(Box::new(Preview { filing, lacks, two, seen })));
        }
        if self.seen.is_none() {
            return Err(unseen());
        }
        let asked = Asked::Link { incident: id, filed: wish(&library, &found, stage, &order) };
        let account = two::asker(desk, &asked, &self.person)?;
        let duty = duty(&library, &found, stage)?;
        Ok(Done::Filed(match send(desk, &found, &duty, &Order { account: &account, ..order })? {
            Outcome::Done(record) => record,
            Outcome::Waits(draft) => two::waits(&draft),
        }))
    }
}

/// What a call came to.
enum Done {
    Looked(Box<Preview>),
    Filed(String),
}

fn shown(preview: &Preview) -> String {
    let filing = &preview.filing;
    let said = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut rows = vec![vec!["stage".to_owned(), filing.stage.clone()]];
    rows.push(vec!["to".to_owned(), filing.to.to_string()]);
    rows.push(vec!["reporter".to_owned(), filing.reporter.name.clone()]);
    for (what, value) in [
        ("contact", &filing.reporter.contact),
        ("country", &filing.reporter.country),
        ("sector", &filing.reporter.sector),
    ] {
        rows.extend((!value.is_empty()).then(|| vec![what.to_owned(), value.clone()]));
    }
    rows.extend(filing.fields.iter().map(|(code, value)| vec![code.clone(), said(value)]));
    rows.extend(last_rows(&preview.two, &preview.seen));
    print::table(&rows) + &next(&preview.lacks, &preview.seen)
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
