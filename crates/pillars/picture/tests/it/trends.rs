//! What is counted as spoken of, and how it moves.

use http::StatusCode;
use model::Tlp;
use serde_json::{Value, json};

use crate::world::{World, id, named, object, relation};

fn trend<'a>(answer: &'a Value, name: &str) -> &'a Value {
    let rows = answer["trends"].as_array().expect("rows");
    rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("no {name} in {answer}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_actor_is_counted_for_each_thing_said_about_it() {
    let world = World::new();
    let officer = world.person("duty", Tlp::Red);
    let (actor, tool) = (named("intrusion-set", 1, 3, "GREY HERON"), named("malware", 1, 3, "BEACON"));
    let report =
        object("report", 1, 2, json!({ "name": "Weekly", "object_refs": [actor["id"], tool["id"]] }));
    world.state(Tlp::Green, &[actor.clone(), tool.clone(), relation(1, 2, &actor, "uses", &tool), report]);
    let answer = world.json(&officer, "/api/v1/picture/trends").await;
    let heron = trend(&answer, "GREY HERON");
    assert_eq!((&heron["now"], &heron["before"], &heron["moved"]), (&json!(3), &json!(0), &json!("new")));
    assert_eq!(heron["by"], json!([world.desk.me.to_string()]));
    assert_eq!(heron["series"].as_array().expect("days").len(), 28);
    let malware = world.json(&officer, "/api/v1/picture/trends?topic=malware").await;
    assert_eq!(trend(&malware, "BEACON")["now"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sector_is_hit_when_one_of_its_own_was_targeted_or_saw_something() {
    let world = World::new();
    let officer = world.person("duty", Tlp::Red);
    let actor = named("intrusion-set", 1, 3, "GREY HERON");
    let operator = object("identity", 1, 9, json!({ "name": "North Grid", "sectors": ["energy", "water"] }));
    let sighting = object(
        "sighting",
        1,
        1,
        json!({ "sighting_of_ref": id("malware", 1), "where_sighted_refs": [operator["id"]] }),
    );
    world.state(Tlp::Green, &[actor.clone(), operator.clone()]);
    let quiet = world.json(&officer, "/api/v1/picture/trends?topic=sectors").await;
    assert_eq!(quiet["trends"], json!([]), "to be known is not to be hit");
    world.hear(Tlp::Green, &[relation(1, 2, &actor, "targets", &operator), sighting]);
    let hit = world.json(&officer, "/api/v1/picture/trends?topic=sectors").await;
    for sector in ["Energy", "Water"] {
        assert_eq!(trend(&hit, sector)["now"], 2);
        assert_eq!(trend(&hit, sector)["by"], json!([world.west.to_string()]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_is_that_of_the_place_at_which_the_target_is() {
    let world = World::new();
    let officer = world.person("duty", Tlp::Red);
    let actor = named("intrusion-set", 1, 3, "GREY HERON");
    let operator = named("identity", 1, 9, "North Grid");
    let place =
        object("location", 1, 9, json!({ "name": "Ghent", "country": "be", "region": "western-europe" }));
    let located = relation(1, 2, &operator, "located-at", &place);
    world.state(Tlp::Green, &[actor.clone(), operator.clone(), place, located]);
    world.state(Tlp::Green, &[relation(2, 2, &actor, "targets", &operator)]);
    let answer = world.json(&officer, "/api/v1/picture/trends?topic=countries").await;
    assert_eq!(
        (&trend(&answer, "Belgium")["now"], &trend(&answer, "Belgium")["id"]),
        (&json!(1), &json!("BE"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rising_back_and_fading_follow_the_days_on_which_authors_speak() {
    let world = World::new();
    let officer = world.person("duty", Tlp::Red);
    let mut said = Vec::new();
    for (n, days) in [(1, vec![1, 2, 3, 9]), (2, vec![2, 300]), (3, vec![1, 8, 9, 10])] {
        let actor = id("intrusion-set", n);
        for (times, day) in days.into_iter().enumerate() {
            let report = 10 * n + times as u32;
            said.push(object("report", report, day, json!({ "name": "r", "object_refs": [actor] })));
        }
        said.push(object("intrusion-set", n, 390, json!({ "name": format!("SET {n}") })));
    }
    world.state(Tlp::Clear, &said);
    let answer = world.json(&officer, "/api/v1/picture/trends?days=7").await;
    let moved = |name: &str| trend(&answer, name)["moved"].as_str().expect("a word").to_owned();
    assert_eq!(
        (moved("SET 1"), moved("SET 2"), moved("SET 3")),
        ("rising".into(), "back".into(), "fading".into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_says_the_same_in_both_languages_and_refuses_what_is_none() {
    let world = World::new();
    let officer = world.person("duty", Tlp::Red);
    let (_, empty) = world.get(&officer, "fr", "/picture/trends").await;
    assert!(empty.contains("Personne n’en a parlé"));
    world.state(Tlp::Amber, &[named("intrusion-set", 1, 3, "GREY <HERON>")]);
    for (lang, says) in [("en", "New"), ("fr", "Nouveau")] {
        let (status, page) = world.get(&officer, lang, "/picture/trends?topic=actors&days=91").await;
        assert_eq!(status, StatusCode::OK);
        assert!(
            page.contains("GREY &lt;HERON&gt;") && page.contains(says) && page.contains("TLP:AMBER"),
            "{lang}"
        );
    }
    for wrong in ["?days=5", "?at=soon"] {
        let (status, _) = world.get(&officer, "en", &format!("/picture/trends{wrong}")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let (status, _) = world.get(&officer, "en", "/api/v1/picture/trends?topic=weather").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}
