//! A party of two nodes on one cluster of three servers: whatever one does, the other knows, also when one is killed.
#![expect(clippy::disallowed_methods, reason = "these tests speak HTTP to the binary")]

mod erased;
mod killed;
mod lease;
mod notices;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use crate::away::{GREEN, OBJECTS, ask, consumer, free_port, object, paged, wait};
use crate::node::Node;
use crate::run::Running;
use crate::servers::Servers;
use crate::share::agree;

const PASSWORD: &str = "a long enough password";

/// A node with a link address; `init` has run when it is the first of its party.
fn linked(short: &str, port: u16, ledger: Option<&str>, first: bool) -> Node {
    linked_behind(short, port, port, ledger, first)
}

/// The same, where peers reach the party at another port.
fn linked_behind(short: &str, port: u16, reached: u16, ledger: Option<&str>, first: bool) -> Node {
    let node = Node::configured(short);
    let config = std::fs::read_to_string(node.path("entente.toml")).expect("read");
    let link = format!("[link]\nlisten = \"127.0.0.1:{port}\"\naddress = \"127.0.0.1:{reached}\"\n");
    let ledger = ledger.map_or_else(String::new, |url| format!("[ledger]\nurl = \"{url}\"\n"));
    node.write("entente.toml", &format!("{config}{link}{ledger}"));
    if first {
        node.write("password", PASSWORD);
        let file = node.arg("password");
        std::fs::set_permissions(node.path("password"), std::os::unix::fs::PermissionsExt::from_mode(0o600))
            .expect("chmod");
        node.run(&["init", "--account", "marta", "--password-file", &file]).well();
    }
    node
}

/// What an operator does to add a node: the keys, and the same configuration.
fn give_keys(from: &Node, to: &Node) {
    let target = to.path("data/real/keys");
    std::fs::create_dir_all(&target).expect("a folder");
    for key in std::fs::read_dir(from.path("data/real/keys")).expect("a folder") {
        let key = key.expect("a file");
        std::fs::copy(key.path(), target.join(key.file_name())).expect("copied");
    }
}

fn post(running: &Running, token: &str, numbers: std::ops::Range<usize>) {
    let objects: Vec<_> = numbers.map(|n| object(n, GREEN)).collect();
    let body = format!("{{\"objects\":[{}]}}", objects.join(","));
    assert_eq!(ask(running, token, "POST", OBJECTS, &body)["failure_count"], 0);
}

/// The answer to a request of a browser with these lines in its head.
fn browse(running: &Running, method: &str, path: &str, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(&running.address).expect("connected");
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{head}Content-Length: {}\r\n\r\n{body}",
        running.address,
        body.len()
    )
    .expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    String::from_utf8_lossy(&answer).into_owned()
}

/// Signs in and returns the cookie; `None` when that was refused.
fn sign_in(running: &Running, name: &str) -> Option<String> {
    let head = format!(
        "Content-Type: application/x-www-form-urlencoded\r\nOrigin: http://{}\r\nSec-Fetch-Site: same-origin\r\n",
        running.address
    );
    let form = format!("user={name}&password={}", PASSWORD.replace(' ', "+"));
    let answer = browse(running, "POST", "/login", &head, &form);
    let line = answer.lines().find(|line| line.to_lowercase().starts_with("set-cookie:"))?;
    Some(line.split_once(':')?.1.trim().split(';').next()?.to_owned())
}

fn is_signed_in(running: &Running, cookie: &str) -> bool {
    browse(running, "GET", "/", &format!("Cookie: {cookie}\r\n"), "").starts_with("HTTP/1.1 200")
}

#[test]
fn two_nodes_of_one_party_are_one_to_everybody_also_when_one_is_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    let servers = Servers::three(folder.path());
    let url = servers.address("eu");
    let port = free_port();
    let (first, us) = agree(linked("eu", port, Some(&url), true), linked("us", free_port(), None, true));
    let (writer, reader) = (consumer(&first), consumer(&us));
    let second = linked("eu", port, Some(&url), false);
    give_keys(&first, &second);

    let (one, two, peer) = (Running::start(&first), Running::start(&second), Running::start(&us));
    post(&one, &writer, 1..4);
    wait("the second node shows what the first took", || paged(&two, &writer).len() == 3);
    post(&two, &writer, 4..7);
    wait("the first node shows what the second took", || paged(&one, &writer).len() == 6);
    wait("the peer has received both", || paged(&peer, &reader).len() == 6);
    let cookie = sign_in(&one, "marta").expect("signed in");
    wait("who signs in on one is signed in on the other", || is_signed_in(&two, &cookie));
    let added = ["account", "add", "daniel", "--role", "analyst", "--password-file", &second.arg("password")];
    second.write("password", PASSWORD);
    std::fs::set_permissions(second.path("password"), std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .expect("chmod");
    second.run(&added).well();
    wait("an account made on one is known on the other", || {
        first.run(&["account", "list"]).well().out.contains("daniel")
    });
    assert!(sign_in(&one, "daniel").is_some());

    one.kill();
    post(&two, &writer, 7..10);
    wait("the link goes on from the node that is left", || paged(&peer, &reader).len() == 9);
    let one = Running::start(&first);
    wait("the node that was killed has caught up", || paged(&one, &writer).len() == 9);
    assert_eq!(paged(&one, &writer), paged(&two, &writer), "both show the same in the same order");
    let doctor = first.run(&["doctor", "--json"]).json();
    assert!(doctor.to_string().contains("3 of 3 copies up to date"), "{doctor}");
    one.stop();
    two.stop();
    peer.stop();
    for node in [&first, &second] {
        node.run(&["ledger", "verify"]).well();
        node.run(&["views", "rebuild", "--compare"]).well();
    }
}

#[test]
fn a_ledger_moves_into_a_cluster_and_back_and_nobody_sees_a_difference() {
    let folder = tempfile::tempdir().expect("a folder");
    let servers = Servers::one(folder.path());
    let url = servers.address("moved");
    let node = Node::made("ecsc");
    node.write("good.json", &format!("[{}]", object(1, GREEN)));
    node.run(&["exchange", "import", &node.arg("good.json")]).well();
    let before = node.run(&["ledger", "verify", "--json"]).well().json();
    let roots = |said: &serde_json::Value| said["roots"].clone();
    let there = ["--ledger", &url, "ledger", "move", "--from", "sqlite", "--to", "nats", "--json"];
    let moved = node.run(&there).well().json();
    node.write("more.json", &format!("[{}]", object(2, GREEN)));
    let refused = node.run(&["exchange", "import", &node.arg("more.json")]);
    assert!(refused.err.contains("follows the cluster ledger"), "{}", refused.err);
    node.run(&["--ledger", &url, "exchange", "import", &node.arg("more.json")]).well();
    node.run(&["--ledger", &url, "views", "rebuild", "--compare"]).well();
    let back = ["--ledger", &url, "ledger", "move", "--from", "nats", "--to", "sqlite", "--json"];
    let moved_back = node.run(&back).well().json();
    assert_ne!(roots(&moved), roots(&moved_back), "a record was added in between");
    let after = node.run(&["ledger", "verify", "--json"]).well().json();
    assert_eq!(after["entries"], moved_back["entries"], "{after}");
    assert!(after["entries"].as_u64() > before["entries"].as_u64(), "what was added there came back");
    node.run(&["views", "rebuild", "--compare"]).well();
    node.write("last.json", &format!("[{}]", object(3, GREEN)));
    node.run(&["exchange", "import", &node.arg("last.json")]).well();
}
