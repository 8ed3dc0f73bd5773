//! What people do on the pages and programs over the API: the same statements as on the command line.

use http::StatusCode;
use model::IncidentId;
use model::time::SignedDuration;
use notify::commands::open_incident::open_incident;
use notify::heads::{conflicts, heads};
use notify::plan::State;
use packs::Library;
use records::determination::Outcome;
use serde_json::{Value, json};

use crate::room::{Person, Room};
use desk::edge;

/// An incident to which NIS2 applies, known for an hour.
fn incident(room: &Room) -> IncidentId {
    let id = open_incident(&room.desk, "Outage in the north", false, "A. Berg").expect("opened");
    room.state(id, "tz", json!("Europe/Brussels")).expect("stated");
    room.decide(id, "applies NIS2", Outcome::Yes).expect("decided");
    let aware = edge::now() - SignedDuration::from_hours(1);
    room.state(id, "aware", json!(aware.to_string())).expect("stated");
    id
}

/// The hidden parameters that the page's form carries for a question.
fn hidden(page: &str, name: &str) -> String {
    let place = format!("name=\"{name}\" value=\"");
    let rest = page.split_once(&place).unwrap_or_else(|| panic!("no {name} in the form")).1;
    rest.split_once('"').expect("its end").0.to_owned()
}

#[tokio::test]
async fn an_incident_is_opened_and_taken_through_its_first_report_on_the_pages_alone() {
    let room = Room::new();
    let officer = room.person("officer", model::Tlp::Red);
    let form = [("title", "Ransom note on the file server"), ("exercise", "")];
    let (status, place) = officer.post("/notify/incidents/open", &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let laws = [("law-NIS2", "yes"), ("law-DORA", "no"), ("by", "B. Reed, CISO"), ("rationale", "energy")];
    let (status, intake) = officer.post(&place, &laws).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = officer.get(&intake, "en").await;
    assert!(page.contains("f-tz") && page.contains("f-aware") && page.contains("Legal name of the entity"));
    let (status, _) = officer
        .post(
            &intake,
            &[("k", "tz"), ("f-tz", "Europe/Brussels"), ("k", "B01"), ("f-B01", "Grid of the North")],
        )
        .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let wall = (edge::now() - SignedDuration::from_hours(2))
        .to_zoned(model::time::zone("Europe/Brussels").expect("a zone"));
    let typed = wall.strftime("%Y-%m-%dT%H:%M").to_string();
    officer.post(&intake, &[("k", "aware"), ("f-aware", &typed)]).await;
    let id = room.only();
    let plan = room.plan(id, edge::now());
    let warning = plan.obligations.iter().find(|duty| duty.stage == "nis2.ew").expect("a duty");
    assert_eq!(warning.state, State::Open);
    assert!(!warning.missing.iter().any(|field| field.code == "B01" || field.code == "C03"));
    assert!(plan.excluded.iter().any(|out| out.regime == "DORA"));
    let stage = format!("/notify/incidents/{id}/stages/nis2.ew");
    let (_, form) = officer.get(&stage, "fr").await;
    assert!(form.contains("Grid of the North") && form.contains("Calcul de l’échéance"));
    let filed = [("at", ""), ("channel", "portal"), ("reference", "2026-4711"), ("evidence", "receipt 17")];
    let (status, _) = officer.post(&format!("{stage}/file"), &filed).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let sent = room.plan(id, edge::now());
    assert_eq!(
        sent.obligations.iter().find(|duty| duty.stage == "nis2.ew").expect("a duty").state,
        State::Sent
    );
}

#[tokio::test]
async fn two_people_at_once_contradict_each_other_and_lose_nothing() {
    let room = Room::new();
    let id = incident(&room);
    let (anna, ben) = (room.person("anna", model::Tlp::Red), room.person("ben", model::Tlp::Red));
    let intake = format!("/notify/incidents/{id}/intake");
    let (_, page) = anna.get(&intake, "en").await;
    assert_eq!(hidden(&page, "s-B05"), "", "nobody has stated it");
    let says = |value| [("k", "B05"), ("f-B05", value), ("w-B05", ""), ("s-B05", "")];
    anna.post(&intake, &says("energy")).await;
    ben.post(&intake, &says("transport")).await;
    let case = room.case(id);
    let library = Library::embedded();
    let standing = heads(&case, library, "B05");
    let said: Vec<(&Value, &str)> = standing.iter().map(|head| (&head.fact.value, &*head.fact.by)).collect();
    assert_eq!(said, [(&json!("energy"), "anna"), (&json!("transport"), "ben")]);
    assert_eq!(conflicts(&case, library).len(), 1);
    let (_, page) = ben.get(&intake, "en").await;
    assert!(page.contains("Two people said different things: Sectors"));
    // Ben keeps what Anna said; her statement and his stay in the ledger, and one stands.
    let both = standing.iter().filter_map(|head| head.statement.record).map(|id| id.to_string());
    let both = both.collect::<Vec<_>>().join(" ");
    ben.post(&intake, &[("k", "B05"), ("j-B05", "\"energy\""), ("s-B05", &both)]).await;
    let case = room.case(id);
    assert!(conflicts(&case, library).is_empty());
    assert_eq!(heads(&case, library, "B05").len(), 1);
    assert!(!ben.get(&intake, "en").await.1.contains("Two people said"));
}

#[tokio::test]
async fn what_was_not_touched_is_not_written_and_what_is_wrong_is_shown_at_its_field() {
    let room = Room::new();
    let id = incident(&room);
    let officer = room.person("officer", model::Tlp::Red);
    let intake = format!("/notify/incidents/{id}/intake");
    let before = room.case(id).statements.len();
    officer.post(&intake, &[("k", "B05"), ("f-B05", "energy"), ("w-B05", "energy"), ("s-B05", "")]).await;
    assert_eq!(room.case(id).statements.len(), before, "shown and sent back unchanged");
    let wrong = [("k", "B01"), ("f-B01", "Grid"), ("k", "loss_eur"), ("f-loss_eur", "much")];
    let (status, page) = officer.post(&intake, &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("see the fields marked below"));
    assert_eq!(room.case(id).statements.len(), before + 1, "what was right is kept");
    let quiet =
        officer.post_with(&intake, &[("k", "B10"), ("f-B10", "duty desk")], &[("x-autosave", "1")]).await;
    assert_eq!(quiet.0, StatusCode::OK);
    let said: Value = serde_json::from_str(&quiet.1).expect("JSON");
    let seen = said["fields"][0]["seen"].as_str().expect("the statement");
    assert!(seen.starts_with("record:") && said["fields"][0]["fault"] == "");
    // Typing on replaces the statement just made: no contradiction with oneself.
    let more = [("k", "B10"), ("f-B10", "duty desk, +32 2"), ("w-B10", "duty desk"), ("s-B10", seen)];
    officer.post_with(&intake, &more, &[("x-autosave", "1")]).await;
    assert_eq!(heads(&room.case(id), Library::embedded(), "B10").len(), 1);
}

#[tokio::test]
async fn programs_write_what_people_write_and_are_refused_alike() {
    let room = Room::new();
    let officer = room.person("officer", model::Tlp::Red);
    let (status, made) = officer.tell("/api/v1/notify/incidents", json!({"title": "A breach"})).await;
    assert_eq!(status, StatusCode::CREATED);
    let id = made["id"].as_str().expect("an id").to_owned();
    let at = |end: &str| format!("/api/v1/notify/incidents/{id}/{end}");
    let fact = json!({"field": "tz", "value": "Europe/Paris", "source": "register"});
    assert_eq!(officer.tell(&at("facts"), fact).await.0, StatusCode::CREATED);
    let made =
        json!({"question": "applies GDPR", "outcome": "yes", "by": "C. Roy, DPO", "rationale": "clients"});
    assert_eq!(officer.tell(&at("determinations"), made).await.0, StatusCode::CREATED);
    let sent = json!({"stage": "gdpr.33", "channel": "portal", "reference": "F-1"});
    assert_eq!(officer.tell(&at("submissions"), sent).await.0, StatusCode::CREATED);
    assert_eq!(room.case(id.parse().expect("an id")).statements.len(), 3);
    for (end, wrong, field) in [
        ("facts", json!({"field": "awaer", "value": 1}), "awaer"),
        ("facts", json!({"field": "aware", "value": "2999-01-01T00:00:00Z"}), "aware"),
        (
            "determinations",
            json!({"question": "nice", "outcome": "yes", "by": "A", "rationale": "b"}),
            "nice",
        ),
        ("submissions", json!({"stage": "nis2.xx", "channel": "portal"}), "nis2.xx"),
        ("facts", json!({"field": "tz"}), "value"),
    ] {
        let (status, problem) = officer.tell(&at(end), wrong).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{problem}");
        assert!(problem["detail"].as_str().expect("a sentence").contains(field), "{problem}");
    }
    let auditor = room.account("auditor", desk::local::Role::Auditor);
    let (status, _) = auditor.tell("/api/v1/notify/incidents", json!({"title": "x"})).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_board_shows_what_is_due_next_to_those_who_may_see_it() {
    let room = Room::new();
    let id = incident(&room);
    let late = open_incident(&room.desk, "Old breach", false, "A. Berg").expect("opened");
    room.decide(late, "applies GDPR", Outcome::Yes).expect("decided");
    room.state(late, "aware", json!((edge::now() - SignedDuration::from_hours(90)).to_string()))
        .expect("stated");
    let blank = open_incident(&room.desk, "Strange mail", false, "A. Berg").expect("opened");
    let officer = room.person("officer", model::Tlp::Red);
    let (_, board) = officer.get("/notify/clocks", "en").await;
    let place = |text: &str| board.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(place("gdpr.33") < place("nis2.ew"), "the overdue stands first");
    assert!(board.contains("1 overdue") && board.contains("Strange mail"));
    let (_, wall) = officer.get("/notify/clocks?wall=1", "fr").await;
    assert!(wall.contains("class=\"wall\"") && !wall.contains("⟦"));
    assert!(
        !officer.get("/notify/clocks?officer=officer", "en").await.1.contains("nis2.ew"),
        "nobody took it"
    );
    officer.post(&format!("/notify/incidents/{id}/assign"), &[("officer", "officer")]).await;
    assert!(officer.get("/notify/clocks?officer=officer", "en").await.1.contains("nis2.ew"));
    let one = officer.get(&format!("/notify/clocks?incident={late}"), "en").await.1;
    assert!(one.contains("gdpr.33") && !one.contains("nis2.ew"));
    let guest = room.person("guest", model::Tlp::Green);
    let (_, nothing) = guest.get("/notify/clocks", "en").await;
    assert!(nothing.contains("No clock is running") && !nothing.contains("Strange mail"));
    assert_eq!(room.case(blank).statements.len(), 0);
}

#[tokio::test]
async fn a_calendar_reads_both_dates_by_an_address_that_its_owner_can_make_void() {
    let room = Room::new();
    let id = incident(&room);
    let officer = room.person("officer", model::Tlp::Red);
    let (_, page) = officer.get("/notify/calendar", "en").await;
    let address = page.split_once("href=\"/notify/calendar/").expect("an address").1;
    let address = format!("/notify/calendar/{}", address.split_once('"').expect("its end").0);
    let calendar = Person { cookie: String::new(), ..officer.clone() };
    let (status, feed) = calendar.get(&address, "en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(feed.starts_with("BEGIN:VCALENDAR\r\n") && feed.ends_with("END:VCALENDAR\r\n"));
    let feed = feed.replace("\r\n ", "");
    for kind in ["alarm", "limit"] {
        assert!(feed.contains(&format!("UID:{kind}.nis2.ew.{}@entente", id.0)), "{feed}");
    }
    assert_eq!(feed.matches("BEGIN:VEVENT").count(), feed.matches("DTSTART:").count());
    let forged = address.replace("officer", "another");
    assert_eq!(calendar.get(&forged, "en").await.0, StatusCode::NOT_FOUND);
    officer.post("/notify/calendar", &[]).await;
    assert_eq!(calendar.get(&address, "en").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_if_shows_what_would_move_and_writes_nothing() {
    let room = Room::new();
    let id = incident(&room);
    let officer = room.person("officer", model::Tlp::Red);
    let before = room.case(id).statements.len();
    let earlier = edge::now() - SignedDuration::from_hours(200);
    let ask = format!("/notify/incidents/{id}/whatif?fact=aware&value={earlier}");
    let (_, page) = officer.get(&ask, "en").await;
    assert!(page.contains("nis2.ew") && page.contains("Overdue"), "{page}");
    let (_, page) =
        officer.get(&format!("/notify/incidents/{id}/whatif?fact=applies+NIS2&value=no"), "en").await;
    assert!(page.contains("nis2.ew"));
    let (_, page) = officer.get(&format!("/notify/incidents/{id}/whatif?fact=aware&value=soon"), "en").await;
    assert!(page.contains("is no instant"));
    assert_eq!(room.case(id).statements.len(), before);
}
