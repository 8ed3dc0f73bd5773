//! A node that has run out of something small: file descriptors, a place for temporary files.
#![expect(clippy::disallowed_methods, reason = "these tests open connections and limit the binary")]

use std::net::TcpStream;
use std::process::{Command, Stdio};

use crate::away;
use crate::crash::load::post;
use crate::node::Node;
use crate::objects::indicator;
use crate::run::Running;
use crate::share::agree;

fn posts(running: &Running, token: &str, n: u32) -> bool {
    let body = format!("{{\"objects\":[{}]}}", indicator(n, Some("green")));
    post(&running.address, token, &body).is_some_and(|answer| answer["failure_count"] == 0)
}

/// Connections that say nothing take every descriptor the node may have; closed, it goes on as if nothing had been.
#[test]
fn a_node_without_file_descriptors_waits_for_some_and_loses_nothing() {
    let (eu, _us) = agree(Node::made("eu"), Node::made("us"));
    let token = away::consumer(&eu);
    let running = Running::start(&eu);
    assert!(posts(&running, &token, 1));
    let open = std::fs::read_dir(format!("/proc/{}/fd", running.process())).expect("its descriptors").count();
    let limit = format!("--nofile={}", open + 8);
    let limited = Command::new("prlimit").args(["--pid", &running.process().to_string(), &limit]).status();
    assert!(limited.expect("prlimit runs").success());
    let idle: Vec<_> = (0..24).filter_map(|_| TcpStream::connect(&running.address).ok()).collect();
    assert!(idle.len() > 8, "{} connections", idle.len());
    drop(idle);
    away::wait("it answers again", || running.get("/ready").starts_with("HTTP/1.1 200"));
    away::wait("it takes objects again", || posts(&running, &token, 2));
    running.stop();
    eu.run(&["ledger", "verify"]).well();
    eu.run(&["views", "rebuild", "--compare"]).well();
}

#[test]
fn without_a_temporary_folder_a_node_serves_and_commands_beside_it_say_what_is_missing() {
    let node = Node::made("eu");
    let mut served = node.command(&["serve"]);
    served.env("TMPDIR", "/nowhere").stdout(Stdio::null());
    let running = Running::of(&node, served);
    assert!(running.get("/ready").starts_with("HTTP/1.1 200"));
    let doctor = node.command(&["doctor"]).env("TMPDIR", "/nowhere").output().expect("it runs");
    let told = String::from_utf8_lossy(&doctor.stdout).into_owned();
    assert!(!doctor.status.success() && told.contains("temporary folder"), "{told}");
    running.stop();
    node.run(&["ledger", "verify"]).well();
}
