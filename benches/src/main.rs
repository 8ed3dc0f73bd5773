//! Measures a real node from outside: the released binary, over loopback, with our own load generator.
//!
//! `cargo xtask bench taxii`, `bench link` and `bench overload` build both and run this. Every figure is one JSON line on
//! standard output and one line for people on standard error. Nothing here is part of the product.

mod chart;
mod client;
mod data;
mod edge;
mod find;
mod live;
mod meter;
mod node;
mod overload;
mod pages;
mod read;
mod report;
mod soak;
mod write;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::report::Report;

#[derive(Parser)]
#[command(name = "cargo xtask bench", about = "Measure a node from outside")]
struct Cli {
    /// The node to measure
    #[arg(long, global = true, default_value = "target/release/entente")]
    binary: PathBuf,
    /// How many objects
    #[arg(long, global = true, default_value_t = 100_000)]
    objects: usize,
    /// Objects to send, one per line, instead of generated ones
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    #[command(subcommand)]
    work: Work,
}

#[derive(Subcommand)]
enum Work {
    /// Ingest, paged reading, filters, memory and cold start of one node
    Taxii,
    /// Questions to the search of everything, after ingest
    Find,
    /// Every page of the console over a large picture
    Pages {
        /// How many incidents
        #[arg(long, default_value_t = 10_000)]
        incidents: usize,
    },
    /// Catching up and living replication between two nodes
    Link,
    /// Two nodes under load for a long time
    Soak(soak::Options),
    /// Up to ten times the requests that a node can answer: what is admitted, what is shed, how long it takes
    Overload {
        /// Draw the curve into this file
        #[arg(long, value_name = "FILE.svg")]
        chart: Option<PathBuf>,
    },
}

fn main() -> Result<()> {
    let cli = Cli::parse();
    let objects = match (&cli.work, &cli.data) {
        (Work::Soak(_), _) => Vec::new(),
        (Work::Pages { .. }, None) => pages::generate(cli.objects, edge::today(), 1),
        _ => data::load(cli.data.as_deref(), cli.objects)?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut report = Report::default();
    runtime.block_on(async {
        match &cli.work {
            Work::Taxii => taxii(&cli, &objects, &mut report).await,
            Work::Find => find(&cli, &objects, &mut report).await,
            Work::Pages { incidents } => pages(&cli, &objects, *incidents, &mut report).await,
            Work::Link => live::run(&cli.binary, &objects, &mut report).await,
            Work::Soak(options) => soak::run(&cli.binary, options).await,
            Work::Overload { chart } => {
                overload::run(&cli.binary, &objects, chart.as_deref(), &mut report).await
            }
        }
    })
}

/// Search alone, for whoever works on it.
async fn find(cli: &Cli, objects: &[String], report: &mut Report) -> Result<()> {
    let pair = node::Pair::signed(&cli.binary)?;
    let mut eu = pair.serve("eu").await?;
    let target = eu.target();
    write::ingest(&target, objects, 1_000, 4, "envelopes of 1,000, 4 in flight", report).await?;
    find::find(&pair, &target, objects, report).await?;
    report.memory("server memory, highest", target.pid);
    eu.stop().await
}

async fn pages(cli: &Cli, objects: &[String], incidents: usize, report: &mut Report) -> Result<()> {
    let pair = node::Pair::signed(&cli.binary)?;
    let mut eu = pair.serve("eu").await?;
    let target = eu.target();
    pages::run(&pair, &target, objects, incidents, report).await?;
    report.memory("server memory, highest", target.pid);
    eu.stop().await
}

async fn taxii(cli: &Cli, objects: &[String], report: &mut Report) -> Result<()> {
    let pair = node::Pair::signed(&cli.binary)?;
    let mut eu = pair.serve("eu").await?;
    let target = eu.target();
    // Envelopes of one first, on an empty node, with ids of their own.
    let singles = data::generate(20_000.min(objects.len()), 77);
    write::ingest(&target, &singles, 1, 64, "envelopes of 1, 64 in flight", report).await?;
    write::ingest(&target, objects, 1_000, 4, "envelopes of 1,000, 4 in flight", report).await?;
    read::settle(&target).await?;
    read::pages(&target, objects.len() + singles.len(), report).await?;
    read::filters(&target, objects, report).await?;
    find::find(&pair, &target, objects, report).await?;
    report.memory("server memory, highest", target.pid);
    eu.stop().await?;
    let (eu, took) = pair.timed("eu").await?;
    report.number("cold start to the first page", took.as_secs_f64() * 1e3, "ms");
    let mut eu = eu;
    eu.stop().await
}
