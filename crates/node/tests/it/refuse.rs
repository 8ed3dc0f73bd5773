//! What a node refuses, and how it says so.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use crate::node::Node;

#[test]
fn an_unknown_configuration_key_is_refused_with_its_position() {
    let node = Node::configured("ecsc");
    let text = fs::read_to_string(node.path("entente.toml")).expect("read");
    node.write("entente.toml", &text.replace("[http]\n", "[http]\nlissen = 1\n"));
    let said = node.run(&["config", "check"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("lissen") && said.err.contains("line 9"), "{}", said.err);
}

#[test]
fn an_open_listener_without_tls_is_refused_before_anything_starts() {
    let node = Node::made("ecsc");
    let text = fs::read_to_string(node.path("entente.toml")).expect("read");
    node.write("entente.toml", &text.replace("127.0.0.1:0", "0.0.0.0:0"));
    let said = node.run(&["serve"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("tls_cert"), "{}", said.err);
}

#[test]
fn a_key_file_that_the_group_can_read_is_refused() {
    let node = Node::made("ecsc");
    let key = node.path("data/real/keys/party.key");
    assert_eq!(fs::metadata(&key).expect("the key").permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&key, Permissions::from_mode(0o640)).expect("chmod");
    let said = node.run(&["serve"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("chmod 600"), "{}", said.err);
    let health = node.run(&["doctor", "--json"]);
    assert_eq!(health.code, 1);
    let health = health.json();
    let bad: Vec<_> =
        health["findings"].as_array().expect("findings").iter().filter(|f| f["good"] == false).collect();
    assert_eq!(bad.len(), 1, "{bad:?}");
    assert_eq!(bad[0]["what"], "signing keys");
}

#[test]
fn trust_needs_the_fingerprint_that_the_peer_read_aloud() {
    let (eu, us) = (Node::made("eu"), Node::made("us"));
    let (card, fingerprint) = us.card();
    let wrong = fingerprint.replace(|c: char| c.is_ascii_digit(), "0");
    let said = eu.run(&["party", "trust", &card, "--fingerprint", &wrong]);
    assert_eq!(said.code, 3, "{}", said.err);
    assert!(said.err.contains("nothing was trusted"), "{}", said.err);
    assert_eq!(eu.run(&["party", "trust", &card, "--fingerprint", "12 34"]).code, 2);
    eu.run(&["party", "trust", &card, "--fingerprint", &fingerprint]).well();
    let joined = fingerprint.replace(' ', "").to_uppercase();
    eu.run(&["party", "trust", &card, "--fingerprint", &joined]).well();
    let shown = eu.run(&["party", "show", "us", "--json"]).well().json();
    assert_eq!((&shown["trusted"], &shown["fingerprint"]), (&true.into(), &fingerprint.into()));
    eu.run(&["party", "distrust", "us"]).well();
    assert_eq!(eu.run(&["party", "show", "us", "--json"]).well().json()["trusted"], false);
}

#[test]
fn a_forged_card_is_refused_whatever_its_fingerprint() {
    let (eu, us) = (Node::made("eu"), Node::made("us"));
    let (card, fingerprint) = us.card();
    let text = fs::read_to_string(&card).expect("the card");
    us.write("card.json", &text.replace("Centre us", "Centre uz"));
    assert_eq!(eu.run(&["party", "trust", &card, "--fingerprint", &fingerprint]).code, 3);
}

#[test]
fn one_flipped_byte_in_the_ledger_is_found() {
    let node = Node::made("ecsc");
    let path = node.path("data/real/ledger.db");
    let mut bytes = fs::read(&path).expect("the ledger");
    let at = bytes.len() - 100;
    bytes[at] ^= 1;
    fs::write(&path, bytes).expect("written");
    let said = node.run(&["ledger", "verify"]);
    assert_ne!(said.code, 0, "{}", said.out);
}
