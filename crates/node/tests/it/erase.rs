//! Erasing: the bytes are gone from every file of the node, the rest of views and search index stays where it is.
#![expect(clippy::disallowed_methods, reason = "these tests look into the databases of the node")]

use rusqlite::Connection;
use serde_json::Value;

use crate::access::house::{PASSWORD, Session, sign_in};
use crate::access::web;
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

/// What a form of the incident's page, or a program, reads of a file of evidence.
fn asked(running: &Running, officer: &Session, language: &str, path: &str) -> (u16, String) {
    let cookie = format!("{}; lang={language}", officer.cookie);
    let answer = web::send(&running.address, "GET", path, &[("Cookie", &cookie)], b"");
    (answer.status, answer.body)
}

/// A report of a breach, noted as filed with its receipt; the incident.
fn reported(eu: &Node, receipt: &str) -> String {
    eu.write("password", &format!("{PASSWORD}\n"));
    let password = eu.arg("password");
    let add = ["account", "add", "officer", "--role", "officer", "--clearance", "red"];
    eu.run(&[&add[..], &["--password-file", &password]].concat()).well();
    let by = ["--by", "A. Berg"];
    let notify = |arguments: &[&str]| eu.run(&[&["notify"][..], arguments, &by].concat()).well();
    let incident = notify(&["incident", "open", "A breach at the clinic"]).out.trim().to_owned();
    notify(&["incident", "fact", &incident, "aware", "2026-11-01T08:00:00Z"]);
    let decided = ["incident", "determine", &incident, "applies GDPR", "--outcome", "yes"];
    notify(&[&decided[..], &["--rationale", "data on health"]].concat());
    let noted = ["incident", "submitted", &incident, "gdpr.33", "--channel", "portal"];
    notify(&[&noted[..], &["--reference", "APD-7", "--evidence-file", receipt]].concat());
    incident
}

#[test]
fn an_erased_file_of_evidence_is_in_no_file_and_the_proof_of_its_report_still_holds() {
    let (eu, _us) = agreed();
    // Long enough that it takes several pages of the database.
    let told = format!("{} {}", "a line of the receipt; ".repeat(900), word(77));
    eu.write("receipt.txt", &told);
    let digest = model::Digest::of(told.as_bytes()).hex();
    let receipt = eu.arg("receipt.txt");
    let incident = reported(&eu, &receipt);
    // As it stands in the body of its record: base64, wherever the word falls.
    let encoded = model::to_base64(told.as_bytes());
    let somewhere = &encoded[8_000..8_080];
    let last = &encoded[encoded.len() - 40..];
    assert!(eu.holds(somewhere) && eu.holds(last), "it is kept");
    let proof = eu.arg("before.proof.json");
    eu.run(&["notify", "proof", "export", &incident, "gdpr.33", &proof]).well();

    let is_evidence = |position: &u64| {
        let shown = eu.run(&["ledger", "show", &position.to_string(), "--json"]).json();
        shown["header"]["kind"] == "notify.evidence.v1"
    };
    let evidence = (0..40).find(is_evidence).expect("it is on the record").to_string();
    let shown = eu.run(&["ledger", "show", &evidence, "--json"]).json();
    let record = shown["record"].as_str().expect("an id").to_owned();
    erase(&eu, &evidence);

    assert!(!eu.holds(somewhere) && !eu.holds(last) && !eu.holds(&word(77)), "the file is still somewhere");
    are_what_the_ledger_says(&eu);
    // What was proved before is proved now, and a proof that is made now says the same.
    let again = eu.arg("after.proof.json");
    eu.run(&["notify", "proof", "export", &incident, "gdpr.33", &again]).well();
    for file in [&proof, &again] {
        let said = eu.run(&["notify", "proof", "verify", file, "--evidence", &receipt]).well().out;
        assert!(
            said.contains("receipt.txt, SHA-256"),
            "whoever holds a copy can show that it is the one: {said}"
        );
    }
    let out = eu.arg("out.txt");
    let said = eu.run(&["notify", "incident", "evidence", &incident, &record, &out]);
    assert!(said.code == 1 && said.err.contains("was erased at 20"), "{}", said.err);

    let running = Running::start(&eu);
    let officer = sign_in(&running.address, "officer");
    let stage = format!("/notify/incidents/{incident}/stages/gdpr.33");
    for (language, erased, proves) in
        [("en", "Erased", "still proves what it was"), ("fr", "Effacé", "prouve toujours ce qu’il était")]
    {
        for path in [stage.clone(), format!("{stage}/proof")] {
            let (status, page) = asked(&running, &officer, language, &path);
            assert!(status == 200 && page.contains(erased) && page.contains(proves), "{path}: {page}");
            assert!(!page.contains(&format!("/evidence/{record}")), "nothing leads to what is not there");
            assert!(page.contains(&digest), "its digest stays");
        }
    }
    let place = format!("/notify/incidents/{incident}/evidence/{record}");
    let (status, page) = asked(&running, &officer, "fr", &place);
    assert!(status == 410 && page.contains("receipt.txt a été effacé le"), "{status} {page}");
    let (status, problem) = asked(&running, &officer, "fr", &format!("/api/v1{place}"));
    let problem: Value = serde_json::from_str(&problem).expect("a problem");
    let detail = problem["detail"].as_str().expect("a detail");
    assert!(
        status == 410 && detail.contains("receipt.txt was erased at 20") && detail.contains(&digest),
        "{detail}"
    );
    running.stop();
}
