//! From a node like ours.

use exchange::pull::{Credentials, PullError};
use formats::taxii::Filter;
use model::Tlp;
use records::consumer::Relation;

use super::{run, source, whole};
use crate::world::{World, envelope, indicator};

const M: &str = "2026-11-01T00:00:00.000Z";

/// A node that serves its collection on loopback.
async fn serving() -> (World, String) {
    let world = World::new(Tlp::Amber);
    world.consumer("soc", Relation::Organisation, Tlp::Red);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("bound");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let router = world.router.clone();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (world, base)
}

async fn publish(world: &World, numbers: std::ops::Range<u32>) {
    let objects: Vec<String> = numbers.map(|n| indicator(n, Some(Tlp::Green), M)).collect();
    assert!(world.post("soc", envelope(&objects)).await.status.is_success());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_run_brings_everything_and_the_second_only_what_is_new() {
    let (theirs, base) = serving().await;
    publish(&theirs, 0..35).await;
    let ours = World::new(Tlp::Amber);
    let mut source = source(&ours, &base);
    source.credentials = Credentials::Basic { user: "soc".into(), password: "soc".into() };
    let first = whole(&ours, &source).await;
    assert_eq!((first.accepted, first.known, first.pages), (35, 0, 4));
    publish(&theirs, 35..40).await;
    let second = whole(&ours, &source).await;
    assert_eq!((second.accepted, second.known, second.pages), (5, 0, 1));

    let before = ours.desk.ledger.last_seq();
    let third = whole(&ours, &source).await;
    assert_eq!((third.accepted, third.known), (0, 0));
    assert_eq!(ours.desk.ledger.last_seq(), before, "a run without news leaves no trace");
}

#[tokio::test(flavor = "multi_thread")]
async fn discovery_root_and_collection_lead_to_the_same_place() {
    let (theirs, base) = serving().await;
    publish(&theirs, 0..3).await;
    let ours = World::new(Tlp::Amber);
    let mut source = source(&ours, &base);
    source.credentials = Credentials::Bearer("soc".into());
    let url = whole(&ours, &source).await.url;
    for given in [
        format!("{base}/taxii2"),
        format!("{base}/taxii2/arrangement/"),
        url.clone(),
        format!("{url}objects/"),
    ] {
        source.url = desk::outbound::Url::parse(&given).expect("a URL");
        let again = whole(&ours, &source).await;
        assert_eq!((again.url.as_str(), again.accepted), (url.as_str(), 0), "{given}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_filter_is_another_walk_and_types_are_kept_apart() {
    let (theirs, base) = serving().await;
    publish(&theirs, 0..4).await;
    let ours = World::new(Tlp::Amber);
    let mut source = source(&ours, &base);
    source.credentials = Credentials::Bearer("soc".into());
    source.filter = Filter { types: vec!["malware".into()], ..Filter::default() };
    assert_eq!(whole(&ours, &source).await.accepted, 0);
    source.filter.types = vec!["indicator".into()];
    assert_eq!(whole(&ours, &source).await.accepted, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_credentials_and_a_wrong_collection_are_said_clearly() {
    let (_theirs, base) = serving().await;
    let ours = World::new(Tlp::Amber);
    let mut source = source(&ours, &base);
    let (_, denied) = run(&ours, &source).await;
    assert!(matches!(denied, Err(PullError::Denied { status: 401, .. })), "{denied:?}");
    source.credentials = Credentials::Bearer("soc".into());
    source.collection = Some("nothing".into());
    let (_, which) = run(&ours, &source).await;
    let text = which.expect_err("refused").to_string();
    assert!(text.contains("nothing") && text.contains("Working arrangement"), "{text}");
}
