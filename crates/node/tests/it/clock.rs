//! A clock that was set back: nothing is out of order, and the doctor says so.
#![expect(
    clippy::disallowed_methods,
    reason = "this test dates an entry as if the clock had been right before"
)]

use crate::node::Node;

#[test]
fn after_the_clock_was_set_back_times_go_on_and_the_doctor_says_by_how_much() {
    let node = Node::made("ecsc");
    node.run(&["doctor"]).well();
    // The newest entry came an hour from now, as the clock has it since.
    let ledger = rusqlite::Connection::open(node.path("data/real/ledger.db")).expect("the ledger");
    let later = "UPDATE entry SET at_us = at_us + 3600000000 WHERE seq = (SELECT max(seq) FROM entry)";
    ledger.execute_batch(later).expect("dated");
    drop(ledger);
    let arrived = |at: &str| {
        let shown = node.run(&["ledger", "show", at, "--json"]).well().json();
        shown["arrived_at"].as_str().expect("an instant").parse::<model::Timestamp>().expect("an instant")
    };
    let newest = arrived("1");
    let doctor = node.run(&["doctor"]);
    assert_eq!(doctor.code, 1);
    assert!(doctor.out.contains("it was set back") && doctor.out.contains("NTP"), "{}", doctor.out);
    node.run(&["party", "keys", "rotate"]).well();
    assert!(arrived("2") >= newest, "commit times never go back");
}
