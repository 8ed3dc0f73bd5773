//! A picture that two nodes sign: put, compared, signed, taken away and checked without either.

use serde_json::Value;

use crate::node::{Node, Said};
use crate::share::{agreed, carry};

const AGREEMENT: &str = "agreement:0192f0c1-2f00-7000-8000-000000000001";

fn malware(n: u32) -> String {
    let green = formats::stix::id_of_tlp(model::Tlp::Green);
    let at = model::time::millis(desk::edge::now() - model::time::SignedDuration::from_hours(1));
    format!(
        r#"{{"type":"malware","spec_version":"2.1","id":"malware--00000000-0000-4000-8000-{n:012}","created":"{at}","modified":"{at}","name":"Sample {n}","is_family":false,"object_marking_refs":["{green}"]}}"#
    )
}

fn state(node: &Node, n: u32, under: bool) {
    let name = format!("{n}.json");
    node.write(&name, &malware(n));
    let file = node.arg(&name);
    let mut import = vec!["exchange", "import", &file];
    if under {
        import.extend(["--under", "pilot"]);
    }
    node.run(&import).well();
}

fn put(node: &Node, to: &str) -> String {
    let propose = [
        "picture",
        "snapshot",
        "propose",
        to,
        "--agreement",
        AGREEMENT,
        "--signatory",
        "M. Lindqvist",
        "--json",
    ];
    let said = node.run(&propose).well().json();
    said["snapshot"].as_str().expect("an id").to_owned()
}

fn show(node: &Node, id: &str) -> Value {
    node.run(&["picture", "snapshot", "show", id, "--json"]).well().json()
}

fn answer(node: &Node, said: &str, id: &str, reason: &str) -> Said {
    node.run(&["picture", "snapshot", "answer", id, said, "--signatory", "D. Okafor", "--reason", reason])
}

/// Checks a document where there is no node.
fn check(file: &str) -> Said {
    let empty = tempfile::tempdir().expect("a folder");
    crate::node::bare(&["picture", "snapshot", "verify", file, "--json"], empty.path())
}

#[test]
fn a_picture_is_signed_by_both_with_its_differences_and_checked_without_a_node() {
    let (eu, us) = agreed();
    state(&eu, 1, true);
    state(&eu, 2, false);
    state(&us, 3, true);
    carry(&eu, &us, "us", "a.link");
    carry(&us, &eu, "eu", "a.link");
    let first = put(&eu, "us");
    carry(&eu, &us, "us", "b.link");
    let shown = show(&us, &first);
    let names: Vec<&str> = shown["claims"]
        .as_array()
        .expect("claims")
        .iter()
        .filter_map(|claim| claim["name"].as_str())
        .collect();
    assert_eq!(names, ["Sample 1", "Sample 3"], "what may not go to them is in no picture for them");
    assert_eq!(shown["differences"], Value::Array(Vec::new()), "{shown}");
    assert_eq!(shown["state"], "open");
    assert!(answer(&us, "decline", &first, "").err.contains("say why"), "a refusal has a reason");
    answer(&us, "sign", &first, "").well();
    carry(&us, &eu, "eu", "b.link");
    for node in [&eu, &us] {
        assert_eq!(show(node, &first)["state"], "signed by both");
    }

    let file = eu.arg("signed.json");
    eu.run(&["picture", "snapshot", "export", &first, &file]).well();
    let verified = check(&file).well().json();
    assert_eq!((&verified["joint"], &verified["claims"]), (&true.into(), &2.into()), "{verified}");
    assert_eq!(verified["signatures"].as_array().map(Vec::len), Some(2));
    let text = std::fs::read_to_string(eu.path("signed.json")).expect("readable");
    for (from, to) in [("Sample 1", "Sample 9"), ("D. Okafor", "E. Okafor"), ("M. Lindqvist", "N. Lindqvist")]
    {
        eu.write("changed.json", &text.replace(from, to));
        let said = check(&eu.arg("changed.json"));
        assert_eq!(said.code, 3, "{from}: {}", said.err);
    }

    asked_for_and_signed(&eu, &us);
    for node in [&eu, &us] {
        node.run(&["ledger", "verify"]).well();
    }
}

/// What the other has not received yet is a difference, and its reason is known to who has it. A change is asked for that nobody
/// makes: then they sign, and what they count otherwise is part of what they sign.
fn asked_for_and_signed(eu: &Node, us: &Node) {
    state(us, 4, true);
    let second = put(eu, "us");
    carry(eu, us, "us", "c.link");
    let shown = show(us, &second);
    assert_eq!(shown["differences"][0]["name"], "Sample 4", "{shown}");
    assert_eq!(shown["differences"][0]["why"], serde_json::json!(["not-sent"]));
    answer(us, "ask", &second, "Sample 4 is missing").well();
    carry(us, eu, "eu", "c.link");
    let shown = show(eu, &second);
    assert_eq!(shown["state"], "change asked for");
    assert_eq!(shown["answers"][0]["reason"], "Sample 4 is missing");
    assert_eq!(shown["answers"][0]["differences"][0]["name"], "Sample 4");

    answer(us, "sign", &second, "we count Sample 4 as well").well();
    carry(us, eu, "eu", "d.link");
    let file = eu.arg("second.json");
    eu.run(&["picture", "snapshot", "export", &second, &file]).well();
    let verified = check(&file).well().json();
    let theirs = verified["signatures"].as_array().expect("both").iter().find(|one| one["name"] == "us");
    let theirs = theirs.expect("theirs");
    let covers = serde_json::json!(["picture", "signatory", "reason", "differences"]);
    assert_eq!((&theirs["covers"], &theirs["reason"]), (&covers, &"we count Sample 4 as well".into()));
    assert_eq!(theirs["differences"][0]["name"], "Sample 4");
    let text = std::fs::read_to_string(eu.path("second.json")).expect("readable");
    for (from, to) in [("we count Sample 4 as well", "we agree"), ("\\\"ours\\\":1", "\\\"ours\\\":2")] {
        assert!(text.contains(from), "{from}");
        eu.write("changed.json", &text.replace(from, to));
        assert_eq!(check(&eu.arg("changed.json")).code, 3, "{from}");
    }
    let empty = tempfile::tempdir().expect("a folder");
    let page = crate::node::bare(&["picture", "snapshot", "verify", &file], empty.path()).well().out;
    assert!(page.contains("the picture, the name, the reason and the listed differences"), "{page}");
}

#[test]
fn a_document_signed_before_answers_were_stated_still_verifies_and_says_what_it_covers() {
    let empty = tempfile::tempdir().expect("a folder");
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/snapshot-before-statements.json");
    let verify = |more: &[&str]| {
        crate::node::bare(&[&["picture", "snapshot", "verify", file][..], more].concat(), empty.path()).well()
    };
    let verified = verify(&["--json"]).json();
    assert_eq!(verified["joint"], true);
    for one in verified["signatures"].as_array().expect("both") {
        assert_eq!(one["covers"], serde_json::json!(["picture"]));
    }
    assert!(verify(&[]).out.contains("the picture alone"));
}
