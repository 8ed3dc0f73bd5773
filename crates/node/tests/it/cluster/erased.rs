//! A body erased by one node while another runs: it is in no file of either, and in no stream of the servers.

#![expect(clippy::disallowed_methods, reason = "this test looks into the search index of the node")]

use super::{give_keys, linked, post};
use crate::away::{consumer, free_port, paged, wait};
use crate::node::Node;
use crate::run::Running;
use crate::servers::Servers;
use crate::share::agree;

/// What only the object number 7 says, see `away::object`.
const WORD: &str = "7-7-7-7-7-7-7-7-7";

/// The place of the object in our log.
fn position(node: &Node) -> String {
    let says_it = |position: &u64| {
        let shown = node.run(&["ledger", "show", &position.to_string(), "--json"]).json();
        shown["body"].as_str().is_some_and(|body| body.contains(WORD))
    };
    (0..60).find(says_it).expect("it is there").to_string()
}

#[test]
fn a_body_erased_by_one_node_is_in_no_file_of_the_other_that_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let servers = Servers::three(folder.path());
    let url = servers.address("eu");
    let (first, us) =
        agree(linked("eu", free_port(), Some(&url), true), linked("us", free_port(), None, true));
    drop(us);
    let writer = consumer(&first);
    let second = linked("eu", free_port(), Some(&url), false);
    give_keys(&first, &second);
    let (one, two) = (Running::start(&first), Running::start(&second));
    post(&one, &writer, 5..10);
    wait("the second node shows them", || paged(&two, &writer).len() == 5);
    wait("both have indexed them", || [&first, &second].iter().all(|node| indexed(node) == 5));
    one.stop();
    assert!(second.holds(WORD) && servers.streams_hold(0, WORD.as_bytes()), "the story begins with it there");

    let at = position(&first);
    first.run(&["ledger", "erase", &at, "--reason", "GDPR Art. 17", "--by", "M. Lindqvist"]).well();
    assert!(!first.holds(WORD), "the node that erased it has it in some file");
    wait("no file of the node that ran has it", || !second.holds(WORD));
    wait("no stream of any server has it", || {
        (0..3).all(|server| !servers.streams_hold(server, WORD.as_bytes()))
    });
    wait("the others can be searched again", || indexed(&second) == 4);
    two.stop();
    for node in [&first, &second] {
        assert!(!node.holds(WORD));
        node.run(&["ledger", "verify"]).well();
        node.run(&["views", "rebuild", "--compare"]).well();
    }
}

/// Objects in the search index.
fn indexed(node: &Node) -> i64 {
    let count = |db: rusqlite::Connection| db.query_row("SELECT count(*) FROM item", [], |row| row.get(0));
    rusqlite::Connection::open(node.path("data/real/search.db")).and_then(count).unwrap_or(0)
}
