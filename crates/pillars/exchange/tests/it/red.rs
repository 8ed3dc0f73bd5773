//! TLP:RED with named recipients: over TAXII, console and API the others get, byte for byte, what they got before.

use axum::body::Body;
use http::StatusCode;
use model::{PartyId, Tlp};
use records::consumer::Relation;

use crate::pages::{Console, Person};
use crate::world::{Answer, Terms, World, envelope, id, indicator};

const M: &str = "2026-11-01T00:00:00.000Z";
const ROOT: &str = "/taxii2/arrangement/";
const STRANGERS: [&str; 7] = ["client", "friend", "any", "amber", "third", "outsider", "writer"];

/// Some green objects are out, and everybody has a consumer: the named party, a third one, and those without
/// a party or without the clearance.
async fn world() -> World {
    let world = World::with_terms(Terms { up_to: Tlp::Red, third: true, ..Terms::default() });
    world.consumer("soc", Relation::Organisation, Tlp::Red);
    world.consumer("amber", Relation::Organisation, Tlp::Amber);
    world.consumer("writer", Relation::Organisation, Tlp::Green);
    world.consumer("client", Relation::Client, Tlp::Red);
    world.consumer("friend", Relation::Community, Tlp::Red);
    world.consumer("any", Relation::Public, Tlp::Red);
    world.consumer_of("named", world.other);
    world.consumer_of("third", world.third.expect("a third party"));
    world.consumer_of("outsider", PartyId([9; 16]));
    let green: Vec<String> = (0..5).map(|n| indicator(n, Some(Tlp::Clear), M)).collect();
    assert_eq!(world.post("soc", envelope(&green)).await.status, StatusCode::ACCEPTED);
    let last = world.desk.ledger.last_seq();
    world.desk.views.wait(last, std::time::Duration::from_secs(5)).await.expect("folded");
    world
}

fn red() -> String {
    indicator(77, Some(Tlp::Red), M)
}

/// Status, headers and bytes; of an error its own id is left out.
fn whole(answer: &Answer) -> String {
    let mut text = String::from_utf8(answer.bytes.clone()).expect("text");
    if let Some(at) = text.find("\"error_id\":\"") {
        text.replace_range(at + 12..at + 48, "…");
    }
    format!("{} {:?} {text}", answer.status, answer.headers)
}

/// Every answer that a consumer can get, and which could tell.
async fn everything(world: &World, consumer: &str) -> Vec<(String, String)> {
    let object = format!("{ROOT}collections/objects/objects/{}/", id(77));
    let mut paths = vec![
        "/taxii2/".to_owned(),
        ROOT.to_owned(),
        format!("{ROOT}collections/"),
        format!("{ROOT}collections/objects/"),
        format!("{object}?match[version]=all"),
        format!("{object}?match[version]={M}"),
        format!("{object}versions/"),
        object,
    ];
    for resource in ["objects", "manifest"] {
        for query in [
            "",
            "?limit=1",
            "?limit=5",
            "?limit=4",
            "?match[type]=indicator",
            "?match[version]=all",
            "?match[version]=first",
            "?match[spec_version]=2.1",
            "?added_after=2020-01-01T00:00:00Z",
            &format!("?match[id]={}", id(77)),
            &format!("?match[id]={},{}", id(77), id(1)),
        ] {
            paths.push(format!("{ROOT}collections/objects/{resource}/{query}"));
        }
    }
    let mut answers = Vec::new();
    for path in paths {
        answers.push((path.clone(), whole(&world.get(consumer, &path).await)));
    }
    let first = world.get(consumer, &format!("{ROOT}collections/objects/objects/?limit=2")).await.json();
    assert_eq!(first["next"].is_string(), consumer != "outsider", "{consumer}: {first}");
    if let Some(next) = first["next"].as_str() {
        let path = format!("{ROOT}collections/objects/objects/?limit=9&next={next}");
        answers.push((path.clone(), whole(&world.get(consumer, &path).await)));
    }
    answers
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_named_gets_over_taxii_what_it_got_before() {
    let world = world().await;
    let mut before = Vec::new();
    for consumer in STRANGERS {
        before.push(everything(&world, consumer).await);
    }
    world.publish_to(&[red()], &[world.other]);
    for (consumer, before) in STRANGERS.iter().zip(before) {
        for (was, is) in before.into_iter().zip(everything(&world, consumer).await) {
            assert_eq!(was, is, "{consumer}");
        }
    }
    let path = format!("{ROOT}collections/objects/objects/{}/", id(77));
    for consumer in ["named", "soc"] {
        assert_eq!(world.get(consumer, &path).await.ids(), [id(77)], "{consumer}");
    }
    // What comes later is dated and paged as if nothing had come in between.
    world.post("soc", envelope(&[indicator(6, Some(Tlp::Clear), M)])).await;
    assert_eq!(world.get("soc", &format!("{ROOT}collections/objects/objects/")).await.ids().len(), 7);
    let page = world.get("third", &format!("{ROOT}collections/objects/objects/?limit=6")).await;
    assert_eq!((page.ids().len(), page.json()["more"].as_bool()), (6, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_writer_without_the_clearance_cannot_find_out_by_writing_or_deleting() {
    let (told, untold) = (world().await, world().await);
    told.publish_to(&[red()], &[told.other]);
    let guess = indicator(77, Some(Tlp::Clear), M).replace("192.0.2.77", "192.0.2.78");
    let object = format!("{ROOT}collections/objects/objects/{}/", id(77));
    let mut answers = Vec::new();
    for world in [&told, &untold] {
        let deleted = world.send("writer", "DELETE", &object, Body::empty()).await;
        let mut status = world.post("writer", envelope(std::slice::from_ref(&guess))).await.json();
        assert_eq!(status["success_count"], 1, "{status}");
        let path = format!("{ROOT}status/{}/", status["id"].as_str().expect("an id"));
        let mut later = world.get("writer", &path).await.json();
        for answer in [&mut status, &mut later] {
            answer["id"] = "…".into();
            answer["request_timestamp"] = "…".into();
        }
        let served = world.get("writer", &object).await.ids();
        answers.push((whole(&deleted), status, later, served));
    }
    assert_eq!(answers[0], answers[1]);
    // Nobody who sees the first version sees it replaced.
    let page = String::from_utf8(told.get("named", &object).await.bytes).expect("text");
    assert!(page.contains("192.0.2.77") && !page.contains("192.0.2.78"), "{page}");
}

/// Pages differ from one request to the next in tokens and in the time of day.
fn timeless(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    for (opens, closes) in [("name=\"csrf\" value=\"", "\""), ("<time", "</time>"), ("nonce=\"", "\"")] {
        while let Some(at) = rest.find(opens) {
            text.push_str(&rest[..at]);
            let tail = &rest[at + opens.len()..];
            rest = tail.find(closes).map_or("", |end| &tail[end + closes.len()..]);
        }
        text.push_str(rest);
        (rest, text) = (Box::leak(std::mem::take(&mut text).into_boxed_str()), String::new());
    }
    rest.to_owned()
}

async fn pages(console: &Console, person: &Person) -> Vec<(String, StatusCode, String)> {
    let mut seen = Vec::new();
    for lang in ["en", "fr"] {
        for path in [
            "/exchange/objects".to_owned(),
            "/exchange/objects?tlp=RED".to_owned(),
            "/exchange/objects?state=released".to_owned(),
            "/exchange/objects?state=withheld".to_owned(),
            "/exchange/objects?type=indicator".to_owned(),
            "/exchange/objects?q=192.0.2.77".to_owned(),
            format!("/exchange/objects?q={}", id(77)),
            format!("/exchange/objects/{}", id(77)),
            format!("/exchange/objects/{}/document", id(77)),
            format!("/exchange/objects/{}", id(1)),
            format!("/exchange/objects/{}/retract", id(77)),
            "/exchange/quarantine".to_owned(),
            "/parties".to_owned(),
            "/links".to_owned(),
            "/api/v1/exchange/objects".to_owned(),
            "/api/v1/exchange/objects?limit=3".to_owned(),
            format!("/api/v1/exchange/objects/{}", id(77)),
            format!("/api/v1/exchange/objects/{}/releases", id(77)),
            format!("/api/v1/exchange/objects?q={}", id(77)),
        ] {
            let (status, page) = console.get(person, lang, &path).await;
            seen.push((format!("{lang} {path}"), status, timeless(&page)));
        }
    }
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_console_and_in_its_api_nothing_changes_for_those_without_the_clearance() {
    let console = Console::in_world(world().await);
    console.catch_up(console.world.desk.ledger.last_seq());
    let (amber, cleared) = (console.person("amber", Tlp::Amber), console.person("duty", Tlp::Red));
    let before = pages(&console, &amber).await;
    let programs = async |console: &Console| {
        let mut seen = Vec::new();
        for consumer in STRANGERS {
            for path in
                ["", &format!("/{}", id(77)), &format!("/{}/releases", id(77)), "?limit=2", "?q=192.0.2.77"]
            {
                seen.push((
                    consumer,
                    console.api(consumer, &format!("/api/v1/exchange/objects{path}")).await,
                ));
            }
        }
        seen
    };
    let programs_before = programs(&console).await;
    console.world.publish_to(&[red()], &[console.world.other]);
    console.catch_up(console.world.desk.ledger.last_seq());
    for (was, is) in before.into_iter().zip(pages(&console, &amber).await) {
        assert_eq!(was, is);
    }
    for ((consumer, was), (_, is)) in programs_before.into_iter().zip(programs(&console).await) {
        assert_eq!(format!("{was:?}"), format!("{is:?}"), "{consumer}");
    }
    let (status, page) = console.get(&cleared, "en", &format!("/exchange/objects/{}", id(77))).await;
    assert!(status.is_success() && page.contains("192.0.2.77"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stream_of_events_says_of_a_red_object_what_it_says_of_any_other() {
    let console = Console::in_world(world().await);
    let amber = console.person("amber", Tlp::Amber);
    let mut told = Vec::new();
    for object in [indicator(50, Some(Tlp::Clear), M), red()] {
        let mut events = console.events(&amber).await;
        console.world.publish_to(&[object], &[console.world.other]);
        console.catch_up(console.world.desk.ledger.last_seq());
        told.push(events.first_change().await);
    }
    assert!(told[0].starts_with("event: changed\ndata: "), "{told:?}");
    let words = |told: &str| {
        let mut words: Vec<String> = told.split_whitespace().map(str::to_owned).collect();
        words.sort();
        words
    };
    assert_eq!(words(&told[0]), words(&told[1]));
}
