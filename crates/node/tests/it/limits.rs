//! Every bound of the configuration, reached from outside: what happens then, and that the node goes on.
#![expect(clippy::disallowed_methods, reason = "these tests speak HTTP to the binary")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::access::web::{self, Answer};
use crate::node::Node;
use crate::objects::indicator;
use crate::run::Running;
use crate::share::{agreed, writer};

const TAXII: &str = "application/taxii+json;version=2.1";
const OBJECTS: &str = "/taxii2/pilot/collections/objects/objects/";

struct Site {
    running: Running,
    bearer: String,
    _nodes: (Node, Option<Node>),
}

impl Site {
    /// A node with these bounds; with an agreement and a consumer that may write, or alone.
    fn bounded(limits: &str, served: bool) -> Self {
        let (eu, us, mut bearer) = (Node::made("eu"), None, String::new());
        let (eu, us) = if served {
            let (eu, us) = agreed();
            bearer = format!("Bearer {}", writer(&eu));
            (eu, Some(us))
        } else {
            (eu, us)
        };
        let config = std::fs::read_to_string(eu.path("entente.toml")).expect("read");
        eu.write("entente.toml", &format!("{config}[limits]\n{limits}\n"));
        Self { running: Running::start(&eu), bearer, _nodes: (eu, us) }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.running.address).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
        stream
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        let headers = [("Authorization", self.bearer.as_str()), ("Accept", TAXII), ("Content-Type", TAXII)];
        web::send(&self.running.address, method, path, &headers, body.as_bytes())
    }

    /// The head of a POST whose body is begun and not ended: it keeps its place until the connection closes.
    fn begin_post(&self) -> TcpStream {
        let mut stream = self.connect();
        let head = format!(
            "POST {OBJECTS} HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\nAccept: {TAXII}\r\nContent-Type: {TAXII}\r\n\
             Content-Length: 100\r\nExpect: 100-continue\r\n\r\n",
            self.bearer
        );
        stream.write_all(head.as_bytes()).expect("sent");
        // Asked to go on, it is at work.
        let mut line = [0; 25];
        stream.read_exact(&mut line).expect("asked to go on");
        assert!(line.starts_with(b"HTTP/1.1 100"), "{}", String::from_utf8_lossy(&line));
        stream
    }
}

/// Reads until the other side closes.
fn rest(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes); // a reset is an end too
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_full_node_sheds_with_503_and_when_to_return_while_its_probes_stay_green() {
    let site = Site::bounded("max_requests = 2", true);
    let busy = [site.begin_post(), site.begin_post()];
    for (path, kind) in [
        (OBJECTS, TAXII),
        ("/api/v1/parties", "application/problem+json"),
        ("/login", "text/html; charset=utf-8"),
    ] {
        let answer = site.ask("GET", path, "");
        assert!(answer.status == 503 && answer.returns_soon(), "{path}: {answer:?}");
        assert_eq!(answer.header("content-type"), kind, "{path}");
    }
    for probe in ["/health", "/ready"] {
        assert_eq!(site.ask("GET", probe, "").status, 200, "{probe}");
    }
    assert!(site.ask("GET", "/metrics", "").body.contains("status=\"5xx\""));
    for stream in busy {
        stream.shutdown(std::net::Shutdown::Write).expect("shut");
        rest(stream);
    }
    assert_eq!(site.ask("GET", OBJECTS, "").status, 200, "there is room again");
    site.running.stop();
}

#[test]
fn one_consumer_takes_only_its_places_and_its_rate_and_is_told_when_to_return() {
    let site = Site::bounded("max_requests_per_consumer = 1\nroute_rate_per_s = 1", true);
    let busy = site.begin_post();
    let answer = site.ask("GET", OBJECTS, "");
    assert_eq!((answer.status, answer.header("retry-after")), (429, "1"), "{}", answer.body);
    assert_eq!(answer.header("content-type"), TAXII);
    let other = web::send(&site.running.address, "GET", "/login", &[], b"");
    assert_eq!(other.status, 200, "nobody else is held up");
    busy.shutdown(std::net::Shutdown::Write).expect("shut");
    rest(busy);
    // One a second to each route: of four in a row at least one comes too soon, however slow this machine is.
    let statuses: Vec<u16> =
        (0..40).map(|_| site.ask("GET", "/api/v1/exchange/objects", "").status).collect();
    assert!(statuses.contains(&200) && statuses.contains(&429), "{statuses:?}");
    assert_eq!(site.ask("GET", "/taxii2/", "").status, 200, "another route has a rate of its own");
    site.running.stop();
}

#[test]
fn connections_that_say_nothing_or_too_little_are_closed_and_make_room() {
    let site = Site::bounded("head_s = 1\nmax_connections = 4", false);
    let mut silent: Vec<TcpStream> = (0..4).map(|_| site.connect()).collect();
    silent[1].write_all(b"GET /health HT").expect("sent");
    silent[2].write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").expect("sent");
    // Every place is taken; this one waits until the silent ones are closed.
    assert!(site.running.get("/health").starts_with("HTTP/1.1 200"));
    for stream in silent {
        rest(stream);
    }
    site.running.stop();
}

#[test]
fn an_address_with_enough_connections_gets_no_more_of_them() {
    let site = Site::bounded("max_connections_per_address = 3\nhead_s = 600", false);
    let held: Vec<TcpStream> = (0..3).map(|_| site.connect()).collect();
    let mut fourth = site.connect();
    let _ = fourth.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n"); // it may be closed already
    assert_eq!(rest(fourth), "", "closed without an answer");
    drop(held);
    // The node hears of the end of those a moment later; each try is a connection of its own.
    let answered = (0..1_000).any(|_| {
        web::say(&site.running.address, b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            .status
            == 200
    });
    assert!(answered, "there is room again");
    site.running.stop();
}

#[test]
fn a_body_that_comes_too_slowly_or_is_too_large_ends_with_a_clear_answer() {
    let site = Site::bounded("body_s = 1\nform_s = 1", true);
    let post = rest(site.begin_post());
    assert!(post.contains("HTTP/1.1 408") && post.contains("longer than 1 seconds"), "{post}");
    let mut form = site.connect();
    form.write_all(
        b"POST /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100\r\n\r\nuser=",
    )
    .expect("sent");
    let form = rest(form);
    assert!(form.starts_with("HTTP/1.1 408"), "{form}");
    let large = web::send(&site.running.address, "POST", "/login", &[], &vec![b'a'; (1 << 20) + 1]);
    assert!(matches!(large.status, 413 | 422), "{}", large.status);
    let long = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(70 << 10));
    assert!(matches!(web::say(&site.running.address, long.as_bytes()).status, 414 | 431 | 0));
    assert!(site.running.get("/health").starts_with("HTTP/1.1 200"));
    site.running.stop();
}

#[test]
fn depth_strings_objects_and_items_of_a_document_have_their_configured_bound() {
    let limits = "json_depth = 8\njson_string_bytes = 1024\njson_object_bytes = 4096\njson_items = 100";
    let site = Site::bounded(limits, true);
    let with = |n: u32, member: &str| indicator(n, None).replacen('{', &format!("{{{member},"), 1);
    let deep = with(1, &format!("\"x_deep\":{}1{}", "[".repeat(9), "]".repeat(9)));
    let long = with(2, &format!("\"name\":\"{}\"", "x".repeat(1_025)));
    let large = with(
        3,
        &format!("\"x_a\":\"{0}\",\"x_b\":\"{0}\",\"x_c\":\"{0}\",\"x_d\":\"{0}\"", "x".repeat(1_000)),
    );
    let many = with(4, &format!("\"x_list\":[{}1]", "1,".repeat(100)));
    let good = indicator(5, None);
    let body = format!("{{\"objects\":[{deep},{long},{large},{many},{good}]}}");
    let answer = site.ask("POST", OBJECTS, &body);
    assert_eq!(answer.status, 202, "{}", answer.body);
    let status: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!((&status["success_count"], &status["failure_count"]), (&1.into(), &4.into()), "{status}");
    for words in ["deeper than 8 levels", "longer than 1024 bytes", "larger than 4096 bytes", "100"] {
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
    }
    site.running.stop();
}

#[test]
fn a_bound_outside_its_range_is_refused_before_anything_starts() {
    for wrong in [
        "max_requests = 0",
        "head_s = 0",
        "json_depth = 201",
        "json_items = 1",
        "route_rate_per_s = 100001",
        "max_connections_per_address = 0",
        "people_reads = 0",
        "overload_wait_ms = 0",
        "overload_after_ms = 9",
        "wait_ms = 49",
    ] {
        let node = Node::configured("ecsc");
        let config = std::fs::read_to_string(node.path("entente.toml")).expect("read");
        node.write("entente.toml", &format!("{config}[limits]\n{wrong}\n"));
        let said = node.run(&["config", "check"]);
        let key = wrong.split(' ').next().expect("a key");
        assert!(said.code == 2 && said.err.contains(key), "{wrong}: {} {}", said.code, said.err);
    }
}
