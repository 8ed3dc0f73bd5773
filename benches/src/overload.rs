//! Overload: far more requests than the node can answer, from consumers that never wait. What is admitted must stay fast,
//! the rest must be told so at once, and the probe must stay green.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use crate::client::{Client, Target};
use crate::node::Pair;
use crate::report::{Latencies, Report};
use crate::{chart, edge, read, write};

/// Consumers, and connections of each: more than the node takes on at once, for all and for each.
const CONSUMERS: usize = 8;
const CONNECTIONS: usize = 100;
/// Offered load, as a multiple of what the node answers when nobody is refused.
const LEVELS: [f64; 8] = [0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 7.5, 10.0];
/// Objects of a page at least: what is admitted then costs the node far more than a refusal costs it and this program, which
/// share the cores, so that ten times the capacity can be offered at all.
const PAGE: u64 = 900;
/// How long each level lasts.
const LASTS: Duration = Duration::from_secs(8);

/// One level of the curve.
#[derive(Debug, Default)]
pub struct Level {
    pub times: f64,
    pub offered_per_s: f64,
    pub admitted_per_s: f64,
    pub shed_per_s: f64,
    pub broken: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub health_p99_ms: f64,
    /// The same, on the listener that has a thread of its own.
    pub aside_p99_ms: f64,
    /// How late the load generator itself was: it uses the same cores, and every other time includes it.
    pub generator_p99_ms: f64,
}

/// Runs all levels, and draws them.
pub async fn run(
    binary: &Path,
    objects: &[String],
    chart_file: Option<&Path>,
    report: &mut Report,
) -> Result<()> {
    // Both share the cores. The one that asks goes before the one that answers, or it would ask the slower the more it asks.
    let pair = Pair::signed(binary)?.behind();
    let tokens =
        (0..CONSUMERS).map(|n| pair.consumer("eu", &format!("crowd-{n}"))).collect::<Result<Vec<_>>>()?;
    let mut eu = pair.serve("eu").await?;
    let target = eu.target();
    write::ingest(&target, objects, 1_000, 2, "filling", report).await?;
    read::settle(&target).await?;
    let aside = Target { port: pair.aside("eu"), ..target.clone() };
    let crowd: Vec<Target> = tokens.into_iter().map(|token| Target { token, ..target.clone() }).collect();
    let capacity = capacity(&crowd).await?;
    report.number("answered each second, 4 connections", capacity, "requests/s");
    let mut levels = Vec::new();
    for times in LEVELS {
        let level = level(&crowd, &aside, times, capacity).await?;
        for (what, value, unit) in [
            ("offered", level.offered_per_s, "/s"),
            ("admitted", level.admitted_per_s, "/s"),
            ("shed with 429 or 503", level.shed_per_s, "/s"),
            ("connections that broke", level.broken, ""),
            ("p50 of admitted", level.p50_ms, "ms"),
            ("p99 of admitted", level.p99_ms, "ms"),
            ("p99 of /health", level.health_p99_ms, "ms"),
            ("p99 of /health on its own listener", level.aside_p99_ms, "ms"),
            ("p99 lateness of the load generator", level.generator_p99_ms, "ms"),
        ] {
            report.number(&format!("{times} times: {what}"), value, unit);
        }
        levels.push(level);
    }
    report.memory("server memory, highest", target.pid);
    eu.stop().await?;
    if let Some(file) = chart_file {
        std::fs::write(file, chart::draw(&levels))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

/// A different page nearly every time, so that none comes from memory.
fn path(target: &Target, n: u64) -> String {
    let kind = ["indicator", "malware", "campaign", "relationship", "attack-pattern"][(n % 5) as usize];
    format!("{}objects/?limit={}&match%5Btype%5D={kind}", target.collection, PAGE + n % 97)
}

/// What the node answers when it is asked as fast as it answers.
async fn capacity(crowd: &[Target]) -> Result<f64> {
    let begun = edge::now();
    let tasks = (0..4_u64).map(|n| {
        let target = crowd[n as usize % crowd.len()].clone();
        tokio::spawn(async move {
            let (mut client, mut done) = (Client::connect(&target).await?, 0_u64);
            while begun.elapsed() < LASTS {
                let (head, _) = client.get(&path(&target, n * 1_000_003 + done * 7)).await?;
                ensure!(head.status() == 200, "{} while measuring the capacity", head.status());
                done += 1;
            }
            Ok(done)
        })
    });
    let mut done = 0;
    for task in tasks.collect::<Vec<_>>() {
        done += task.await??;
    }
    Ok(done as f64 / begun.elapsed().as_secs_f64())
}

/// What every connection of a level shares.
struct Shared {
    begun: Instant,
    /// From one request of a connection to its next.
    every: Duration,
    over: AtomicBool,
    offered: AtomicU64,
    shed: AtomicU64,
    broken: AtomicU64,
}

async fn level(crowd: &[Target], aside: &Target, times: f64, capacity: f64) -> Result<Level> {
    // Each asks every two seconds or more often: the node closes what says nothing for ten.
    let connections = (CONSUMERS * CONNECTIONS).min((2.0 * times * capacity).ceil() as usize);
    let shared = Arc::new(Shared {
        begun: edge::now(),
        every: Duration::from_secs_f64(connections as f64 / (times * capacity)),
        over: AtomicBool::new(false),
        offered: AtomicU64::new(0),
        shed: AtomicU64::new(0),
        broken: AtomicU64::new(0),
    });
    let probe = tokio::spawn(health(crowd[0].clone(), Arc::clone(&shared)));
    let aside = tokio::spawn(health(aside.clone(), Arc::clone(&shared)));
    let own = tokio::spawn(lateness(Arc::clone(&shared)));
    let tasks: Vec<_> = (0..connections)
        .map(|n| tokio::spawn(knock(crowd[n % CONSUMERS].clone(), n as u64, Arc::clone(&shared))))
        .collect();
    let mut admitted = Vec::new();
    for task in tasks {
        admitted.extend(task.await??);
    }
    shared.over.store(true, Ordering::Relaxed);
    let took = shared.begun.elapsed().as_secs_f64();
    let count = admitted.len() as f64;
    let latencies = Latencies::new(admitted);
    Ok(Level {
        times,
        offered_per_s: shared.offered.load(Ordering::Relaxed) as f64 / took,
        admitted_per_s: count / took,
        broken: shared.broken.load(Ordering::Relaxed) as f64,
        shed_per_s: shared.shed.load(Ordering::Relaxed) as f64 / took,
        p50_ms: latencies.at(0.5),
        p99_ms: latencies.at(0.99),
        health_p99_ms: Latencies::new(probe.await??).at(0.99),
        aside_p99_ms: Latencies::new(aside.await??).at(0.99),
        generator_p99_ms: Latencies::new(own.await?).at(0.99),
    })
}

/// One connection that asks by the clock, whatever it is told.
async fn knock(target: Target, n: u64, shared: Arc<Shared>) -> Result<Vec<Duration>> {
    let mut client = Client::connect(&target).await?;
    let mut admitted = Vec::new();
    let mut next = shared.every.mul_f64((n as f64 * 0.618_033_988).fract());
    while next < LASTS {
        tokio::time::sleep(next.saturating_sub(shared.begun.elapsed())).await;
        shared.offered.fetch_add(1, Ordering::Relaxed);
        let asked = edge::now();
        let answer = client.get(&path(&target, n * 1_000_003 + next.as_micros() as u64)).await;
        let Ok((head, _)) = answer else {
            // Closed for silence, or broken: what a client does then is connect again.
            shared.broken.fetch_add(1, Ordering::Relaxed);
            client = Client::connect(&target).await?;
            next = (next + shared.every).max(shared.begun.elapsed());
            continue;
        };
        match head.status().as_u16() {
            200 => admitted.push(asked.elapsed()),
            status => {
                ensure!(matches!(status, 429 | 503), "{status} under load");
                ensure!(head.headers().contains_key("retry-after"), "{status} without Retry-After");
                shared.shed.fetch_add(1, Ordering::Relaxed);
            }
        }
        next = (next + shared.every).max(shared.begun.elapsed());
    }
    Ok(admitted)
}

/// Asks the probe twenty times a second; it must always be green.
async fn health(target: Target, shared: Arc<Shared>) -> Result<Vec<Duration>> {
    let mut client = Client::connect(&target).await?;
    let mut latencies = Vec::new();
    while !shared.over.load(Ordering::Relaxed) {
        let asked = edge::now();
        let (head, _) = client.get("/health").await?;
        ensure!(head.status() == 200, "/health says {}", head.status());
        latencies.push(asked.elapsed());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(latencies)
}

/// How late this program runs what it wants to run every ten milliseconds.
async fn lateness(shared: Arc<Shared>) -> Vec<Duration> {
    const BEAT: Duration = Duration::from_millis(10);
    let mut late = Vec::new();
    while !shared.over.load(Ordering::Relaxed) {
        let slept = edge::now();
        tokio::time::sleep(BEAT).await;
        late.push(slept.elapsed().saturating_sub(BEAT));
    }
    late
}
