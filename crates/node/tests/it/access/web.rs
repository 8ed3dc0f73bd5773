//! The smallest client that sees what a browser sees: status, headers, body.
#![expect(clippy::disallowed_methods, reason = "these tests speak HTTP to the binary")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// Longer than any page, bytes.
const MOST: u64 = 16 << 20;

/// What came back.
#[derive(Debug, Default)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    /// The first header of that name, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    /// Whether it says when to come back, within the bound of `docs/limits.md`: how busy this machine is decides when.
    pub fn returns_soon(&self) -> bool {
        self.header("retry-after").parse().is_ok_and(|seconds: u64| (1..=10).contains(&seconds))
    }

    /// The value of the cookie that the answer sets.
    pub fn cookie(&self) -> Option<&str> {
        let set = self.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| value);
        set.filter_map(|value| value.split(';').next()?.split_once('=')).map(|(_, value)| value).next()
    }
}

/// Sends one request with these header lines; a stream of events is left after its head.
pub fn send(address: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() || method == "POST" {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    say(address, &[head.as_bytes(), b"\r\n", body].concat())
}

/// Sends these bytes as they are.
pub fn say(address: &str, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
    let _ = stream.write_all(bytes); // the node may answer and close before it has read everything
    let mut lines = BufReader::new(stream.take(MOST));
    let mut answer = Answer::default();
    let mut line = String::new();
    while lines.read_line(&mut line).is_ok_and(|read| read > 0) && line != "\r\n" {
        match line.trim_end().split_once(": ") {
            Some((name, value)) => answer.headers.push((name.to_lowercase(), value.to_owned())),
            None => answer.status = line.get(9..12).and_then(|code| code.parse().ok()).unwrap_or(0),
        }
        line.clear();
    }
    if !answer.header("content-type").starts_with("text/event-stream") {
        let mut rest = Vec::new();
        let _ = lines.read_to_end(&mut rest); // a connection that is cut ends the body
        answer.body = String::from_utf8_lossy(&rest).into_owned();
    }
    answer
}
