//! The page of one subject: what each side says of it, its graph, its timeline.

use http::StatusCode;
use model::Tlp;
use serde_json::json;

use crate::world::{World, id, named, object, relation};

#[tokio::test(flavor = "multi_thread")]
async fn what_the_other_side_knows_and_we_do_not_stands_out() {
    let world = World::new();
    let officer = world.person("duty", Tlp::Red);
    let (actor, tool) = (named("intrusion-set", 1, 5, "GREY HERON"), named("malware", 1, 5, "BEACON"));
    let victim = named("identity", 1, 5, "North Grid");
    world.state(Tlp::Green, &[actor.clone(), tool.clone(), relation(1, 2, &actor, "uses", &tool)]);
    world.hear(Tlp::Amber, &[victim.clone(), relation(2, 1, &actor, "targets", &victim)]);
    let path = format!("/picture/subjects/{}", id("intrusion-set", 1));
    let page = world.page(&officer, &path).await;
    assert!(page.contains("North Grid") && page.contains("not stated by us") && page.contains("BEACON"));
    assert!(page.contains("<svg") && page.contains("TLP:AMBER"));
    let answer = world.json(&officer, &format!("/api/v1{path}")).await;
    let ties = answer["ties"].as_array().expect("ties");
    let theirs = ties.iter().find(|tie| tie["relation"] == "targets").expect("a tie");
    assert_eq!((&theirs["by"], &theirs["outward"]), (&json!([world.west.to_string()]), &json!(true)));
    let green = world.person("reader", Tlp::Green);
    let page = world.page(&green, &path).await;
    assert!(page.contains("BEACON") && !page.contains("North Grid") && !page.contains("TLP:AMBER"));
    let (status, french) = world.get(&officer, "fr", &path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(french.contains("non déclaré par nous"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_may_not_read_is_not_there() {
    let world = World::new();
    world.state(Tlp::Red, &[named("intrusion-set", 1, 5, "SECRET OWL")]);
    let path = format!("/picture/subjects/{}", id("intrusion-set", 1));
    let green = world.person("reader", Tlp::Green);
    for wrong in [path.as_str(), "/picture/subjects/nothing", "/picture/subjects/intrusion-set--%00"] {
        let (status, _) = world.get(&green, "en", wrong).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exploited_vulnerability_is_on_the_start_page_and_ours_comes_first() {
    let world = World::new();
    let officer = world.person("duty", Tlp::Red);
    let vulnerability = |n: u32, number: &str| {
        object(
            "vulnerability",
            n,
            5,
            json!({ "name": number,
            "external_references": [{ "source_name": "cve", "external_id": number }] }),
        )
    };
    let (ours, theirs, quiet) = (
        vulnerability(1, "CVE-2026-0002"),
        vulnerability(2, "CVE-2026-0001"),
        vulnerability(3, "CVE-2026-0003"),
    );
    let worm = named("malware", 1, 5, "WORM");
    let gateway = named("infrastructure", 1, 5, "Gateway");
    world
        .hear(Tlp::Green, &[worm.clone(), theirs.clone(), quiet, relation(1, 2, &worm, "exploits", &theirs)]);
    world.state(
        Tlp::Green,
        &[ours.clone(), relation(2, 2, &worm, "exploits", &ours), relation(3, 2, &gateway, "has", &ours)],
    );
    let page = world.page(&officer, "/").await;
    let (_, list) = page.split_once("Exploited vulnerabilities").expect("the card");
    let at = |text: &str| list.find(text).unwrap_or_else(|| panic!("{text} is not listed"));
    assert!(at("CVE-2026-0002") < at("CVE-2026-0001"), "what we state ourselves matters first");
    assert!(list.contains("Stated by us") && list.contains("WORM"));
    assert!(!list.contains("CVE-2026-0003"), "nobody says that it is exploited");
}
