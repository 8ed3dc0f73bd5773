//! Incidents from files: what is sound becomes statements, what is not is a finding with its place.

use desk::edge;
use http::StatusCode;
use notify::import::{Contents, Format, judge, read, take};
use notify::law;
use serde_json::{Value, json};

use crate::room::Room;

const CSV: &str = "field;value;estimate;source\r\ntitle;Outage in the north;;\r\ntz;Europe/Brussels;;\r\n\
    aware;2026-05-08T10:15:00;;\"call; from the plant\"\r\nimpact.users;12000;yes;\r\nawaer;2026-05-08;;\r\n\
    detected;2999-01-01T00:00:00Z;;\r\n";

fn misp() -> String {
    json!({"Event": {"info": "Ransomware at a hospital", "date": "2026-05-08",
        "Tag": [{"name": "rsit:malicious-code=\"infected-system\""}, {"name": "tlp:amber"}],
        "Attribute": [{"type": "ip-dst", "value": "192.0.2.7"}, {"type": "vulnerability", "value": "CVE-2026-0001"},
            {"type": "btc", "value": "bc1qexample"}, {"type": "ip-dst"}],
        "Object": [{"name": "file", "Attribute": [{"type": "sha256", "value": "ab".repeat(32)}]}]}})
    .to_string()
}

fn stix() -> String {
    json!({"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000001", "objects": [
        {"type": "incident", "name": "Intrusion", "description": "Mail server entered",
            "extensions": {"extension-definition--ef765651-680c-498d-9894-99799f2fa126": {
                "extension_type": "property-extension", "incident_types": ["compromised-system"],
                "detection_methods": ["human-review"]}}},
        {"type": "malware", "name": "Locker", "is_family": true, "malware_types": ["ransomware"]},
        {"type": "intrusion-set", "name": "Grey Wolf"},
        {"type": "indicator", "pattern": "[ipv4-addr:value = '192.0.2.7']"}]})
    .to_string()
}

fn value<'a>(contents: &'a Contents, field: &str) -> &'a Value {
    let found = contents.items.iter().find(|item| item.field == field);
    &found.unwrap_or_else(|| panic!("no {field} in {contents:?}")).value
}

#[test]
fn a_table_opens_an_incident_and_its_mistakes_are_named_by_line() {
    let room = Room::new();
    assert_eq!(Format::of(CSV), Format::Csv);
    let (id, taken) = take(&room.desk, None, read(Format::Csv, CSV), "A. Berg").expect("taken");
    let id = id.expect("opened");
    let places: Vec<&str> = taken.findings.iter().map(|finding| finding.place.as_str()).collect();
    assert_eq!(places, ["line 6", "line 7"], "{:?}", taken.findings);
    let case = room.case(id);
    assert_eq!((case.title.as_str(), case.statements.len()), ("Outage in the north", 3));
    let aware = taken.items.iter().find(|item| item.field == "aware").expect("a fact");
    assert_eq!(aware.source, "call; from the plant");
    assert!(taken.items.iter().any(|item| item.field == "impact.users" && item.estimate));
    let incident = case.incident(&law::embedded(), edge::now()).expect("sound");
    assert!(incident.has("C03") && incident.has("E05"));
}

#[test]
fn a_misp_event_and_a_stix_incident_fill_the_fields_that_they_know() {
    let event = read(Format::of(&misp()), &misp());
    assert_eq!(event.title.as_deref(), Some("Ransomware at a hospital"));
    assert_eq!(value(&event, "detected"), &json!("2026-05-08"));
    assert_eq!(value(&event, "D09"), &json!(["CVE-2026-0001"]));
    assert_eq!(value(&event, "R04"), &json!(["btc: bc1qexample"]));
    assert_eq!(event.findings[0].place, "/Event/Attribute/3");
    let incident = read(Format::of(&stix()), &stix());
    assert_eq!(value(&incident, "D01"), &json!("Mail server entered"));
    assert_eq!(value(&incident, "D12"), &json!(["Grey Wolf"]));
    assert_eq!(value(&incident, "R01"), &json!(["Locker"]));
    assert_eq!(value(&incident, "D02"), &json!(["compromised-system"]));
    for (format, text, place) in [
        (Format::Json, "{\"aware\": ", "line 1, column 10"),
        (Format::Json, "[1]", "/"),
        (Format::Stix, "{\"type\":\"bundle\",\"objects\":[]}", "/objects"),
        (Format::Csv, "a,b\n1,2", "line 1"),
        (Format::Csv, "", "line 1"),
        (Format::Misp, "{}", "/"),
    ] {
        let found = read(format, text);
        assert_eq!(found.findings.first().map(|finding| finding.place.as_str()), Some(place), "{text}");
        assert!(found.items.is_empty());
    }
}

#[test]
fn our_own_form_is_judged_like_what_people_type() {
    let room = Room::new();
    let text = json!({"title": "A breach", "exercise": true, "regimes": {"GDPR": true, "NIS9": true},
        "aware": "2026-05-08T10:00:00", "tz": "Europe/Paris", "fields": {"B01": "Clinic"},
        "facts": [{"field": "loss_eur", "value": "much", "source": "guess"}, {"value": 1}],
        "submitted(gdpr.33)": "2026-05-09"})
    .to_string();
    let case = room
        .case(notify::commands::open_incident::open_incident(&room.desk, "x", true, "A").expect("opened"));
    let judged = judge(&law::embedded(), &case, read(Format::Json, &text), "A. Berg", edge::now());
    let stated: Vec<&str> = judged.items.iter().map(|item| item.field.as_str()).collect();
    assert_eq!(stated, ["tz", "aware", "B01", "applies GDPR"]);
    let mut places: Vec<&str> = judged.findings.iter().map(|finding| finding.place.as_str()).collect();
    places.sort_unstable();
    assert_eq!(places, ["/facts/0", "/facts/1", "/regimes/NIS9", "/submitted(gdpr.33)"]);
}

#[tokio::test]
async fn a_file_is_looked_at_before_it_opens_anything_and_programs_send_it_too() {
    let room = Room::new();
    let officer = room.person("officer", model::Tlp::Red);
    let look = [("document", CSV), ("format", "")];
    let (_, form) = officer.get("/notify/incidents/import", "en").await;
    let guess = form.split_once("<select id=\"format\" name=\"format\"").expect("a choice of forms").1;
    assert!(guess.starts_with('>'), "a browser lets the form go with nothing chosen");
    let (status, page) = officer.post("/notify/incidents/import", &look).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("3 facts can be taken over") && page.contains("Line 6"), "{page}");
    assert!(notify::case::listed(&room.desk.views, u64::MAX, 9).expect("read").is_empty());
    let sure = [("document", CSV), ("format", "csv"), ("sure", "yes")];
    let (status, place) = officer.post("/notify/incidents/import", &sure).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(place.ends_with("/laws"));
    let (status, made) = officer.tell("/api/v1/notify/incidents/import", json!({"document": misp()})).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    assert_eq!(made["findings"].as_array().map(Vec::len), Some(1));
    let nothing = json!({"document": "{", "format": "json"});
    assert_eq!(
        officer.tell("/api/v1/notify/incidents/import", nothing).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(notify::case::listed(&room.desk.views, u64::MAX, 9).expect("read").len(), 2);
}
