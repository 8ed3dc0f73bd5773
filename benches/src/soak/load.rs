//! What happens all the time: objects and retractions at one node, consumers that poll the other.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use serde_json::Value;

use crate::client::{Client, Target};
use crate::{data, edge};

/// How fast objects are published.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    pub per_second: u64,
}

/// What was counted, and the latencies since the last sample.
#[derive(Debug, Default)]
pub struct Seen {
    pub published: AtomicU64,
    pub retracted: AtomicU64,
    pub polls: AtomicU64,
    pub received: AtomicU64,
    polled: Mutex<Vec<Duration>>,
    visible: Mutex<Vec<Duration>>,
}

impl Seen {
    /// Latencies of polls, and from publishing to being visible at the peer, since the last call.
    pub fn latencies(&self) -> [Vec<Duration>; 2] {
        [&self.polled, &self.visible]
            .map(|all| std::mem::take(&mut *all.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    fn note(all: &Mutex<Vec<Duration>>, took: Duration) {
        all.lock().unwrap_or_else(PoisonError::into_inner).push(took);
    }
}

/// Envelopes a second.
const BEATS: u64 = 2;
/// An object is taken back after so many envelopes, one of ten.
const TAKEN_BACK_AFTER: usize = 60;
/// Every so many envelopes one object is watched until the peer shows it.
const WATCHED: u64 = 10;
/// How long an object may take to the peer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Publishes and takes back until told to stop.
pub async fn publish(
    eu: Target,
    us: Target,
    pace: Pace,
    stop: Arc<AtomicBool>,
    seen: Arc<Seen>,
) -> Result<()> {
    let (mut writer, mut reader) = (Client::connect(&eu).await?, Client::connect(&us).await?);
    let mut standing = VecDeque::new();
    for beat in 0_u64.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let begun = edge::now();
        let objects = data::generate((pace.per_second / BEATS).max(1) as usize, 1_000_000 + beat);
        let ids: Vec<String> = objects.iter().map(|object| id(object)).collect::<Result<_>>()?;
        let body = Bytes::from(format!("{{\"objects\":[{}]}}", objects.join(",")));
        let (head, said) = writer.post(&format!("{}objects/", eu.collection), body).await?;
        ensure!(head.status() == 202, "{}: {}", head.status(), String::from_utf8_lossy(&said));
        seen.published.fetch_add(objects.len() as u64, Ordering::Relaxed);
        if beat % WATCHED == 0 {
            let path = format!("{}objects/{}/", us.collection, ids[0]);
            until_visible(&mut reader, &path).await?;
            Seen::note(&seen.visible, begun.elapsed());
        }
        standing.extend(ids.into_iter().step_by(10));
        if standing.len() > TAKEN_BACK_AFTER {
            let id = standing.pop_front().context("one stands")?;
            let (head, said) = writer.delete(&format!("{}objects/{id}/", eu.collection)).await?;
            ensure!(head.status().is_success(), "{}: {}", head.status(), String::from_utf8_lossy(&said));
            seen.retracted.fetch_add(1, Ordering::Relaxed);
        }
        tokio::time::sleep(Duration::from_millis(1_000 / BEATS).saturating_sub(begun.elapsed())).await;
    }
    Ok(())
}

/// Objects in one envelope of [`fill`].
const AT_ONCE: usize = 2_000;

/// Publishes so many objects as fast as they are taken, waits until the peer shows the last, and says since when
/// consumers need to ask.
pub async fn fill(eu: &Target, us: &Target, count: usize) -> Result<String> {
    let (mut writer, mut reader) = (Client::connect(eu).await?, Client::connect(us).await?);
    let mut after = String::new();
    for seed in 0..count.div_ceil(AT_ONCE) {
        let objects = data::generate(AT_ONCE, 2_000_000_000 + seed as u64);
        let last = id(objects.last().context("an object")?)?;
        let body = Bytes::from(format!("{{\"objects\":[{}]}}", objects.join(",")));
        let (head, said) = writer.post(&format!("{}objects/", eu.collection), body).await?;
        ensure!(head.status() == 202, "{}: {}", head.status(), String::from_utf8_lossy(&said));
        let path = format!("{}objects/{last}/", us.collection);
        until_visible(&mut reader, &path).await?;
        let (head, _) = reader.get(&path).await?;
        after = added_last(&head).unwrap_or(after);
    }
    Ok(after)
}

async fn until_visible(reader: &mut Client, path: &str) -> Result<()> {
    let begun = edge::now();
    while reader.get(path).await?.0.status() != 200 {
        ensure!(begun.elapsed() < PATIENCE, "{path} did not come to the peer");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Ok(())
}

fn id(object: &str) -> Result<String> {
    let (_, rest) = object.split_once("\"id\":\"").context("an id")?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}

/// What to ask for after the last object of an answer.
fn added_last(head: &http::Response<()>) -> Option<String> {
    let last = head.headers().get("x-taxii-date-added-last")?.to_str().ok()?;
    Some(format!("&added_after={last}"))
}

/// One consumer: asks for what is new, first after `after`, every two to four seconds.
pub async fn poll(
    target: Target,
    n: u64,
    mut after: String,
    stop: Arc<AtomicBool>,
    seen: Arc<Seen>,
) -> Result<()> {
    let mut client = Client::connect(&target).await?;
    tokio::time::sleep(Duration::from_millis(n * 61)).await;
    while !stop.load(Ordering::Relaxed) {
        let path = format!("{}objects/?limit=500{after}", target.collection);
        let begun = edge::now();
        let (head, body) = client.get(&path).await?;
        Seen::note(&seen.polled, begun.elapsed());
        ensure!(head.status() == 200, "{}: {}", head.status(), String::from_utf8_lossy(&body));
        after = added_last(&head).unwrap_or(after);
        let page: Value = serde_json::from_slice(&body)?;
        seen.received.fetch_add(page["objects"].as_array().map_or(0, Vec::len) as u64, Ordering::Relaxed);
        seen.polls.fetch_add(1, Ordering::Relaxed);
        if page["more"] != true {
            tokio::time::sleep(Duration::from_millis(2_000 + (n * 137) % 2_000)).await;
        }
    }
    Ok(())
}
