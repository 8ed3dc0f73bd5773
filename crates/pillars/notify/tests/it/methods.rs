//! How a party assesses risk: declared on a page or by a program, seen by those who may, replaced by a newer word.

use desk::local::Role;
use http::StatusCode;
use model::Tlp;
use serde_json::{Value, json};

use crate::room::Room;

#[tokio::test]
async fn a_practice_is_said_on_the_page_and_the_newest_word_holds() {
    let room = Room::new();
    let officer = room.person("officer", Tlp::Red);
    let form = |scope: &'static str, departs: &'static str, ended: &'static str| {
        vec![
            ("method", "ebios-rm"),
            ("scope", scope),
            ("departs", departs),
            ("tlp", "GREEN"),
            ("ended", ended),
        ]
    };
    let (_, refused) = officer.post("/notify/methods/declare", &form("", "", "")).await;
    assert!(refused.contains("say what the method is used for"));
    let (status, place) =
        officer.post("/notify/methods/declare", &form("hospitals", "four levels", "")).await;
    assert_eq!((status, place.as_str()), (StatusCode::SEE_OTHER, "/notify/methods"));
    officer.post("/notify/methods/declare", &form("hospitals", "five levels", "")).await;
    for language in ["en", "fr"] {
        let (status, page) = officer.get("/notify/methods", language).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("five levels") && !page.contains("four levels") && page.contains("TLP:GREEN"));
        assert!(!page.contains('⟦') && !page.contains("style="), "{language}");
    }
    officer.post("/notify/methods/declare", &form("hospitals", "", "on")).await;
    assert!(officer.get("/notify/methods", "en").await.1.contains("Nobody has said so yet"));
}

#[tokio::test]
async fn the_register_and_the_crosswalk_are_pages_and_an_api() {
    let room = Room::new();
    let officer = room.person("officer", Tlp::Red);
    let (_, french) = officer.get("/notify/methods/ebios-rm", "fr").await;
    assert!(french.contains("Atelier") || french.contains("Sources de risque et objectifs visés"));
    let (status, walk) =
        officer.get("/notify/methods/crosswalk?from=iso-27005&to=nist-sp-800-30", "en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        walk.contains("Clause 7.3.3") && walk.contains("Task 2-4") && walk.contains("never a conversion")
    );
    assert_eq!(
        officer.get("/notify/methods/crosswalk?from=iso-27005&to=x", "en").await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(officer.get("/notify/methods/guesswork", "en").await.0, StatusCode::NOT_FOUND);
    let (_, told) = officer.get("/api/v1/notify/methods/crosswalk?from=ebios-rm&to=bsi-200-3", "en").await;
    let told: Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(told["scales"].as_array().map(Vec::len), Some(3));
    let empty = officer.get("/api/v1/notify/methods/crosswalk?from=&to=bsi-200-3", "en").await;
    assert_eq!(empty.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn programs_say_it_and_those_who_may_not_are_refused() {
    let room = Room::new();
    let officer = room.person("officer", Tlp::Red);
    let body =
        json!({"method": "in-house", "scope": "space systems", "tlp": "AMBER", "contact": "risk office"});
    let (status, made) = officer.tell("/api/v1/notify/methods/practices", body.clone()).await;
    assert_eq!(status, StatusCode::CREATED);
    assert!(made["record"].as_str().is_some_and(|record| record.starts_with("record:")));
    let (status, _) = officer
        .tell("/api/v1/notify/methods/practices", json!({"method": " ", "scope": "x", "tlp": "GREEN"}))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let listed = |text: String| {
        serde_json::from_str::<Value>(&text).expect("JSON")["practices"].as_array().map(Vec::len)
    };
    assert_eq!(listed(officer.get("/api/v1/notify/methods", "en").await.1), Some(1));
    let guest = room.person("guest", Tlp::Green);
    assert_eq!(
        listed(guest.get("/api/v1/notify/methods", "en").await.1),
        Some(0),
        "marked above their clearance"
    );
    let analyst = room.account("analyst", Role::Analyst);
    assert_eq!(analyst.tell("/api/v1/notify/methods/practices", body).await.0, StatusCode::FORBIDDEN);
}
