//! Every page that an officer opens, over a large picture and thousands of incidents: how long the server takes, and what
//! comes over the wire.

mod landscape;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result, ensure};
use bytes::Bytes;
use serde_json::json;

use crate::client::{Client, Target};
use crate::node::Pair;
use crate::report::{Latencies, Report};
use crate::{edge, find, read, write};

pub use landscape::generate;

/// Times each page is asked for; the first time is told apart.
const TIMES: usize = 21;

/// A page: its address, or a page with a list, the beginning of the link in it to follow, and what to put behind it.
type Page = (&'static str, &'static str, Option<(&'static str, &'static str)>);

const PAGES: [Page; 40] = [
    ("overview", "/", None),
    ("hand-over", "/picture/handover", None),
    ("map", "/picture/map?days=91", None),
    ("trends, actors", "/picture/trends?days=91", None),
    ("trends, sectors", "/picture/trends?topic=sectors&days=91", None),
    ("trends, malware", "/picture/trends?topic=malware&days=91", None),
    ("matrix", "/picture/matrix?days=91", None),
    ("matrix, two periods", "/picture/matrix?days=28&two=before", None),
    ("report", "/picture/report?days=91", None),
    ("preview of a report", "/picture/report/preview?days=91", None),
    ("snapshots", "/picture/snapshots", None),
    ("watch-list", "/picture/watch", None),
    ("subject", "/picture/trends?days=91", Some(("/picture/subjects/", ""))),
    ("subject, malware", "/picture/trends?topic=malware&days=91", Some(("/picture/subjects/", ""))),
    ("sources of a figure", "/picture/trends?days=91", Some(("/picture/sources?", ""))),
    ("find, a name", "/find?q=loader", None),
    ("objects", "/exchange/objects", None),
    ("objects, one type", "/exchange/objects?type=malware", None),
    ("object", "/exchange/objects", Some(("/exchange/objects/", ""))),
    ("object, much spoken of", "/exchange/objects?type=intrusion-set", Some(("/exchange/objects/", ""))),
    ("quarantine", "/exchange/quarantine", None),
    ("deliveries", "/exchange/deliveries", None),
    ("agreements", "/accord/agreements", None),
    ("agreement", "/accord/agreements", Some(("/accord/agreements/agreement:", ""))),
    ("incidents", "/notify/incidents", None),
    ("incident", "/notify/incidents", Some(("/notify/incidents/incident:", ""))),
    ("incident, intake", "/notify/incidents", Some(("/notify/incidents/incident:", "/intake"))),
    ("incident, a stage", "/notify/incidents", Some(("/notify/incidents/incident:", "/stages/nis2.ew"))),
    (
        "incident, what if",
        "/notify/incidents",
        Some(("/notify/incidents/incident:", "/whatif?fact=country&value=DE")),
    ),
    ("clocks", "/notify/clocks", None),
    ("calendar", "/notify/calendar", None),
    ("reports", "/notify/reports", None),
    ("summary of a quarter", "/notify/summary", None),
    ("parties", "/parties", None),
    ("party", "/parties", Some(("/parties/party:", ""))),
    ("links", "/links", None),
    ("to approve", "/release", None),
    ("notices", "/notices", None),
    ("ledger", "/ledger", None),
    ("record", "/ledger/records/1000", None),
];

/// Fills a node and asks for every page.
pub async fn run(
    pair: &Pair,
    target: &Target,
    objects: &[String],
    incidents: usize,
    report: &mut Report,
) -> Result<()> {
    write::ingest(target, objects, 1_000, 4, "envelopes of 1,000, 4 in flight", report).await?;
    let mut officer = find::sign_in(pair, target).await?;
    open_incidents(&officer.target(), incidents).await?;
    read::settle(target).await?;
    find::wait(&mut officer, objects.last().context("no objects")?).await?;
    for (what, address, below) in PAGES {
        let address = match below {
            Some((link, behind)) => format!("{}{behind}", linked(&mut officer, address, link).await?),
            None => address.to_owned(),
        };
        let (mut latencies, mut first, mut bytes) = (Vec::new(), 0.0, 0);
        for n in 0..TIMES {
            let asked = edge::now();
            let (head, page) = officer.page(&address).await?;
            let took = asked.elapsed();
            ensure!(head.status() == 200, "{} for {address}", head.status());
            bytes = page.len();
            match n {
                0 => first = took.as_secs_f64() * 1e3,
                _ => latencies.push(took),
            }
        }
        let latencies = Latencies::new(latencies);
        report.number(&format!("{what}: the first time"), first, "ms");
        report.number(&format!("{what}: half of them within"), latencies.at(0.5), "ms");
        report.number(&format!("{what}: slowest"), latencies.at(1.0), "ms");
        report.number(&format!("{what}: over the wire"), bytes as f64 / 1e3, "kB");
    }
    Ok(())
}

/// The first link of a page that begins so.
async fn linked(officer: &mut Client, list: &str, link: &str) -> Result<String> {
    let (head, page) = officer.get(list).await?;
    ensure!(head.status() == 200, "{} for {list}", head.status());
    let text = String::from_utf8_lossy(&page);
    let begins = format!("href=\"{link}");
    let at = text.find(&begins).with_context(|| format!("{list} has no link to {link}…"))?;
    let rest = &text[at + "href=\"".len()..];
    Ok(rest[..rest.find('"').context("the link has no end")?].replace("&amp;", "&"))
}

/// Opens incidents of all kinds and states, eight at a time.
async fn open_incidents(officer: &Target, count: usize) -> Result<()> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (officer, next) = (officer.clone(), Arc::clone(&next));
        tasks.spawn(async move {
            let mut client = Client::connect(&officer).await?;
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= count {
                    return Ok(());
                }
                let body = Bytes::from(json!({ "document": incident(n) }).to_string());
                let (head, answer) = client.json("/api/v1/notify/incidents/import", body).await?;
                ensure!(head.status() == 201, "{}: {}", head.status(), String::from_utf8_lossy(&answer));
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    Ok(())
}

fn incident(n: usize) -> String {
    let more = [vec![], vec!["GDPR"], vec!["DORA"], vec!["HIPAA"], vec!["CIRCIA", "SEC-8K"]];
    let regimes: Vec<&str> = std::iter::once("NIS2").chain(more[n % more.len()].iter().copied()).collect();
    let aware = format!("2026-{:02}-{:02}T{:02}:15:00+01:00", 1 + n % 11, 1 + n % 28, n % 24);
    json!({
        "title": format!("Incident {n} of the bench"),
        "regime": regimes,
        "aware": aware,
        "tz": "Europe/Paris",
        "holidays": "FR",
    })
    .to_string()
}
