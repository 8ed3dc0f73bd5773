//! A program files over the link by the same rules as the console: it looks first, and sends what it saw.

use desk::local::Role;
use http::StatusCode;
use notify::authority::letters::filed;
use notify::commands::open_incident::open_incident;
use notify::held::waiting;
use records::determination::Outcome;
use serde_json::{Value, json};

use crate::pair::Pair;
use crate::room::Person;

async fn read(person: &Person, path: &str) -> (StatusCode, Value) {
    let (status, text) = person.get(path, "en").await;
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

fn sent(pair: &Pair, id: model::IncidentId) -> usize {
    filed(&pair.operator.desk.views, pair.operator.desk.me, &id.to_string()).expect("read").len()
}

#[tokio::test]
async fn a_program_looks_sends_what_it_saw_and_reads_the_receipt() {
    let pair = Pair::agreed();
    let id = pair.incident();
    let officer = pair.operator.account("a.berg", Role::Officer);
    let to = pair.authority.desk.me.to_string();
    let path = format!("/api/v1/notify/incidents/{id}/stages/nis2.ew/filing");
    let (status, offered) = read(&officer, &path).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(offered["authorities"], json!([{ "party": to, "name": "anssi", "withheld": null }]));
    assert_eq!((&offered["filing"], &offered["lacks"]), (&Value::Null, &json!([])));
    let look = format!("{path}?to={}&sector=health", ui::query::encode(&to));
    let (_, seen) = read(&officer, &look).await;
    assert_eq!(
        (&seen["filing"]["stage"], &seen["filing"]["reporter"]["sector"]),
        (&json!("nis2.ew"), &json!("health"))
    );

    pair.operator.state(id, "D04", json!(true)).expect("stated meanwhile");
    let order = |seen: &Value| json!({ "to": to, "sector": "health", "seen": seen["seen"] });
    let (status, problem) = officer.tell(&path, order(&seen)).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(problem["detail"].to_string().contains("nothing was sent"), "{problem}");
    assert_eq!(sent(&pair, id), 0);

    let (_, seen) = read(&officer, &look).await;
    assert_eq!(seen["filing"]["fields"]["D04"], true);
    let (status, made) = officer.tell(&path, order(&seen)).await;
    assert_eq!((status, sent(&pair, id)), (StatusCode::CREATED, 1));
    pair.to_authority();
    pair.to_operator();
    let (_, list) = read(&officer, &format!("/api/v1/notify/incidents/{id}/filings")).await;
    let filing = &list["filings"][0];
    assert_eq!((&filing["record"], &filing["filing"]), (&made["record"], &seen["filing"]));
    assert_eq!(filing["said"][0]["from"], to);
    assert!(!filing["said"][0]["message"]["reference"].as_str().unwrap_or_default().is_empty());
}

#[tokio::test]
async fn what_stands_in_the_way_at_the_console_stands_in_the_way_of_a_program() {
    let pair = Pair::agreed();
    let open = open_incident(&pair.operator.desk, "Outage", false, "A. Berg").expect("opened");
    let drill = open_incident(&pair.operator.desk, "Cyber Europe", true, "A. Berg").expect("opened");
    for id in [open, drill] {
        pair.operator.decide(id, "applies NIS2", Outcome::Yes).expect("decided");
    }
    let officer = pair.operator.account("a.berg", Role::Officer);
    let to = pair.authority.desk.me.to_string();
    let path = |id| format!("/api/v1/notify/incidents/{id}/stages/nis2.ew/filing");
    let seen = |id| format!("{}?to={}", path(id), ui::query::encode(&to));
    let (_, look) = read(&officer, &seen(open)).await;
    assert!(look["lacks"].as_array().is_some_and(|codes| codes.contains(&json!("B01"))), "{look}");
    for id in [open, drill] {
        let (_, look) = read(&officer, &seen(id)).await;
        let (status, problem) = officer.tell(&path(id), json!({ "to": to, "seen": look["seen"] })).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
    }
    let stranger = format!("party:{}", "ab".repeat(16));
    let (status, problem) = officer.tell(&path(open), json!({ "to": stranger, "seen": "" })).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(problem["detail"].to_string().contains("to: is no authority"), "{problem}");
    for wrong in ["?to=", "?sector=", "?to=anssi"] {
        let (status, _) = read(&officer, &format!("{}{wrong}", path(open))).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let (status, _) = read(&officer, &format!("/api/v1/notify/incidents/{open}/stages/nothing/filing")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let analyst = pair.operator.account("m.roe", Role::Analyst);
    assert_eq!(read(&analyst, &path(open)).await.0, StatusCode::FORBIDDEN);
    assert_eq!((sent(&pair, open), sent(&pair, drill)), (0, 0));
}

#[tokio::test]
async fn a_program_waits_for_the_second_person_too() {
    let pair = Pair::agreed();
    let id = pair.incident();
    let officer = pair.operator.account("a.berg", Role::Officer);
    officer.post("/release/rules/add", &[("name", "all reports"), ("act", "notify stage submit")]).await;
    let to = pair.authority.desk.me.to_string();
    let path = format!("/api/v1/notify/incidents/{id}/stages/nis2.ew/filing");
    let (_, look) = read(&officer, &format!("{path}?to={}", ui::query::encode(&to))).await;
    assert_eq!(look["two"], json!(["all reports"]));
    let (status, held) = officer.tell(&path, json!({ "to": to, "seen": look["seen"] })).await;
    assert_eq!((status, sent(&pair, id)), (StatusCode::ACCEPTED, 0));
    assert_eq!(
        waiting(&pair.operator.desk).expect("read")[0].draft,
        held["draft"].as_str().expect("a draft")
    );
}
