//! TAXII as a client meets it.

use http::StatusCode;
use model::Tlp;
use records::consumer::Relation;

use crate::world::{World, envelope, id, indicator};

const M: &str = "2026-11-01T00:00:00.000Z";
const OBJECTS: &str = "/taxii2/arrangement/collections/objects/objects/";

fn many(count: u32) -> String {
    envelope(&(0..count).map(|n| indicator(n, Some(Tlp::Green), M)).collect::<Vec<_>>())
}

#[tokio::test(flavor = "multi_thread")]
async fn discovery_leads_to_the_objects_and_without_a_token_nowhere() {
    let world = World::new(Tlp::Amber);
    world.consumer("soc", Relation::Organisation, Tlp::Red);
    let answer = world.get("soc", "/taxii2/").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers["content-type"], "application/taxii+json;version=2.1");
    assert_eq!(answer.json()["api_roots"].as_array().expect("roots").len(), 1);
    let root = world.get("soc", "/taxii2/arrangement").await.json();
    assert_eq!(root["versions"][0], "application/taxii+json;version=2.1");
    let collections = world.get("soc", "/taxii2/arrangement/collections/").await.json();
    let collection = collections["collections"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(uuid::Uuid::parse_str(&collection).expect("a uuid").get_version_num(), 4);
    let empty = world.get("soc", &format!("/taxii2/arrangement/collections/{collection}/objects/")).await;
    assert_eq!(empty.bytes, b"{}");
    let nobody = world.get("nobody", "/taxii2/").await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    assert!(nobody.headers.contains_key("www-authenticate"));
    assert_eq!(world.get("soc", "/taxii2/elsewhere/").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_posted_comes_back_byte_for_byte_in_full_pages() {
    let world = World::new(Tlp::Amber);
    world.consumer("soc", Relation::Organisation, Tlp::Red);
    let answer = world.post("soc", many(25)).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    let status = answer.json();
    assert_eq!((status["status"].as_str(), status["success_count"].as_u64()), (Some("complete"), Some(25)));
    let mut path = format!("{OBJECTS}?limit=10");
    let mut seen = Vec::new();
    let mut sizes = Vec::new();
    loop {
        let page = world.get("soc", &path).await;
        sizes.push(page.ids().len());
        seen.extend(page.ids());
        assert!(page.headers.contains_key("x-taxii-date-added-first"));
        let Some(next) = page.json()["next"].as_str().map(str::to_owned) else { break };
        path = format!("{OBJECTS}?limit=10&next={next}");
    }
    assert_eq!(sizes, [10, 10, 5]);
    assert_eq!(seen, (0..25).map(id).collect::<Vec<_>>());
    let one = world.get("soc", &format!("{OBJECTS}{}/", id(3))).await;
    let expected = format!("{{\"objects\":[{}]}}", indicator(3, Some(Tlp::Green), M));
    assert_eq!(String::from_utf8(one.bytes).expect("utf-8"), expected);
    let status_path = format!("/taxii2/arrangement/status/{}/", status["id"].as_str().expect("an id"));
    assert_eq!(world.get("soc", &status_path).await.json()["success_count"], 25);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poller_with_added_after_sees_each_object_once() {
    let world = World::new(Tlp::Amber);
    world.consumer("soc", Relation::Organisation, Tlp::Red);
    world.post("soc", many(5)).await;
    let first = world.get("soc", OBJECTS).await;
    let last = first.headers["x-taxii-date-added-last"].to_str().expect("text").to_owned();
    let nothing = world.get("soc", &format!("{OBJECTS}?added_after={last}")).await;
    assert_eq!(nothing.bytes, b"{}");
    world.post("soc", envelope(&[indicator(77, Some(Tlp::Clear), M)])).await;
    let news = world.get("soc", &format!("{OBJECTS}?added_after={last}")).await;
    assert_eq!(news.ids(), [id(77)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_are_chosen_as_the_standard_says() {
    let world = World::new(Tlp::Amber);
    world.consumer("soc", Relation::Organisation, Tlp::Red);
    let later = "2026-11-02T00:00:00.500Z";
    world.post("soc", envelope(&[indicator(1, Some(Tlp::Green), M)])).await;
    world
        .post("soc", envelope(&[indicator(1, Some(Tlp::Green), later), indicator(2, Some(Tlp::Green), M)]))
        .await;
    let count = async |query: &str| world.get("soc", &format!("{OBJECTS}{query}")).await.ids().len();
    assert_eq!(count("").await, 2);
    assert_eq!(count("?match%5Bversion%5D=all").await, 3);
    assert_eq!(count("?match[version]=first").await, 2);
    assert_eq!(count("?match[version]=2026-11-02T00:00:00.5Z").await, 1);
    assert_eq!(count("?match[type]=report").await, 0);
    assert_eq!(count(&format!("?match[id]={},{}", id(1), id(2))).await, 2);
    let versions = world.get("soc", &format!("{OBJECTS}{}/versions/", id(1))).await.json();
    assert_eq!(versions["versions"], serde_json::json!([M, later]));
    let manifest = world.get("soc", "/taxii2/arrangement/collections/objects/manifest/").await.json();
    assert_eq!(manifest["objects"].as_array().expect("records").len(), 2);
    assert_eq!(
        world.get("soc", &format!("{OBJECTS}?match[version]=all,first")).await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(world.get("soc", &format!("{OBJECTS}?limit=0")).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bad_object_of_many_is_refused_with_its_reason_and_the_rest_is_kept() {
    let world = World::new(Tlp::Amber);
    world.consumer("soc", Relation::Organisation, Tlp::Red);
    let bad = indicator(9, Some(Tlp::Green), M).replace("[ipv4-addr:value = ", "[ipv4-addr:value == == ");
    let answer =
        world.post("soc", envelope(&[indicator(1, Some(Tlp::Green), M), bad, indicator(2, None, M)])).await;
    let status = answer.json();
    assert_eq!((status["success_count"].as_u64(), status["failure_count"].as_u64()), (Some(2), Some(1)));
    let message = status["failures"][0]["message"].as_str().expect("a message");
    assert!(message.contains("/pattern"), "{message}");
    assert_eq!(world.post("soc", "not json").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.post("soc", vec![b' '; 2 << 20]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_again_is_success_and_the_same_version_with_other_bytes_is_a_conflict() {
    let world = World::new(Tlp::Amber);
    world.consumer("soc", Relation::Organisation, Tlp::Red);
    let original = indicator(1, Some(Tlp::Green), M);
    for _ in 0..2 {
        let status = world.post("soc", envelope(std::slice::from_ref(&original))).await.json();
        assert_eq!(status["success_count"], 1);
    }
    let other = original.replace("192.0.2.1", "192.0.2.2");
    let status = world.post("soc", envelope(&[other])).await.json();
    assert_eq!(status["failure_count"], 1);
    assert!(status["failures"][0]["message"].as_str().expect("a message").contains("conflict"));
    assert_eq!(world.get("soc", OBJECTS).await.ids().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_consumer_sees_what_the_verdict_releases_and_not_a_byte_more() {
    let world = World::new(Tlp::Red);
    for (name, relation) in [
        ("soc", Relation::Organisation),
        ("client", Relation::Client),
        ("friend", Relation::Community),
        ("any", Relation::Public),
    ] {
        world.consumer(name, relation, Tlp::Red);
    }
    let mut objects: Vec<String> =
        Tlp::ALL.iter().zip(0..).map(|(tlp, n)| indicator(n, Some(*tlp), M)).collect();
    objects.push(indicator(5, None, M));
    world.post("soc", envelope(&objects)).await;
    for (consumer, sees) in [("soc", 6), ("client", 3), ("friend", 2), ("any", 1)] {
        let page = world.get(consumer, OBJECTS).await;
        assert_eq!(page.ids(), (0..sees).map(id).collect::<Vec<_>>(), "{consumer}");
        for hidden in sees..6 {
            let one = world.get(consumer, &format!("{OBJECTS}{}/", id(hidden))).await;
            assert_eq!(one.status, StatusCode::NOT_FOUND, "{consumer} {hidden}");
            let versions = world.get(consumer, &format!("{OBJECTS}{}/versions/", id(hidden))).await;
            assert_eq!(versions.status, StatusCode::NOT_FOUND);
        }
        let manifest = world.get(consumer, "/taxii2/arrangement/collections/objects/manifest/").await;
        assert_eq!(manifest.ids().len(), sees as usize);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn deleting_takes_the_object_back_and_posting_it_again_gives_it_a_new_date() {
    let world = World::new(Tlp::Amber);
    world.consumer("soc", Relation::Organisation, Tlp::Red);
    world.consumer("friend", Relation::Community, Tlp::Red);
    world.post("soc", many(3)).await;
    let path = format!("{OBJECTS}{}/", id(1));
    let forbidden = world.send("friend", "DELETE", &path, axum::body::Body::empty()).await;
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
    let deleted = world.send("soc", "DELETE", &path, axum::body::Body::empty()).await;
    assert_eq!((deleted.status, deleted.bytes.len()), (StatusCode::OK, 0));
    assert_eq!(world.get("soc", &path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get("friend", OBJECTS).await.ids(), [id(0), id(2)]);
    world.post("soc", envelope(&[indicator(1, Some(Tlp::Green), M)])).await;
    assert_eq!(world.get("soc", OBJECTS).await.ids(), [id(0), id(2), id(1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_that_asks_too_often_is_told_when_to_come_back() {
    let world = World::new(Tlp::Green);
    world.consumer_at("hasty", Relation::Client, Tlp::Green, Some(2));
    world.consumer("calm", Relation::Client, Tlp::Green);
    let mut refused = None;
    for _ in 0..200 {
        let answer = world.get("hasty", "/taxii2/").await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(answer);
            break;
        }
        assert_eq!(answer.status, StatusCode::OK);
    }
    let refused = refused.expect("two requests a second are not two hundred");
    assert_eq!(refused.headers["retry-after"], "1");
    assert_eq!(refused.json()["error_code"], "too-many-requests");
    for _ in 0..20 {
        assert_eq!(world.get("calm", "/taxii2/").await.status, StatusCode::OK);
    }
}
