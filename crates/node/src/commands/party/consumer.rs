//! `entente party consumer`: whom this node serves without a node of their own.

use anyhow::{Result, bail};
use clap::Subcommand;
use model::Tlp;
use records::consumer::{Consumer as Record, Relation};
use serde::Serialize;

use crate::commands::accord;
use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::folder::{self, Reading};
use crate::print::{Output, table};

/// What to do with consumers.
#[derive(Debug, Subcommand)]
pub enum Consumer {
    /// Let somebody in, or give it new rights and a new token; the token is printed once
    Add {
        /// The name it signs in with: a-z 0-9 - _ .
        name: String,
        /// How it stands to this party: organisation, client, community, public
        #[arg(long, value_parser = relation)]
        relation: Relation,
        /// The narrowest marking it is cleared for, such as amber
        #[arg(long)]
        clearance: Tlp,
        /// An agreement whose collection it sees, by name or id; may be repeated
        #[arg(long = "agreement", value_name = "AGREEMENT")]
        agreements: Vec<String>,
        /// The party it belongs to, by id or short name, where that party runs no node
        #[arg(long)]
        party: Option<String>,
        /// It may post objects
        #[arg(long)]
        write: bool,
        /// Requests it may make each second, over TAXII and API together; without it as many as it likes
        #[arg(long, value_name = "REQUESTS/S", value_parser = clap::value_parser!(u32).range(1..=100_000))]
        rate: Option<u32>,
        #[command(flatten)]
        output: Output,
    },
    /// Shut somebody out
    Close {
        /// The consumer
        name: String,
    },
    /// List the consumers
    List {
        #[command(flatten)]
        output: Output,
    },
}

#[derive(Debug, Serialize)]
struct Issued<'a> {
    consumer: &'a str,
    token: String,
}

/// The longest name, characters.
const MAX_NAME: usize = 64;

impl Consumer {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        match self {
            Consumer::Add { name, relation, clearance, agreements, party, write, rate, output } => {
                check(&name)?;
                let desk = folder::open(config)?;
                let known = desk.known();
                let find = |text: &String| Ok(accord::find(&known, text)?.0);
                let record = Record {
                    name,
                    party: party
                        .map(|text| Ok::<_, anyhow::Error>(super::find(&known, &text)?.0))
                        .transpose()?,
                    relation,
                    clearance,
                    agreements: agreements.iter().map(find).collect::<Result<_>>()?,
                    can_write: write,
                    active: true,
                    rate_per_s: rate,
                };
                desk.note(&record)?;
                let issued = Issued { consumer: &record.name, token: desk.local.issue_token(&record.name)? };
                desk.close();
                output.print(&issued, |i| {
                    format!("consumer {}, token {}  (shown this once)", i.consumer, i.token)
                })?;
            }
            Consumer::Close { name } => {
                let desk = folder::open(config)?;
                let known = desk.known();
                let Some(record) = known.consumers.get(&name).filter(|consumer| consumer.active) else {
                    bail!("there is no open consumer {name:?}; see `entente party consumer list`");
                };
                desk.note(&Record { active: false, ..record.clone() })?;
                desk.close();
            }
            Consumer::List { output } => {
                let known = Reading::open(config)?.known();
                let all: Vec<&Record> = known.consumers.values().collect();
                output.print(&all, |all| shown(all))?;
            }
        }
        Ok(Exit::Ok)
    }
}

fn check(name: &str) -> Result<()> {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.');
    if (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(fits) {
        return Ok(());
    }
    Err(Ending::usage(format!("a consumer's name has 1 to {MAX_NAME} characters from a-z, 0-9, -, _ and .")))
}

fn relation(text: &str) -> Result<Relation, String> {
    // The words are those of the record.
    serde_json::from_value(serde_json::Value::from(text))
        .map_err(|_| "expected organisation, client, community or public".to_owned())
}

fn shown(all: &[&Record]) -> String {
    let mut lines =
        vec![["NAME", "RELATION", "CLEARANCE", "WRITES", "RATE", "OPEN"].map(str::to_owned).to_vec()];
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    for consumer in all {
        let relation = format!("{:?}", consumer.relation).to_lowercase();
        let clearance = consumer.clearance.to_string();
        lines.push(vec![
            consumer.name.clone(),
            relation,
            clearance,
            yes(consumer.can_write),
            consumer.rate_per_s.map_or_else(|| "any".to_owned(), |rate| format!("{rate}/s")),
            yes(consumer.active),
        ]);
    }
    table(&lines)
}
