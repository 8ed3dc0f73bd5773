//! From nothing to a healthy node.

use std::process::Stdio;
use std::time::Duration;

use crate::node::{Node, bare};

#[test]
fn a_new_node_is_healthy_and_its_ledger_is_sound() {
    let node = Node::configured("ecsc");
    let made = node.run(&["init", "--json"]).well().json();
    assert!(made["party"].as_str().is_some_and(|party| party.starts_with("party:")));
    assert!(made["password"].as_str().is_some_and(|password| password.len() > 20));
    let health = node.run(&["doctor", "--json"]).well().json();
    assert_eq!(health["healthy"], true, "{health}");
    let verified = node.run(&["ledger", "verify", "--json"]).well().json();
    assert_eq!((&verified["sound"], &verified["entries"]), (&true.into(), &2.into()));
    assert_eq!(verified["signatures"], verified["checkpoints"]);
    let shown = node.run(&["ledger", "show", "0", "--json"]).well().json();
    assert_eq!(shown["proof"]["holds"], true);
    assert_eq!(shown["header"]["kind"], "party.card.v1");
    let again = node.run(&["ledger", "show", shown["record"].as_str().expect("an id")]).well();
    assert!(again.out.contains("that root is signed"), "{}", again.out);
    let parties = node.run(&["party", "list", "--json"]).well().json();
    assert_eq!((&parties[0]["short"], &parties[0]["own"]), (&"ecsc".into(), &true.into()));
}

#[test]
fn a_second_init_never_touches_the_first_node() {
    let node = Node::made("ecsc");
    assert_eq!(node.run(&["init"]).code, 2);
    node.run(&["ledger", "verify"]).well();
}

#[test]
fn an_init_that_is_killed_goes_on_with_the_same_keys() {
    for ms in [1, 3, 6, 10, 20, 40, 80, 160, 320, 640] {
        let node = Node::configured("ecsc");
        let mut child =
            node.command(&["init", "--json"]).stdout(Stdio::null()).spawn().expect("the binary runs");
        std::thread::sleep(Duration::from_millis(ms));
        child.kill().expect("killed");
        if child.wait().expect("it ends").success() {
            continue;
        }
        let keys = || std::fs::read_to_string(node.path("data/real/keys/party.key"));
        let before = keys();
        if before.is_ok() {
            let refused = node.run(&["doctor"]);
            assert_eq!(refused.code, 2, "after {ms} ms: {}", refused.err);
            assert!(refused.err.contains("run it again"), "{}", refused.err);
        }
        node.run(&["init", "--json"]).well();
        // Only keys that were not written to their end are made anew.
        let after = keys().expect("keys");
        assert!(
            before.is_err() || before.is_ok_and(|it| it == after || it.len() < after.len()),
            "after {ms} ms"
        );
        let health = node.run(&["doctor", "--json"]).well().json();
        assert_eq!(health["healthy"], true, "after {ms} ms: {health}");
        let verified = node.run(&["ledger", "verify", "--json"]).well().json();
        assert_eq!((&verified["sound"], &verified["entries"]), (&true.into(), &2.into()), "after {ms} ms");
        assert_eq!(node.run(&["init"]).code, 2, "it is finished");
    }
}

#[test]
fn the_example_configuration_is_accepted_after_it_was_printed() {
    let node = Node::configured("x");
    let example = node.run(&["config", "example"]).well().out;
    node.write("entente.toml", &example);
    node.run(&["config", "check"]).well();
}

#[test]
fn documents_about_the_program_come_from_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let bill = bare(&["sbom"], folder.path()).well().json();
    assert_eq!((&bill["bomFormat"], &bill["specVersion"]), (&"CycloneDX".into(), &"1.6".into()));
    let parts = bill["components"].as_array().expect("components");
    for linked in ["rustls", "aws-lc-rs", "rusqlite", "desk"] {
        let part = parts.iter().find(|part| part["name"] == linked).expect(linked);
        assert!(part["licenses"][0]["expression"].is_string() && part["purl"].is_string(), "{part}");
    }
    assert!(parts.iter().all(|part| part["name"] != "proptest"), "what only tests use is not in the binary");
    let openapi = bare(&["openapi"], folder.path()).well().json();
    assert!(openapi["paths"]["/api/v1/accord/agreements"].is_object());
    assert!(bare(&["man"], folder.path()).well().out.contains("LEDGER VERIFY"));
    assert!(bare(&["completions", "bash"], folder.path()).well().out.contains("entente"));
    let lost = bare(&["doctor"], folder.path());
    assert_eq!(lost.code, 2);
    assert!(lost.err.contains("config example"), "{}", lost.err);
}

#[test]
fn accounts_are_added_listed_and_closed() {
    let node = Node::made("ecsc");
    node.write("secret", "correct horse battery\n");
    node.run(&["account", "add", "ana", "--role", "auditor", "--password-file", &node.arg("secret")]).well();
    let list = node.run(&["account", "list", "--json"]).well().json();
    assert_eq!(list.as_array().map(Vec::len), Some(2), "{list}");
    node.run(&["account", "close", "ana"]).well();
    assert_eq!(node.run(&["account", "close", "ana"]).code, 1);
    node.write("secret", "short\n");
    assert_eq!(node.run(&["account", "add", "bo", "--password-file", &node.arg("secret")]).code, 2);
}

#[test]
fn keys_change_twice_and_a_new_peer_still_trusts_the_card() {
    let (node, peer) = (Node::made("one"), Node::made("two"));
    let (_, first) = node.card();
    for _ in 0..2 {
        node.run(&["party", "keys", "rotate"]).well();
    }
    let (file, last) = node.card();
    assert_ne!(first, last);
    let told = peer.run(&["party", "trust", &file, "--fingerprint", &first]);
    assert_ne!(told.code, 0, "the old fingerprint is not that of the card");
    peer.run(&["party", "trust", &file, "--fingerprint", &last]).well();
    let id = |node: &Node| {
        let list = node.run(&["party", "list", "--json"]).well().json();
        let all = list.as_array().or(list["parties"].as_array()).expect("a list").clone();
        let one = all.into_iter().find(|party| party["short"] == "one").expect("the party");
        (one["party"].clone(), one["fingerprint"].clone())
    };
    assert_eq!(id(&node), id(&peer));
    assert_eq!(node.run(&["ledger", "verify"]).well().code, 0);
    let text = std::fs::read_to_string(&file).expect("a card");
    std::fs::write(&file, text.replace("\"rotations\": [", "\"rotations\": [],\n\"more\": ["))
        .expect("written");
    assert_ne!(peer.run(&["party", "trust", &file, "--fingerprint", &last]).code, 0);
}
