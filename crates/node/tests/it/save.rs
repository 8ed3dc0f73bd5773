//! Rebuilding, erasing, rotating, saving: what an operator does in a quiet hour.

use std::fs;

use crate::node::Node;

const INDICATOR: &str = r#"{"type":"indicator","spec_version":"2.1","id":"indicator--0c7c9a01-7f1e-4d50-9d3a-0d6f7b5f3c11","created":"2026-01-02T03:04:05.000Z","modified":"2026-01-02T03:04:05.000Z","pattern":"[ipv4-addr:value = '198.51.100.7']","pattern_type":"stix","valid_from":"2026-01-02T03:04:05Z"}"#;

fn with_content() -> Node {
    let node = Node::made("ecsc");
    node.write("one.json", INDICATOR);
    let done = node
        .run(&["exchange", "import", &node.arg("one.json"), "--marking", "green", "--json"])
        .well()
        .json();
    assert_eq!((&done["accepted"], &done["refused"]), (&1.into(), &0.into()), "{done}");
    let again = node
        .run(&["exchange", "import", &node.arg("one.json"), "--marking", "green", "--json"])
        .well()
        .json();
    assert_eq!((&again["accepted"], &again["known"]), (&0.into(), &1.into()), "{again}");
    node
}

#[test]
fn views_rebuilt_from_nothing_are_identical() {
    let node = with_content();
    let report = node.run(&["views", "rebuild", "--compare", "--json"]).well().json();
    assert_eq!(report["identical"], true, "{report}");
    node.run(&["views", "rebuild"]).well();
    let report = node.run(&["views", "rebuild", "--compare", "--json"]).well().json();
    assert_eq!(report["identical"], true, "{report}");
    let early = node
        .run(&["views", "rebuild", "--until", "1", "--into", &node.arg("then.db"), "--json"])
        .well()
        .json();
    assert_eq!(early["folded"], 1);
}

#[test]
fn an_erased_body_is_gone_and_the_ledger_stays_sound() {
    let node = with_content();
    let shown = node.run(&["ledger", "show", "2", "--json"]).well().json();
    assert_eq!((&shown["header"]["type"], &shown["body"]), (&"indicator".into(), &INDICATOR.into()));
    let erase = ["ledger", "erase", "2", "--reason", "recall", "--by", "M. Lindqvist"];
    node.run(&erase).well();
    assert_eq!(node.run(&["ledger", "show", "2", "--json"]).well().json()["body_state"], "erased");
    assert_eq!(node.run(&erase).code, 1);
    node.run(&["ledger", "verify"]).well();
    node.run(&["views", "rebuild"]).well();
    node.run(&["views", "rebuild", "--compare"]).well();
}

#[test]
fn new_keys_are_vouched_for_by_the_old_ones() {
    let node = Node::made("ecsc");
    let before = node.run(&["party", "show", "ecsc", "--json"]).well().json();
    node.run(&["party", "keys", "rotate"]).well();
    let after = node.run(&["party", "show", "ecsc", "--json"]).well().json();
    assert_eq!(before["party"], after["party"]);
    assert_ne!(before["fingerprint"], after["fingerprint"]);
    let verified = node.run(&["ledger", "verify", "--json"]).well().json();
    assert_eq!(verified["signatures"], verified["checkpoints"], "{verified}");
    let note = node.run(&["ledger", "checkpoint"]).well();
    assert!(note.out.starts_with("entente/real/"), "{}", note.out);
}

#[test]
fn a_backup_becomes_the_same_node_elsewhere_and_damage_is_noticed() {
    let node = with_content();
    let saved = node.arg("saved");
    node.run(&["backup", &saved]).well();
    assert_eq!(node.run(&["backup", &saved]).code, 2);
    let other = Node::configured("ecsc");
    other.run(&["restore", &saved]).well();
    other.run(&["doctor"]).well();
    let (a, b) =
        (node.run(&["ledger", "verify", "--json"]).json(), other.run(&["ledger", "verify", "--json"]).json());
    assert_eq!(a["entries"], b["entries"]);
    other.run(&["views", "rebuild", "--compare"]).well();
    let copy = node.path("saved/ledger.db");
    let mut bytes = fs::read(&copy).expect("the copy");
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    fs::write(&copy, bytes).expect("written");
    let third = Node::configured("ecsc");
    assert_eq!(third.run(&["restore", &saved]).code, 3);
    assert!(!third.path("data/real/ledger.db").exists());
}

#[test]
fn what_is_wrong_with_content_is_said_with_its_place() {
    let node = Node::configured("ecsc");
    node.write("bad.json", &INDICATOR.replace("\"pattern_type\":\"stix\",", ""));
    let report = node.run(&["exchange", "validate", &node.arg("bad.json"), "--json"]);
    assert_eq!(report.code, 1);
    assert_eq!(report.json()["refused"], 1);
    node.write("good.json", INDICATOR);
    node.run(&["exchange", "validate", &node.arg("good.json")]).well();
}
