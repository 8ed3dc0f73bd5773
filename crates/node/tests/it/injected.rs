//! Faults put into the system calls of a running node by `strace`, which takes them away again when it leaves. By hand,
//! since not every machine lets one process trace another:
//! `cargo test -p node --test it injected -- --ignored`.
#![expect(clippy::disallowed_methods, reason = "these tests trace the binary")]

use std::process::{Child, Command, Stdio};

use crate::away;
use crate::crash::load::post;
use crate::node::Node;
use crate::objects::indicator;
use crate::run::Running;
use crate::share::agree;

/// A fault that lasts as long as this value.
struct Fault(Child);

impl Fault {
    fn of(running: &Running, calls: &str, error: &str) -> Self {
        let (trace, inject) = (format!("trace={calls}"), format!("inject={calls}:error={error}"));
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "-e", &trace, "-e", &inject, "-p", &running.process().to_string()]);
        Self(strace.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("strace is installed"))
    }
}

impl Drop for Fault {
    fn drop(&mut self) {
        // Told to stop it lets go of the node; killed it would leave it stopped.
        let _ = Command::new("kill").args(["-INT", &self.0.id().to_string()]).status();
        let _ = self.0.wait(); // it has let go when it has ended
    }
}

fn posts(running: &Running, token: &str, n: u32) -> bool {
    let body = format!("{{\"objects\":[{}]}}", indicator(n, Some("green")));
    post(&running.address, token, &body).is_some_and(|answer| answer["failure_count"] == 0)
}

/// Read-only while it lasts, and back without a restart; what was acknowledged before and after is there.
fn survives(calls: &str, error: &str, told: &str) {
    let (eu, _us) = agree(Node::made("eu"), Node::made("us"));
    let token = away::consumer(&eu);
    let running = Running::start(&eu);
    let mut acknowledged = vec![1];
    assert!(posts(&running, &token, 1));
    let fault = Fault::of(&running, calls, error);
    let next = std::cell::Cell::new(2);
    away::wait("a write is refused", || {
        let n = next.get();
        next.set(n + 1);
        !posts(&running, &token, n)
    });
    acknowledged.extend(2..next.get() - 1);
    let ready = running.get("/ready");
    assert!(ready.starts_with("HTTP/1.1 503") && ready.contains(told), "{ready}");
    assert!(running.get("/metrics").contains("entente_ledger_ready 0"));
    drop(fault);
    away::wait("it takes writes again by itself", || running.get("/ready").starts_with("HTTP/1.1 200"));
    assert!(posts(&running, &token, 1_000));
    acknowledged.push(1_000);
    running.kill();
    eu.run(&["ledger", "verify"]).well();
    eu.run(&["views", "rebuild", "--compare"]).well();
    let file = eu.arg("held.ndjson");
    eu.run(&["exchange", "export", "-o", &file, "--format", "ndjson"]).well();
    let held = std::fs::read_to_string(file).expect("what was exported");
    for n in acknowledged {
        assert!(held.contains(&format!("indicator--00000000-0000-4000-8000-{n:012}")), "{n} is lost");
    }
}

#[test]
#[ignore = "needs strace and the right to trace"]
fn an_fsync_that_fails_makes_the_node_read_only_until_one_succeeds() {
    survives("fsync,fdatasync", "EIO", "disk I/O error");
}

#[test]
#[ignore = "needs strace and the right to trace"]
fn a_disk_that_turns_read_only_under_a_running_node_is_told_and_forgiven() {
    survives("pwrite64,ftruncate", "EROFS", "takes no writes");
}

#[test]
#[ignore = "needs strace and the right to trace"]
fn a_disk_that_fills_under_a_running_node_is_told_and_forgiven() {
    survives("pwrite64", "ENOSPC", "full");
}
