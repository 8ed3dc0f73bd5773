//! What an officer reads about each record and party: sent, superseded, withheld, over the page and the API.

use exchange::retract::{Take, retract};
use model::Tlp;
use serde_json::Value;

use crate::console::Console;
use crate::pair::{Pair, until};
use crate::world::{id, indicator};

const OLD: &str = "2026-11-01T00:00:00.000Z";
const NEW: &str = "2026-11-02T00:00:00.000Z";

async fn pair() -> Pair {
    Pair::with(Tlp::Amber, &[exchange::PILLAR]).await
}

fn publish(pair: &Pair, version: &str, tlp: Tlp) {
    pair.eu.publish(&indicator(1, Some(tlp), version), Some(tlp), pair.agreement, None);
}

/// What the API says of the US and one version.
async fn fate(console: &Console, version: &str) -> Value {
    let path = format!("/api/v1/exchange/objects/{}/releases?version={version}", id(1));
    let said: Value = serde_json::from_str(&console.get(&path).await).expect("json");
    said["releases"][0].clone()
}

async fn sent(console: &Console, version: &str) {
    for _ in 0..1_000 {
        if fate(console, version).await["at"].is_string() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("version {version} is not noted as sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_version_supersedes_the_one_that_a_party_has() {
    let pair = pair().await;
    publish(&pair, OLD, Tlp::Green);
    pair.settle().await;
    let console = Console::open(&pair.eu);
    sent(&console, OLD).await;
    assert_eq!(fate(&console, OLD).await["state"], "sent");

    publish(&pair, NEW, Tlp::Green);
    pair.settle().await;
    sent(&console, NEW).await;
    let (old, new) = (fate(&console, OLD).await, fate(&console, NEW).await);
    assert_eq!((&old["state"], &new["state"]), (&"superseded".into(), &"sent".into()));
    assert!(
        old["superseded_there"] == true && old["at"].is_string() && new["superseded_by"].is_null(),
        "{old}"
    );
    let page = console.get(&format!("/exchange/objects/{}", id(1))).await;
    assert!(page.contains("Sent"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_version_above_the_grant_leaves_the_party_with_a_superseded_one() {
    let pair = pair().await;
    publish(&pair, OLD, Tlp::Green);
    pair.settle().await;
    publish(&pair, NEW, Tlp::AmberStrict);
    pair.settle().await;
    let console = Console::open(&pair.eu);
    sent(&console, OLD).await;
    let (old, new) = (fate(&console, OLD).await, fate(&console, NEW).await);
    assert_eq!((&old["state"], &new["state"]), (&"superseded".into(), &"withheld".into()));
    assert_eq!(old["superseded_there"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_narrowed_before_it_went_is_shown_as_withheld_and_goes_when_an_amendment_lets_it() {
    let mut pair = pair().await;
    pair.settle().await;
    pair.us.stop().await;
    publish(&pair, OLD, Tlp::Green);
    let one = Take::narrow(&id(1), Tlp::AmberStrict, "a source was named".into());
    retract(&pair.eu.desk, &one).expect("narrowed");
    // Another of the same class goes out past it, so that the book by classes covers both.
    pair.eu.publish(&indicator(2, Some(Tlp::Green), OLD), Some(Tlp::Green), pair.agreement, None);
    pair.us.start().await;
    pair.settle().await;
    let console = Console::open(&pair.eu);
    let held = fate(&console, OLD).await;
    assert_eq!((&held["state"], &held["reason"]), (&"withheld".into(), &"above-grant".into()), "{held}");
    let us_has = || pair.us.has(pair.eu.desk.me, &indicator(1, Some(Tlp::Green), OLD));
    assert!(!us_has(), "I5");

    pair.agree(2, Tlp::AmberStrict).await;
    until("what was held back has arrived", us_has).await;
    sent(&console, OLD).await;
    let after = fate(&console, OLD).await;
    assert_eq!(after["state"], "superseded", "its narrowing is what holds now: {after}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_is_superseded_by_its_retraction_where_it_was_sent() {
    let pair = pair().await;
    publish(&pair, OLD, Tlp::Green);
    pair.settle().await;
    let console = Console::open(&pair.eu);
    sent(&console, OLD).await;
    let one = Take::narrow(&id(1), Tlp::Amber, "not for the public".into());
    let asked = retract(&pair.eu.desk, &one).expect("narrowed");
    pair.settle().await;
    let after = fate(&console, OLD).await;
    let mut by = String::new();
    let reader = pair.eu.desk.ledger.reader().expect("readable");
    reader.entry(asked.last_seq(), |entry| by = entry.record_id().to_string()).expect("there");
    assert_eq!((&after["state"], &after["superseded_by"]), (&"superseded".into(), &by.into()));
}
