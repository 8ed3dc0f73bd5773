//! A little TAXII server whose every answer a test writes.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::world::indicator;

/// One answer.
#[derive(Clone)]
pub struct Reply {
    pub status: &'static str,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Says this length instead of the true one.
    pub claims: Option<u64>,
    /// Pauses after each byte of the body.
    pub drip: Option<Duration>,
}

pub struct Server {
    pub base: String,
    heard: Arc<Mutex<Vec<String>>>,
    _tasks: JoinSet<()>,
}

const TYPE: &str = "application/taxii+json;version=2.1";

/// A good TAXII answer.
pub fn good(body: impl Into<String>) -> Reply {
    let headers = vec![("content-type".to_owned(), TYPE.to_owned())];
    Reply { status: "200 OK", headers, body: body.into().into_bytes(), claims: None, drip: None }
}

/// A refusal.
pub fn bad(status: &'static str) -> Reply {
    Reply { status, ..good("{\"title\":\"no\",\"description\":\"not now\"}") }
}

impl Reply {
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn dated(self, last: &str) -> Self {
        self.with("X-TAXII-Date-Added-Last", last)
    }
}

/// An envelope of numbered indicators.
pub fn page(numbers: impl IntoIterator<Item = u32>, next: Option<&str>) -> Reply {
    let objects: Vec<String> =
        numbers.into_iter().map(|n| indicator(n, None, "2026-11-01T00:00:00.000Z")).collect();
    let more = next.map_or_else(String::new, |next| format!("\"more\":true,\"next\":\"{next}\","));
    good(format!("{{{more}\"objects\":[{}]}}", objects.join(",")))
}

impl Server {
    /// Answers requests for objects as `reply` says for path and query; discovery, root and collection are ready.
    pub async fn start(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bound");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (reply, log) = (Arc::new(reply), Arc::clone(&heard));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, Arc::clone(&reply), Arc::clone(&log)));
            }
        });
        Self { base, heard, _tasks: tasks }
    }

    /// The collection.
    pub fn collection(&self) -> String {
        format!("{}/api/collections/91a7b528-80eb-42ed-a74d-c6fbd5a26116/", self.base)
    }

    /// The queries for objects that came, and forgets them.
    pub fn asked(&self) -> Vec<String> {
        let heard = std::mem::take(&mut *self.heard.lock().expect("unpoisoned"));
        heard.into_iter().filter_map(|line| Some(line.split_once("/objects/?")?.1.to_owned())).collect()
    }
}

async fn serve<F: Fn(&str) -> Reply>(mut stream: TcpStream, reply: Arc<F>, heard: Arc<Mutex<Vec<String>>>) {
    while let Some(target) = read_target(&mut stream).await {
        heard.lock().expect("unpoisoned").push(target.clone());
        let answer = standing(&target).unwrap_or_else(|| reply(&target));
        if send(&mut stream, answer).await.is_err() {
            return;
        }
    }
}

/// What every test server says of itself.
fn standing(target: &str) -> Option<Reply> {
    const COLLECTION: &str = "{\"id\":\"91a7b528-80eb-42ed-a74d-c6fbd5a26116\",\"title\":\"feed\",\"can_read\":true,\"can_write\":false}";
    if target.contains("/objects/") {
        return None;
    }
    Some(match target {
        "/taxii2/" => good("{\"title\":\"t\",\"api_roots\":[\"/api\"]}"),
        "/api/" => good(format!("{{\"title\":\"a\",\"versions\":[\"{TYPE}\"],\"max_content_length\":1}}")),
        "/api/collections/" => good(format!("{{\"collections\":[{COLLECTION}]}}")),
        _ => good(COLLECTION),
    })
}

async fn send(stream: &mut TcpStream, reply: Reply) -> std::io::Result<()> {
    let length = reply.claims.unwrap_or(reply.body.len() as u64);
    let mut head = format!("HTTP/1.1 {}\r\ncontent-length: {length}\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).await?;
    let Some(pause) = reply.drip else { return stream.write_all(&reply.body).await };
    for byte in reply.body {
        stream.write_all(&[byte]).await?;
        tokio::time::sleep(pause).await;
    }
    Ok(())
}

async fn read_target(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if head.len() > 1 << 16 || stream.read(&mut byte).await.ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    Some(String::from_utf8(head).ok()?.split(' ').nth(1)?.to_owned())
}
