//! The forms that machines read: the template of DORA by its numbers, and what Form 8-K tags.

use desk::edge;
use desk::local::Role;
use http::StatusCode;
use model::IncidentId;
use notify::commands::open_incident::open_incident;
use notify::template::template;
use records::determination::Outcome;
use serde_json::{Value, json};

use crate::room::Room;

fn bank() -> (Room, IncidentId) {
    let room = Room::new();
    let id = open_incident(&room.desk, "Payments are down", false, "A. Berg").expect("opened");
    for question in ["applies DORA", "applies SEC-8K", "major", "material"] {
        room.decide(id, question, Outcome::Yes).expect("decided");
    }
    for (field, value) in [
        ("tz", json!("Europe/Brussels")),
        ("aware", json!(edge::now().to_string())),
        ("B01", json!("Bank of the North")),
        ("B08", json!("EUR")),
        ("D01", json!("Payments were refused for an hour")),
        ("E06", json!("Some 40 000 clients")),
        ("H03", json!(true)),
    ] {
        room.state(id, field, value).expect("stated");
    }
    (room, id)
}

fn number<'a>(form: &'a Value, number: &str) -> &'a Value {
    let fields = form["fields"].as_array().expect("fields");
    fields.iter().find(|field| field["number"] == number).unwrap_or(&Value::Null)
}

#[test]
fn the_template_of_dora_stands_by_number_and_in_the_shape_of_its_json() {
    let (room, id) = bank();
    let library = notify::law::embedded();
    let made = |stage: &str| {
        let made = template(&library, &room.case(id), stage, edge::now());
        serde_json::to_value(made.expect("a form")).expect("JSON")
    };
    let first = made("dora.i");
    assert_eq!(first["report"]["incidentSubmission"], "initial_notification");
    assert_eq!(first["report"]["affectedEntity"][0]["name"], "Bank of the North");
    assert_eq!(first["report"]["incident"]["incidentDescription"], "Payments were refused for an hour");
    assert_eq!(first["report"]["incident"]["isBusinessContinuityActivated"], true);
    assert!(first["report"]["incident"]["classificationDateTime"].is_string(), "the decision says when");
    assert_eq!(number(&first, "2.1")["value"], id.to_string());
    let sure = |at: &str| number(&first, at)["confidence"].clone();
    assert_eq!(
        [sure("1.1"), sure("1.2"), sure("1.4")],
        ["B", "C", "B"],
        "no number is surer than its source"
    );
    assert!(number(&first, "3.4").is_null(), "the first notification has no third part");
    let second = made("dora.m");
    assert_eq!(number(&second, "3.4")["text"], "Some 40 000 clients");
    assert_eq!(
        number(&second, "3.9")["see"],
        "3.4",
        "one text covers several numbers, and says where it stands"
    );
    assert!(!second["open"].as_array().expect("a list").is_empty(), "what the sources do not say is said");

    // Stated as an object, each number has its own.
    room.state(id, "E06", json!({ "clients": { "number": 40000 }, "transactions": { "number": 7 } }))
        .expect("stated");
    let second = made("dora.m");
    assert_eq!(second["report"]["impactAssessment"]["affectedAssets"]["affectedClients"]["number"], 40000);
    assert_eq!(number(&second, "3.9")["value"], 7);
    assert!(number(&second, "3.6")["value"].is_null());
    room.submit(id, "dora.i", edge::now()).expect("noted");
    assert_eq!(number(&made("dora.m"), "3.1")["value"], "REF-1", "the reference that the authority gave");
    assert!(template(&library, &room.case(id), "nis2.ew", edge::now()).is_none(), "no form is made up");
}

#[test]
fn form_8_k_names_its_elements_and_what_is_not_known_yet() {
    let (room, id) = bank();
    let made = template(&notify::law::embedded(), &room.case(id), "sec.105", edge::now()).expect("a form");
    let made = serde_json::to_value(made).expect("JSON");
    let nature = &made["report"]["MaterialCybersecurityIncidentNatureTextBlock"];
    assert_eq!(nature, "Payments were refused for an hour");
    let open = &made["report"]["MaterialCybersecurityIncidentInformationNotAvailableOrUndeterminedTextBlock"];
    assert!(open.as_str().expect("a text").contains("When it happened"), "{open}");
}

#[tokio::test]
async fn the_page_lists_the_numbers_to_copy_and_gives_the_file() {
    let (room, id) = bank();
    let officer = room.account("a.berg", Role::Officer);
    let there = format!("/notify/incidents/{id}/stages/dora.i");
    let (_, page) = officer.get(&there, "fr").await;
    assert!(page.contains("incident.detectionDateTime") && page.contains("2.10"), "{page}");
    assert_eq!(page.matches("C : à comparer avec l’annexe").count(), 12, "1.2 to 1.14 without 1.4");
    let (status, file) = officer.get(&format!("{there}/template"), "en").await;
    assert_eq!(status, StatusCode::OK);
    let file: Value = serde_json::from_str(&file).expect("JSON");
    assert_eq!(file["form"], "Implementing Regulation (EU) 2025/302, Annex I");
    let none = format!("/notify/incidents/{id}/stages/dora.cl/template");
    assert_eq!(officer.get(&none, "en").await.0, StatusCode::NOT_FOUND);
}
