//! `entente exchange pull`: what is new in a TAXII collection of somebody else, once or again and again.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use clap::Args;
use desk::outbound::Outbound;
use exchange::ingest::Intaker;
use exchange::pull::{PullError, Pulled, pull};
use serde::Serialize;

use crate::config::Config;
use crate::exit::{self, Ending, Exit};
use crate::print::Output;
use crate::pulling::PullFrom;
use crate::{folder, progress};

/// From where to pull, and how to publish it.
#[derive(Debug, Args)]
pub struct Pull {
    #[command(flatten)]
    from: PullFrom,
    /// End after one walk; otherwise walk again and again until interrupted
    #[arg(long, conflicts_with = "every_s")]
    once: bool,
    #[command(flatten)]
    output: Output,
}

/// What comes after a walk.
enum Next {
    /// Nothing.
    End(Exit),
    /// Another walk after this pause.
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
        self.from.check()?;
        crate::block_on(async {
            loop {
                let walked = tokio::select! {
                    walked = self.walk(config, &outbound) => walked,
                    _ = tokio::signal::ctrl_c() => return Ok(Exit::Failed),
                };
                let (exit, pause) = match walked {
                    Ok(Next::End(exit)) => return Ok(exit),
                    Ok(Next::Again(exit, pause)) => (exit, pause),
                    // A command that holds the folder for a moment must not end a watch of weeks.
                    Err(error) if !self.once && exit::of(&error) == Exit::Busy => {
                        eprintln!("error: {error:#}");
                        (Exit::Busy, Duration::from_secs(self.from.every_s))
                    }
                    Err(error) => return Err(error),
                };
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    _ = tokio::signal::ctrl_c() => return Ok(exit),
                }
            }
        })
    }

    /// One walk, with the data folder open only as long as it takes.
    async fn walk(&self, config: &Config, outbound: &Outbound) -> Result<Next> {
        let desk = tokio::task::block_in_place(|| folder::open(config))?;
        let source = self.from.source(&desk.known())?;
        let intaker = Arc::new(Intaker::new(Arc::clone(&desk), config.limits.json()));
        let counter = progress::counter("objects", self.output.json);
        let (pulled, ended) = pull(intaker, outbound, &source, |pulled| {
            counter.set_position(pulled.accepted + pulled.known + pulled.refused_count);
        })
        .await;
        counter.finish_and_clear();
        tokio::task::block_in_place(|| desk.close());
        let pause = self.from.pause(&ended);
        let is_last = self.once || matches!(&ended, Err(error) if error.needs_a_person());
        let report = Report::of(pulled, ended.err());
        self.output.print(&report, text)?;
        if let Some(error) = &report.error {
            eprintln!("error: {error}");
        }
        let good = report.error.is_none() && report.refused == 0;
        let exit = if good { Exit::Ok } else { Exit::Failed };
        Ok(if is_last { Next::End(exit) } else { Next::Again(exit, pause) })
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
