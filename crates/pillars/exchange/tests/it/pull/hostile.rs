//! Servers that mean harm: every walk ends, and what came before is kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use desk::outbound::OutboundError;
use exchange::pull::PullError;
use model::Tlp;

use super::server::{Server, good, page};
use super::{run, source, whole};
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_a_portal_is_no_page() {
    let server = Server::start(|_| good("<html>sign in</html>").with("content-type", "text/html")).await;
    let world = World::new(Tlp::Amber);
    let (_, ended) = run(&world, &source(&world, &server.collection())).await;
    assert!(matches!(&ended, Err(PullError::NotTaxii { found, .. }) if found == "text/html"), "{ended:?}");
    let old =
        Server::start(|_| good("{}").with("content-type", "application/vnd.oasis.taxii+json; version=2.0"))
            .await;
    let (_, ended) = run(&world, &source(&world, &old.collection())).await;
    assert!(matches!(ended, Err(PullError::Old { .. })), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_gigabytes_and_a_slow_drip_end_at_the_bounds() {
    let huge = Server::start(|_| {
        let mut reply = page(0..1, None);
        reply.claims = Some(10_000_000_000);
        reply
    })
    .await;
    let world = World::new(Tlp::Amber);
    let mut source = source(&world, &huge.collection());
    source.patience.attempts = 1;
    let (_, ended) = run(&world, &source).await;
    assert!(matches!(ended, Err(PullError::Outbound(OutboundError::TooLarge { .. }))), "{ended:?}");
    let slow = Server::start(|_| {
        let mut reply = page(0..9, None);
        reply.drip = Some(Duration::from_millis(20));
        reply
    })
    .await;
    source.url = desk::outbound::Url::parse(&slow.collection()).expect("a URL");
    let (_, ended) = run(&world, &source).await;
    assert!(matches!(ended, Err(PullError::Outbound(OutboundError::Late { .. }))), "{ended:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn circles_of_every_kind_are_noticed() {
    let world = World::new(Tlp::Amber);
    // The same cursor again; two cursors in turn; ever new cursors for the same page; ever new empty pages.
    let count = Arc::new(AtomicU32::new(0));
    let number = Arc::clone(&count);
    let same = Server::start(|_| page(0..3, Some("again"))).await;
    let turns =
        Server::start(|t| if t.contains("next=a") { page(3..6, Some("b")) } else { page(0..3, Some("a")) })
            .await;
    let fresh =
        Server::start(move |_| page(0..3, Some(&number.fetch_add(1, Ordering::SeqCst).to_string()))).await;
    let void =
        Server::start(move |_| page(0..0, Some(&count.fetch_add(1, Ordering::SeqCst).to_string()))).await;
    for server in [same, turns, fresh, void] {
        let (pulled, ended) = run(&world, &source(&world, &server.collection())).await;
        assert!(matches!(ended, Err(PullError::Stuck { .. })), "{ended:?}");
        assert!(pulled.pages <= 5 && pulled.added_after.is_none(), "{pulled:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ever_new_objects_without_end_stop_at_the_bound_and_go_on_next_time() {
    let count = Arc::new(AtomicU32::new(0));
    let server = Server::start(move |_| {
        let n = count.fetch_add(1, Ordering::SeqCst);
        page(n * 2..n * 2 + 2, Some(&format!("c{n}")))
    })
    .await;
    let world = World::new(Tlp::Amber);
    let mut source = source(&world, &server.collection());
    source.bounds.pages = 7;
    let (pulled, ended) = run(&world, &source).await;
    assert!(matches!(ended, Err(PullError::Endless { pages: 7 })), "{ended:?}");
    assert_eq!(pulled.accepted, 14);
    let (pulled, _) = run(&world, &source).await;
    assert_eq!((pulled.resumed, pulled.accepted), (true, 14));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_to_another_host_is_refused_and_the_other_hears_nothing() {
    let other = Server::start(|_| page(0..3, None)).await;
    let target = other.collection();
    let server = Server::start(move |_| {
        let reply = good("").with("location", &format!("{target}objects/"));
        super::server::Reply { status: "302 Found", ..reply }
    })
    .await;
    let world = World::new(Tlp::Amber);
    let (_, ended) = run(&world, &source(&world, &server.collection())).await;
    assert!(matches!(ended, Err(PullError::Outbound(OutboundError::Elsewhere { .. }))), "{ended:?}");
    assert!(other.asked().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_cut_off_keeps_its_whole_objects_and_skips_nothing() {
    let heals = Arc::new(AtomicU32::new(0));
    let ill = Arc::clone(&heals);
    let server = Server::start(move |_| {
        let mut reply = page(0..4, None).dated("2026-11-02T00:00:00.000000Z");
        if ill.load(Ordering::SeqCst) == 0 {
            reply.body.truncate(reply.body.len() - 100);
        }
        reply
    })
    .await;
    let world = World::new(Tlp::Amber);
    let source = source(&world, &server.collection());
    let (cut, ended) = run(&world, &source).await;
    assert!(matches!(ended, Err(PullError::Malformed { .. })), "{ended:?}");
    assert_eq!((cut.accepted, cut.refused_count, cut.added_after), (3, 1, None));
    heals.store(1, Ordering::SeqCst);
    let healed = whole(&world, &source).await;
    assert_eq!((healed.accepted, healed.known), (1, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_in_the_far_future_silences_nobody() {
    let server = Server::start(|_| page(0..2, None).dated("9999-12-31T00:00:00.000000Z")).await;
    let world = World::new(Tlp::Amber);
    let pulled = whole(&world, &source(&world, &server.collection())).await;
    assert!(pulled.added_after.is_none() && pulled.remarks[0].contains("9999"), "{pulled:?}");
}
