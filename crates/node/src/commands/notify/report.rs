//! `entente notify report`: reports that an authority received.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Subcommand;
use desk::views::Views;
use model::Timestamp;
use model::time::TimeZone;
use model::time::civil::Date;
use notify::authority::commands::handle_report::handle_report;
use notify::authority::commands::receive_report::{Arrival, Incoming, receive_report};
use notify::authority::docket::within;
use notify::authority::duties::{Owed, owed};
use notify::authority::ransoms::{Ransoms, ransoms};
use notify::authority::statistics::{Summary, summary};
use notify::authority::{Docket, Place, Stand, by_reference, listed};
use packs::Library;
use records::handling::{Handling, Step};
use records::report::{Report, Way};
use serde::Serialize;

use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::folder::{self, Reading};
use crate::print::{self, Output};

/// What to do with reports.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// List the reports, what is owed next and by when
    List {
        #[command(flatten)]
        output: Output,
    },
    /// One report with its steps and duties
    Show {
        /// Its reference, such as R2026-4F7K2M9Q
        reference: String,
        #[command(flatten)]
        output: Output,
    },
    /// Answer its reporter: the answer that the law owes
    Answer {
        /// Its reference
        reference: String,
        /// First feedback
        feedback: String,
        /// Guidance on what to do
        #[arg(long, default_value = "")]
        guidance: String,
        /// Advise to report to law enforcement
        #[arg(long)]
        referral: bool,
        /// Who answers, by name and office
        #[arg(long)]
        by: String,
    },
    /// Ask its reporter
    Ask {
        /// Its reference
        reference: String,
        /// The question
        question: String,
        /// Who asks, by name and office
        #[arg(long)]
        by: String,
    },
    /// Take a report in from a JSON file: stage, reporter, incident, fields
    Receive {
        /// The file
        file: PathBuf,
        /// Who takes it in, by name and office
        #[arg(long)]
        by: String,
    },
    /// Ransoms paid and refused in a quarter, as reported, without names
    Ransoms {
        /// Year and quarter, such as 2026-4
        quarter: String,
        #[command(flatten)]
        output: Output,
    },
    /// Figures of a quarter without names
    Summary {
        /// Year and quarter, such as 2026-4
        quarter: String,
        #[command(flatten)]
        output: Output,
    },
}

/// A report with what follows from it.
#[derive(Debug, Serialize)]
struct View {
    stand: Stand,
    report: Report,
    steps: Vec<Handling>,
    owed: Vec<Owed>,
}

/// The largest file of one report.
const LARGEST_BYTES: u64 = 1 << 20;

impl ReportCommand {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        match self {
            ReportCommand::List { output } => {
                let reading = Reading::open(config)?;
                let views = all(reading.full_views()?)?;
                output.print(&views, |views| list(views))?;
            }
            ReportCommand::Show { reference, output } => {
                let reading = Reading::open(config)?;
                let found = by_reference(reading.full_views()?, &reference)?;
                let found = found.ok_or_else(|| {
                    Ending::usage(format!(
                        "no report is called {reference:?}; see `entente notify report list`"
                    ))
                })?;
                output.print(&view(found), |view| serde_json::to_string_pretty(view).unwrap_or_default())?;
            }
            ReportCommand::Answer { reference, feedback, guidance, referral, by } => {
                step(config, &reference, &by, Step::Acknowledge { feedback, guidance, referral })?;
            }
            ReportCommand::Ask { reference, question, by } => {
                step(config, &reference, &by, Step::Ask { question: 0, text: question })?;
            }
            ReportCommand::Receive { file, by } => receive(config, &file, by)?,
            ReportCommand::Ransoms { quarter, output } => {
                let reading = Reading::open(config)?;
                let (from, until) = period(&quarter)?;
                output.print(&ransoms(&within(reading.full_views()?, from, until)?, from, until), paid)?;
            }
            ReportCommand::Summary { quarter, output } => {
                let reading = Reading::open(config)?;
                let (from, until) = period(&quarter)?;
                output.print(&summary(&within(reading.full_views()?, from, until)?, from, until), figures)?;
            }
        }
        Ok(Exit::Ok)
    }
}

/// Reports that are read at once.
const PAGE: usize = 500;

/// Every report, the newest first.
fn all(views: &Views) -> Result<Vec<View>> {
    let (mut found, mut behind) = (Vec::new(), Place::START);
    loop {
        let page = listed(views, behind, PAGE)?;
        let Some(last) = page.last() else { return Ok(found) };
        behind = Place::of(last);
        found.extend(page.into_iter().map(view));
    }
}

fn view(docket: Docket) -> View {
    let (stand, owed) = (docket.stand(), owed(Library::embedded(), &docket));
    View { stand, owed, report: Report { code: String::new(), ..docket.report }, steps: docket.steps }
}

fn list(views: &[View]) -> String {
    let mut rows = vec![
        ["reference", "reporter", "stage", "received", "owed next", "by", "state"].map(String::from).into(),
    ];
    rows.extend(views.iter().map(|view| {
        let next = view.owed.iter().find(|one| one.done_at.is_none());
        let by = next.and_then(|next| next.alarm).map_or_else(String::new, |alarm| alarm.to_string());
        let stand = serde_json::to_value(view.stand).unwrap_or_default();
        vec![
            view.report.reference.clone(),
            view.report.reporter.name.clone(),
            view.report.stage.clone(),
            view.report.received_at.to_string(),
            next.map_or_else(String::new, |next| next.stage.clone()),
            by,
            stand.as_str().unwrap_or_default().to_owned(),
        ]
    }));
    print::table(&rows)
}

fn receive(config: &Config, file: &std::path::Path, by: String) -> Result<()> {
    let shown = file.display();
    let size = std::fs::metadata(file).with_context(|| format!("cannot read {shown}"))?.len();
    if size > LARGEST_BYTES {
        return Err(Ending::usage(format!(
            "{shown} is over {LARGEST_BYTES} bytes; a report is one JSON object"
        )));
    }
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {shown}"))?;
    let incoming: Incoming = serde_json::from_str(&text)
        .map_err(|error| Ending::usage(format!("{shown} is no report: {error}; give stage and reporter")))?;
    let desk = folder::open(config)?;
    let taken = receive_report(&desk, incoming, Arrival { way: Way::File, source: None, by, id: None });
    desk.close();
    print::line(&taken?.reference)
}

fn step(config: &Config, reference: &str, by: &str, step: Step) -> Result<()> {
    let desk = folder::open(config)?;
    let found = by_reference(&desk.views, reference)?;
    let done = match found {
        Some(docket) => handle_report(&desk, docket.report.report, by, step).map(|_| true)?,
        None => false,
    };
    // What came over a link is told to its reporter now; a running node would do it by itself.
    let told = desk::reactors::catch_up(&desk);
    desk.close();
    told?;
    if done {
        return print::line(&format!("noted for {reference}"));
    }
    Err(Ending::usage(format!("no report is called {reference:?}; see `entente notify report list`")))
}

/// The first instant of a quarter in UTC, and the first after it.
fn period(quarter: &str) -> Result<(Timestamp, Timestamp)> {
    let wrong =
        || Ending::usage(format!("{quarter:?} is no quarter; write a year and a quarter, such as 2026-4"));
    let (year, n) = quarter.split_once('-').ok_or_else(wrong)?;
    let (year, n): (i16, i8) = (year.parse().map_err(|_| wrong())?, n.parse().map_err(|_| wrong())?);
    if !(1970..=2200).contains(&year) || !(1..=4).contains(&n) {
        return Err(wrong());
    }
    let first = |year: i16, n: i8| -> Result<Timestamp> {
        let (year, n) = if n > 4 { (year + 1, 1) } else { (year, n) };
        let day = Date::new(year, (n - 1) * 3 + 1, 1).map_err(|_| wrong())?;
        TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).map_err(|_| wrong())
    };
    Ok((first(year, n)?, first(year, n + 1)?))
}

fn paid(figures: &Ransoms) -> String {
    let few = || format!("fewer than {} reporters, or one could be worked out", figures.least);
    let rows = [
        ("reported", figures.reported),
        ("paid", figures.paid),
        ("refused", figures.refused),
        ("not known yet", figures.open),
    ];
    let row = |(name, count): (&str, Option<u64>)| {
        vec![name.to_owned(), count.map_or_else(few, |count| count.to_string())]
    };
    print::table(&rows.map(row))
}

fn figures(summary: &Summary) -> String {
    let few = || format!("fewer than {} reporters, or one could be worked out", summary.k);
    let mut rows =
        vec![vec!["incidents".to_owned(), summary.incidents.map_or_else(few, |count| count.to_string())]];
    for table in &summary.tables {
        let cells = table.cells.iter();
        rows.extend(
            cells.map(|cell| vec![format!("{} {}", table.by, cell.what), cell.incidents.to_string()]),
        );
        if table.left_out > 0 {
            rows.push(vec![format!("{}, left out", table.by), table.left_out.to_string()]);
        }
    }
    print::table(&rows)
}
