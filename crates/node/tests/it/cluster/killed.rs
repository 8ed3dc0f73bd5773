//! A node of two killed while clients write to both: they go on at the other, and nothing acknowledged is lost.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::{give_keys, linked};
use crate::away::{GREEN, OBJECTS, consumer, free_port, paged, wait};
use crate::run::Running;
use crate::servers::Servers;
use crate::share::agree;

/// Objects in one request, requests acknowledged before the node is killed, and after.
const BATCH: usize = 5;
const BEFORE: usize = 12;
const AFTER: usize = 24;

fn id(n: usize) -> String {
    format!("indicator--00000000-0000-4000-8000-{n:012}")
}

fn small(n: usize) -> String {
    format!(
        "{{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"{}\",\"created\":\"2026-11-01T00:00:00.000Z\",\
         \"modified\":\"2026-11-01T00:00:00.000Z\",\"pattern\":\"[ipv4-addr:value = '192.0.2.1']\",\
         \"pattern_type\":\"stix\",\"valid_from\":\"2026-11-01T00:00:00Z\",\
         \"object_marking_refs\":[\"marking-definition--{GREEN}\"]}}",
        id(n)
    )
}

/// Whether the node has acknowledged all of these objects; it may be gone, or go meanwhile.
fn acknowledges(address: &str, token: &str, numbers: std::ops::Range<usize>) -> bool {
    let objects: Vec<_> = numbers.map(small).collect();
    let body = format!("{{\"objects\":[{}]}}", objects.join(","));
    let ask = || -> std::io::Result<Value> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        write!(
            stream,
            "POST {OBJECTS} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
             Accept: application/taxii+json;version=2.1\r\nContent-Type: application/taxii+json;version=2.1\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let said = answer.split_once("\r\n\r\n").map_or("", |(_, said)| said);
        Ok(serde_json::from_str(said).unwrap_or_default())
    };
    ask().is_ok_and(|said| said["status"] == "complete" && said["failure_count"] == 0)
}

/// Writes batch after batch, and again at the other node what was not acknowledged; gives the first numbers of those
/// that were.
fn write(
    client: usize,
    addresses: &[String],
    token: &str,
    stop: &AtomicBool,
    done: &AtomicUsize,
) -> Vec<usize> {
    let (mut at, mut number, mut acknowledged) = (client, (client + 1) * 1_000_000, Vec::new());
    while !stop.load(Ordering::Relaxed) {
        if acknowledges(&addresses[at % addresses.len()], token, number..number + BATCH) {
            acknowledged.push(number);
            number += BATCH;
            done.fetch_add(1, Ordering::Relaxed);
        } else {
            at += 1;
            thread::sleep(Duration::from_millis(20));
        }
    }
    acknowledged
}

fn ids(objects: &[Value]) -> Vec<String> {
    objects.iter().map(|object| object["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn clients_of_a_node_that_is_killed_go_on_at_the_other_and_nothing_is_lost_or_there_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let servers = Servers::three(folder.path());
    let url = servers.address("eu");
    let (first, us) =
        agree(linked("eu", free_port(), Some(&url), true), linked("us", free_port(), None, true));
    let writer = consumer(&first);
    let second = linked("eu", free_port(), Some(&url), false);
    give_keys(&first, &second);
    drop(us);
    let (one, two) = (Running::start(&first), Running::start(&second));
    wait("the second node knows the consumer", || acknowledges(&two.address, &writer, 1..2));

    let addresses = [one.address.clone(), two.address.clone()];
    let (stop, done) = (AtomicBool::new(false), AtomicUsize::new(0));
    let acknowledged: Vec<usize> = thread::scope(|scope| {
        let clients: Vec<_> = (0..4)
            .map(|client| {
                let (addresses, writer, stop, done) = (&addresses, &writer, &stop, &done);
                scope.spawn(move || write(client, addresses, writer, stop, done))
            })
            .collect();
        wait("both nodes are busy", || done.load(Ordering::Relaxed) >= BEFORE);
        one.kill();
        let at_kill = done.load(Ordering::Relaxed);
        wait("clients go on at the other", || done.load(Ordering::Relaxed) >= at_kill + AFTER);
        stop.store(true, Ordering::Relaxed);
        clients.into_iter().flat_map(|client| client.join().expect("it ends")).collect()
    });

    let expected: BTreeSet<String> =
        acknowledged.iter().flat_map(|first| (*first..first + BATCH).map(id)).collect();
    let one = Running::start(&first);
    wait("the node that was killed has caught up", || {
        paged(&one, &writer).len() >= paged(&two, &writer).len()
    });
    let here = ids(&paged(&two, &writer));
    let seen: BTreeSet<String> = here.iter().cloned().collect();
    assert_eq!(seen.len(), here.len(), "an object is there twice");
    let lost: Vec<_> = expected.difference(&seen).collect();
    assert!(lost.is_empty(), "acknowledged and not there: {lost:?}");
    assert_eq!(ids(&paged(&one, &writer)), here, "both show the same in the same order");
    one.stop();
    two.stop();
    let roots =
        |node: &crate::node::Node| node.run(&["ledger", "verify", "--json"]).well().json()["roots"].clone();
    assert_eq!(roots(&first), roots(&second));
    for node in [&first, &second] {
        node.run(&["views", "rebuild", "--compare"]).well();
    }
}
