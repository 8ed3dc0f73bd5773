//! A fact that cannot be right is refused at its field, with what to do; an unknown one is not.

use desk::edge;
use desk::local::Role;
use http::StatusCode;
use model::time::SignedDuration;
use notify::Facts;
use notify::commands::open_incident::open_incident;
use notify::import::{self, Format};
use packs::Library;
use serde_json::{Value, json};

use crate::room::Room;

fn read(input: Value) -> Result<Facts, String> {
    let object = input.as_object().expect("an object").clone();
    Facts::read(&object, Library::embedded()).map_err(|error| error.to_string())
}

#[test]
fn bad_facts_are_refused_at_their_field() {
    let cases = [
        (json!({"regime": "NIS3"}), "regime: no pack is called \"NIS3\""),
        (json!({"tz": "Europe/Atlantis"}), "tz: no time zone is called"),
        (json!({"holidays": "ZZ"}), "holidays: no calendar has the code \"ZZ\""),
        (json!({"aware": "yesterday"}), "aware: \"yesterday\" is no instant"),
        (json!({"aware": "2026-02-30"}), "aware: \"2026-02-30\" is no instant"),
        (json!({"aware": "0026-02-20T10:00:00Z"}), "aware: "),
        (json!({"aware": 17}), "aware: write an instant"),
        (json!({"aware": "2026-11-20T16:20:00"}), "aware: has no offset"),
        (json!({"aware": "2026-10-25T02:30:00", "tz": "Europe/Paris"}), "aware: was shown twice or never"),
        (json!({"aware": "2027-03-28T02:30:00", "tz": "Europe/Paris"}), "aware: was shown twice or never"),
        (json!({"submitted(nis2.inn)": "2026-11-20T16:20:00Z"}), "submitted(nis2.inn): no stage"),
        (json!({"ongoing": "perhaps"}), "ongoing: write true, false"),
        (json!({"affected_individuals": -1}), "affected_individuals: write a number"),
        (json!({"occurred": "2026-11-21T00:00:00Z", "aware": "2026-11-20T12:00:00Z"}), "aware: lies before"),
    ];
    for (input, said) in cases {
        let fault = read(input.clone()).expect_err("refused");
        assert!(fault.starts_with(said), "{input}: {fault}");
    }
}

#[test]
fn a_wall_time_without_offset_is_that_of_the_zone() {
    let facts = read(json!({"aware": "2026-11-20T16:20:00", "tz": "Europe/Paris"})).expect("facts");
    let same = read(json!({"aware": "2026-11-20T15:20:00Z", "tz": "Europe/Paris"})).expect("facts");
    assert_eq!(facts.moments, same.moments);
}

#[test]
fn unknown_is_not_no() {
    let facts =
        read(json!({"aware": null, "ongoing": "unknown", "affected_individuals": null})).expect("facts");
    assert!(facts.moments.is_empty() && facts.truths.is_empty() && facts.numbers.is_empty());
}

#[test]
fn what_no_clock_knows_is_named_and_not_used() {
    assert_eq!(read(json!({"weather": "rain"})).expect("facts").unused, ["weather"]);
}

#[test]
fn other_names_of_a_fact_lead_to_it() {
    let facts = read(json!({"notified_LE": "2026-11-18", "individuals": 3})).expect("facts");
    assert!(facts.moments.contains_key("notified_law_enforcement"));
    assert_eq!(facts.numbers["affected_individuals"], 3.0);
}

/// What cannot be right, and what is said at its field.
fn wrong() -> Vec<(&'static str, Value, &'static str)> {
    let future = (edge::now() + SignedDuration::from_hours(5)).to_string();
    vec![
        ("tz", json!("Europe/Atlantis"), "no time zone is called"),
        ("country", json!("XX"), "no country has the code"),
        ("B08", json!("EURO"), "no currency has the code"),
        ("reporting_currency", json!("XYZ"), "no currency has the code"),
        ("aware", json!("yesterday"), "is no instant"),
        ("aware", json!(future), "lies in the future"),
        ("aware", json!("2020-01-01T00:00:00Z"), "lies before"),
        ("ongoing", json!("perhaps"), "write true, false"),
        ("weather", json!("rain"), "no fact and no field is called"),
    ]
}

#[tokio::test]
async fn what_cannot_be_right_is_refused_at_every_door_with_what_to_do() {
    let room = Room::new();
    let id = open_incident(&room.desk, "Outage", false, "A. Berg").expect("opened");
    room.state(id, "occurred", json!("2026-11-01T00:00:00Z")).expect("stated");
    let officer = room.account("a.berg", Role::Officer);
    let before = room.case(id).statements.len();
    for (field, value, said) in wrong() {
        let told = json!({ "field": field, "value": value });
        let (status, answer) = officer.tell(&format!("/api/v1/notify/incidents/{id}/facts"), told).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        let detail = answer["detail"].as_str().unwrap_or_default();
        assert!(detail.contains(said), "{field} {value}: {detail}");

        let typed = value.as_str().unwrap_or_default().to_owned();
        let (name, raw) = (format!("f-{field}"), format!("j-{field}"));
        let form = [("k", field), (name.as_str(), typed.as_str()), (raw.as_str(), &value.to_string())];
        let (status, page) = officer.post(&format!("/notify/incidents/{id}/intake"), &form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        assert!(
            field == "weather" || page.contains(said) || page.contains("see the fields marked below"),
            "{page}"
        );

        let file = json!({ "facts": [{ "field": field, "value": value }, { "field": "occurred", "value": "2026-11-01T00:00:00Z" }] });
        let contents = import::read(Format::Json, &file.to_string());
        let (_, judged) = import::take(&room.desk, None, contents, "A. Berg").expect("read");
        assert!(
            judged.findings.iter().any(|finding| finding.fault.to_string().contains(said)),
            "{field} {value}: {:?}",
            judged.findings
        );
    }
    assert_eq!(room.case(id).statements.len(), before, "nothing of it was written");
    room.state(id, "B08", json!("EUR")).expect("stated");
    room.state(id, "B08", Value::Null).expect("unknown is not wrong");
}
