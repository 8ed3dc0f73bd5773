//! Writers that post objects to a node until it is gone, and keep what it acknowledged.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::Value;

use crate::away::OBJECTS;
use crate::objects::indicator;

/// Writers at once, so that a group of the ledger holds several envelopes.
const WRITERS: usize = 3;

/// What writers share.
pub struct Load<'a> {
    pub address: &'a str,
    pub token: &'a str,
    /// The number of the next object.
    pub next: &'a AtomicU32,
    /// Numbers of the objects that were acknowledged.
    pub acknowledged: &'a Mutex<BTreeSet<u32>>,
}

impl Load<'_> {
    /// Posts until the node is gone, while `meanwhile` runs, which ends it.
    pub fn until(&self, meanwhile: impl FnOnce()) {
        std::thread::scope(|scope| {
            for writer in 0..WRITERS {
                scope.spawn(move || self.write(writer as u32));
            }
            meanwhile();
        });
    }

    fn write(&self, writer: u32) {
        for round in 0.. {
            let count = 1 + (round * 7 + writer * 13) % 40;
            let first = self.next.fetch_add(count, Ordering::Relaxed);
            let mut objects: Vec<String> =
                (first..first + count).map(|n| indicator(n, Some("green"))).collect();
            // An object that is known comes again in a newer version, as feeds do.
            if round % 3 == 2 && first > 0 {
                let newer = indicator(first - 1, Some("green"));
                objects.push(newer.replace("\"modified\":\"2026-11-01", "\"modified\":\"2026-11-02"));
            }
            let body = format!("{{\"objects\":[{}]}}", objects.join(","));
            let Some(answer) = post(self.address, self.token, &body) else { return };
            assert_eq!(answer["failure_count"], 0, "{answer}");
            let mut acknowledged = self.acknowledged.lock().expect("no writer has failed");
            acknowledged.extend(first..first + count);
        }
    }
}

/// Posts one envelope; nothing when the node was gone before its answer was whole.
pub fn post(address: &str, token: &str, body: &str) -> Option<Value> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    let head = format!(
        "POST {OBJECTS} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Accept: application/taxii+json;version=2.1\r\nContent-Type: application/taxii+json;version=2.1\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let head = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
    if !answer.starts_with(b"HTTP/1.1 202") {
        return None;
    }
    // A status that was cut off is no acknowledgement.
    serde_json::from_slice(&answer[head + 4..]).ok()
}
