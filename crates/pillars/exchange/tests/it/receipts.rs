//! What an author relies on after taking something back: every party that was asked confirms, once, over the link.

use desk::reactors::catch_up;
use exchange::receipts::{Answer, answers};
use exchange::retract::{Take, retract};
use model::{Marking, PartyId, Tlp};
use records::Marked;
use records::retraction::{Action, Retraction};
use serde_json::Value;

use crate::console::Console;
use crate::pair::{Node, Pair, until};
use crate::world::{id, indicator};

const M: &str = "2026-11-01T00:00:00.000Z";

async fn pair() -> Pair {
    Pair::with(Tlp::Amber, &[exchange::PILLAR]).await
}

/// The EU publishes object `n` so that the US receives it, or not.
fn publish(pair: &Pair, n: u32, tlp: Tlp) {
    pair.eu.publish(&indicator(n, Some(tlp), M), Some(tlp), pair.agreement, None);
}

fn take(node: &Node, take: &Take) -> u64 {
    retract(&node.desk, take).expect("retracted").last_seq()
}

fn delete(node: &Node, n: u32) -> u64 {
    take(node, &Take::delete(&id(n), None, "it was wrong".into()))
}

/// How the one party that was asked has answered.
fn answer(node: &Node, retraction: u64) -> Answer {
    let desk = &node.desk;
    let mut rows = answers(&desk.ledger, &desk.local, &desk.views, retraction).expect("readable");
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

async fn confirmed(node: &Node, retraction: u64) -> Answer {
    until("the receipt has arrived", || answer(node, retraction).received_at.is_some()).await;
    answer(node, retraction)
}

/// Receipts in `author`'s own log as it holds them.
fn receipts_by(node: &Node, author: PartyId) -> usize {
    let bodies = node.bodies_of(author);
    bodies.iter().flatten().filter(|body| body.starts_with("{\"retraction\":")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_holds_what_is_taken_back_confirms_it_to_the_author() {
    let pair = pair().await;
    publish(&pair, 1, Tlp::Green);
    pair.settle().await;
    let asked = delete(&pair.eu, 1);
    let answer = confirmed(&pair.eu, asked).await;
    assert_eq!((answer.party, answer.versions), (pair.us.desk.me, Some(1)));
    until("the delivery is noted", || self::answer(&pair.eu, asked).sent_at.is_some()).await;
    assert!(answer.received_at > Some(answer.asked_at));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_and_the_api_show_who_was_asked_and_who_confirmed() {
    let mut pair = pair().await;
    publish(&pair, 1, Tlp::Green);
    pair.settle().await;
    pair.us.stop().await;
    let asked = delete(&pair.eu, 1);
    let console = Console::open(&pair.eu);
    let api = format!("/api/v1/exchange/objects/{}/retractions", id(1));
    let before: Value = serde_json::from_str(&console.get(&api).await).expect("json");
    let row = &before["retractions"][0]["answers"][0];
    assert_eq!(
        (&before["retractions"][0]["action"], &row["party"]),
        (&"delete".into(), &pair.us.desk.me.to_string().into())
    );
    assert!(row["asked_at"].is_string() && row["received_at"].is_null(), "{before}");
    pair.us.start().await;
    confirmed(&pair.eu, asked).await;
    let after: Value = serde_json::from_str(&console.get(&api).await).expect("json");
    let row = &after["retractions"][0]["answers"][0];
    assert!(row["received_at"].is_string() && row["versions"] == 1, "{after}");
    until("the index has followed", || console.search.position() >= asked).await;
    let page = console.get(&format!("/exchange/objects/{}", id(1))).await;
    assert!(page.contains("Who was asked, and who confirmed") && page.contains("Confirmed"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_party_that_was_away_confirms_when_it_is_back() {
    let mut pair = pair().await;
    publish(&pair, 1, Tlp::Green);
    pair.settle().await;
    pair.us.stop().await;
    let asked = delete(&pair.eu, 1);
    let waiting = answer(&pair.eu, asked);
    assert_eq!((waiting.sent_at, waiting.received_at), (None, None));
    pair.us.start().await;
    assert_eq!(confirmed(&pair.eu, asked).await.versions, Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn narrowing_and_then_deleting_are_two_requests_with_a_receipt_each() {
    let pair = pair().await;
    publish(&pair, 1, Tlp::Green);
    pair.settle().await;
    let narrowed = take(&pair.eu, &Take::narrow(&id(1), Tlp::Amber, "a source was named".into()));
    let again = take(&pair.eu, &Take::narrow(&id(1), Tlp::Amber, "pressed twice".into()));
    let deleted = delete(&pair.eu, 1);
    for request in [narrowed, again, deleted] {
        assert_eq!(confirmed(&pair.eu, request).await.versions, Some(1));
    }
    assert_eq!(receipts_by(&pair.eu, pair.us.desk.me), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_received_is_answered_with_nothing_touched() {
    let pair = pair().await;
    publish(&pair, 1, Tlp::AmberStrict); // withheld: above the grant
    pair.settle().await;
    let asked = delete(&pair.eu, 1);
    assert_eq!(confirmed(&pair.eu, asked).await.versions, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_or_narrowed_while_a_party_was_away_never_reaches_it() {
    let mut pair = pair().await;
    pair.settle().await;
    pair.us.stop().await;
    for n in 1..=4 {
        publish(&pair, n, Tlp::Green);
    }
    let deleted = delete(&pair.eu, 1);
    take(&pair.eu, &Take::narrow(&id(2), Tlp::Red, "a source was named".into()));
    take(&pair.eu, &Take::narrow(&id(3), Tlp::Amber, "not for the public".into()));
    pair.us.start().await;
    pair.settle().await;
    let has = |n: u32| pair.us.has(pair.eu.desk.me, &indicator(n, Some(Tlp::Green), M));
    assert_eq!([1, 2, 3, 4].map(has), [false, false, true, true], "I5");
    assert_eq!(confirmed(&pair.eu, deleted).await.versions, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_takes_back_what_another_party_wrote() {
    let pair = pair().await;
    publish(&pair, 1, Tlp::Green);
    pair.settle().await;
    let (us, eu) = (&pair.us.desk, &pair.eu.desk);
    assert!(retract(us, &Take::delete(&id(1), None, "not ours".into())).is_err());
    // A node that skips that check seals the record all the same.
    let forged = Retraction {
        object: id(1),
        version: None,
        action: Action::Delete,
        tlp: None,
        reason: "not theirs either".into(),
    };
    let amber = Marked::Known(Marking::tlp(Tlp::Amber));
    let asked = us.send(&forged, amber, &[eu.me], &[]).expect("sent").last_seq();
    assert_eq!(confirmed(&pair.us, asked).await.versions, Some(0));
    let console = Console::open(&pair.eu);
    until("the index has followed", || console.search.position() >= eu.ledger.last_seq()).await;
    assert!(console.get(&format!("/api/v1/exchange/objects/{}", id(1))).await.contains("\"statements\":[{"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_is_given_once_however_often_the_node_starts() {
    let mut pair = pair().await;
    publish(&pair, 1, Tlp::Green);
    pair.settle().await;
    let asked = delete(&pair.eu, 1);
    confirmed(&pair.eu, asked).await;
    for _ in 0..2 {
        let Pair { eu, us, agreement } = pair;
        let us = us.restart().await;
        // Even a node that lost its cursor finds the proof in its own log.
        us.desk.local.lock().execute("DELETE FROM cursor", []).expect("forgotten");
        assert_eq!(catch_up(&us.desk).expect("caught up"), 0);
        assert_eq!(receipts_by(&us, us.desk.me), 1);
        pair = Pair { eu, us, agreement };
    }
    pair.us.start().await;
    publish(&pair, 2, Tlp::Green);
    pair.settle().await;
    let second = delete(&pair.eu, 2);
    confirmed(&pair.eu, second).await;
    assert_eq!(receipts_by(&pair.eu, pair.us.desk.me), 2);
}
