//! Two people decide differently: both are shown, duties run by the careful reading, and a third who saw both decides.

use desk::edge;
use desk::local::Role;
use http::StatusCode;
use model::IncidentId;
use notify::commands::determine::determine;
use notify::commands::open_incident::open_incident;
use notify::standing::contradictions;
use records::determination::{Determination, Outcome};
use serde_json::json;

use crate::room::Room;

fn opened() -> (Room, IncidentId) {
    let room = Room::new();
    let id = open_incident(&room.desk, "Outage", false, "A. Berg").expect("opened");
    room.decide(id, "applies GDPR", Outcome::Yes).expect("decided");
    room.state(id, "aware", json!(edge::now().to_string())).expect("stated");
    (room, id)
}

fn decide(room: &Room, id: IncidentId, question: &str, outcome: Outcome, by: &str) {
    let made = Determination {
        incident: id,
        question: question.into(),
        outcome,
        at: edge::now(),
        by: by.into(),
        rationale: format!("as {by} sees it"),
        replaces: None,
    };
    determine(&room.desk, made).expect("decided");
}

fn is_due(room: &Room, id: IncidentId) -> bool {
    room.plan(id, edge::now()).obligations.iter().any(|duty| duty.stage == "gdpr.33" && duty.asked)
}

#[tokio::test]
async fn the_careful_reading_holds_until_somebody_who_saw_both_decides() {
    let (room, id) = opened();
    decide(&room, id, "applies GDPR", Outcome::No, "B. Reed, counsel");
    decide(&room, id, "significant", Outcome::Yes, "A. Berg, duty officer");
    decide(&room, id, "significant", Outcome::No, "B. Reed, counsel");
    let case = room.case(id);
    let questions: Vec<&str> = contradictions(&case).into_iter().map(|(question, _)| question).collect();
    assert_eq!(questions, ["applies GDPR", "significant"]);
    assert!(is_due(&room, id), "the clock runs on: nobody has settled that the law does not apply");
    let officer = room.account("c.dupont", Role::Compliance);
    let (_, page) = officer.get(&format!("/notify/incidents/{id}"), "en").await;
    for words in [
        "Two people decided differently: a significant incident",
        "as A. Berg, duty officer sees it",
        "as B. Reed, counsel sees it",
        "stands for the time being",
        "duties run by the careful reading: Yes",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // Whoever decides on the page has seen both.
    let there = format!("/notify/incidents/{id}/decide");
    let (_, form) = officer.get(&format!("{there}?question=applies%20GDPR"), "fr").await;
    assert!(form.contains("Deux personnes ont d\u{e9}cid\u{e9} diff\u{e9}remment"));
    let seen = form.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let fields = [
        ("question", "applies GDPR"),
        ("outcome", "no"),
        ("by", "C. Dupont, head of compliance"),
        ("rationale", "no personal data"),
        ("seen", seen.expect("what was shown")),
    ];
    assert_eq!(officer.post(&there, &fields).await.0, StatusCode::SEE_OTHER);
    assert!(!is_due(&room, id));
    let case = room.case(id);
    assert_eq!(contradictions(&case).len(), 1, "the other question is still open");
}

#[test]
fn a_person_replaces_their_own_word_and_a_yes_that_takes_duties_away_is_not_the_careful_one() {
    let (room, id) = opened();
    decide(&room, id, "significant", Outcome::Yes, "A. Berg");
    decide(&room, id, "significant", Outcome::No, " a. berg ");
    assert!(contradictions(&room.case(id)).is_empty(), "one person may change their mind");
    decide(&room, id, "risk_unlikely", Outcome::No, "A. Berg");
    decide(&room, id, "risk_unlikely", Outcome::Yes, "B. Reed");
    assert!(is_due(&room, id), "that the risk is unlikely is not settled");
    let last = room.case(id).statements.last().and_then(|statement| statement.record).expect("a record");
    let first = contradictions(&room.case(id))[0].1[0].statement.record.expect("a record");
    let made = Determination {
        incident: id,
        question: "risk_unlikely".into(),
        outcome: Outcome::Yes,
        at: edge::now(),
        by: "C. Dupont".into(),
        rationale: "encrypted, and the key is safe".into(),
        replaces: Some(vec![first, last]),
    };
    determine(&room.desk, made).expect("decided");
    assert!(contradictions(&room.case(id)).is_empty());
}

#[tokio::test]
async fn programs_say_whether_they_decide_between_what_stands() {
    let (room, id) = opened();
    decide(&room, id, "significant", Outcome::Yes, "A. Berg");
    let officer = room.account("c.dupont", Role::Compliance);
    let place = format!("/api/v1/notify/incidents/{id}/determinations");
    let body = |between: bool| json!({ "question": "significant", "outcome": "no", "by": "C. Dupont", "rationale": "small", "between": between });
    assert_eq!(officer.tell(&place, body(false)).await.0, StatusCode::CREATED);
    assert_eq!(contradictions(&room.case(id)).len(), 1);
    assert_eq!(officer.tell(&place, body(true)).await.0, StatusCode::CREATED);
    assert!(contradictions(&room.case(id)).is_empty());
}
