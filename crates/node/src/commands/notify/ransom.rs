//! `entente notify ransom`: screening against sanctions lists, figures without names, the incident in the forms of others.

use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use desk::edge;
use model::{IncidentId, PartyId, Timestamp};
use notify::case::case;
use notify::pledges::{Endorsed, endorse, pledges};
use notify::ransom::{Figures, List, figures_of, misp, read_list_from, screen, shelf, stix};
use records::pledge::Pledge;
use serde::Serialize;

use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::folder::{self, Reading};
use crate::print::{self, Output};

/// What to do about a ransom.
#[derive(Debug, Subcommand)]
pub enum RansomCommand {
    /// Look for names and addresses in a sanctions list, and keep what was found as a record
    Screen(Screen),
    /// Payments and refusals in numbers; small counts are not told
    Figures(FiguresArguments),
    /// The ransom part of an incident for others, without the victim
    Export(Export),
    /// Write down that a public body has pledged not to pay ransoms, or has taken that back
    Pledge(PledgeArguments),
    /// The public bodies that joined the pledge, as each party wrote them down
    Pledges {
        #[command(flatten)]
        output: Output,
    },
    /// Sanctions lists for looks from the console
    #[command(subcommand)]
    Lists(Lists),
}

/// One body.
#[derive(Debug, Args)]
pub struct PledgeArguments {
    /// The public body
    body: String,
    /// Its State, two letters
    #[arg(long)]
    country: String,
    /// Since which day, such as 2023-11-01
    #[arg(long)]
    since: String,
    /// Where it says so
    #[arg(long)]
    statement: String,
    /// It has taken it back
    #[arg(long)]
    left: bool,
    /// Who writes it down, by name and office
    #[arg(long)]
    by: String,
}

/// What to do with lists.
#[derive(Debug, Subcommand)]
pub enum Lists {
    /// Bring one in, in the place of the one before: sdn.xml, sdn.csv, or the consolidated list of the Union
    Import {
        /// The file, as its publisher gives it
        file: PathBuf,
        /// Its version, where the list itself names no day
        #[arg(long = "list-version", default_value = "")]
        version: String,
    },
    /// Which are there, with version and digest
    List {
        #[command(flatten)]
        output: Output,
    },
}

/// Whom to look for.
#[derive(Debug, Args)]
pub struct Screen {
    /// The incident
    incident: IncidentId,
    /// The list: sdn.xml or sdn.csv of OFAC, or the consolidated list of the Union as XML or CSV
    #[arg(long)]
    list: PathBuf,
    /// Its version, as its publisher dates it; else the day that the list itself names
    #[arg(long = "list-version", default_value = "")]
    version: String,
    /// A name or an address; may be given several times
    #[arg(long = "subject", required = true)]
    subjects: Vec<String>,
    /// Who looks, by name and office
    #[arg(long)]
    by: String,
    #[command(flatten)]
    output: Output,
}

/// Which period.
#[derive(Debug, Args)]
pub struct FiguresArguments {
    /// From this instant, RFC 3339
    #[arg(long)]
    from: Timestamp,
    /// Until this instant
    #[arg(long)]
    until: Timestamp,
    /// Fewer than this is not told
    #[arg(long, default_value_t = 5)]
    k: usize,
    #[command(flatten)]
    output: Output,
}

/// Which form.
#[derive(Debug, Args)]
pub struct Export {
    /// The incident
    incident: IncidentId,
    /// stix or misp
    #[arg(long, value_parser = ["stix", "misp"])]
    form: String,
}

impl RansomCommand {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        match self {
            RansomCommand::Screen(command) => command.run(config),
            RansomCommand::Figures(command) => command.run(config),
            RansomCommand::Export(command) => command.run(config),
            RansomCommand::Lists(command) => command.run(config),
            RansomCommand::Pledge(command) => command.run(config),
            RansomCommand::Pledges { output } => endorsed(config, output),
        }
    }
}

impl Screen {
    fn run(self, config: &Config) -> Result<Exit> {
        let list = open_list(&self.list)?;
        let desk = folder::open(config)?;
        let done = screen(&desk, self.incident, &list, &self.version, self.subjects, &self.by);
        desk.close();
        let done = done.map_err(|error| Ending::usage(error.to_string()))?;
        self.output.print(&done, |done| {
            let mut table =
                vec![["looked for", "entry", "name there", "spelling"].map(str::to_owned).to_vec()];
            for hit in &done.hits {
                let spelling = if hit.near { "near" } else { "the same" }.to_owned();
                table.push(vec![hit.subject.clone(), hit.entry.clone(), hit.name.clone(), spelling]);
            }
            print::table(&table)
                + &format!(
                    "{} of {}, {} entries: {} hits",
                    done.list,
                    done.version,
                    done.entries,
                    done.hits.len()
                )
        })?;
        Ok(if done.hits.is_empty() { Exit::Ok } else { Exit::Failed })
    }
}

impl PledgeArguments {
    fn run(self, config: &Config) -> Result<Exit> {
        let pledge = Pledge {
            body: self.body,
            country: self.country,
            joined: !self.left,
            since: self.since,
            statement: self.statement,
            by: self.by,
        };
        let desk = folder::open(config)?;
        let record = endorse(&desk, pledge);
        desk.close();
        print::line(&record.map_err(|error| Ending::usage(error.to_string()))?.to_string())?;
        Ok(Exit::Ok)
    }
}

#[derive(Debug, Serialize)]
struct Line {
    from: PartyId,
    #[serde(flatten)]
    pledge: Pledge,
}

fn endorsed(config: &Config, output: Output) -> Result<Exit> {
    let reading = Reading::open(config)?;
    let line = |one: Endorsed| Line { from: one.from, pledge: one.pledge };
    let rows: Vec<Line> = pledges(reading.full_views()?)?.into_iter().map(line).collect();
    output.print(&rows, |rows| {
        let mut table = vec![["body", "state", "joined", "since", "statement"].map(str::to_owned).to_vec()];
        for row in rows {
            let joined = if row.pledge.joined { "yes" } else { "taken back" }.to_owned();
            let Pledge { body, country, since, statement, .. } = row.pledge.clone();
            table.push(vec![body, country, joined, since, statement]);
        }
        print::table(&table)
    })?;
    Ok(Exit::Ok)
}

#[derive(Debug, Serialize)]
struct Shelved {
    list: &'static str,
    version: String,
    sha256: String,
    entries: usize,
}

impl Lists {
    fn run(self, config: &Config) -> Result<Exit> {
        let folder = folder::must_exist(config)?;
        match self {
            Lists::Import { file, version } => {
                let mut list = open_list(&file)?;
                if !version.trim().is_empty() {
                    list.version = version.trim().to_owned();
                }
                if list.version.is_empty() {
                    return Err(Ending::usage("the list names no day; give its version with --list-version"));
                }
                shelf::keep(&folder, &list)?;
                print::line(&format!("{} {}: {} names", list.kind, list.version, list.entries.len()))?;
            }
            Lists::List { output } => {
                let shelved = |list: List| Shelved {
                    list: list.kind,
                    version: list.version,
                    sha256: list.sha256,
                    entries: list.entries.len(),
                };
                let rows: Vec<Shelved> = shelf::all(&folder).into_iter().map(shelved).collect();
                output.print(&rows, |rows| {
                    let mut table = vec![["list", "version", "names", "sha256"].map(str::to_owned).to_vec()];
                    for row in rows {
                        let (list, names) = (row.list.to_owned(), row.entries.to_string());
                        table.push(vec![list, row.version.clone(), names, row.sha256.clone()]);
                    }
                    print::table(&table)
                })?;
            }
        }
        Ok(Exit::Ok)
    }
}

/// Reads a list twice: for its digest, then as it streams by.
fn open_list(path: &Path) -> Result<List> {
    let fault = || format!("cannot read {}", path.display());
    let (digest, _) =
        model::Digest::of_reader(std::fs::File::open(path).with_context(fault)?).with_context(fault)?;
    let file = BufReader::new(std::fs::File::open(path).with_context(fault)?);
    read_list_from(file, digest.hex()).map_err(|error| Ending::usage(error.to_string()))
}

impl FiguresArguments {
    fn run(self, config: &Config) -> Result<Exit> {
        let reading = Reading::open(config)?;
        let period = self.from.as_microsecond()..self.until.as_microsecond();
        let found = figures_of(reading.full_views()?, period, self.k)?;
        self.output.print(&found, text)?;
        Ok(Exit::Ok)
    }
}

fn text(figures: &Figures) -> String {
    let told = |count: Option<usize>| count.map_or_else(|| "not told".to_owned(), |count| count.to_string());
    let rows = [
        ("incidents", figures.incidents),
        ("paid", figures.paid),
        ("refused", figures.refused),
        ("not decided", figures.open),
    ];
    let table: Vec<Vec<String>> =
        rows.into_iter().map(|(name, count)| vec![name.to_owned(), told(count)]).collect();
    print::table(&table) + &format!("counts from 1 to {} are not told", figures.k - 1)
}

impl Export {
    fn run(self, config: &Config) -> Result<Exit> {
        let reading = Reading::open(config)?;
        let views = reading.full_views()?;
        let case =
            case(views, self.incident)?.with_context(|| format!("there is no {} here", self.incident))?;
        let (library, now) = (notify::law::now(views)?, edge::now());
        let document =
            if self.form == "stix" { stix(&library, &case, now) } else { misp(&library, &case, now) };
        print::line(&serde_json::to_string_pretty(&document)?)?;
        Ok(Exit::Ok)
    }
}
