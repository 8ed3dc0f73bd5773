//! Replication between two nodes: how fast one catches up, and how soon what is published at one is visible at the
//! other.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use bytes::Bytes;

use crate::client::{Client, Target};
use crate::node::Pair;
use crate::report::{Latencies, Report};
use crate::{data, edge, meter, read, write};

/// Objects published one by one while the link is up.
const LIVE: usize = 1_000;

pub async fn run(binary: &Path, objects: &[String], report: &mut Report) -> Result<()> {
    let pair = Pair::signed(binary)?;
    let mut eu = pair.serve("eu").await?;
    write::ingest(&eu.target(), objects, 1_000, 4, "envelopes of 1,000, before the link", report).await?;
    read::settle(&eu.target()).await?;
    let begun = edge::now();
    let mut us = pair.serve("us").await?;
    catch_up(&eu.target(), &us.target(), objects.len(), begun, report).await?;
    live(&eu.target(), &us.target(), report).await?;
    report.memory("memory of the following node, highest", us.target().pid);
    us.stop().await?;
    eu.stop().await
}

/// Until every record stands in the mirror, and then until the views show it.
async fn catch_up(
    eu: &Target,
    us: &Target,
    objects: usize,
    begun: std::time::Instant,
    report: &mut Report,
) -> Result<()> {
    let cpu = [eu, us].map(|target| meter::cpu_seconds(target.pid));
    let mut client = Client::connect(us).await?;
    let mut first = None;
    loop {
        let held = metric(&mut client, "entente_link_held").await?;
        if held > 0.0 && first.is_none() {
            first = Some((edge::now(), held));
        }
        if held >= objects as f64 {
            break;
        }
        ensure!(begun.elapsed() < Duration::from_secs(600), "only {held} records arrived in ten minutes");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let (since, before) = first.context("nothing arrived")?;
    report.number("catch-up, from process start", begun.elapsed().as_secs_f64() * 1e3, "ms");
    let used: f64 =
        [eu, us].iter().zip(cpu).map(|(target, before)| meter::cpu_seconds(target.pid) - before).sum();
    let moved = objects as f64 - before;
    report.number("catch-up, mirrored and durable", moved / since.elapsed().as_secs_f64(), "records/s");
    report.number("catch-up, both nodes' processor time", used * 1e6 / objects as f64, "µs each");
    loop {
        let (arrived, folded) = (
            metric(&mut client, "entente_ledger_arrived").await?,
            metric(&mut client, "entente_views_folded").await?,
        );
        if folded >= arrived {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    report.number("catch-up, visible", moved / since.elapsed().as_secs_f64(), "records/s");
    Ok(())
}

async fn metric(client: &mut Client, name: &str) -> Result<f64> {
    let (_, body) = client.get("/metrics").await?;
    let text = String::from_utf8_lossy(&body);
    let line = text.lines().find(|line| line.starts_with(name) && !line.starts_with('#'));
    Ok(line.and_then(|line| line.rsplit(' ').next()?.parse().ok()).unwrap_or(0.0))
}

/// One object after the other, each looked for at the other node until it is there.
async fn live(eu: &Target, us: &Target, report: &mut Report) -> Result<()> {
    read::settle(us).await?;
    let (mut writer, mut reader) = (Client::connect(eu).await?, Client::connect(us).await?);
    let mut latencies = Vec::new();
    let (begun, cpu) = (edge::now(), meter::cpu_seconds(us.pid));
    for object in data::generate(LIVE, 4242) {
        let (_, rest) = object.split_once("\"id\":\"").context("an id")?;
        let id = rest.split('"').next().unwrap_or_default();
        let path = format!("{}objects/{id}/", us.collection);
        let published = edge::now();
        let body = Bytes::from(format!("{{\"objects\":[{object}]}}"));
        let (head, _) = writer.post(&format!("{}objects/", eu.collection), body).await?;
        ensure!(head.status() == 202, "{}", head.status());
        loop {
            let (head, _) = reader.get(&path).await?;
            if head.status() == 200 {
                break;
            }
            if published.elapsed() > Duration::from_secs(10) {
                bail!("{id} did not arrive within ten seconds");
            }
            tokio::time::sleep(Duration::from_micros(500)).await;
        }
        latencies.push(published.elapsed());
    }
    let cpu = meter::cpu_seconds(us.pid) - cpu;
    report.rate(
        "live, published to visible at the peer",
        LIVE,
        begun.elapsed(),
        cpu,
        &Latencies::new(latencies),
    );
    Ok(())
}
