//! Servers with habits: nothing is lost, nothing is fetched without end, nothing makes a change twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use exchange::pull::{PullError, pull};
use model::Tlp;

use super::server::{Server, bad, good, page};
use super::{run, source, way_out, whole};
use crate::world::{World, indicator};

const LAST: &str = "2026-11-02T00:00:00.000000Z";

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_cut_off_goes_on_with_the_next_page() {
    let stalls = Arc::new(AtomicU32::new(1));
    let gate = Arc::clone(&stalls);
    let server = Server::start(move |target| match target {
        t if t.contains("next=c") && gate.load(Ordering::SeqCst) == 1 => {
            let mut reply = page(20..30, None);
            reply.drip = Some(Duration::from_secs(60));
            reply
        }
        t if t.contains("next=c") => page(20..30, None).dated(LAST),
        t if t.contains("next=b") => page(10..20, Some("c")).dated("2026-11-01T12:00:00.000000Z"),
        _ => page(0..10, Some("b")).dated("2026-11-01T06:00:00.000000Z"),
    })
    .await;
    let world = World::new(Tlp::Amber);
    let mut source = source(&world, &server.collection());
    source.patience.attempts = 1;
    // The process is killed while the third page is awaited: dropping the walk is no more than that.
    let out = way_out();
    let walk = pull(Arc::clone(&world.intaker), &out, &source, |_| {});
    assert!(tokio::time::timeout(Duration::from_millis(300), walk).await.is_err());
    assert_eq!(server.asked().len(), 3);
    stalls.store(0, Ordering::SeqCst);
    let rest = whole(&world, &source).await;
    assert_eq!((rest.resumed, rest.accepted, rest.known, rest.pages), (true, 10, 0, 1));
    assert_eq!(server.asked(), ["limit=10&next=c"]);
    assert_eq!(rest.added_after.as_deref(), Some(LAST));
    whole(&world, &source).await;
    assert!(server.asked()[0].starts_with("added_after="));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_that_was_used_up_begins_the_walk_again() {
    let first = Arc::new(AtomicU32::new(0));
    let round = Arc::clone(&first);
    let server =
        Server::start(move |target| match (target.contains("next="), round.load(Ordering::SeqCst)) {
            (false, _) => page(0..10, Some("once")),
            (true, 2) => page(10..20, None).dated(LAST),
            (true, _) => bad("400 Bad Request"),
        })
        .await;
    let world = World::new(Tlp::Amber);
    let source = source(&world, &server.collection());
    let (_, ended) = run(&world, &source).await;
    assert!(matches!(ended, Err(PullError::Refused { status: 400, .. })), "{ended:?}");
    // The second run has only the old cursor, which is refused; it begins anew and is refused again.
    let (again, _) = run(&world, &source).await;
    assert_eq!((again.known, again.remarks.len()), (10, 1));
    first.store(2, Ordering::SeqCst);
    let third = whole(&world, &source).await;
    assert_eq!(third.accepted, 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_dates_is_read_again_and_nothing_changes() {
    let broken = "{\"type\":\"indicator\",\"id\":\"indicator--1\"}";
    let server = Server::start(move |_| {
        let good_one = indicator(1, None, "2026-11-01T00:00:00.000Z");
        good(format!("{{\"objects\":[{good_one},{broken},7]}}"))
    })
    .await;
    let world = World::new(Tlp::Amber);
    let source = source(&world, &server.base);
    let first = whole(&world, &source).await;
    assert_eq!((first.accepted, first.refused_count), (1, 2));
    assert!(
        first.added_after.is_none() && first.remarks[0].contains("Date-Added-Last"),
        "{:?}",
        first.remarks
    );
    let second = whole(&world, &source).await;
    assert_eq!((second.accepted, second.known, second.refused_before), (0, 1, 1));
    assert!(server.asked().iter().all(|query| query == "limit=10"));
}

#[tokio::test(flavor = "multi_thread")]
async fn more_without_next_goes_on_by_date_and_no_further_than_it_leads() {
    let server = Server::start(|target| {
        let reply = page(if target.contains("2026-11-02") { 10..20 } else { 0..10 }, None).dated(LAST);
        let body = String::from_utf8(reply.body.clone()).expect("text").replacen('{', "{\"more\":true,", 1);
        super::server::Reply { body: body.into_bytes(), ..reply }
    })
    .await;
    let world = World::new(Tlp::Amber);
    let (pulled, ended) = run(&world, &source(&world, &server.collection())).await;
    assert!(matches!(ended, Err(PullError::Stuck { .. })), "{ended:?}");
    assert_eq!((pulled.accepted, pulled.pages), (20, 2));
    assert!(pulled.added_after.is_none(), "an unfinished walk moves nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_server_is_asked_again_no_sooner_than_it_wishes() {
    let count = Arc::new(AtomicU32::new(0));
    let asked = Arc::clone(&count);
    let server = Server::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => bad("503 Service Unavailable"),
        1 => bad("429 Too Many Requests").with("Retry-After", "1"),
        _ => page(0..1, None).dated(LAST),
    })
    .await;
    let world = World::new(Tlp::Amber);
    let mut source = source(&world, &server.collection());
    let before = desk::edge::monotonic();
    assert_eq!(whole(&world, &source).await.accepted, 1);
    assert!(before.elapsed() >= Duration::from_secs(1), "{:?}", before.elapsed());

    // Longer than we wait is for the next run; a server that stays ill is left after so many attempts.
    let busy = Server::start(|_| bad("429 Too Many Requests").with("Retry-After", "3600")).await;
    source.url = desk::outbound::Url::parse(&busy.collection()).expect("a URL");
    let (_, later) = run(&world, &source).await;
    assert!(matches!(later, Err(PullError::Later { wait_s: 3600, .. })), "{later:?}");
    let ill = Server::start(|_| bad("500 Internal Server Error")).await;
    source.url = desk::outbound::Url::parse(&ill.collection()).expect("a URL");
    let (_, refused) = run(&world, &source).await;
    assert!(matches!(refused, Err(PullError::Refused { status: 500, .. })), "{refused:?}");
    assert_eq!(ill.asked().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_asked_for_is_left_out() {
    let server = Server::start(|_| page(0..5, None).dated(LAST)).await;
    let world = World::new(Tlp::Amber);
    let mut source = source(&world, &server.collection());
    source.filter.types = vec!["malware".into()];
    let pulled = whole(&world, &source).await;
    assert_eq!((pulled.accepted, pulled.unasked), (0, 5));
}
