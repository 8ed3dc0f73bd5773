//! The landscape report: for an audience, from what everybody in it may have, stopped when it would say more.

use http::StatusCode;
use model::Tlp;
use serde_json::{Value, json};

use crate::world::{World, named, object, relation};

fn names(report: &Value) -> Vec<&str> {
    report["rows"].as_array().expect("rows").iter().map(|row| row["name"].as_str().expect("a name")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_reads_what_is_clear_and_the_marking_is_the_strictest_of_the_sources() {
    let world = World::new();
    let agreement = world.agree();
    let officer = world.person("duty", Tlp::Red);
    let (clear, green) = (named("intrusion-set", 1, 3, "OPEN CRANE"), named("malware", 1, 3, "GREEN NEWT"));
    let amber = named("campaign", 1, 3, "Amber Season");
    world.publish(agreement, Tlp::Clear, std::slice::from_ref(&clear));
    world.publish(agreement, Tlp::Green, &[green.clone(), relation(1, 2, &clear, "uses", &green)]);
    world.publish(agreement, Tlp::Amber, &[amber]);
    let of = |audience: &str| format!("/api/v1/picture/report?audience={audience}:{agreement}");
    let public = world.json(&officer, &of("public")).await;
    assert_eq!((names(&public), &public["tlp"]), (vec!["OPEN CRANE"], &json!("TLP:CLEAR")));
    assert_eq!(public["rows"][0]["now"], 1, "the green tie is not counted");
    let community = world.json(&officer, &of("community")).await;
    assert_eq!(
        (names(&community), &community["tlp"]),
        (vec!["OPEN CRANE", "GREEN NEWT"], &json!("TLP:GREEN"))
    );
    let parties = world.json(&officer, &of("parties")).await;
    assert_eq!(names(&parties), ["OPEN CRANE", "Amber Season", "GREEN NEWT"]);
    for lang in ["en", "fr"] {
        let path = format!("/picture/report?audience=public:{agreement}");
        let (status, page) = world.get(&officer, lang, &path).await;
        assert_eq!(status, StatusCode::OK);
        assert!(
            page.contains("OPEN CRANE") && !page.contains("GREEN NEWT") && !page.contains("Amber Season"),
            "{lang}"
        );
        assert!(page.contains("TLP:CLEAR") && !page.contains("TLP:GREEN"), "{lang}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_occurs_only_in_what_was_left_out_stops_the_report() {
    let world = World::new();
    let agreement = world.agree();
    let officer = world.person("duty", Tlp::Red);
    world.publish(agreement, Tlp::Red, &[named("identity", 1, 3, "North Grid")]);
    world.publish(agreement, Tlp::Clear, &[named("campaign", 1, 3, "The outage at north grid")]);
    let path = format!("/api/v1/picture/report?audience=public:{agreement}");
    let (status, problem) = world.get(&officer, "en", &path).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(problem.contains("identity--00000000-0000-4000-8000-000000000001"), "{problem}");
    let (_, page) = world.get(&officer, "fr", &path.replace("/api/v1", "")).await;
    assert!(page.contains("Le panorama n’est pas montré") && !page.contains("The outage"));
    let own = world.json(&officer, "/api/v1/picture/report").await;
    assert_eq!(names(&own), ["The outage at north grid"], "the own organisation may have both");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_makes_the_report_sees_no_more_in_it_than_elsewhere() {
    let world = World::new();
    let agreement = world.agree();
    world.publish(agreement, Tlp::Amber, &[named("campaign", 1, 3, "Amber Season")]);
    world.publish(
        agreement,
        Tlp::Clear,
        &[object("report", 1, 3, json!({ "name": "Weekly", "object_refs": [] }))],
    );
    let green = world.person("reader", Tlp::Green);
    let report = world.json(&green, "/api/v1/picture/report").await;
    assert_eq!(names(&report), [] as [&str; 0]);
    // What was agreed is AMBER: below that, there is no such agreement.
    let theirs = format!("parties:{agreement}");
    for wrong in [
        theirs.as_str(),
        "everybody",
        "public:nobody",
        "friends:agreement:00000000-0000-4000-8000-000000000001",
    ] {
        let (status, _) = world.get(&green, "en", &format!("/picture/report?audience={wrong}")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
}
