//! What is going on when the process is killed.

use std::time::Duration;

use crate::away;
use crate::crash::world::World;
use crate::node::Node;
use crate::objects::{indicator, lines};
use crate::run::Running;

/// One thing that a node or an operator does.
#[derive(Debug, Clone, Copy)]
pub enum Scene {
    /// Objects come in over TAXII, are folded and signed for.
    Ingest,
    /// Keys are changed.
    Rotate,
    /// A file is imported on the command line.
    Import,
    /// The log of a peer is received.
    Receive,
    /// The views have another version than this binary's, and are folded anew.
    Refold,
    /// A body is erased.
    Erase,
    /// The log is signed.
    Checkpoint,
    /// A backup is taken.
    Backup,
    /// Views are rebuilt in place.
    Rebuild,
    /// A file of a peer's log is taken in.
    Carry,
    /// The node was told to stop, and is killed while it does.
    Stop,
}

impl Scene {
    pub const ALL: [Self; 11] = [
        Self::Ingest,
        Self::Rotate,
        Self::Import,
        Self::Receive,
        Self::Refold,
        Self::Erase,
        Self::Checkpoint,
        Self::Backup,
        Self::Rebuild,
        Self::Carry,
        Self::Stop,
    ];

    /// Whether it is the node of us that is killed.
    pub fn of_us(self) -> bool {
        matches!(self, Self::Receive | Self::Carry)
    }

    pub fn play(self, world: &mut World) {
        match self {
            Self::Ingest => world.killed_under_load(Duration::from_millis(900)),
            Self::Rotate => rotate(world),
            Self::Import => import(world),
            Self::Receive => receive(world),
            Self::Refold => refold(world),
            Self::Erase => erase(world),
            Self::Checkpoint => {
                world.killed_while(false, "ledger checkpoint", &["ledger", "checkpoint"]);
            }
            Self::Backup => backup(world),
            Self::Rebuild => {
                world.killed_while(false, "views rebuild", &["views", "rebuild"]);
            }
            Self::Carry => carry(world),
            Self::Stop => stop(world),
        }
    }
}

/// Whatever the instant, the next command signs with keys that the record vouches for, and nothing waits any more.
fn rotate(world: &mut World) {
    let before = shown(&world.eu);
    world.killed_while(false, "party keys rotate", &["party", "keys", "rotate"]);
    world.eu.run(&["ledger", "checkpoint"]).well();
    let after = shown(&world.eu);
    assert_eq!(before["party"], after["party"]);
    let file = world.eu.path("data/real/keys/party.key.new");
    assert!(!file.exists(), "new keys still wait");
    let doctor = world.eu.run(&["doctor", "--json"]).json();
    let keys = doctor["findings"].as_array().expect("findings").iter().find(|f| f["what"] == "signing keys");
    assert_eq!(keys.expect("keys")["found"], after["fingerprint"]);
    let turned =
        if before["fingerprint"] == after["fingerprint"] { "undone or not begun" } else { "finished" };
    world.tell(format!("  the change of keys is {turned}"));
}

fn shown(node: &Node) -> serde_json::Value {
    node.run(&["party", "show", "eu", "--json"]).well().json()
}

fn import(world: &mut World) {
    let first = world.next.fetch_add(400, std::sync::atomic::Ordering::Relaxed);
    let objects: Vec<String> = (first..first + 400).map(|n| indicator(n, Some("green"))).collect();
    world.eu.write("more.ndjson", &lines(&objects));
    let file = world.eu.arg("more.ndjson");
    let arguments = ["exchange", "import", &file, "--under", "pilot", "--json"];
    if let Some(said) = world.killed_while(false, "exchange import", &arguments) {
        assert_eq!(said.well().json()["accepted"], 400);
        world.acknowledged.lock().expect("sound").extend(first..first + 400);
    }
}

/// The follower is killed while it catches up; what it holds verifies, and it goes on where it stood.
fn receive(world: &mut World) {
    let eu = Running::start(&world.eu);
    let us = Running::start(&world.us);
    let instant = world.instant_within(Duration::from_millis(700));
    std::thread::sleep(instant);
    let held = away::held(&us);
    us.kill();
    world.killed += 1;
    world.tell(format!("  us serve: killed after {instant:?} with {held} records of eu"));
    eu.stop();
}

fn refold(world: &mut World) {
    for node in [&world.eu, &world.us] {
        let views = rusqlite::Connection::open(node.path("data/real/views.db")).expect("the views");
        views.execute_batch("PRAGMA user_version = 1").expect("another version");
    }
    let instant = world.instant_within(Duration::from_millis(300));
    let running = Running::start(&world.eu);
    std::thread::sleep(instant);
    running.kill();
    world.killed += 1;
    world.tell(format!("  eu serve: killed after {instant:?} of folding anew"));
}

/// An object with a telling word is erased. Afterwards it is whole or it is gone, and in the end it is gone.
fn erase(world: &mut World) {
    let word = format!("q{}zunheard", world.story());
    let n = world.next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let named =
        indicator(n, Some("green")).replace("\"pattern\"", &format!("\"name\":\"{word}\",\"pattern\""));
    world.eu.write("secret.json", &named);
    world.eu.run(&["exchange", "import", &world.eu.arg("secret.json"), "--under", "pilot"]).well();
    let position = newest_object(&world.eu);
    let arguments = ["ledger", "erase", &position, "--reason", "recall", "--by", "M. Lindqvist"];
    world.killed_while(false, "ledger erase", &arguments);
    let state = body_state(&world.eu, &position);
    if state == "present" {
        let newest = newest(&world.eu).to_string();
        let shown = world.eu.run(&["ledger", "show", &newest, "--json"]).well().json();
        assert_ne!(shown["header"]["kind"], "ledger.erasure.v1", "recorded, and not done");
        world.eu.run(&arguments).well();
    }
    assert_eq!(body_state(&world.eu, &position), "erased");
    assert!(!world.eu.holds(&word), "{word} was erased and is still there");
    world.tell(format!("  after the kill the body was {state}"));
}

/// The position of the newest record.
fn newest(node: &Node) -> u64 {
    let signed = node.run(&["ledger", "checkpoint", "--json"]).well().json();
    signed["size"].as_u64().expect("a size") - 1
}

fn newest_object(node: &Node) -> String {
    let is_object = |position: &u64| {
        let shown = node.run(&["ledger", "show", &position.to_string(), "--json"]).well().json();
        shown["header"]["type"] == "indicator"
    };
    (0..=newest(node)).rev().find(is_object).expect("an object").to_string()
}

fn body_state(node: &Node, position: &str) -> String {
    let shown = node.run(&["ledger", "show", position, "--json"]).well().json();
    shown["body_state"].as_str().expect("a state").to_owned()
}

/// A backup that was cut off is none, and one that was not becomes the same node.
fn backup(world: &mut World) {
    let folder = world.eu.arg(&format!("saved-{}", world.killed));
    let done = world.killed_while(false, "backup", &["backup", &folder]);
    let other = Node::configured("eu");
    let restored = other.run(&["restore", &folder]);
    match done {
        Some(said) => {
            said.well();
            restored.well();
            other.run(&["ledger", "verify"]).well();
        }
        None if restored.code == 0 => {
            other.run(&["ledger", "verify"]).well();
        }
        None => assert!(!other.path("data/real/ledger.db").exists(), "{}", restored.err),
    }
    let _ = std::fs::remove_dir_all(&folder); // nothing needs it any more
}

fn carry(world: &mut World) {
    let file = world.eu.arg("all.link");
    let _ = std::fs::remove_file(&file); // of an earlier scene
    world.eu.run(&["link", "export", "--for", "us", &file]).well();
    let import = ["link", "import", &file];
    world.killed_while(true, "link import", &import);
    world.us.run(&import).well();
}

fn stop(world: &mut World) {
    let running = Running::start(&world.eu);
    running.terminate();
    let instant = world.instant_within(Duration::from_millis(120));
    std::thread::sleep(instant);
    running.kill();
    world.killed += 1;
    world.tell(format!("  eu serve: told to stop, killed {instant:?} later"));
}
