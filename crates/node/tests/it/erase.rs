//! Erasing: the bytes are gone from every file of the node, the rest of views and search index stays where it is.
#![expect(clippy::disallowed_methods, reason = "these tests look into the databases of the node")]

use rusqlite::Connection;
use serde_json::Value;

use crate::away;
use crate::node::Node;
use crate::objects::{indicator, lines};
use crate::run::Running;
use crate::share::agreed;

/// A word that is in no other object, and whose tail no index shortens.
fn word(n: u32) -> String {
    format!("z{n}qunheardof{n}")
}

/// An object that tells its word, and is as long as asked.
fn telling(n: u32, filling: usize) -> String {
    let name =
        format!("\"name\":\"{}\",\"description\":\"{}\",\"pattern\"", word(n), "ab ".repeat(filling / 3));
    indicator(n, Some("green")).replacen("\"pattern\"", &name, 1)
}

/// Objects 1 to 40, of which some are long, imported in one go and indexed.
fn filled() -> (Node, Node) {
    let (eu, us) = agreed();
    let filling = |n: u32| if n.is_multiple_of(7) { 90_000 } else { 30 };
    let objects: Vec<String> = (1..=40).map(|n| telling(n, filling(n))).collect();
    eu.write("all.ndjson", &lines(&objects));
    eu.run(&["exchange", "import", &eu.arg("all.ndjson"), "--under", "pilot"]).well();
    indexed(&eu);
    (eu, us)
}

/// A node serves until its search index holds everything.
fn indexed(node: &Node) {
    let running = Running::start(node);
    let search = node.path("data/real/search.db");
    let held = || {
        let count =
            |db: Connection| db.query_row("SELECT count(*) FROM item", [], |row| row.get::<_, i64>(0));
        Connection::open(&search).and_then(count).is_ok_and(|count| count >= 40)
    };
    away::wait("everything is indexed", held);
    running.stop();
}

/// The position of the object with this number in our log.
fn position(node: &Node, n: u32) -> String {
    let shows = |position: &u64| {
        let shown = node.run(&["ledger", "show", &position.to_string(), "--json"]).json();
        shown["body"].as_str().is_some_and(|body| body.contains(&word(n)) && body.contains("\"indicator\""))
    };
    (u64::from(n)..60).find(shows).expect("it is there").to_string()
}

fn erase(node: &Node, position: &str) {
    node.run(&["ledger", "erase", position, "--reason", "GDPR Art. 17", "--by", "M. Lindqvist"]).well();
}

/// A table that folding anew would drop.
fn mark(node: &Node) {
    let views = Connection::open(node.path("data/real/views.db")).expect("the views");
    views.execute_batch("CREATE TABLE left_alone (n)").expect("marked");
}

/// Whether the views were left alone since they were marked; the mark is taken away.
fn were_left_alone(node: &Node) -> bool {
    let views = Connection::open(node.path("data/real/views.db")).expect("the views");
    views.execute_batch("DROP TABLE left_alone").is_ok()
}

fn are_what_the_ledger_says(node: &Node) {
    let report = node.run(&["views", "rebuild", "--compare", "--json"]);
    assert_eq!(report.code, 0, "{}{}", report.out, report.err);
    node.run(&["ledger", "verify"]).well();
}

#[test]
fn an_erased_object_is_in_no_file_and_nothing_is_folded_anew() {
    let (eu, _us) = filled();
    mark(&eu);
    for n in [7, 12] {
        assert!(eu.holds(&word(n)), "it can be found as long as it is there");
        erase(&eu, &position(&eu, n));
        assert!(!eu.holds(&word(n)) && !eu.holds(&word(n)[1..]), "object {n} is still in some file");
        assert!(eu.holds(&word(n + 1)), "its neighbour is untouched");
    }
    assert!(were_left_alone(&eu));
    are_what_the_ledger_says(&eu);
    // The index goes on and finds the others.
    let search = Connection::open(eu.path("data/real/search.db")).expect("the index");
    let hits = |n: u32| {
        let query = "SELECT count(*) FROM words WHERE words MATCH ?1";
        search.query_row(query, [word(n)], |row| row.get::<_, i64>(0)).expect("a count")
    };
    assert_eq!((hits(7), hits(12), hits(13)), (0, 0, 1));
    search.execute_batch("INSERT INTO words (words) VALUES ('integrity-check')").expect("sound");
}

#[test]
fn an_object_that_was_taken_back_or_came_twice_is_erased_in_place_too() {
    let (eu, _us) = agreed();
    let token = away::consumer(&eu);
    let newer = telling(1, 30).replace("\"modified\":\"2026-11-01", "\"modified\":\"2026-11-02");
    let objects = [telling(1, 30), telling(2, 30), newer, telling(3, 30)];
    eu.write("all.ndjson", &lines(&objects));
    eu.run(&["exchange", "import", &eu.arg("all.ndjson"), "--under", "pilot"]).well();
    let running = Running::start(&eu);
    let path = format!("{}indicator--00000000-0000-4000-8000-{:012}/", away::OBJECTS, 2);
    away::exchange(&running, &token, "DELETE", &path, "");
    running.stop();
    mark(&eu);
    let taken_back = position(&eu, 2);
    erase(&eu, &position(&eu, 1));
    erase(&eu, &taken_back);
    assert!(!eu.holds(&word(2)));
    assert!(were_left_alone(&eu));
    are_what_the_ledger_says(&eu);
    let retracted = Connection::open(eu.path("data/real/views.db")).expect("the views");
    let versions: i64 =
        retracted.query_row("SELECT versions FROM exchange_retracted", [], |row| row.get(0)).expect("one");
    assert_eq!(versions, 0, "none of them is held any more");
}

#[test]
fn a_record_of_which_many_rows_speak_is_erased_by_folding_anew() {
    let (eu, _us) = agreed();
    let text = "Both share.";
    assert!(eu.holds(text));
    let is_proposal = |position: &u64| {
        let shown = eu.run(&["ledger", "show", &position.to_string(), "--json"]).json();
        shown["header"]["kind"] == "accord.proposal.v1"
    };
    let proposal = (0..20).find(is_proposal).expect("a proposal").to_string();
    mark(&eu);
    erase(&eu, &proposal);
    assert!(!eu.holds(text));
    assert!(!were_left_alone(&eu));
    are_what_the_ledger_says(&eu);
    let left: Value = eu.run(&["accord", "list", "--json"]).well().json();
    assert_eq!(left.as_array().map(Vec::len), Some(0), "{left}");
}

#[test]
fn an_erasure_that_was_noted_but_never_recorded_is_undone_by_the_next_start() {
    let (eu, _us) = filled();
    let shown = eu.run(&["party", "show", "eu", "--json"]).well().json();
    let party = shown["party"].as_str().expect("an id");
    let note = |at: &str, since: u64| {
        let local = Connection::open(eu.path("data/real/local.db")).expect("the local store");
        let begun = format!("{{\"party\":\"{party}\",\"position\":{at},\"since\":{since}}}");
        local.execute("INSERT OR REPLACE INTO fact VALUES ('erasing', ?1)", [begun]).expect("noted");
    };
    let (at, size) = (position(&eu, 5), eu.run(&["ledger", "checkpoint", "--json"]).well().json());
    note(&at, size["size"].as_u64().expect("a size"));
    let state = |at: &str| eu.run(&["ledger", "show", at, "--json"]).well().json()["body_state"].clone();
    assert_eq!(state(&at), "present", "no record says that it is to be erased");
    erase(&eu, &at);
    assert_eq!(state(&at), "erased");
    are_what_the_ledger_says(&eu);
}

#[test]
fn the_records_by_which_a_party_knows_its_own_keys_are_not_erased() {
    let node = Node::made("ecsc");
    node.run(&["party", "keys", "rotate"]).well();
    for position in ["1", "2"] {
        let refused = node.run(&["ledger", "erase", position, "--reason", "recall", "--by", "M. Lindqvist"]);
        assert_eq!(refused.code, 1, "{}", refused.out);
        assert!(refused.err.contains("knows its own keys"), "{}", refused.err);
    }
    assert_eq!(node.run(&["party", "show", "ecsc", "--json"]).well().json()["trusted"], true);
}
