//! `entente notify` needs no node: facts on standard input, dates and plans on standard output.
#![expect(clippy::disallowed_methods, reason = "these tests run the binary")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn entente(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_entente"))
        .arg("notify")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    // What it refuses without reading closes the pipe early.
    let _ = child.stdin.take().expect("its input").write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn answer(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON on standard output")
}

const FACTS: &str =
    r#"{"regime": "NIS2", "aware": "2026-05-08T10:15:00+02:00", "tz": "Europe/Paris", "holidays": "FR"}"#;

#[test]
fn clocks_answer_one_object_or_a_list_of_them() {
    let one = entente(&["clocks", "--json"], FACTS);
    assert!(one.status.success());
    let warning = json!({"conservative": "2026-05-09T08:15:00Z", "eu1182": "2026-05-09T09:00:00Z"});
    assert_eq!(answer(&one)["nis2.ew"], warning);
    let list = entente(&["clocks", "--json"], &format!("[{FACTS}, {FACTS}]"));
    assert_eq!(answer(&list).as_array().map(Vec::len), Some(2));
    assert_eq!(answer(&list)[1]["nis2.ew"], warning);
}

#[test]
fn a_bad_fact_is_named_and_the_rest_of_a_list_is_answered() {
    let alone = entente(&["clocks", "--json"], r#"{"regime": "NIS2", "aware": "soon"}"#);
    assert_eq!(alone.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&alone.stderr).contains("aware: \"soon\" is no instant"));
    let list =
        entente(&["clocks", "--json"], &format!(r#"[{{"regime": "NIS2", "aware": "soon"}}, {FACTS}]"#));
    assert_eq!(list.status.code(), Some(1));
    assert!(answer(&list)[0]["refused"].as_str().expect("a sentence").starts_with("aware: "));
    assert!(answer(&list)[1]["nis2.in"].is_object());
    for input in ["", "17", "{", "{}"] {
        assert_eq!(entente(&["clocks", "--json"], input).status.code(), Some(2), "{input:?}");
    }
}

#[test]
fn a_plan_is_made_for_any_instant() {
    let late = answer(&entente(&["plan", "-", "--json", "--at", "2026-06-01T00:00:00Z"], FACTS));
    let state = |plan: &Value| {
        let duties = plan["obligations"].as_array().expect("duties").clone();
        duties.into_iter().find(|duty| duty["stage"] == "nis2.ew").expect("a warning")["state"].clone()
    };
    assert_eq!(state(&late), "overdue");
    let early = answer(&entente(&["plan", "-", "--json", "--at", "2026-05-08T09:00:00Z"], FACTS));
    assert_eq!(state(&early), "open");
    let text = entente(&["plan", "-", "--at", "2026-05-08T09:00:00Z"], FACTS);
    assert!(String::from_utf8_lossy(&text.stdout).contains("as of 2026-05-08T09:00:00Z, made with packs"));
}

#[test]
fn the_law_in_the_binary_is_sound_and_a_file_against_it_is_compared() {
    let check = entente(&["pack", "check"], "");
    assert!(check.status.success());
    assert!(
        String::from_utf8_lossy(&check.stdout).contains("42 packs, 103 stages, 33 calendars: 0 findings")
    );
    let law = concat!(env!("CARGO_MANIFEST_DIR"), "/../../packs/regimes/gdpr.toml");
    let folder = tempfile::tempdir().expect("a folder");
    let newer = folder.path().join("gdpr.toml");
    let text =
        std::fs::read_to_string(law).expect("read").replace("PT72H", "PT96H").replace("33(1)", "33(1) new");
    std::fs::write(&newer, text).expect("written");
    let file = newer.to_str().expect("a path");
    let said = answer(&entente(&["pack", "diff", "--json", file], ""));
    assert_eq!(said[0]["place"], "gdpr.33");
    assert_eq!((&said[0]["what"], &said[1]["what"]), (&json!("clock"), &json!("clause")));
    assert!(entente(&["pack", "check", file], "").status.success());
    let versions = |version: &str| {
        let text = std::fs::read_to_string(law).expect("read").replace("2026.1", version);
        let file = folder.path().join(format!("{version}.toml"));
        std::fs::write(&file, text).expect("written");
        file.to_str().expect("a path").to_owned()
    };
    let (second, tenth) = (versions("2026.2"), versions("2026.10"));
    let said = |newer: &str, older: &str| {
        let output = entente(&["pack", "diff", newer, "--against", older], "");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(said(&tenth, &second).contains("GDPR 2026.10 is newer than 2026.2"));
    assert!(
        said(&second, &tenth)
            .contains("GDPR 2026.2 is not newer than, and cannot be installed over, 2026.10")
    );
    let bad = entente(&["pack", "check", &versions("2026.b")], "");
    assert_eq!(bad.status.code(), Some(2));
    let bad = String::from_utf8_lossy(&bad.stderr).into_owned();
    assert!(bad.contains("line 5") && bad.contains("\"2026.b\" is no version"), "{bad}");
    std::fs::write(&newer, "[pack]\n").expect("written");
    assert_eq!(entente(&["pack", "check", file], "").status.code(), Some(2));
    assert_eq!(entente(&["pack", "page", "ATLANTIS"], "").status.code(), Some(2));
}

#[test]
fn an_incident_lives_in_the_ledger_and_its_plan_is_that_of_what_was_stated() {
    let node = crate::node::Node::made("ecsc");
    let run = |arguments: &[&str]| node.run(&[&["notify", "incident"], arguments].concat());
    let id = run(&["open", "Outage in the north", "--by", "A. Berg"]).well().out.trim().to_owned();
    let state = |field: &str, value: &str| run(&["fact", &id, field, value, "--by", "A. Berg", "--estimate"]);
    state("tz", "Europe/Brussels").well();
    state("aware", "2026-05-08T10:15:00").well();
    let refused = state("aware", "soon");
    assert!(refused.code == 1 && refused.err.contains("aware: \"soon\" is no instant"), "{}", refused.err);
    let decide =
        ["determine", &id, "applies NIS2", "--outcome", "yes", "--by", "A. Berg", "--rationale", "energy"];
    run(&decide).well();
    run(&[
        "submitted",
        &id,
        "nis2.ew",
        "--at",
        "2026-05-08T12:00:00Z",
        "--channel",
        "portal",
        "--by",
        "A. Berg",
    ])
    .well();
    let list = run(&["list", "--json"]).well().json();
    assert_eq!((&list[0]["id"], &list[0]["statements"]), (&json!(id), &json!(4)));
    let plan = run(&["plan", &id, "--json"]).well().json();
    let duties = plan["obligations"].as_array().expect("duties");
    let state_of =
        |stage: &str| duties.iter().find(|duty| duty["stage"] == stage).expect("a duty")["state"].clone();
    assert_eq!(state_of("nis2.ew"), "sent");
    assert_eq!(state_of("nis2.in"), "overdue");
    assert!(run(&["plan", &id]).well().out.contains("nis2.in"));
    let before = run(&["plan", &id, "--json", "--at", "2026-05-08T12:00:00Z"]).well().json();
    assert_eq!(
        before["obligations"].as_array().map(|duties| duties.iter().any(|d| d["state"] == "sent")),
        Some(false)
    );
}
