//! Reading: whole collections page by page, and filters with many clients.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::client::{Client, Target};
use crate::report::{Latencies, Report};
use crate::{edge, meter};

#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    more: bool,
    next: Option<String>,
    #[serde(default)]
    objects: Vec<IgnoredAny>,
}

/// Clients of the filter runs, requests in all, and how long a run may take.
const CLIENTS: usize = 16;
const REQUESTS: usize = 20_000;
const LONGEST: Duration = Duration::from_secs(20);

/// Waits until views and search index rest, so that reading is measured alone.
pub async fn settle(target: &Target) -> Result<()> {
    let mut before = f64::MAX;
    for _ in 0..120 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let cpu = meter::cpu_seconds(target.pid);
        if cpu - before < 0.05 && cpu >= before {
            return Ok(());
        }
        before = cpu;
    }
    Ok(())
}

/// One client reads the whole collection in pages of 1,000, twice: the first time nobody has read them before.
pub async fn pages(target: &Target, expected: usize, report: &mut Report) -> Result<()> {
    for what in ["whole collection, limit 1,000", "whole collection, limit 1,000, again"] {
        let mut client = Client::connect(target).await?;
        let (begun, cpu) = (edge::now(), meter::cpu_seconds(target.pid));
        let (mut read, mut latencies, mut next) = (0, Vec::new(), String::new());
        loop {
            let asked = edge::now();
            let (head, body) = client.get(&format!("{}objects/?limit=1000{next}", target.collection)).await?;
            ensure!(head.status() == 200, "{} after {read} objects", head.status());
            latencies.push(asked.elapsed());
            let page: Envelope = serde_json::from_slice(&body)?;
            read += page.objects.len();
            if !page.more {
                break;
            }
            next = format!("&next={}", page.next.context("more pages and no `next`")?);
        }
        let (took, cpu) = (begun.elapsed(), meter::cpu_seconds(target.pid) - cpu);
        ensure!(read == expected, "{read} objects were read, {expected} are there");
        report.rate(what, read, took, cpu, &Latencies::new(latencies));
    }
    Ok(())
}

/// The query string of the n-th request.
type Query<'a> = Box<dyn Fn(usize) -> String + 'a>;

/// The filters, each with 16 clients.
pub async fn filters(target: &Target, objects: &[String], report: &mut Report) -> Result<()> {
    let ids: Vec<&str> =
        objects.iter().step_by((objects.len() / 5_000).max(1)).filter_map(|o| id_of(o)).collect();
    let at = |n: usize| ids[(n * 7919) % ids.len()];
    let types = ["indicator", "malware", "campaign", "relationship", "attack-pattern"];
    let mut client = Client::connect(target).await?;
    let mut dates = Vec::new();
    let mut path = format!("{}manifest/?limit=1000", target.collection);
    // Dates through the first part of the collection, so that pollers stand at different places.
    for _ in 0..50 {
        let (head, body) = client.get(&path).await?;
        let last = head.headers().get("x-taxii-date-added-last").and_then(|value| value.to_str().ok());
        dates.extend(last.map(str::to_owned));
        let page: Envelope = serde_json::from_slice(&body)?;
        let Some(next) = page.next else { break };
        path = format!("{}manifest/?limit=1000&next={next}", target.collection);
    }
    let kinds: [(&str, Query<'_>); 5] = [
        ("match[id]", Box::new(|n| format!("?match%5Bid%5D={}", at(n)))),
        ("one object by URL", Box::new(|n| format!("{}/", at(n)))),
        (
            "match[type], limit 100",
            Box::new(|n| format!("?limit=100&match%5Btype%5D={}", types[n % types.len()])),
        ),
        ("added_after, limit 100, one place", Box::new(|_| format!("?limit=100&added_after={}", dates[0]))),
        (
            "added_after and type, limit 100, 250 places",
            Box::new(|n| {
                let (date, kind) = (&dates[n % dates.len()], types[(n / 50) % types.len()]);
                format!("?limit=100&added_after={date}&match%5Btype%5D={kind}")
            }),
        ),
    ];
    for (what, query) in kinds {
        let paths = (0..REQUESTS).map(|n| format!("{}objects/{}", target.collection, query(n))).collect();
        many(target, what, paths, report).await?;
    }
    Ok(())
}

fn id_of(object: &str) -> Option<&str> {
    let (_, rest) = object.split_once("\"id\":")?;
    rest.split('"').nth(1)
}

async fn many(target: &Target, what: &str, paths: Vec<String>, report: &mut Report) -> Result<()> {
    let (paths, next) = (Arc::new(paths), Arc::new(AtomicUsize::new(0)));
    let (begun, cpu) = (edge::now(), meter::cpu_seconds(target.pid));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..CLIENTS {
        let (paths, next, target) = (paths.clone(), next.clone(), target.clone());
        tasks.spawn(async move {
            let mut client = Client::connect(&target).await?;
            let mut latencies = Vec::new();
            while begun.elapsed() < LONGEST {
                let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                let asked = edge::now();
                let (head, body) = client.get(path).await?;
                latencies.push(asked.elapsed());
                ensure!(head.status() == 200, "{} for {path}", head.status());
                serde_json::from_slice::<Envelope>(&body)?;
            }
            Ok(latencies)
        });
    }
    let mut latencies = Vec::new();
    while let Some(done) = tasks.join_next().await {
        latencies.extend(done??);
    }
    let cpu = meter::cpu_seconds(target.pid) - cpu;
    report.rate(what, latencies.len(), begun.elapsed(), cpu, &Latencies::new(latencies));
    Ok(())
}
