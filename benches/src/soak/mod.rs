//! A long run: two linked nodes, many consumers, imports and retractions without end, and what the nodes use meanwhile.
//!
//! `cargo xtask soak --minutes 60` runs it by hand. Curves are written as SVG, and a table to standard output.

mod draw;
mod load;
mod sample;
mod table;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::client::Target;
use crate::edge;
use crate::node::Pair;
use load::{Pace, Seen};
use sample::Sample;

/// How long, how hard, and where the curves go.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Minutes under load
    #[arg(long, default_value_t = 60)]
    minutes: u64,
    /// Consumers that poll the following node
    #[arg(long, default_value_t = 50)]
    consumers: usize,
    /// Objects published a second
    #[arg(long, default_value_t = 40)]
    per_second: u64,
    /// Objects published before it begins, so that page caches are full from the start
    #[arg(long, default_value_t = 0)]
    before: usize,
    /// The first of four ports
    #[arg(long, default_value_t = 8890)]
    port: u16,
    /// The folder for the curves
    #[arg(long, default_value = "docs/soak")]
    out: PathBuf,
}

/// Seconds between two samples.
const EVERY: Duration = Duration::from_secs(5);

pub async fn run(binary: &Path, options: &Options) -> Result<()> {
    let pair = Pair::signed_at(binary, options.port)?;
    let tokens: Vec<String> =
        (0..options.consumers).map(|n| pair.consumer("us", &format!("c{n}"))).collect::<Result<_>>()?;
    let (mut eu, mut us) = (pair.serve("eu").await?, pair.serve("us").await?);
    let after = load::fill(&eu.target(), &us.target(), options.before).await?;
    let (stop, seen) = (Arc::new(AtomicBool::new(false)), Arc::new(Seen::default()));
    let pace = Pace { per_second: options.per_second };
    let mut work = tokio::task::JoinSet::new();
    work.spawn(load::publish(eu.target(), us.target(), pace, Arc::clone(&stop), Arc::clone(&seen)));
    for (n, token) in tokens.into_iter().enumerate() {
        let target = Target { token, ..us.target() };
        work.spawn(load::poll(target, n as u64, after.clone(), Arc::clone(&stop), Arc::clone(&seen)));
    }
    let begun = edge::now();
    let mut samples: Vec<Sample> = Vec::new();
    while begun.elapsed() < Duration::from_secs(options.minutes * 60) {
        tokio::time::sleep(EVERY).await;
        let folders = [pair.data("eu"), pair.data("us")];
        samples.push(Sample::take(begun.elapsed(), [eu.target().pid, us.target().pid], &folders, &seen));
        if let Some(ended) = work.try_join_next() {
            ended?.context("a part of the load ended")?;
        }
    }
    stop.store(true, Ordering::Relaxed);
    while let Some(ended) = work.join_next().await {
        ended??;
    }
    us.stop().await?;
    eu.stop().await?;
    for party in ["eu", "us"] {
        pair.is_sound(party)?;
    }
    std::fs::create_dir_all(&options.out)?;
    draw::curves(&samples, &options.out)?;
    println!("{}", table::of(&samples, &seen, options.minutes, options.consumers));
    Ok(())
}
