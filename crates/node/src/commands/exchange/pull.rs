//! `entente exchange pull`: what is new in a TAXII collection of somebody else, once or again and again.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;
use desk::outbound::{Outbound, Url};
use exchange::ingest::{Intake, Intaker, PULL};
use exchange::pull::{Bounds, Credentials, LONGEST_WAIT, Patience, PullError, Pulled, Source, pull};
use formats::json::Limits;
use formats::taxii::Filter;
use model::{Marking, PartyId, Tlp};
use serde::Serialize;

use crate::commands::{accord, party};
use crate::config::Config;
use crate::exit::{self, Ending, Exit};
use crate::print::Output;
use crate::{folder, progress, secret};

/// From where to pull, and how to publish it.
#[derive(Debug, Args)]
pub struct Pull {
    /// The server's discovery, API root or collection
    url: String,
    /// The collection by id, alias or title; not needed when there is only one
    #[arg(long)]
    collection: Option<String>,
    /// The marking of objects that carry none; without it they stay unmarked and go nowhere
    #[arg(long)]
    marking: Option<Tlp>,
    /// The agreement to publish under, by name or id; may be repeated; none keeps everything here
    #[arg(long)]
    under: Vec<String>,
    /// A named recipient, by short name or id; may be repeated
    #[arg(long)]
    to: Vec<String>,
    /// The name to sign in with
    #[arg(long, requires = "password_file")]
    user: Option<String>,
    /// The file that holds its password, readable by the owner alone
    #[arg(long, value_name = "FILE", requires = "user")]
    password_file: Option<PathBuf>,
    /// The file that holds a token, readable by the owner alone
    #[arg(long, value_name = "FILE", conflicts_with = "user")]
    token_file: Option<PathBuf>,
    /// Only objects of this STIX type; may be repeated
    #[arg(long, value_name = "TYPE")]
    match_type: Vec<String>,
    /// Objects on a page
    #[arg(long, value_name = "N", default_value_t = 5_000, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    limit: u64,
    /// End after one walk; otherwise walk again and again until interrupted
    #[arg(long)]
    once: bool,
    /// Seconds between two walks
    #[arg(long, value_name = "S", default_value_t = 300, value_parser = clap::value_parser!(u64).range(10..=86_400),
          conflicts_with = "once")]
    every: u64,
    #[command(flatten)]
    output: Output,
}

/// What comes after a walk.
enum Next {
    /// Nothing.
    End(Exit),
    /// Another walk, no sooner than this.
    Again(Exit, Duration),
}

#[derive(Debug, Serialize)]
struct Report {
    collection: String,
    url: String,
    complete: bool,
    resumed: bool,
    pages: u64,
    accepted: u64,
    known: u64,
    refused: u64,
    refused_before: u64,
    unasked: u64,
    /// From where the next walk asks.
    added_after: Option<String>,
    remarks: Vec<String>,
    refusals: Vec<Refusal>,
    /// Why the walk did not come to its end.
    error: Option<String>,
}

#[derive(Debug, Serialize)]
struct Refusal {
    id: String,
    version: String,
    message: String,
}

impl Pull {
    /// Pulls; a walk that did not come to its end, or something refused, is a finding.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let outbound = Outbound::new(&config.outbound.options()).map_err(|e| Ending::usage(e.to_string()))?;
        let source = self.source()?;
        crate::block_on(async {
            loop {
                let walked = tokio::select! {
                    walked = self.walk(config, &outbound, source.clone()) => walked,
                    _ = tokio::signal::ctrl_c() => return Ok(Exit::Failed),
                };
                let (exit, wait) = match walked {
                    Ok(Next::End(exit)) => return Ok(exit),
                    Ok(Next::Again(exit, wait)) => (exit, wait),
                    // A command that holds the folder for a moment must not end a watch of weeks.
                    Err(error) if !self.once && exit::of(&error) == Exit::Busy => {
                        eprintln!("error: {error:#}");
                        (Exit::Busy, Duration::ZERO)
                    }
                    Err(error) => return Err(error),
                };
                let pause = Duration::from_secs(self.every).max(wait.min(LONGEST_WAIT));
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    _ = tokio::signal::ctrl_c() => return Ok(exit),
                }
            }
        })
    }

    /// One walk, with the data folder open only as long as it takes.
    async fn walk(&self, config: &Config, outbound: &Outbound, mut source: Source) -> Result<Next> {
        let desk = tokio::task::block_in_place(|| folder::open(config))?;
        let known = desk.known();
        source.intake.under =
            self.under.iter().map(|text| Ok(accord::find(&known, text)?.0)).collect::<Result<_>>()?;
        let to: Vec<PartyId> =
            self.to.iter().map(|text| Ok(party::find(&known, text)?.0)).collect::<Result<_>>()?;
        source.intake.to = to;
        let intaker = Arc::new(Intaker::new(Arc::clone(&desk), Limits::default()));
        let counter = progress::counter("objects", self.output.json);
        let (pulled, ended) = pull(intaker, outbound, &source, |pulled| {
            counter.set_position(pulled.accepted + pulled.known + pulled.refused_count);
        })
        .await;
        counter.finish_and_clear();
        tokio::task::block_in_place(|| desk.close());
        let wait = match &ended {
            Err(PullError::Later { wait_s, .. }) => Duration::from_secs(*wait_s),
            _ => Duration::ZERO,
        };
        let is_last = self.once || matches!(&ended, Err(error) if error.needs_a_person());
        let report = Report::of(pulled, ended.err());
        self.output.print(&report, text)?;
        if let Some(error) = &report.error {
            eprintln!("error: {error}");
        }
        let good = report.error.is_none() && report.refused == 0;
        let exit = if good { Exit::Ok } else { Exit::Failed };
        Ok(if is_last { Next::End(exit) } else { Next::Again(exit, wait) })
    }

    fn source(&self) -> Result<Source> {
        let url = Url::parse(&self.url).map_err(|error| Ending::usage(error.to_string()))?;
        let credentials = match (&self.user, &self.password_file, &self.token_file) {
            (Some(user), Some(file), _) => {
                Credentials::Basic { user: user.clone(), password: secret::read(file)? }
            }
            (_, _, Some(file)) => Credentials::Bearer(secret::read(file).context("the token")?),
            _ => Credentials::None,
        };
        Ok(Source {
            url,
            collection: self.collection.clone(),
            credentials,
            filter: Filter { types: self.match_type.clone(), ..Filter::default() },
            intake: Intake {
                gate: PULL,
                source: String::new(),
                under: Vec::new(),
                marking: self.marking.map(Marking::tlp),
                to: Vec::new(),
                to_by_id: HashMap::new(),
            },
            bounds: Bounds { page_objects: self.limit, ..Bounds::default() },
            patience: Patience::default(),
        })
    }
}

impl Report {
    fn of(pulled: Pulled, error: Option<PullError>) -> Self {
        let refusals = pulled.refused.into_iter().map(|refused| Refusal {
            id: refused.id,
            version: refused.version,
            message: refused.message,
        });
        Self {
            collection: pulled.collection,
            url: pulled.url,
            complete: pulled.complete,
            resumed: pulled.resumed,
            pages: pulled.pages,
            accepted: pulled.accepted,
            known: pulled.known,
            refused: pulled.refused_count,
            refused_before: pulled.refused_before,
            unasked: pulled.unasked,
            added_after: pulled.added_after,
            remarks: pulled.remarks,
            refusals: refusals.collect(),
            error: error.map(|error| error.to_string()),
        }
    }
}

fn text(report: &Report) -> String {
    let mut text = format!(
        "{}: {} accepted, {} known already, {} refused, {} pages{}",
        if report.collection.is_empty() { "nothing fetched" } else { &report.collection },
        report.accepted,
        report.known,
        report.refused,
        report.pages,
        if report.resumed { ", gone on where the last walk stood" } else { "" },
    );
    if report.unasked > 0 {
        text.push_str(&format!("\n{} were sent without being asked for, and left out", report.unasked));
    }
    if report.refused_before > 0 {
        text.push_str(&format!("\n{} were refused before, and left out", report.refused_before));
    }
    for remark in &report.remarks {
        text.push_str(&format!("\nnote: {remark}"));
    }
    for refusal in &report.refusals {
        text.push_str(&format!("\nrefused: {} {}", refusal.id, refusal.message));
    }
    if let Some(after) = &report.added_after {
        text.push_str(&format!("\nthe next run asks for what was added after {after}"));
    }
    text
}
