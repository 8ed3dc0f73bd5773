//! More is asked than the node can do: programs are told to come back, people get in, and the probe has a thread of its own.
#![expect(clippy::disallowed_methods, reason = "these tests speak HTTP to the binary")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::access::house::{House, Role};
use crate::access::web;
use crate::node::Node;
use crate::run::Running;

/// A POST whose body is begun and not ended keeps its place until the connection closes.
fn hold(address: &str, bearer: &str) -> TcpStream {
    const TAXII: &str = "application/taxii+json;version=2.1";
    let mut stream = TcpStream::connect(address).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
    let head = format!(
        "POST /taxii2/pilot/collections/objects/objects/ HTTP/1.1\r\nHost: x\r\nAuthorization: {bearer}\r\n\
         Accept: {TAXII}\r\nContent-Type: {TAXII}\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).expect("sent");
    let mut line = [0; 25];
    stream.read_exact(&mut line).expect("asked to go on");
    assert!(line.starts_with(b"HTTP/1.1 100"), "{}", String::from_utf8_lossy(&line));
    stream
}

#[test]
fn an_officer_gets_in_when_every_place_is_taken_and_whoever_only_claims_to_be_one_does_not() {
    let house = House::bounded("max_requests = 1\npeople_requests = 1\npeople_reads = 1");
    let officer = house.session(Role::Officer);
    let address = house.running.address.clone();
    let busy = hold(&address, &house.token(Role::Writer));
    let ask = |method: &str, path: &str, cookie: &str, body: &str| {
        let form = ("Content-Type", "application/x-www-form-urlencoded");
        web::send(&address, method, path, &[("Cookie", cookie), form], body.as_bytes())
    };
    assert_eq!(ask("GET", "/exchange/objects", &officer.cookie, "").status, 200);
    let import = format!("csrf={}", officer.csrf);
    assert_eq!(ask("POST", "/exchange/import", &officer.cookie, &import).status, 200, "a form too");
    for stranger in ["", "entente=", "entente=invented-by-a-stranger", "__Host-entente=x; lang=fr"] {
        let told = ask("GET", "/exchange/objects", stranger, "");
        assert!(told.status == 503 && told.returns_soon(), "{stranger}: {told:?}");
    }
    let program = web::send(
        &address,
        "GET",
        "/api/v1/exchange/objects",
        &[("Authorization", &house.token(Role::Reader))],
        b"",
    );
    assert_eq!(program.status, 503, "a consumer's token opens no place of people");
    let measures = web::send(&address, "GET", "/metrics", &[], b"").body;
    assert!(measures.contains("entente_http_shed_total 5"), "{measures}");
    drop(busy);
    house.running.stop();
}

#[test]
fn the_probe_and_the_metrics_answer_on_their_own_listener_when_every_connection_is_taken() {
    let node = Node::made("ecsc");
    let config = std::fs::read_to_string(node.path("entente.toml")).expect("read");
    let config = config.replace("[http]\n", "[http]\nmetrics_listen = \"127.0.0.1:0\"\n");
    node.write("entente.toml", &format!("{config}[limits]\nmax_connections = 2\nhead_s = 600\n"));
    let running = Running::start(&node);
    assert_eq!(web::send(&running.address, "GET", "/login", &[], b"").status, 200);
    let held = [0, 1].map(|_| TcpStream::connect(&running.address).expect("connected"));
    let probe = running.metrics.clone().expect("a listener of its own");
    assert_eq!(web::send(&probe, "GET", "/health", &[], b"").body, "ok\n");
    let measures = web::send(&probe, "GET", "/metrics", &[], b"").body;
    assert!(measures.contains("entente_http_late_seconds") && measures.ends_with("# EOF\n"), "{measures}");
    assert!(
        measures.contains("entente_http_requests_total{gate=\"console\",status=\"2xx\"} 1"),
        "{measures}"
    );
    assert_eq!(web::send(&probe, "GET", "/login", &[], b"").status, 404, "nothing else is there");
    drop(held);
    running.stop();
}
