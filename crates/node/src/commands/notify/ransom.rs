//! `entente notify ransom`: screening against sanctions lists, figures without names, the incident in the forms of others.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use desk::edge;
use model::{IncidentId, Timestamp};
use notify::case::{case, cases};
use notify::ransom::{Figures, figures, misp, read_list, screen, stix};

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
}

/// Whom to look for.
#[derive(Debug, Args)]
pub struct Screen {
    /// The incident
    incident: IncidentId,
    /// The list: sdn.csv of OFAC, or the consolidated list of the Union as CSV
    #[arg(long)]
    list: PathBuf,
    /// Its version, as its publisher dates it
    #[arg(long = "list-version")]
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
        }
    }
}

impl Screen {
    fn run(self, config: &Config) -> Result<Exit> {
        let bytes =
            std::fs::read(&self.list).with_context(|| format!("cannot read {}", self.list.display()))?;
        // Some publishers still write Latin letters in one byte; what is compared is letters and digits.
        let list =
            read_list(&String::from_utf8_lossy(&bytes)).map_err(|error| Ending::usage(error.to_string()))?;
        let desk = folder::open(config)?;
        let done = screen(&desk, self.incident, &list, &self.version, self.subjects, &self.by);
        desk.close();
        let done = done.map_err(|error| Ending::usage(error.to_string()))?;
        self.output.print(&done, |done| {
            let mut table = vec![["looked for", "entry", "name there"].map(str::to_owned).to_vec()];
            for hit in &done.hits {
                table.push(vec![hit.subject.clone(), hit.entry.clone(), hit.name.clone()]);
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

impl FiguresArguments {
    fn run(self, config: &Config) -> Result<Exit> {
        let reading = Reading::open(config)?;
        let all = cases(reading.full_views()?)?;
        let found = figures(&all, self.from.as_microsecond(), self.until.as_microsecond(), self.k);
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
