//! A little server that says exactly what a test tells it to, and remembers what it was asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use desk::outbound::{Bounds, Outbound, OutboundOptions, Url};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// What the server does with the head of one request.
#[derive(Debug, Clone)]
pub enum Act {
    /// Sends this and keeps the connection.
    Say(String),
    /// Sends this and closes.
    SayAndClose(String),
    /// Sends this, then the piece again and again until nobody listens, pausing in between.
    Repeat(String, Vec<u8>, Duration),
}

/// A running server; it ends with the value.
pub struct Server {
    pub url: Url,
    /// The heads of the requests that came.
    pub heard: Arc<Mutex<Vec<String>>>,
    _tasks: JoinSet<()>,
}

impl Server {
    /// Answers each request as `act` says for its number and head.
    pub async fn start(act: impl Fn(usize, &str) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("bound");
        let address = listener.local_addr().expect("an address");
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (act, log) = (Arc::new(act), Arc::clone(&heard));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, Arc::clone(&act), Arc::clone(&log)));
            }
        });
        let url = Url::parse(&format!("http://{address}/")).expect("a URL");
        Self { url, heard, _tasks: tasks }
    }

    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().expect("unpoisoned").clone()
    }
}

/// Serves one connection, whatever it runs over.
pub async fn serve<S, F>(mut stream: S, act: Arc<F>, heard: Arc<Mutex<Vec<String>>>)
where
    S: AsyncRead + AsyncWrite + Unpin,
    F: Fn(usize, &str) -> Act,
{
    while let Some(head) = read_head(&mut stream).await {
        let number = {
            let mut heard = heard.lock().expect("unpoisoned");
            heard.push(head.clone());
            heard.len() - 1
        };
        match act(number, &head) {
            Act::Say(text) => {
                if stream.write_all(text.as_bytes()).await.is_err() {
                    return;
                }
            }
            Act::SayAndClose(text) => {
                let _ = stream.write_all(text.as_bytes()).await; // the client may have gone
                let _ = stream.shutdown().await;
                return;
            }
            Act::Repeat(text, piece, pause) => {
                let mut going = stream.write_all(text.as_bytes()).await.is_ok();
                while going {
                    tokio::time::sleep(pause).await;
                    going = stream.write_all(&piece).await.is_ok();
                }
                return;
            }
        }
    }
}

async fn read_head(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if head.len() > 1 << 16 || stream.read(&mut byte).await.ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    String::from_utf8(head).ok()
}

/// A plain answer.
pub fn ok(body: &str) -> Act {
    Act::Say(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len()))
}

/// A redirect.
pub fn to(target: &str) -> Act {
    Act::Say(format!("HTTP/1.1 302 Found\r\nlocation: {target}\r\ncontent-length: 0\r\n\r\n"))
}

/// Bounds short enough for a test.
pub const SHORT: Bounds = Bounds {
    connect: Duration::from_secs(5),
    silence: Duration::from_millis(300),
    whole: Duration::from_millis(1_500),
    body_bytes: 1 << 20,
};

/// A way out that may reach what `allow` names.
pub fn way_out(allow: &[&str]) -> Outbound {
    let allow = allow.iter().map(|text| text.parse().expect("an entry")).collect();
    Outbound::new(&OutboundOptions { allow, ca_file: None, bounds: SHORT }).expect("a way out")
}
