//! Posting envelopes, several in flight.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Result, ensure};
use bytes::Bytes;
use serde::Deserialize;

use crate::client::{Client, Target};
use crate::report::{Latencies, Report};
use crate::{edge, meter};

#[derive(Deserialize)]
struct Status {
    status: String,
    success_count: usize,
}

/// Posts all objects in envelopes of `size`, `flight` at a time, each on a connection of its own.
pub async fn ingest(
    target: &Target,
    objects: &[String],
    size: usize,
    flight: usize,
    what: &str,
    report: &mut Report,
) -> Result<()> {
    let envelope = |part: &[String]| Bytes::from(format!("{{\"objects\":[{}]}}", part.join(",")));
    let bodies: Arc<Vec<Bytes>> = Arc::new(objects.chunks(size).map(envelope).collect());
    let tenth = bodies.len().div_ceil(10).max(1);
    let (next, marks) = (Arc::new(AtomicUsize::new(0)), Arc::new(std::sync::Mutex::new(Vec::new())));
    let (begun, cpu) = (edge::now(), meter::cpu_seconds(target.pid));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..flight {
        let (bodies, next, marks, target) = (bodies.clone(), next.clone(), marks.clone(), target.clone());
        tasks.spawn(async move {
            let mut client = Client::connect(&target).await?;
            let path = format!("{}objects/", target.collection);
            let (mut latencies, mut accepted) = (Vec::new(), 0);
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                let Some(body) = bodies.get(n) else { break };
                let sent = edge::now();
                let (head, answer) = client.post(&path, body.clone()).await?;
                ensure!(head.status() == 202, "{}: {}", head.status(), String::from_utf8_lossy(&answer));
                let status: Status = serde_json::from_slice(&answer)?;
                ensure!(status.status == "complete", "a delivery is not complete: {}", status.status);
                accepted += status.success_count;
                latencies.push(sent.elapsed());
                if (n + 1) % tenth == 0
                    && let Ok(mut marks) = marks.lock()
                {
                    marks.push(begun.elapsed());
                }
            }
            Ok((latencies, accepted))
        });
    }
    let (mut latencies, mut accepted) = (Vec::new(), 0);
    while let Some(done) = tasks.join_next().await {
        let (took, count) = done??;
        latencies.extend(took);
        accepted += count;
    }
    let took = begun.elapsed();
    ensure!(accepted == objects.len(), "{accepted} of {} objects were accepted", objects.len());
    let cpu = meter::cpu_seconds(target.pid) - cpu;
    report.rate(&format!("ingest, {what}"), objects.len(), took, cpu, &Latencies::new(latencies));
    if let Ok(marks) = marks.lock() {
        fall(&marks, objects.len(), what, report);
    }
    Ok(())
}

/// How much slower the last tenth was than the first.
fn fall(marks: &[Duration], objects: usize, what: &str, report: &mut Report) {
    if objects < 100_000 || marks.len() < 10 {
        return;
    }
    let (first, last) = (marks[0], marks[9] - marks[8]);
    let rate = |took: Duration| objects as f64 / 10.0 / took.as_secs_f64();
    report.number(&format!("ingest, {what}, first tenth"), rate(first), "objects/s");
    report.number(&format!("ingest, {what}, last tenth"), rate(last), "objects/s");
}
