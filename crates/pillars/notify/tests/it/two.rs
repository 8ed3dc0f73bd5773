//! Two people for what goes to an authority: one asks, another approves; when it was sent stays what it was.

use desk::edge;
use desk::local::Role;
use http::StatusCode;
use model::time::SignedDuration;
use model::{IncidentId, Marking, Timestamp, Tlp};
use notify::case::Said;
use notify::commands::open_incident::open_incident;
use notify::commands::submit_stage::{Sent, submit_stage};
use notify::commands::{StateError, Word};
use notify::held::waiting;
use notify::plan::State;
use records::Marked;
use records::determination::Outcome;
use records::submission::Submission;
use records::withdrawal::Withdrawal;
use serde_json::json;

use crate::pair::Pair;
use crate::room::{Person, Room};

/// A breach that has to be reported under two laws, of which one wants two people.
async fn ruled() -> (Room, IncidentId, Person) {
    let room = Room::new();
    let id = open_incident(&room.desk, "A breach at the clinic", false, "A. Berg").expect("opened");
    for law in ["applies GDPR", "applies NIS2", "significant"] {
        room.decide(id, law, Outcome::Yes).expect("decided");
    }
    room.state(id, "tz", json!("Europe/Brussels")).expect("stated");
    let aware = edge::now() - SignedDuration::from_hours(71);
    room.state(id, "aware", json!(aware.to_string())).expect("stated");
    let officer = room.account("a.berg", Role::Officer);
    let rule = [("name", "reports on data"), ("act", "notify stage submit"), ("regime", "GDPR")];
    assert_eq!(officer.post("/release/rules/add", &rule).await.1, "/release/rules");
    (room, id, officer)
}

fn submission(room: &Room, id: IncidentId) -> Option<Submission> {
    room.case(id).statements.into_iter().find_map(|statement| match statement.said {
        Said::Submission(sent) => Some(sent),
        _ => None,
    })
}

fn state(room: &Room, id: IncidentId, stage: &str, now: Timestamp) -> State {
    let plan = room.plan(id, now);
    plan.obligations.iter().find(|duty| duty.stage == stage).expect("a duty").state
}

const SENT: [(&str, &str); 3] = [("at", ""), ("channel", "portal"), ("reference", "APD-7")];

#[tokio::test]
async fn a_filing_waits_for_a_second_person_and_the_late_approval_leaves_the_hour_of_sending_alone() {
    let (room, id, officer) = ruled().await;
    let there = format!("/notify/incidents/{id}/stages/gdpr.33");
    let before = edge::now();
    assert_eq!(officer.post(&format!("{there}/file"), &SENT).await, (StatusCode::SEE_OTHER, there.clone()));
    assert!(submission(&room, id).is_none(), "nothing was noted");
    assert_eq!(state(&room, id, "gdpr.33", edge::now()), State::Open);
    for (path, language, words) in [
        (there.clone(), "en", "Awaiting second signature"),
        (format!("/notify/incidents/{id}"), "fr", "En attente de la seconde signature"),
        ("/notify/clocks".to_owned(), "en", "Awaiting second signature"),
    ] {
        let (status, page) = officer.get(&path, language).await;
        assert!(status == StatusCode::OK && page.contains(words), "{path}");
    }
    let draft = waiting(&room.desk).expect("read").remove(0).draft;
    let approve = format!("/release/{draft}/approve");
    assert_eq!(officer.post(&approve, &[]).await.0, StatusCode::CONFLICT, "one is not two");
    let analyst = room.account("m.roe", Role::Analyst);
    assert_eq!(analyst.post(&approve, &[]).await.0, StatusCode::FORBIDDEN);
    let asked = edge::now();

    let second = room.account("c.dupont", Role::Compliance);
    assert_eq!(second.post(&approve, &[]).await, (StatusCode::SEE_OTHER, there.clone()));
    let sent = submission(&room, id).expect("noted");
    assert!(sent.at >= before && sent.at <= asked, "the hour that the first person stated");
    assert_eq!(sent.second.map(|second| (second.by, second.draft)), Some(("c.dupont".into(), draft)));
    // Long after the limit it is still in time, because it was sent in time.
    assert_eq!(state(&room, id, "gdpr.33", edge::now() + SignedDuration::from_hours(99)), State::Sent);
    assert!(!officer.get(&there, "en").await.1.contains("Awaiting second signature"));
    assert_eq!(second.post(&approve, &[]).await.0, StatusCode::CONFLICT, "once");
    assert!(officer.get(&format!("/notify/incidents/{id}"), "en").await.1.contains("second person c.dupont"));
}

#[tokio::test]
async fn a_refusal_says_why_and_nothing_is_noted() {
    let (room, id, officer) = ruled().await;
    let there = format!("/notify/incidents/{id}/stages/gdpr.33");
    officer.post(&format!("{there}/file"), &SENT).await;
    let draft = waiting(&room.desk).expect("read").remove(0).draft;
    let second = room.account("c.dupont", Role::Compliance);
    let refuse = format!("/release/{draft}/refuse");
    assert_eq!(second.post(&refuse, &[]).await.0, StatusCode::UNPROCESSABLE_ENTITY, "why?");
    second.post(&refuse, &[("reason", "the reference is of another case")]).await;
    assert!(officer.get(&format!("/release/{draft}"), "en").await.1.contains("of another case"));
    assert!(waiting(&room.desk).expect("read").is_empty() && submission(&room, id).is_none());
}

#[tokio::test]
async fn a_rule_is_for_its_laws_alone_and_holds_at_every_door() {
    let (room, id, officer) = ruled().await;
    let there = format!("/notify/incidents/{id}/stages/nis2.ew");
    officer.post(&format!("{there}/file"), &SENT).await;
    assert_eq!(submission(&room, id).expect("one person is enough here").stage, "nis2.ew");
    let told = json!({ "stage": "gdpr.33", "channel": "portal" });
    let (status, said) = officer.tell(&format!("/api/v1/notify/incidents/{id}/submissions"), told).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    assert_eq!(waiting(&room.desk).expect("read")[0].draft, said["draft"].as_str().expect("a draft"));
    let sent = Sent {
        stage: "gdpr.33".into(),
        at: edge::now(),
        channel: "portal".into(),
        reference: String::new(),
        evidence: String::new(),
        evidence_file: None,
        by: "A. Berg".into(),
    };
    let said = submit_stage(&room.desk, id, sent, Word::Alone).expect_err("a rule wants two");
    assert!(matches!(&said, StateError::Two(rule) if rule == "reports on data"), "{said}");
    // What cannot be right is refused to whoever asks, and does not wait for somebody to find out.
    let future = edge::now() + SignedDuration::from_hours(5);
    let told = json!({ "stage": "gdpr.33", "channel": "portal", "at": future.to_string() });
    let (status, said) = officer.tell(&format!("/api/v1/notify/incidents/{id}/submissions"), told).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said["detail"].as_str().expect("why").contains("future"), "{said}");
}

#[tokio::test]
async fn what_was_approved_and_cannot_go_any_more_is_taken_off_the_list_by_a_refusal() {
    let pair = Pair::agreed();
    let (room, id) = (&pair.operator, pair.incident());
    let officer = room.account("a.berg", Role::Officer);
    officer.post("/release/rules/add", &[("name", "all"), ("act", "notify stage submit")]).await;
    let there = format!("/notify/incidents/{id}/stages/nis2.ew/send");
    let (_, page) = officer.get(&there, "en").await;
    let seen =
        page.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("seen");
    let to = pair.authority.desk.me.to_string();
    officer.post(&there, &[("to", &to), ("sector", ""), ("seen", seen)]).await;
    let draft = waiting(&room.desk).expect("read").remove(0).draft;
    let agreement = *room.desk.known().agreements.keys().next().expect("an agreement");
    let left = Withdrawal { agreement, effective: edge::now(), reason: "over".into() };
    let marked = Marked::Known(Marking::tlp(Tlp::Amber));
    room.desk.send(&left, marked, &[pair.authority.desk.me], &[]).expect("withdrawn");
    let second = room.account("c.dupont", Role::Compliance);
    let (status, page) = second.post(&format!("/release/{draft}/approve"), &[]).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("would not reach"), "{page}");
    assert!(submission(room, id).is_none() && waiting(&room.desk).expect("read")[0].approved);
    second.post(&format!("/release/{draft}/refuse"), &[("reason", "the agreement has ended")]).await;
    assert!(waiting(&room.desk).expect("read").is_empty());
}
