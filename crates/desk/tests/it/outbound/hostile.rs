//! What a server may do to a node: nothing that lasts longer or grows larger than the bounds.

use std::time::Duration;

use desk::outbound::OutboundError;
use http::HeaderMap;

use super::server::{Act, Server, ok, way_out};

async fn refusal(server: &Server) -> OutboundError {
    way_out(&["127.0.0.1"]).get(&server.url, &HeaderMap::new()).await.expect_err("refused")
}

#[tokio::test]
async fn a_body_of_ten_gigabytes_is_refused_by_its_length() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n".to_owned();
    let server =
        Server::start(move |_, _| Act::Repeat(head.clone(), vec![b'x'; 1 << 16], Duration::ZERO)).await;
    assert!(matches!(refusal(&server).await, OutboundError::TooLarge { .. }));
}

#[tokio::test]
async fn a_body_without_a_length_is_refused_when_it_passes_the_bound() {
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_owned();
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(1 << 16)).into_bytes();
    let server = Server::start(move |_, _| Act::Repeat(head.clone(), chunk.clone(), Duration::ZERO)).await;
    assert!(matches!(refusal(&server).await, OutboundError::TooLarge { .. }));
}

#[tokio::test]
async fn a_slow_drip_ends_at_the_time_for_the_whole() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n".to_owned();
    let server =
        Server::start(move |_, _| Act::Repeat(head.clone(), vec![b'x'], Duration::from_millis(50))).await;
    let late = refusal(&server).await;
    assert!(matches!(late, OutboundError::Late { limit_s: 1, .. }) && late.is_passing(), "{late}");
}

#[tokio::test]
async fn silence_ends_sooner() {
    let server =
        Server::start(|_, _| Act::Say("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe".into())).await;
    assert!(matches!(refusal(&server).await, OutboundError::Late { limit_s: 0, .. }));
    let mute = Server::start(|_, _| Act::Say(String::new())).await;
    assert!(matches!(refusal(&mute).await, OutboundError::Late { limit_s: 0, .. }));
}

#[tokio::test]
async fn a_head_without_end_and_what_is_not_http_are_refused() {
    let endless = Server::start(|_, _| {
        Act::Repeat(
            "HTTP/1.1 200 OK\r\n".into(),
            format!("x: {}\r\n", "y".repeat(4_000)).into(),
            Duration::ZERO,
        )
    })
    .await;
    assert!(matches!(refusal(&endless).await, OutboundError::Broken { .. }));
    let other = Server::start(|_, _| Act::SayAndClose("220 mail ready\r\n".into())).await;
    assert!(matches!(refusal(&other).await, OutboundError::Broken { .. }));
    let cut =
        Server::start(|_, _| Act::SayAndClose("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf".into()))
            .await;
    assert!(matches!(refusal(&cut).await, OutboundError::Broken { .. }));
}

#[tokio::test]
async fn a_kept_connection_serves_again_and_a_dead_one_is_replaced() {
    let server = Server::start(|n, _| match n {
        0 | 1 => ok("kept"),
        2 => Act::SayAndClose("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nlast".into()),
        _ => ok("anew"),
    })
    .await;
    let out = way_out(&["127.0.0.1"]);
    let mut bodies = Vec::new();
    for _ in 0..4 {
        bodies.push(out.get(&server.url, &HeaderMap::new()).await.expect("an answer").body);
    }
    assert_eq!(bodies, ["kept", "kept", "last", "anew"]);
}
