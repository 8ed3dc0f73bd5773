//! No figure counts what its reader may not read: by clearance, after narrowing, after retraction, in the past (I1, I5).

use model::Tlp;
use serde_json::{Value, json};

use crate::world::{World, named, object, relation};

async fn counted(world: &World, clearance: Tlp, path: &str) -> Vec<(String, u64)> {
    let person =
        world.person(&format!("reader-{}", clearance.word().to_lowercase().replace('+', "-")), clearance);
    let answer: Value = world.json(&person, path).await;
    let row = |row: &Value| (row["name"].as_str().unwrap_or("").to_owned(), row["now"].as_u64().unwrap_or(0));
    answer["trends"].as_array().expect("rows").iter().map(row).collect()
}

const ACTORS: &str = "/api/v1/picture/trends?topic=actors";

#[tokio::test(flavor = "multi_thread")]
async fn each_clearance_counts_for_itself_and_names_only_what_it_may_read() {
    let world = World::new();
    let (actor, victim) = (named("intrusion-set", 1, 3, "SECRET OWL"), named("identity", 1, 3, "North Grid"));
    world.state(Tlp::Red, std::slice::from_ref(&actor));
    world.state(Tlp::Green, &[victim.clone(), relation(1, 2, &actor, "targets", &victim)]);
    assert_eq!(counted(&world, Tlp::Red, ACTORS).await, [("SECRET OWL".to_owned(), 2)]);
    let green = counted(&world, Tlp::Green, ACTORS).await;
    assert_eq!(
        green,
        [("Intrusion set, not released to you or not here".to_owned(), 1)],
        "the tie is green, the name is not"
    );
    assert_eq!(counted(&world, Tlp::Clear, ACTORS).await, []);
    let reader = world.person("reader", Tlp::Green);
    for path in ["/", "/picture/trends", "/picture/handover"] {
        assert!(!world.page(&reader, path).await.contains("SECRET OWL"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sector_is_named_only_to_whom_the_identity_is_released() {
    let world = World::new();
    let actor = named("intrusion-set", 1, 3, "GREY HERON");
    let victim = object("identity", 1, 3, json!({ "name": "North Grid", "sectors": ["energy"] }));
    world.state(Tlp::Amber, std::slice::from_ref(&victim));
    world.state(Tlp::Green, &[actor.clone(), relation(1, 2, &actor, "targets", &victim)]);
    let sectors = "/api/v1/picture/trends?topic=sectors";
    assert_eq!(counted(&world, Tlp::Amber, sectors).await, [("Energy".to_owned(), 1)]);
    assert_eq!(counted(&world, Tlp::Green, sectors).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_narrowed_or_taken_back_leaves_every_count_at_once_and_the_past_too() {
    let world = World::new();
    let actor = named("intrusion-set", 1, 3, "GREY HERON");
    let other = named("malware", 1, 3, "BEACON");
    let tie = relation(1, 2, &actor, "uses", &other);
    world.hear(Tlp::Green, &[actor.clone(), other.clone(), tie.clone()]);
    let moment = model::time::micros(desk::edge::now());
    assert_eq!(counted(&world, Tlp::Green, ACTORS).await, [("GREY HERON".to_owned(), 2)]);
    world.retract(world.desk.me, &tie, None);
    assert_eq!(counted(&world, Tlp::Green, ACTORS).await.len(), 1, "only its author takes it back");
    world.retract(world.west, &tie, Some(Tlp::Red));
    assert_eq!(counted(&world, Tlp::Green, ACTORS).await, [("GREY HERON".to_owned(), 1)]);
    assert_eq!(counted(&world, Tlp::Red, ACTORS).await, [("GREY HERON".to_owned(), 2)]);
    let past = format!("{ACTORS}&at={}", ui::query::encode(&moment));
    assert_eq!(counted(&world, Tlp::Green, &past).await, [("GREY HERON".to_owned(), 1)]);
    world.retract(world.west, &actor, None);
    world.retract(world.west, &tie, None);
    assert_eq!(counted(&world, Tlp::Red, ACTORS).await, []);
    assert_eq!(counted(&world, Tlp::Red, &past).await, [], "what was taken back is not shown again");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_shows_what_had_arrived_by_then() {
    let world = World::new();
    world.state(Tlp::Green, &[named("intrusion-set", 1, 3, "FIRST")]);
    let moment = model::time::micros(desk::edge::now());
    world.state(Tlp::Green, &[named("intrusion-set", 2, 3, "SECOND")]);
    let past = format!("{ACTORS}&at={}", ui::query::encode(&moment));
    assert_eq!(counted(&world, Tlp::Green, &past).await, [("FIRST".to_owned(), 1)]);
    assert_eq!(counted(&world, Tlp::Green, ACTORS).await.len(), 2);
    let officer = world.person("duty", Tlp::Red);
    let page = world.page(&officer, &format!("/picture/trends?at={}", ui::query::encode(&moment))).await;
    assert!(page.contains("As it stood on") && page.contains("FIRST") && !page.contains("SECOND"));
}
