//! A client that breaks HTTP, or sends far too much: a clear answer, a sane connection, bounded memory.
#![expect(clippy::disallowed_methods, reason = "these tests speak bytes of HTTP to the binary")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::bad_input::peak_kib;
use crate::node::Node;
use crate::run::Running;
use crate::share::{agreed, writer};

const PATH: &str = "/taxii2/pilot/collections/objects/objects/";
const GOOD: &str = r#"{"objects":[{"type":"indicator","spec_version":"2.1","id":"indicator--00000000-0000-4000-8000-000000000001","created":"2026-11-01T00:00:00.000Z","modified":"2026-11-01T00:00:00.000Z","pattern":"[ipv4-addr:value = '192.0.2.1']","pattern_type":"stix","valid_from":"2026-11-01T00:00:00Z"}]}"#;
/// What a body may hold in these tests, bytes.
const ROOM: usize = 1 << 20;

struct Site {
    running: Running,
    token: String,
    _nodes: (Node, Node),
}

impl Site {
    fn open() -> Self {
        let (eu, us) = agreed();
        let token = writer(&eu);
        let config = std::fs::read_to_string(eu.path("entente.toml")).expect("read");
        eu.write("entente.toml", &format!("{config}[limits]\nmax_content_bytes = {ROOM}\n"));
        Self { running: Running::start(&eu), token, _nodes: (eu, us) }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.running.address).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
        stream
    }

    fn head(&self, more: &str) -> String {
        format!(
            "POST {PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nAccept: application/taxii+json;version=2.1\r\n\
             Content-Type: application/taxii+json;version=2.1\r\n{more}\r\n",
            self.token
        )
    }

    /// Sends one request on a connection of its own; the status and the whole answer.
    fn ask(&self, more: &str, body: &[u8]) -> (u16, String) {
        self.say(more, body, false)
    }

    /// `hangs_up` says that nothing more will come; otherwise the connection waits for the answer.
    fn say(&self, more: &str, body: &[u8], hangs_up: bool) -> (u16, String) {
        let mut stream = self.connect();
        let request = [self.head(&format!("Connection: close\r\n{more}")).as_bytes(), body].concat();
        stream.write_all(&request).expect("sent");
        if hangs_up {
            stream.shutdown(std::net::Shutdown::Write).expect("shut");
        }
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        (answer.get(9..12).and_then(|code| code.parse().ok()).unwrap_or(0), answer)
    }

    /// Everything still works.
    fn is_sane(&self) {
        let (status, answer) = self.ask(&format!("Content-Length: {}\r\n", GOOD.len()), GOOD.as_bytes());
        assert_eq!(status, 202, "{answer}");
        assert!(answer.contains("\"success_count\":1"), "{answer}");
    }
}

/// One answer with a length from a connection that stays open.
fn read_answer(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        assert_eq!(stream.read(&mut byte).expect("answered"), 1, "{}", String::from_utf8_lossy(&bytes));
        bytes.push(byte[0]);
    }
    let head = String::from_utf8(bytes).expect("text").to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
    let mut body = vec![0; length.trim().parse().expect("a number")];
    stream.read_exact(&mut body).expect("a body");
    head + &String::from_utf8(body).expect("text")
}

#[test]
fn a_broken_length_or_coding_is_refused_and_the_node_goes_on() {
    let site = Site::open();
    let length = GOOD.len();
    let body = GOOD.as_bytes();
    assert_eq!(
        site.ask(&format!("Content-Length: {length}\r\nContent-Length: {}\r\n", length + 1), body).0,
        400
    );
    assert_eq!(site.ask("Content-Length: x\r\n", body).0, 400);
    assert_eq!(site.ask("Content-Length: -1\r\n", body).0, 400);
    assert_eq!(site.ask("Content-Length: 99999999999999999999999\r\n", body).0, 400);
    // RFC 9112 §6.3: without a length and without chunks there is no body.
    assert_eq!(site.ask("", body).0, 422);
    let (status, answer) = site.say(&format!("Content-Length: {}\r\n", length + 10), body, true);
    assert!(matches!(status, 0 | 400), "a body that ends early is no delivery: {answer}");
    let (status, answer) = site.ask("Transfer-Encoding: chunked\r\n", b"zz\r\n");
    assert!(matches!(status, 0 | 400), "{answer}");
    let (status, answer) = site.ask(&format!("Content-Encoding: gzip\r\nContent-Length: {length}\r\n"), body);
    assert_eq!(status, 415, "{answer}");
    assert!(answer.contains("application/taxii+json;version=2.1"), "{answer}");
    let chunked = format!("{length:x}\r\n{GOOD}\r\n0\r\n\r\n");
    assert_eq!(site.ask("Transfer-Encoding: chunked\r\n", chunked.as_bytes()).0, 202);
    site.is_sane();
    site.running.stop();
}

/// Sends a body of so many MiB that is announced as such, or comes in chunks.
fn send_far_too_much(site: &Site, mib: usize, chunked: bool) -> String {
    let mut stream = site.connect();
    let framing = if chunked {
        "Transfer-Encoding: chunked\r\n".to_owned()
    } else {
        format!("Content-Length: {}\r\n", mib << 20)
    };
    stream.write_all(site.head(&framing).as_bytes()).expect("sent");
    let block = vec![b' '; 1 << 20];
    for _ in 0..mib {
        if chunked {
            stream.write_all(b"100000\r\n").expect("the node reads on");
        }
        stream.write_all(&block).expect("the node reads on");
        if chunked {
            stream.write_all(b"\r\n").expect("the node reads on");
        }
    }
    if chunked {
        stream.write_all(b"0\r\n\r\n").expect("the node reads on");
    }
    let answer = read_answer(&mut stream);
    // The same connection takes the next request.
    stream.write_all(site.head(&format!("Content-Length: {}\r\n", GOOD.len())).as_bytes()).expect("sent");
    stream.write_all(GOOD.as_bytes()).expect("sent");
    let next = read_answer(&mut stream);
    assert!(next.starts_with("http/1.1 202"), "{next}");
    answer
}

fn too_much_is_refused(mib: usize) -> u64 {
    let site = Site::open();
    site.is_sane();
    let before = peak_kib(site.running.process());
    for chunked in [false, true] {
        let answer = send_far_too_much(&site, mib, chunked);
        assert!(answer.starts_with("http/1.1 413"), "{answer}");
        assert!(answer.contains(&format!("send at most {ROOM} bytes")), "{answer}");
    }
    let grown = peak_kib(site.running.process()) - before;
    assert!(grown < 24 << 10, "{grown} KiB more after {mib} MiB");
    site.is_sane();
    site.running.stop();
    grown
}

#[test]
fn far_too_large_a_body_is_answered_and_costs_no_memory() {
    too_much_is_refused(64);
}

#[test]
#[ignore = "sends two gibibytes; run by hand"]
fn a_gibibyte_is_answered_and_costs_no_memory() {
    println!("{} KiB more", too_much_is_refused(1_024));
}

#[test]
fn too_large_an_announcement_is_refused_before_the_body_is_sent() {
    let site = Site::open();
    for expect in ["", "Expect: 100-continue\r\n"] {
        let mut stream = site.connect();
        let head = site.head(&format!("Content-Length: {}\r\n{expect}", 1_u64 << 30));
        stream.write_all(head.as_bytes()).expect("sent");
        let answer = read_answer(&mut stream);
        assert!(answer.starts_with("http/1.1 413"), "{answer}");
        assert!(answer.contains("application/taxii+json;version=2.1"), "{answer}");
    }
    site.running.stop();
}
