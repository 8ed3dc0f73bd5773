//! `entente notify incident file --mail|mailings|settle` and `entente notify mailbox`: reports by mail on the command line, by
//! the rules of the console: looked at first, then just that is sent, by the mail server of the configuration.

use anyhow::Result;
use clap::{Args, Subcommand};
use desk::Desk;
use model::{IncidentId, Timestamp};
use notify::case::case;
use notify::held::{Asked, Outcome};
use notify::mailing::{
    Attempt, End, Found, Mail, Order, attempts, look, mailboxes, send, set_mailbox, settle,
};
use notify::sending::Looked;
use records::mailbox::Mailbox;
use serde::Serialize;

use super::looking::{duty, known, last_rows, next, unseen};
use super::two::{self, Person};
use crate::commands::serve::couriers;
use crate::config::Config;
use crate::exit::Exit;
use crate::folder::{self, Reading};
use crate::print::{self, Output};

/// What to file by mail.
#[derive(Debug)]
pub struct Wish {
    pub incident: IncidentId,
    pub stage: String,
    pub recipient: String,
    pub by: String,
    pub look: bool,
    pub seen: Option<String>,
    pub person: Person,
    pub output: Output,
}

/// What would go, and what stands in its way.
#[derive(Debug, Serialize)]
struct Preview {
    /// The mail, word for word.
    mail: Mail,
    /// Required fields that nobody has filled, by code.
    lacks: Vec<String>,
    /// The rules that want a second person.
    two: Vec<String>,
    /// What names it when it is sent.
    seen: String,
}

enum Done {
    Looked(Box<Preview>),
    Filed(String),
}

/// Shows it, or sends what was looked at, or has it wait for a second person.
pub fn file(config: &Config, wish: Wish) -> Result<()> {
    let output = wish.output;
    let desk = folder::open(config)?;
    let done = filed(config, &desk, &wish);
    desk.close();
    match done? {
        Done::Looked(preview) => output.print(&*preview, shown),
        Done::Filed(said) => print::line(&said),
    }
}

fn filed(config: &Config, desk: &Desk, wish: &Wish) -> Result<Done> {
    let id = wish.incident;
    let found = known(case(&desk.views, id)?, id)?;
    let library = notify::law::now(&desk.views)?;
    let duty = duty(&library, &found, &wish.stage)?;
    let seen = wish.seen.as_deref().unwrap_or_default();
    let order = Order { recipient: &wish.recipient, seen, by: &wish.by, account: "", answers: "" };
    let looked = look(desk, &library, (&found, &duty), &order)?;
    if wish.look {
        let Looked { what: mail, lacks, two, seen } = looked;
        return Ok(Done::Looked(Box::new(Preview { mail, lacks, two, seen })));
    }
    if wish.seen.is_none() {
        return Err(unseen());
    }
    let asked = Asked::Mail { incident: id, mail: looked.what };
    let account = two::asker(desk, &asked, &wish.person)?;
    let couriers = couriers(config)?;
    let order = Order { account: &account, ..order };
    Ok(Done::Filed(match send(desk, Some(&couriers), (&found, &duty), &order)? {
        Outcome::Done(_) => format!("{} was taken by the mail server, and is filed", wish.stage),
        Outcome::Waits(draft) => two::waits(&draft),
    }))
}

fn shown(preview: &Preview) -> String {
    let mail = &preview.mail;
    let mut rows = vec![
        vec!["to".to_owned(), mail.to.clone()],
        vec!["subject".to_owned(), mail.subject.clone()],
        vec!["pack".to_owned(), mail.pack.clone()],
    ];
    let mut last = last_rows(&preview.two, &preview.seen);
    last.insert(preview.two.len(), vec!["attached".to_owned(), format!("{0}.html, {0}.json", mail.stage)]);
    rows.extend(last);
    format!("{}\n{}\n{}", print::table(&rows), mail.text, next(&preview.lacks, &preview.seen))
}

/// An attempt, and how it ended.
#[derive(Debug, Serialize)]
struct Line {
    mailing: String,
    stage: String,
    at: Timestamp,
    to: String,
    server: String,
    message_id: String,
    sha256: String,
    end: &'static str,
    said: String,
}

/// Shows what was tried by mail.
pub fn mailings(config: &Config, incident: IncidentId, output: Output) -> Result<()> {
    let reading = Reading::open(config)?;
    let views = reading.full_views()?;
    let found = known(case(views, incident)?, incident)?;
    let lines: Vec<Line> = attempts(views, &found)?.into_iter().map(line).collect();
    output.print(&lines, |lines| {
        let head = ["attempt", "stage", "begun", "to", "Message-ID", "end", "said"];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        rows.extend(lines.iter().map(|line| {
            vec![
                line.mailing.clone(),
                line.stage.clone(),
                line.at.to_string(),
                line.to.clone(),
                line.message_id.clone(),
                line.end.to_owned(),
                line.said.clone(),
            ]
        }));
        print::table(&rows)
    })
}

fn line(attempt: Attempt) -> Line {
    let (end, said) = match attempt.end {
        End::Open => {
            ("unknown", "find out by the Message-ID, then `entente notify incident settle`".to_owned())
        }
        End::Doubtful(said) => ("unknown", said),
        End::Taken(at) => ("taken", at.to_string()),
        End::Failed(said) => ("not sent", said),
        End::NotSent { reason, by } => ("not sent", format!("{by}: {reason}")),
    };
    Line {
        mailing: attempt.mailing,
        stage: attempt.stage,
        at: attempt.at,
        to: attempt.begun.to,
        server: attempt.begun.server,
        message_id: attempt.begun.message_id,
        sha256: attempt.begun.message.sha256,
        end,
        said,
    }
}

/// What became of an attempt.
#[derive(Debug, Args)]
pub struct Settle {
    /// The incident
    incident: IncidentId,
    /// The attempt, as `mailings` shows it
    mailing: String,
    /// It went: when the server took it, by its log, RFC 3339
    #[arg(long, required_unless_present = "not", conflicts_with = "not")]
    went: Option<Timestamp>,
    /// It did not go
    #[arg(long)]
    not: bool,
    /// How you know: the line of the log, who was called
    #[arg(long)]
    reason: String,
    /// Who found out, by name and office
    #[arg(long)]
    by: String,
}

impl Settle {
    /// Writes it down.
    pub fn run(self, config: &Config) -> Result<()> {
        let desk = folder::open(config)?;
        let found = Found { went: self.went, reason: &self.reason, by: &self.by };
        let done = settle(&desk, self.incident, &self.mailing, &found);
        desk.close();
        let stage = done?.stage;
        print::line(&match self.went {
            Some(at) => format!("noted {stage} as taken at {at}"),
            None => format!("noted that {stage} did not go; it can be sent again"),
        })
    }
}

/// What to do with mail addresses.
#[derive(Debug, Subcommand)]
pub enum MailboxCommand {
    /// List them
    List {
        #[command(flatten)]
        output: Output,
    },
    /// Write one down for a recipient, or for one stage of it; an empty address takes it away
    Set(SetMailbox),
}

/// An address.
#[derive(Debug, Args)]
pub struct SetMailbox {
    /// Who receives, by the code of the packs, such as csirt-or-authority
    recipient: String,
    /// The address; empty takes it away
    address: String,
    /// For this stage alone, such as nis2.ew
    #[arg(long, default_value = "")]
    stage: String,
    /// The language of the report
    #[arg(long, default_value = "en", value_parser = ["en", "fr"])]
    language: String,
    /// Where the address comes from
    #[arg(long)]
    source: String,
    /// Who writes it down, by name and office
    #[arg(long)]
    by: String,
}

impl MailboxCommand {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        match self {
            MailboxCommand::List { output } => {
                let reading = Reading::open(config)?;
                output.print(&mailboxes(reading.full_views()?)?, |all| listed(all))?;
            }
            MailboxCommand::Set(set) => {
                let SetMailbox { recipient, address, stage, language, source, by } = set;
                let desk = folder::open(config)?;
                let done = set_mailbox(&desk, Mailbox { recipient, stage, address, language, source, by });
                desk.close();
                done?;
                print::line("written down")?;
            }
        }
        Ok(Exit::Ok)
    }
}

fn listed(all: &[Mailbox]) -> String {
    let head = ["recipient", "stage", "address", "language", "source", "by"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(all.iter().map(|one| {
        let stage = if one.stage.is_empty() { "all".to_owned() } else { one.stage.clone() };
        let (address, language) = (one.address.clone(), one.language.clone());
        vec![one.recipient.clone(), stage, address, language, one.source.clone(), one.by.clone()]
    }));
    print::table(&rows)
}
