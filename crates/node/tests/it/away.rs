//! A node that was away, and is killed while it catches up: nothing is missing, nothing comes twice.
#![expect(clippy::disallowed_methods, reason = "these tests speak HTTP to the binary")]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use serde_json::Value;

use crate::node::Node;
use crate::run::Running;
use crate::share::agree;

/// Objects that come in while the other node is away: some 10 MB, so that catching up takes many batches.
const AWAY: usize = 800;

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port()
}

/// A node that listens for links, with a consumer that may write.
pub fn linked(short: &str) -> Node {
    let node = Node::configured(short);
    let config = std::fs::read_to_string(node.path("entente.toml")).expect("read");
    let address = format!("127.0.0.1:{}", free_port());
    let link = format!("[link]\nlisten = \"{address}\"\naddress = \"{address}\"\n");
    node.write("entente.toml", &format!("{config}{link}"));
    node.run(&["init"]).well();
    node
}

pub fn consumer(node: &Node) -> String {
    let name = ["party", "consumer", "add", "soc", "--relation", "organisation", "--clearance", "red"];
    let added = node.run(&[&name[..], &["--agreement", "pilot", "--write", "--json"]].concat());
    added.well().json()["token"].as_str().expect("a token").to_owned()
}

pub fn ask(running: &Running, token: &str, method: &str, path: &str, body: &str) -> Value {
    let answer = exchange(running, token, method, path, body);
    serde_json::from_slice(&answer)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&answer)))
}

/// The body of an answer, as it came.
pub fn get_bytes(running: &Running, token: &str, path: &str) -> Vec<u8> {
    exchange(running, token, "GET", path, "")
}

pub fn exchange(running: &Running, token: &str, method: &str, path: &str, body: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(&running.address).expect("connected");
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Accept: application/taxii+json;version=2.1\r\nContent-Type: application/taxii+json;version=2.1\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("sent");
    stream.write_all(body.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    let head = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").expect("a head");
    answer.split_off(head + 4)
}

/// The objects of the collection of the pilot agreement.
pub const OBJECTS: &str = "/taxii2/pilot/collections/objects/objects/";

pub fn object(n: usize, tlp: &str) -> String {
    let text = format!("{n}-").repeat(2_400);
    format!(
        "{{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--00000000-0000-4000-8000-{n:012}\",\
         \"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\",\"description\":\"{text}\",\
         \"pattern\":\"[ipv4-addr:value = '192.0.2.1']\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-11-01T00:00:00Z\",\
         \"object_marking_refs\":[\"marking-definition--{tlp}\"]}}"
    )
}

pub const GREEN: &str = "bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
const RED: &str = "e828b379-4e03-4974-9ac4-e53a884c97c1";

/// Every tenth is red, and so for nobody.
fn is_red(n: usize) -> bool {
    n.is_multiple_of(10)
}

/// All pages of the collection, as a consumer reads them; the objects as they came.
pub fn paged(running: &Running, token: &str) -> Vec<Value> {
    let (mut all, mut next) = (Vec::new(), String::new());
    loop {
        let page = ask(running, token, "GET", &format!("{OBJECTS}?limit=70{next}"), "");
        all.extend(page["objects"].as_array().cloned().unwrap_or_default());
        match page["next"].as_str() {
            Some(cursor) => next = format!("&next={cursor}"),
            None => return all,
        }
    }
}

fn arrived(running: &Running) -> u64 {
    metric(running, "entente_ledger_arrived ").expect("a metric")
}

/// Records of its only peer that a node holds.
pub fn held(running: &Running) -> u64 {
    metric(running, "entente_link_held").unwrap_or(0)
}

fn metric(running: &Running, name: &str) -> Option<u64> {
    let metrics = running.get("/metrics");
    let line = metrics.lines().find(|line| line.starts_with(name))?.to_owned();
    line.rsplit(' ').next()?.trim().parse().ok()
}

#[test]
fn a_node_killed_while_it_catches_up_has_each_object_once_and_in_order() {
    let (eu, us) = agree(linked("eu"), linked("us"));
    let (writer, reader) = (consumer(&eu), consumer(&us));
    let running_eu = Running::start(&eu);
    let before = Running::start(&us);
    for n in 1..4 {
        ask(&running_eu, &writer, "POST", OBJECTS, &format!("{{\"objects\":[{}]}}", object(n, GREEN)));
    }
    wait("the link is up", || paged(&before, &reader).len() == 3);
    before.stop();

    // An hour's work, as far as records tell time.
    for first in (4..AWAY).step_by(60) {
        let last = (first + 60).min(AWAY);
        let objects: Vec<_> = (first..last).map(|n| object(n, if is_red(n) { RED } else { GREEN })).collect();
        let body = format!("{{\"objects\":[{}]}}", objects.join(","));
        assert_eq!(ask(&running_eu, &writer, "POST", OBJECTS, &body)["failure_count"], 0);
    }

    // Killed as soon as something has come, three times.
    for _ in 0..3 {
        let catching_up = Running::start(&us);
        let at_start = arrived(&catching_up);
        wait("something has come", || {
            arrived(&catching_up) > at_start || paged(&catching_up, &reader).len() == expected().len()
        });
        catching_up.kill();
    }
    let running_us = Running::start(&us);
    wait("everything has come", || paged(&running_us, &reader).len() >= expected().len());
    std::thread::sleep(Duration::from_millis(500)); // a double would come now
    let ids = |objects: &[Value]| objects.iter().map(|object| object["id"].to_string()).collect::<Vec<_>>();
    let here = paged(&running_us, &reader);
    assert_eq!(ids(&here), expected(), "each once, in the order of its author");
    let there = paged(&running_eu, &writer)
        .into_iter()
        .filter(|object| object["object_marking_refs"][0] == format!("marking-definition--{GREEN}"));
    assert_eq!(here, there.collect::<Vec<_>>(), "object by object the same");
    running_us.stop();
    running_eu.stop();
    us.run(&["ledger", "verify"]).well();
}

fn expected() -> Vec<String> {
    let sent = (1..AWAY).filter(|n| *n < 4 || !is_red(*n));
    sent.map(|n| format!("\"indicator--00000000-0000-4000-8000-{n:012}\"")).collect()
}

pub fn wait(what: &str, done: impl Fn() -> bool) {
    for _ in 0..20 * 60 {
        if done() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("waited in vain until {what}");
}
