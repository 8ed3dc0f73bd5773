//! `entente party group`: several parties under one name of ours. Who else belongs to it stays here: a member learns
//! the group's uuid from what is addressed to it, and nothing about the others.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use clap::Subcommand;
use desk::views::Known;
use desk::{Desk, edge};
use model::{GroupId, PartyId};
use records::group::Group as Record;
use serde::Serialize;

use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::folder::{self, Reading};
use crate::print::{Output, table};

/// What to do with groups.
#[derive(Debug, Subcommand)]
pub enum Group {
    /// Make a group
    Create {
        /// What we call it; it never leaves this node
        name: String,
        /// A member, by short name or id; may be repeated
        #[arg(long = "member", value_name = "PARTY")]
        members: Vec<String>,
        #[command(flatten)]
        output: Output,
    },
    /// Let parties in; they then get what was published for the group before, too
    Add {
        /// The group, by name or id
        group: String,
        /// Parties, by short name or id
        #[arg(required = true)]
        parties: Vec<String>,
    },
    /// Put parties out; they get nothing more that is for the group
    Remove {
        /// The group, by name or id
        group: String,
        /// Parties, by short name or id
        #[arg(required = true)]
        parties: Vec<String>,
    },
    /// List the groups
    List {
        #[command(flatten)]
        output: Output,
    },
    /// Show one group with its members
    Show {
        /// The group, by name or id
        group: String,
        #[command(flatten)]
        output: Output,
    },
}

/// One group, for people and programs.
#[derive(Debug, Serialize)]
struct Row {
    group: GroupId,
    version: u32,
    name: String,
    members: Vec<Member>,
}

#[derive(Debug, Serialize)]
struct Member {
    party: PartyId,
    short: String,
}

/// The longest name, characters.
const MAX_NAME: usize = 64;
/// The most members.
const MAX_MEMBERS: usize = 1_000;

impl Group {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        match self {
            Group::Create { name, members, output } => {
                let desk = folder::open(config)?;
                let known = desk.known();
                check(&known, &name)?;
                let members = parties(&desk, &known, &members)?;
                let record = Record { id: GroupId(edge::uuid()), version: 1, name, members: vec![] };
                let record = write(&desk, record, members)?;
                desk.close();
                output
                    .print(&Row::of(&known, &record), |row| format!("group {} ({})", row.name, row.group))?;
            }
            Group::Add { group, parties: more } => change(config, &group, &more, |members, more| {
                members.extend(more);
            })?,
            Group::Remove { group, parties: gone } => change(config, &group, &gone, |members, gone| {
                members.retain(|member| !gone.contains(member));
            })?,
            Group::List { output } => {
                let known = Reading::open(config)?.known();
                let rows: Vec<Row> = known.groups.values().map(|group| Row::of(&known, group)).collect();
                output.print(&rows, |rows| list(rows))?;
            }
            Group::Show { group, output } => {
                let known = Reading::open(config)?.known();
                output.print(&Row::of(&known, find(&known, &group)?), shown)?;
            }
        }
        Ok(Exit::Ok)
    }
}

/// The group that an id or a name means.
pub fn find<'a>(known: &'a Known, text: &str) -> Result<&'a Record> {
    let by_id = text.parse().ok().and_then(|id: GroupId| known.groups.get(&id));
    match by_id.or_else(|| known.groups.values().find(|group| group.name == text)) {
        Some(group) => Ok(group),
        None => bail!("there is no group {text:?}; see `entente party group list`"),
    }
}

fn check(known: &Known, name: &str) -> Result<()> {
    if !(1..=MAX_NAME).contains(&name.chars().count()) || name.trim() != name {
        return Err(Ending::usage(format!(
            "a group's name has 1 to {MAX_NAME} characters, none blank at its ends"
        )));
    }
    if known.groups.values().any(|group| group.name == name) {
        bail!("there is a group {name:?} already; add parties to it, or choose another name");
    }
    Ok(())
}

fn parties(desk: &Desk, known: &Known, texts: &[String]) -> Result<BTreeSet<PartyId>> {
    let mut found = BTreeSet::new();
    for text in texts {
        let (id, _) = super::find(known, text)?;
        if id == desk.me {
            bail!("this party has what it publishes anyway; name the others");
        }
        found.insert(id);
    }
    Ok(found)
}

fn change(
    config: &Config,
    group: &str,
    texts: &[String],
    change: impl Fn(&mut BTreeSet<PartyId>, BTreeSet<PartyId>),
) -> Result<()> {
    let desk = folder::open(config)?;
    let known = desk.known();
    let record = find(&known, group)?;
    let mut members: BTreeSet<PartyId> = record.members.iter().copied().collect();
    let before = members.clone();
    change(&mut members, parties(&desk, &known, texts)?);
    if members == before {
        bail!("that changes nothing: see `entente party group show {}`", record.name);
    }
    let next = Record { version: record.version + 1, ..record.clone() };
    write(&desk, next, members)?;
    desk.close();
    Ok(())
}

fn write(desk: &Desk, record: Record, members: BTreeSet<PartyId>) -> Result<Record> {
    if members.len() > MAX_MEMBERS {
        bail!("a group has at most {MAX_MEMBERS} members; make a second one");
    }
    let record = Record { members: members.into_iter().collect(), ..record };
    desk.note(&record)?;
    Ok(record)
}

impl Row {
    fn of(known: &Known, group: &Record) -> Self {
        let short = |id: &PartyId| {
            known.parties.get(id).map_or_else(|| id.to_string(), |party| party.card.short.clone())
        };
        let members = group.members.iter().map(|id| Member { party: *id, short: short(id) }).collect();
        Self { group: group.id, version: group.version, name: group.name.clone(), members }
    }
}

fn list(rows: &[Row]) -> String {
    let mut lines = vec![["NAME", "MEMBERS", "ID"].map(str::to_owned).to_vec()];
    lines.extend(
        rows.iter().map(|row| vec![row.name.clone(), row.members.len().to_string(), row.group.to_string()]),
    );
    table(&lines)
}

fn shown(row: &Row) -> String {
    let mut lines = vec![
        vec!["group".to_owned(), row.group.to_string()],
        vec!["name".to_owned(), row.name.clone()],
        vec!["version".to_owned(), row.version.to_string()],
    ];
    lines.extend(
        row.members
            .iter()
            .map(|member| vec!["member".to_owned(), format!("{} ({})", member.short, member.party)]),
    );
    table(&lines)
}
