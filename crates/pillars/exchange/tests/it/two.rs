//! Approval by two, from the console to every gate: what waits is nowhere, and what was approved is everywhere it may go.

use desk::local::Role;
use http::StatusCode;
use http::header::LOCATION;
use model::Tlp;
use records::release_rule::ReleaseRule;

use crate::pages::{Console, object};
use crate::world::{World, envelope, id, indicator};

const M: &str = "2026-11-01T00:00:00.000Z";
const OBJECTS: &str = "/taxii2/arrangement/collections/objects/objects/";

/// A console at which whatever is marked AMBER needs two people.
fn ruled() -> Console {
    let console = Console::in_world(World::new(Tlp::Amber));
    let rule = ReleaseRule {
        rule: "r1".into(),
        name: "amber needs two".into(),
        acts: vec!["exchange object submit".into()],
        markings: vec![Tlp::Amber],
        recipients: vec![],
        regimes: vec![],
        active: true,
        by: "b.klein".into(),
    };
    console.world.desk.note(&rule).expect("noted");
    console
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_rule_holds_reaches_nobody_before_a_second_person_has_approved_it() {
    let console = ruled();
    let (officer, second) =
        (console.person("a.berg", Tlp::Red), console.person_as("c.dupont", Role::Compliance, Tlp::Red));
    let under = console.world.agreement.to_string();
    let document = envelope(&[indicator(1, Some(Tlp::Amber), M), indicator(2, Some(Tlp::Green), M)]);
    let wish = [("document", document.as_str()), ("under", &under), ("marking", "")];
    let (status, headers, page) = console.post(&officer, "/exchange/import/publish", &wish).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let draft = headers[LOCATION].to_str().expect("a path").to_owned();
    assert!(draft.starts_with("/release/"), "{draft}");
    for n in [1, 2] {
        assert_eq!(
            console.get(&officer, "en", &object(&id(n))).await.0,
            StatusCode::NOT_FOUND,
            "not even here"
        );
    }
    assert_eq!(console.world.get("soc", OBJECTS).await.bytes, b"{}", "no gate has it");
    assert!(console.page(&second, &draft).await.contains("amber needs two"));

    let (own, ..) = console.post(&officer, &format!("{draft}/approve"), &[]).await;
    assert_eq!(own, StatusCode::CONFLICT, "one is not two");
    let (status, _, page) = console.post(&second, &format!("{draft}/approve"), &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    console.catch_up(console.world.desk.ledger.last_seq());
    assert_eq!(console.world.get("soc", OBJECTS).await.ids(), [id(1), id(2)]);
    let brought = console.page(&officer, "/exchange/deliveries").await;
    assert!(brought.contains("a.berg, c.dupont"), "both stand on the record: {brought}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_rule_holds_is_published_by_one() {
    let console = ruled();
    let officer = console.person("a.berg", Tlp::Red);
    let under = console.world.agreement.to_string();
    let document = envelope(&[indicator(2, Some(Tlp::Green), M)]);
    let wish = [("document", document.as_str()), ("under", &under), ("marking", "")];
    let (status, _, page) = console.post(&officer, "/exchange/import/publish", &wish).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("1 object imported"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gate_where_nobody_can_be_asked_refuses_what_a_rule_holds_and_takes_the_rest() {
    let console = ruled();
    let both = envelope(&[indicator(1, Some(Tlp::Amber), M), indicator(2, Some(Tlp::Green), M)]);
    let status = console.world.post("soc", both).await.json();
    assert_eq!((status["success_count"].as_u64(), status["failure_count"].as_u64()), (Some(1), Some(1)));
    let message = status["failures"][0]["message"].as_str().expect("a message");
    assert!(message.contains("two people") && message.contains("amber needs two"), "{message}");
    assert_eq!(console.world.get("soc", OBJECTS).await.ids(), [id(2)]);
}
