//! Incidents in the ledger: stated, decided, submitted; seen by those who may; planned as known at any moment.

use desk::edge;
use http::StatusCode;
use model::time::SignedDuration;
use model::{IncidentId, Tlp};
use notify::commands::StateError;
use notify::commands::open_incident::open_incident;
use notify::plan::State;
use records::determination::Outcome;
use serde_json::{Value, json};

use crate::room::{Person, Room};

fn state(plan: &notify::Plan, stage: &str) -> State {
    plan.obligations.iter().find(|duty| duty.stage == stage).unwrap_or_else(|| panic!("no {stage}")).state
}

#[test]
fn what_is_stated_decided_and_sent_moves_the_duties_and_the_past_stays_as_it_was() {
    let room = Room::new();
    let id = open_incident(&room.desk, "Outage in the north", false, "A. Berg").expect("opened");
    let aware = edge::now() - SignedDuration::from_hours(1);
    room.state(id, "tz", json!("Europe/Brussels")).expect("stated");
    room.state(id, "aware", json!(aware.to_string())).expect("stated");
    room.decide(id, "applies NIS2", Outcome::Yes).expect("decided");
    room.decide(id, "applies DORA", Outcome::No).expect("decided");
    let before = edge::now();
    assert_eq!(state(&room.plan(id, before), "nis2.ew"), State::Open);
    room.submit(id, "nis2.ew", aware + SignedDuration::from_mins(20)).expect("noted");
    room.submit(id, "nis2.in", aware + SignedDuration::from_mins(30)).expect("noted");
    let now = edge::now();
    assert_eq!(state(&room.plan(id, now), "nis2.ew"), State::Sent);
    assert_eq!(state(&room.plan(id, now), "nis2.fr"), State::Open);
    assert!(room.plan(id, now).excluded.iter().any(|out| out.regime == "DORA"));
    // The same question about the same moment has the same answer, though more is known today.
    assert_eq!(state(&room.plan(id, before), "nis2.ew"), State::Open);
    assert_eq!(state(&room.plan(id, before), "nis2.fr"), State::Waiting);
}

#[test]
fn the_newest_statement_of_a_fact_holds_and_unknown_takes_it_back() {
    let room = Room::new();
    let id = open_incident(&room.desk, "A breach", false, "A. Berg").expect("opened");
    let at = edge::now() - SignedDuration::from_hours(2);
    room.decide(id, "applies GDPR", Outcome::Yes).expect("decided");
    room.state(id, "aware", json!((at - SignedDuration::from_hours(100)).to_string())).expect("stated");
    assert_eq!(state(&room.plan(id, edge::now()), "gdpr.33"), State::Overdue);
    room.state(id, "aware", json!(at.to_string())).expect("corrected");
    assert_eq!(state(&room.plan(id, edge::now()), "gdpr.33"), State::Open);
    room.state(id, "aware", Value::Null).expect("taken back");
    assert_eq!(state(&room.plan(id, edge::now()), "gdpr.33"), State::Waiting);
    room.decide(id, "risk_unlikely", Outcome::Yes).expect("decided");
    assert!(room.plan(id, edge::now()).excluded.iter().any(|out| out.stage.as_deref() == Some("gdpr.33")));
    room.state(id, "B01", json!("Clinic of the North")).expect("stated");
    assert_eq!(room.case(id).statements.len(), 6);
}

#[test]
fn statements_that_cannot_be_are_refused_with_what_to_do() {
    let room = Room::new();
    let id = open_incident(&room.desk, "A breach", true, "A. Berg").expect("opened");
    let later = edge::now() + SignedDuration::from_hours(3);
    let said = |refused: Result<(), StateError>| refused.expect_err("refused").to_string();
    assert!(
        said(room.state(id, "awaer", json!("2026-01-01")))
            .contains("no fact and no field is called \"awaer\"")
    );
    assert!(said(room.state(id, "aware", json!("soon"))).starts_with("aware: "));
    assert!(said(room.state(id, "aware", json!(later.to_string()))).contains("lies in the future"));
    assert!(said(room.state(id, "country", json!("Atlantis"))).starts_with("country: "));
    assert!(said(room.decide(id, "beautiful", Outcome::Yes)).contains("no question is called"));
    assert!(said(room.decide(id, "applies NIS9", Outcome::Yes)).contains("no pack is called"));
    assert!(said(room.submit(id, "nis2.xx", edge::now())).contains("no stage is called"));
    assert!(said(room.submit(id, "nis2.ew", later)).contains("lies in the future"));
    let stranger = IncidentId(edge::uuid());
    assert!(said(room.state(stranger, "aware", Value::Null)).starts_with("there is no incident:"));
    assert!(open_incident(&room.desk, " ", false, "A. Berg").is_err());
    assert!(room.case(id).statements.is_empty(), "nothing of it was kept");
    assert!(room.case(id).exercise);
}

#[tokio::test]
async fn pages_and_api_show_incidents_in_both_languages_to_those_who_may() {
    let room = Room::new();
    let officer = room.person("officer", Tlp::Red);
    let (_, empty) = officer.get("/notify/incidents", "fr").await;
    assert!(empty.contains("Aucun incident") && empty.contains("entente notify incident open"));
    let id = open_incident(&room.desk, "Outage <in> the north", true, "A. Berg").expect("opened");
    room.decide(id, "applies SEC-8K", Outcome::Yes).expect("decided");
    room.decide(id, "material", Outcome::Yes).expect("decided");
    room.submit(id, "sec.105a", edge::now()).expect("noted");
    let page = format!("/notify/incidents/{id}");
    for path in ["/notify/incidents", &page, &format!("{page}?at=2026-01-01T00:00:00Z")] {
        for language in ["en", "fr"] {
            let (status, text) = officer.get(path, language).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(
                text.contains(&format!("<html lang=\"{language}\"")) && text.contains("TLP:AMBER+STRICT")
            );
            assert_eq!(text.matches("<h1").count(), 1, "{path}");
            assert!(!text.contains('⟦') && !text.contains("<in>") && !text.contains("style="), "{path}");
        }
    }
    let (_, text) = officer.get(&page, "fr").await;
    assert!(text.contains("Formulaire 8-K") && text.contains("two services are down"));
    let (status, list) = officer.get("/api/v1/notify/incidents", "en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(list.contains(&id.to_string()) && list.contains("\"exercise\":true"));
    let (_, plan) = officer.get(&format!("/api/v1/notify/incidents/{id}/plan"), "en").await;
    let plan: Value = serde_json::from_str(&plan).expect("JSON");
    let filed =
        plan["obligations"].as_array().expect("duties").iter().find(|duty| duty["stage"] == "sec.105");
    assert_eq!(filed.expect("a duty")["state"], "open");

    let never = format!("/api/v1/notify/incidents/{id}/plan?at=never");
    assert_eq!(officer.get(&never, "en").await.0, StatusCode::UNPROCESSABLE_ENTITY);

    let guest = room.person("guest", Tlp::Green);
    assert_eq!(guest.get(&page, "en").await.0, StatusCode::NOT_FOUND);
    assert_eq!(
        guest.get(&format!("/api/v1/notify/incidents/{id}/plan"), "en").await.0,
        StatusCode::NOT_FOUND
    );
    assert!(!guest.get("/notify/incidents", "en").await.1.contains("Outage"));
    assert!(!guest.get("/api/v1/notify/incidents", "en").await.1.contains(&id.to_string()));
    let nobody = Person { cookie: String::new(), ..officer.clone() };
    assert_eq!(nobody.get("/api/v1/notify/incidents", "en").await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(officer.get("/notify/incidents/incident:nonsense", "en").await.0, StatusCode::NOT_FOUND);
}
