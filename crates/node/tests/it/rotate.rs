//! A change of keys that was cut off: the next start finishes it or undoes it by itself.

use std::fs;

use crate::node::Node;

const KEY: &str = "data/real/keys/party.key";
const WAITING: &str = "data/real/keys/party.key.new";
const OLD: &str = "data/real/keys/party.key.old1";

fn fingerprint(node: &Node) -> String {
    let shown = node.run(&["party", "show", "ecsc", "--json"]).well().json();
    shown["fingerprint"].as_str().expect("a fingerprint").to_owned()
}

/// The key file and the one that waits, as a kill between the record and the exchange leaves them.
fn cut_off_after_the_record() -> (Node, String) {
    let node = Node::made("ecsc");
    node.run(&["party", "keys", "rotate"]).well();
    fs::rename(node.path(KEY), node.path(WAITING)).expect("the new keys wait");
    fs::rename(node.path(OLD), node.path(KEY)).expect("the old keys are in place");
    let wanted = fingerprint(&node);
    (node, wanted)
}

fn signs_with(node: &Node, wanted: &str) {
    node.run(&["ledger", "checkpoint"]).well();
    assert_eq!(fingerprint(node), wanted);
    assert!(!node.path(WAITING).exists());
    let doctor = node.run(&["doctor", "--json"]).well().json();
    let keys = doctor["findings"].as_array().and_then(|all| all.iter().find(|f| f["what"] == "signing keys"));
    assert_eq!(keys.expect("a finding")["found"], wanted);
    let verified = node.run(&["ledger", "verify", "--json"]).well().json();
    assert_eq!(verified["signatures"], verified["checkpoints"], "{verified}");
}

#[test]
fn a_change_of_keys_that_was_recorded_is_finished_at_the_next_start() {
    let (node, wanted) = cut_off_after_the_record();
    let old = fs::read(node.path(KEY)).expect("the old keys");
    signs_with(&node, &wanted);
    assert_eq!(fs::read(node.path(OLD)).expect("they are kept"), old);
}

#[test]
fn old_keys_that_were_kept_before_the_kill_are_kept_once_and_a_torn_copy_is_written_again() {
    for torn in [false, true] {
        let (node, wanted) = cut_off_after_the_record();
        let old = fs::read(node.path(KEY)).expect("the old keys");
        fs::copy(node.path(KEY), node.path(OLD)).expect("kept with its rights");
        if torn {
            fs::write(node.path(OLD), "entente party keys").expect("cut short");
        }
        signs_with(&node, &wanted);
        assert_eq!(fs::read(node.path(OLD)).expect("they are kept"), old);
        assert!(!node.path("data/real/keys/party.key.old2").exists());
    }
}

#[test]
fn new_keys_that_no_record_speaks_of_are_set_aside_whole_or_torn() {
    let (node, other) = (Node::made("ecsc"), Node::made("other"));
    let before = fingerprint(&node);
    fs::copy(other.path(KEY), node.path(WAITING)).expect("keys that nobody has heard of");
    signs_with(&node, &before);
    fs::copy(other.path(KEY), node.path(WAITING)).expect("with their rights");
    fs::write(node.path(WAITING), "").expect("cut short");
    signs_with(&node, &before);
    assert!(node.path("data/real/keys/party.key.unused1").exists());
    assert!(node.path("data/real/keys/party.key.unused2").exists());
    node.run(&["party", "keys", "rotate"]).well();
    assert_ne!(fingerprint(&node), before);
}

#[test]
fn a_backup_taken_in_between_becomes_a_node_that_finishes_the_change_too() {
    let (node, wanted) = cut_off_after_the_record();
    let saved = node.arg("saved");
    node.run(&["backup", &saved]).well();
    let other = Node::configured("ecsc");
    other.run(&["restore", &saved]).well();
    signs_with(&other, &wanted);
}
