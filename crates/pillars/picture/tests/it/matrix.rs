//! The matrix and the map: from what objects say, narrowed by actor and sector, side by side.

use http::StatusCode;
use model::Tlp;
use serde_json::{Value, json};

use crate::world::{World, id, named, object, relation};

fn technique(n: u32, days: i64, number: &str, phases: &[&str]) -> Value {
    let phases: Vec<Value> =
        phases.iter().map(|p| json!({ "kill_chain_name": "mitre-attack", "phase_name": p })).collect();
    let more = json!({ "name": format!("Technique {n}"), "kill_chain_phases": phases,
        "external_references": [{ "source_name": "mitre-attack", "external_id": number }] });
    object("attack-pattern", n, days, more)
}

/// Two actors with a technique each; the first hits the energy sector through its malware.
fn told() -> Vec<Value> {
    let (heron, owl) =
        (named("intrusion-set", 1, 5, "GREY HERON"), named("intrusion-set", 2, 5, "NIGHT OWL"));
    let beacon = named("malware", 1, 5, "BEACON");
    let first = technique(1, 40, "T1190", &["initial-access"]);
    let second = technique(2, 40, "T1078", &["persistence", "initial-access"]);
    let grid = object("identity", 1, 5, json!({ "name": "North Grid", "sectors": ["energy"] }));
    let ties = [
        relation(1, 2, &heron, "uses", &beacon),
        relation(2, 2, &beacon, "uses", &first),
        relation(3, 2, &owl, "uses", &second),
        relation(4, 35, &heron, "uses", &second),
        relation(5, 2, &heron, "targets", &grid),
    ];
    [heron, owl, beacon, first, second, grid].into_iter().chain(ties).collect()
}

fn numbers(answer: &Value) -> Vec<(String, String, u64)> {
    let text = |cell: &Value, key: &str| cell[key].as_str().expect("text").to_owned();
    let techniques = answer["techniques"].as_array().expect("techniques");
    techniques
        .iter()
        .map(|cell| (text(cell, "tactic"), text(cell, "name"), cell["count"].as_u64().expect("a count")))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn techniques_stand_under_the_tactics_that_their_objects_name() {
    let world = World::new();
    let officer = world.person("duty", Tlp::Red);
    world.state(Tlp::Green, &told());
    let all = numbers(&world.json(&officer, "/api/v1/picture/matrix").await);
    let cell = |tactic: &str, name: &str, n| (tactic.to_owned(), name.to_owned(), n);
    assert_eq!(
        all,
        [
            cell("initial-access", "T1078 Technique 2", 1),
            cell("initial-access", "T1190 Technique 1", 1),
            cell("persistence", "T1078 Technique 2", 1),
        ]
    );
    let (status, page) = world.get(&officer, "fr", "/picture/matrix").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("Initial access") && page.contains("T1190"),
        "tactics are MITRE's words in both languages"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_actor_has_the_techniques_of_its_malware_and_a_sector_those_of_its_strikers() {
    let world = World::new();
    let officer = world.person("duty", Tlp::Red);
    world.state(Tlp::Green, &told());
    let of = |what: String| format!("/api/v1/picture/matrix?{what}");
    let heron = numbers(&world.json(&officer, &of(format!("actor={}", id("intrusion-set", 1)))).await);
    assert_eq!(heron, [("initial-access".into(), "T1190 Technique 1".into(), 1)]);
    let energy = numbers(&world.json(&officer, &of("sector=energy".into())).await);
    assert_eq!(energy, heron, "the owl hits somebody else");
    let longer =
        numbers(&world.json(&officer, &of(format!("days=91&actor={}", id("intrusion-set", 1)))).await);
    assert_eq!(longer.len(), 3, "what it used earlier is in a longer period");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_parties_and_two_periods_stand_side_by_side() {
    let world = World::new();
    let officer = world.person("duty", Tlp::Red);
    world.state(Tlp::Green, &told());
    world.hear(
        Tlp::Green,
        &[relation(9, 1, &named("intrusion-set", 2, 5, "x"), "uses", &technique(2, 40, "T1078", &[]))],
    );
    let path = format!("/api/v1/picture/matrix?one={}&two={}", world.desk.me, world.west);
    let answer = world.json(&officer, &path).await;
    let cells = answer["techniques"].as_array().expect("techniques");
    let valid = cells.iter().find(|cell| cell["tactic"] == "persistence").expect("T1078");
    assert_eq!((&valid["count"], &valid["beside"]), (&json!(1), &json!(1)));
    let before = world.json(&officer, "/api/v1/picture/matrix?two=before").await;
    let first = before["techniques"]
        .as_array()
        .expect("techniques")
        .iter()
        .find(|c| c["name"] == "T1190 Technique 1");
    assert_eq!(first.expect("T1190")["beside"], 1, "stated forty days ago");
    let page = world.page(&officer, "/picture/matrix?two=before").await;
    assert!(page.contains("1 | 1"));
    let (status, _) = world.get(&officer, "en", "/picture/matrix?one=somebody").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_map_answers_which_sector_was_hit_and_by_whom() {
    let world = World::new();
    let officer = world.person("duty", Tlp::Red);
    world.state(Tlp::Green, &told());
    let place = object("location", 1, 9, json!({ "name": "Ghent", "country": "BE" }));
    let grid = object("identity", 1, 5, json!({}));
    world.hear(Tlp::Amber, &[place.clone(), relation(7, 3, &grid, "located-at", &place)]);
    for (lang, says) in
        [("en", ["Belgium", "Energy", "Struck by"]), ("fr", ["Belgique", "Énergie", "Touché par"])]
    {
        let (status, page) = world.get(&officer, lang, "/picture/map").await;
        assert_eq!(status, StatusCode::OK);
        assert!(says.iter().all(|word| page.contains(word)) && page.contains("GREY HERON"), "{lang}");
    }
    let green = world.person("reader", Tlp::Green);
    let page = world.page(&green, "/picture/map").await;
    assert!(page.contains("Energy") && !page.contains(">Belgium<"), "where the grid is was said in amber");
}
