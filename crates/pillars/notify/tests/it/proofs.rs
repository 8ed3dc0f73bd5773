//! The proof of timely notification: checked with the file alone, and refused, with the reason, when it was touched.

use desk::edge;
use http::StatusCode;
use model::IncidentId;
use model::time::SignedDuration;
use notify::commands::open_incident::open_incident;
use notify::proof::{Proof, ProofError, Verdict, export, verify};
use records::determination::Outcome;
use serde_json::json;

use crate::room::Room;

/// A party, and a breach that it reported so many hours after it knew.
fn reported(hours: i64) -> (Room, IncidentId) {
    let room = Room::new();
    let id = open_incident(&room.desk, "A breach at the clinic", false, "A. Berg").expect("opened");
    let aware = edge::now() - SignedDuration::from_hours(100);
    room.decide(id, "applies GDPR", Outcome::Yes).expect("decided");
    room.state(id, "tz", json!("Europe/Brussels")).expect("stated");
    room.state(id, "aware", json!(aware.to_string())).expect("stated");
    room.state(id, "D01", json!("names of patients were read")).expect("stated");
    room.submit(id, "gdpr.33", aware + SignedDuration::from_hours(hours)).expect("noted");
    (room, id)
}

fn bytes(proof: &Proof) -> Vec<u8> {
    serde_json::to_vec(proof).expect("JSON")
}

#[test]
fn a_proof_says_in_time_or_late_and_tells_nothing_of_what_happened() {
    for (hours, verdict) in [(20, Verdict::InTime), (90, Verdict::Late)] {
        let (room, id) = reported(hours);
        let proof = export(&room.desk, id, "gdpr.33").expect("a proof");
        let checked = verify(&bytes(&proof)).expect("it holds");
        assert_eq!(checked.verdict, verdict);
        assert_eq!((checked.party, checked.name.as_str()), (room.desk.me, "eu"));
        assert_eq!(checked.fingerprint, room.desk.keys.verifying().fingerprint_text());
        assert!(checked.limit > checked.alarm && checked.clause.expect("a clause").contains("2016/679"));
        let text = String::from_utf8(bytes(&proof)).expect("text");
        assert!(!text.contains("patients"), "a description is no part of it");
    }
}

#[test]
fn a_file_that_was_touched_is_refused_with_the_reason() {
    let (room, id) = reported(20);
    let proof = export(&room.desk, id, "gdpr.33").expect("a proof");
    let touched = |touch: &dyn Fn(&mut Proof)| {
        let mut other = proof.clone();
        touch(&mut other);
        verify(&bytes(&other)).expect_err("refused")
    };
    let last = proof.records.len() - 1;
    let earlier =
        |proof: &mut Proof| proof.records[last].body = proof.records[last].body.replace("REF-1", "REF-2");
    assert_eq!(touched(&earlier), ProofError::OtherBody(last));
    let moved = |proof: &mut Proof| proof.records[last].position -= 1;
    assert_eq!(touched(&moved), ProofError::NotIncluded(last));
    let header =
        |proof: &mut Proof| proof.records[1].header = proof.records[1].header.replace("notify.", "notifi.");
    assert_eq!(touched(&header), ProofError::NotIncluded(1));
    let size = |proof: &mut Proof| {
        let size = proof.checkpoint.lines().nth(1).expect("a size").to_owned();
        proof.checkpoint = proof.checkpoint.replacen(&format!("\n{size}\n"), "\n99999\n", 1);
    };
    assert!(matches!(touched(&size), ProofError::Checkpoint(_)));
    let unsent = |proof: &mut Proof| drop(proof.records.remove(last));
    assert_eq!(touched(&unsent), ProofError::Unsent("gdpr.33".into()));
    let stage = |proof: &mut Proof| proof.stage = "nis2.ew".into();
    assert_eq!(touched(&stage), ProofError::Unsent("nis2.ew".into()));
    let opening = |proof: &mut Proof| drop(proof.records.remove(0));
    assert!(touched(&opening).to_string().contains("opening of the incident is missing"));
    let (other, other_id) = reported(20);
    let strange = export(&other.desk, other_id, "gdpr.33").expect("a proof");
    let card = |proof: &mut Proof| proof.card = strange.card.clone();
    assert!(matches!(touched(&card), ProofError::Checkpoint(_)), "another party did not sign this log");
    for text in ["", "{}", "[]", "{\"format\": \"entente.proof.v9\"}"] {
        assert!(verify(text.as_bytes()).expect_err("refused").to_string().starts_with("this is no proof"));
    }
}

#[test]
fn what_was_not_submitted_has_no_proof() {
    let (room, id) = reported(20);
    let why = |stage: &str| export(&room.desk, id, stage).expect_err("none").to_string();
    assert!(why("gdpr.34").contains("no submission of gdpr.34 was noted"));
    let stranger = IncidentId(edge::uuid());
    assert!(export(&room.desk, stranger, "gdpr.33").is_err());
}

#[tokio::test]
async fn the_page_shows_what_whoever_checks_the_file_will_find() {
    let (room, id) = reported(20);
    let officer = room.person("officer", model::Tlp::Red);
    let there = format!("/notify/incidents/{id}/stages/gdpr.33");
    let (status, page) = officer.get(&format!("{there}/proof"), "fr").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Dans les délais") && page.contains("entente notify proof verify"));
    let (_, file) = officer.get(&format!("{there}/proof/file"), "en").await;
    assert_eq!(verify(file.as_bytes()).expect("it holds").verdict, Verdict::InTime);
    let (_, form) = officer.get(&format!("{there}/document"), "en").await;
    let form: serde_json::Value = serde_json::from_str(&form).expect("JSON");
    assert_eq!(form["stage"], "gdpr.33");
    assert_eq!(form["report"]["nature"]["description"], "names of patients were read");
    let none = format!("/notify/incidents/{id}/stages/gdpr.34/proof");
    assert_eq!(officer.get(&none, "en").await.0, StatusCode::CONFLICT);
}

#[test]
fn what_is_noted_at_the_moment_it_was_sent_is_proved_to_be_in_time() {
    let room = Room::new();
    let id = open_incident(&room.desk, "A breach", false, "A. Berg").expect("opened");
    room.decide(id, "applies GDPR", Outcome::Yes).expect("decided");
    room.state(id, "aware", json!(edge::now().to_string())).expect("stated");
    room.submit(id, "gdpr.33", edge::now()).expect("noted");
    let proof = export(&room.desk, id, "gdpr.33").expect("exported");
    let proved = verify(&serde_json::to_vec(&proof).expect("JSON")).expect("it holds");
    assert!(
        proved.sent <= proved.recorded,
        "the record counts milliseconds: {} {}",
        proved.sent,
        proved.recorded
    );
    assert_eq!(proved.sent.as_microsecond() % 1_000, 0);
    assert_eq!(proved.verdict, Verdict::InTime);
}
