//! The audit trail: what was seen, taken away, done and refused, and its proof.

use desk::local::Role;
use http::StatusCode;
use model::Tlp;
use records::audit::{Audit, Deed};
use serde_json::Value;

use super::person::{Person, program};
use crate::pages::console;

#[tokio::test]
async fn an_auditor_reads_who_saw_exported_did_and_was_refused_what() {
    let console = console(Tlp::Red);
    let officer = Person::new(&console, "a.berg", Role::Officer, Tlp::Red);
    let analyst = Person::new(&console, "m.roe", Role::Analyst, Tlp::Red);
    let auditor = Person::new(&console, "audit", Role::Auditor, Tlp::Clear);
    for _ in 0..3 {
        officer.get(&console, "/ledger?q=do-not-write-this-down").await;
    }
    officer.get(&console, "/parties/card").await;
    analyst.get(&console, "/parties/trust").await;
    analyst.post(&console, "/account/sessions/end", &[]).await;
    let page = auditor.get(&console, "/audit").await.page;
    for seen in
        ["See the ledger", "exported", "refused", "Trust parties, or no longer", "/account/sessions/end"]
    {
        assert!(page.contains(seen), "{seen}: {page}");
    }
    assert!(!page.contains("do-not-write-this-down"), "what was searched for is nobody's business");
    let one = auditor.get(&console, "/audit?who=m.roe&deed=refused").await.page;
    assert!(one.contains("/parties/trust") && !one.contains(">/ledger</code>"), "{one}");
    let reads = |language: &str| Person {
        name: auditor.name.clone(),
        cookie: format!("{}; lang={language}", auditor.cookie),
        token: auditor.token.clone(),
    };
    for (path, french, english) in [
        ("/audit?deed=king", "Un filtre ne peut être lu", "A filter cannot be read"),
        ("/audit?from=hier", "Un filtre ne peut être lu", "A filter cannot be read"),
        ("/audit/export?format=xml", "Le format est csv ou json", "The format is csv or json"),
    ] {
        let said = reads("fr").get(&console, path).await;
        assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(said.page.contains(french) && !said.page.contains(english), "{path}: {}", said.page);
        let said = reads("en").get(&console, path).await;
        assert!(said.page.contains(english) && !said.page.contains(french), "{path}: {}", said.page);
    }
    assert_eq!(officer.get(&console, "/audit").await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        auditor
            .get(&console, "/audit?from=2020-01-01&until=2020-12-31")
            .await
            .page
            .matches("?verify=1")
            .count(),
        0
    );
}

#[tokio::test]
async fn the_export_carries_the_proof_that_each_line_is_in_the_ledger() {
    let console = console(Tlp::Red);
    let officer = Person::new(&console, "a.berg", Role::Officer, Tlp::Red);
    let auditor = Person::new(&console, "audit", Role::Auditor, Tlp::Clear);
    for _ in 0..3 {
        officer.get(&console, "/ledger").await;
    }
    officer.post(&console, "/account/sessions/end", &[]).await;
    let trail: Value =
        serde_json::from_str(&auditor.get(&console, "/audit/export?format=json").await.page).expect("JSON");
    let lines = trail["lines"].as_array().expect("lines");
    let views = lines.iter().filter(|line| line["what"] == "/ledger" && line["deed"] == "saw");
    let seen: u64 = views.map(|line| line["count"].as_u64().unwrap_or(1)).sum();
    assert_eq!(seen, 3, "{lines:?}");
    assert!(lines.iter().any(|line| line["deed"] == "did" && line["what"] == "/account/sessions/end"));
    let log = console.desk.log;
    for line in lines {
        let record = line["record"].as_str().expect("a record");
        let proof = &trail["proofs"][record];
        let (position, size) =
            (proof["position"].as_u64().expect("a place"), proof["size"].as_u64().expect("a size"));
        let reader = console.desk.ledger.reader().expect("a reader");
        let inclusion = reader.prove_inclusion(log, model::Position(position), size).expect("a proof");
        assert!(inclusion.holds() && proof["root"] == inclusion.root.to_string());
        let mut body = None;
        reader
            .at(log, model::Position(position), |entry| body = entry.body.map(<[u8]>::to_vec))
            .expect("read");
        let audit: Audit = serde_json::from_slice(&body.expect("a body")).expect("a trail");
        assert!(audit.lines.iter().any(|held| held.what == line["what"] && held.who == line["who"]));
        assert!(trail["checkpoint"].as_str().expect("a note").contains(&format!("\n{size}\n")));
    }
    let csv = auditor.get(&console, "/audit/export?format=csv&deed=saw").await.page;
    assert!(
        csv.starts_with("at,who,by,program,act,what,deed,count,reason,record\r\n")
            && csv.contains("\"/ledger\"")
    );
    // An act is in the ledger before its answer leaves; the views follow.
    let newest = console.desk.ledger.last_seq();
    console.desk.views.wait_blocking(newest, std::time::Duration::from_secs(30)).expect("folded");
    let after: Value =
        serde_json::from_str(&auditor.get(&console, "/audit/export?format=json&deed=exported").await.page)
            .expect("JSON");
    let exports = after["lines"].as_array().expect("lines").iter();
    let exports: u64 = exports.map(|line| line["count"].as_u64().unwrap_or(1)).sum();
    assert_eq!(exports, 2, "exporting the trail is on the trail");
}

#[tokio::test]
async fn acts_are_on_the_record_before_they_are_answered_and_views_within_the_minute() {
    let console = console(Tlp::Red);
    let officer = Person::new(&console, "a.berg", Role::Officer, Tlp::Red);
    let before = console.desk.ledger.size(console.desk.log);
    officer.get(&console, "/ledger").await;
    officer.get(&console, "/ledger").await;
    assert_eq!(console.desk.ledger.size(console.desk.log), before, "looking costs nothing yet");
    officer.post(&console, "/account/sessions/end", &[]).await;
    assert_eq!(console.desk.ledger.size(console.desk.log), before + 1);
    console.desk.write_audit().expect("written");
    console.desk.write_audit().expect("nothing to write");
    assert_eq!(console.desk.ledger.size(console.desk.log), before + 2);
}

#[tokio::test]
async fn what_a_program_reads_stands_under_the_person_it_acts_for() {
    let console = console(Tlp::Red);
    let (local, now) = (&console.desk.local, desk::edge::now());
    let end = now.checked_add(model::time::SignedDuration::from_hours(1)).expect("an instant");
    let token = local.issue_api_token("duty", "x", &["party card read".into()], (now, end)).expect("issued");
    program(&console, &token, "GET", "/api/v1/parties").await;
    console.desk.write_audit().expect("written");
    let views = console.desk.views.read().expect("views");
    let asked = desk::views::audit::Asked { who: Some("duty".into()), ..Default::default() };
    let found = desk::views::audit::traces(&views, &asked, 10).expect("read");
    assert_eq!(found.len(), 1);
    assert!(found[0].line.program && found[0].line.deed == Deed::Exported);
}
