//! A disk that is full or may not be written to: a clear state, nothing acknowledged is lost, and no hand is needed once
//! the cause is gone.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests mount small filesystems and run the binary on them"
)]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::away;
use crate::crash::load::{Load, post};
use crate::node::Node;
use crate::objects::indicator;
use crate::run::Running;
use crate::share::agree;

/// A small filesystem in memory at the data folder of a node.
struct Small {
    at: PathBuf,
}

impl Small {
    /// Puts what the data folder holds on a filesystem of `mib` mebibytes. Where that is not allowed nothing is tested,
    /// which is said; in CI it is a failure, for there it is allowed.
    fn under(node: &Node, mib: u32) -> Option<Self> {
        let at = node.path("data");
        let saved = node.path("data.saved");
        std::fs::rename(&at, &saved).expect("moved away");
        std::fs::create_dir(&at).expect("a place to mount at");
        let size = format!("size={mib}m,mode=700");
        let mounted = mount(&["-t", "tmpfs", "-o", &size, "tmpfs", &at.display().to_string()]);
        if !mounted {
            assert!(std::env::var("CI").is_err(), "this machine does not let us mount a small filesystem");
            eprintln!("NOT TESTED: mounting a small filesystem is not allowed here; run this test as root");
            return None;
        }
        let copied = Command::new("cp").args(["-a"]).arg(saved.join("real")).arg(&at).status();
        assert!(copied.expect("cp runs").success());
        Some(Self { at })
    }

    fn make_read_only(&self, read_only: bool) {
        let how = if read_only { "remount,ro" } else { "remount,rw" };
        assert!(mount(&["-o", how, &self.at.display().to_string()]), "{how}");
    }

    /// Fills what is left; the file is to be removed to make room.
    fn fill(&self) -> PathBuf {
        let ballast = self.at.join("ballast");
        let mut file = std::fs::File::create(&ballast).expect("a file");
        let block = vec![7_u8; 64 << 10];
        while std::io::Write::write_all(&mut file, &block).is_ok() {}
        while std::io::Write::write_all(&mut file, &block[..512]).is_ok() {}
        ballast
    }
}

fn mount(arguments: &[&str]) -> bool {
    Command::new("mount").args(arguments).output().is_ok_and(|output| output.status.success())
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.at).status(); // the folder is temporary anyway
    }
}

fn posts(running: &Running, token: &str, n: u32) -> bool {
    let body = format!("{{\"objects\":[{}]}}", indicator(n, Some("green")));
    post(&running.address, token, &body).is_some_and(|answer| answer["failure_count"] == 0)
}

/// An envelope for which a full disk has no room, unless the write-ahead log still has some; then it is acknowledged.
fn large(load: &Load<'_>) {
    let first = load.next.fetch_add(400, Ordering::Relaxed);
    let objects: Vec<String> = (first..first + 400).map(|n| indicator(n, Some("green"))).collect();
    let answer = post(load.address, load.token, &format!("{{\"objects\":[{}]}}", objects.join(",")));
    if answer.is_some() {
        load.acknowledged.lock().expect("sound").extend(first..first + 400);
    }
}

fn ids(node: &Node) -> BTreeSet<String> {
    let file = node.arg("held.ndjson");
    node.run(&["exchange", "export", "-o", &file, "--format", "ndjson", "--force"]).well();
    let text = std::fs::read_to_string(file).expect("what was exported");
    let id = |line: &str| {
        let object: serde_json::Value = serde_json::from_str(line).expect("an object");
        object["id"].as_str().expect("an id").to_owned()
    };
    text.lines().map(id).collect()
}

#[test]
fn a_full_disk_makes_the_node_read_only_with_the_reason_and_room_makes_it_write_again() {
    let (eu, _us) = agree(Node::made("eu"), Node::made("us"));
    let token = away::consumer(&eu);
    let Some(small) = Small::under(&eu, 12) else { return };
    let running = Running::start(&eu);
    let (next, acknowledged) = (AtomicU32::new(1), Mutex::default());
    let load = Load { address: &running.address, token: &token, next: &next, acknowledged: &acknowledged };
    let keep = |n: u32| acknowledged.lock().expect("sound").insert(n);
    for n in 800_001..800_006 {
        assert!(posts(&running, &token, n) && keep(n));
    }
    let ballast = small.fill();
    load.until(|| ());
    // What is small may still fit now and then, and the node tries; what is large never does.
    let told = |language: &str, path: &str, told: &str| {
        away::wait(told, || {
            large(&load);
            running.get_in(language, path).contains(told)
        });
    };
    told("en", "/ready", "takes no writes");
    told("en", "/ready", "free space or make the disk writable");
    told("en", "/metrics", "entente_ledger_ready 0");
    // Every page of the console says so, before anybody writes something in vain.
    told("en", "/login", "It takes no writes:");
    told("fr", "/login", "Il n’accepte aucune écriture");
    assert!(running.get("/health").starts_with("HTTP/1.1 200"), "a restart cures no full disk");
    let doctor = eu.run(&["doctor", "--json"]);
    assert_eq!(doctor.code, 1, "{}", doctor.out);
    assert!(doctor.out.contains("takes no writes"), "{}", doctor.out);
    // Reading goes on.
    let page = away::exchange(&running, &token, "GET", &format!("{}?limit=1", away::OBJECTS), "");
    assert!(serde_json::from_slice::<serde_json::Value>(&page).is_ok(), "{}", String::from_utf8_lossy(&page));

    std::fs::remove_file(ballast).expect("room is made");
    away::wait("it takes writes again by itself", || running.get("/ready").starts_with("HTTP/1.1 200"));
    assert!(posts(&running, &token, 900_002));
    running.stop();
    eu.run(&["ledger", "verify"]).well();
    eu.run(&["views", "rebuild", "--compare"]).well();
    let held = ids(&eu);
    let lost: Vec<u32> = acknowledged
        .into_inner()
        .expect("sound")
        .into_iter()
        .chain([900_002])
        .filter(|n| !held.contains(&format!("indicator--00000000-0000-4000-8000-{n:012}")))
        .collect();
    assert_eq!(lost, [0_u32; 0], "acknowledged and lost");
}

#[test]
fn on_a_disk_that_may_only_be_read_the_node_says_so_and_starts_once_it_may_be_written() {
    let eu = Node::made("eu");
    let Some(small) = Small::under(&eu, 8) else { return };
    small.make_read_only(true);
    for command in [&["serve"][..], &["ledger", "checkpoint"], &["views", "rebuild"]] {
        let refused = eu.run(command);
        assert_ne!(refused.code, 0, "{command:?}: {}", refused.out);
        let told = format!("{}{}", refused.out, refused.err);
        assert!(told.contains("read-only") || told.contains("Read-only"), "{command:?}: {told}");
    }
    let doctor = eu.run(&["doctor"]);
    assert_eq!(doctor.code, 1);
    assert!(doctor.out.contains("Read-only file system"), "{}", doctor.out);
    small.make_read_only(false);
    let running = Running::start(&eu);
    assert!(running.get("/ready").starts_with("HTTP/1.1 200"));
    running.stop();
    eu.run(&["ledger", "verify"]).well();
}
