//! Who may speak at all: TLS 1.3 with X25519MLKEM768 and the certificate on a trusted card, in both directions.

use std::sync::Arc;

use desk::links::{Hub, HubOptions};
use link::Frame;
use model::Side;
use records::card::Card;
use rustls::crypto::aws_lc_rs::kx_group::X25519;
use rustls::version::TLS12;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::pair::{Node, until};
use super::raw::{LINK_GROUP, LINK_VERSION, Wire, client, own_certificate, server, strange_certificate};

/// A node that listens, and one that it trusts and that will call it by hand.
async fn callee_and_caller() -> (Node, Node) {
    let (mut callee, caller) = (Node::found("eu", Side::Eu), Node::found("us", Side::Us));
    callee.trust(&caller);
    callee.start().await;
    (callee, caller)
}

/// True when the alert came from the node: the refusal is its decision, not an accident of the test peer.
fn was_refused_by_alert(result: std::io::Result<Wire>) -> bool {
    let Err(error) = result else { return false };
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    matches!(inner, Some(rustls::Error::AlertReceived(_)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_with_tls_1_2_or_without_the_post_quantum_group_is_refused() {
    let (callee, caller) = callee_and_caller().await;
    let own = own_certificate(&caller);
    assert!(was_refused_by_alert(Wire::connect(&callee, client(X25519, &TLS12, Some(&own))).await));
    assert!(was_refused_by_alert(Wire::connect(&callee, client(LINK_GROUP, &TLS12, Some(&own))).await));
    assert!(was_refused_by_alert(Wire::connect(&callee, client(X25519, LINK_VERSION, Some(&own))).await));

    // The same certificate over the right version and group is let in: nothing else was the reason.
    let mut wire =
        Wire::connect(&callee, client(LINK_GROUP, LINK_VERSION, Some(&own))).await.expect("let in");
    assert!(matches!(wire.receive().await, Some(Frame::Hello { party, .. }) if party == callee.desk.me));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_whose_certificate_is_on_no_card_or_missing_hears_nothing() {
    let (callee, _) = callee_and_caller().await;
    let strange = strange_certificate();
    for config in [client(LINK_GROUP, LINK_VERSION, Some(&strange)), client(LINK_GROUP, LINK_VERSION, None)] {
        // In TLS 1.3 a client has finished before the server has judged its certificate, so the refusal may
        // only show in that not one frame arrives.
        if let Ok(mut wire) = Wire::connect(&callee, config).await {
            assert_eq!(wire.receive().await, None);
        }
    }
    let statuses = callee.hub.as_ref().expect("a hub").statuses.all();
    assert!(statuses.values().all(|status| status.state != desk::links::LinkState::Up));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callee_with_tls_1_2_or_another_group_or_certificate_is_refused_by_the_dialer() {
    let dialer = Node::found("eu", Side::Eu);
    let wrong = [
        (X25519, &TLS12, None),
        (X25519, LINK_VERSION, None),
        (LINK_GROUP, LINK_VERSION, Some(strange_certificate())),
    ];
    let mut refusals = tokio::task::JoinSet::new();
    let mut peers = Vec::new();
    for (group, version, strange) in wrong {
        let peer = Node::found("us", Side::Us);
        dialer.trust(&peer);
        let certificate = strange.unwrap_or_else(|| own_certificate(&peer));
        let (listener, acceptor) = listen(&peer, server(group, version, &certificate)).await;
        refusals.spawn(async move {
            let (stream, _) = listener.accept().await.expect("the dialer calls");
            acceptor.accept(stream).await.is_err()
        });
        peers.push(peer);
    }
    let hub = Hub::start(Arc::clone(&dialer.desk), HubOptions::default()).await.expect("a hub");
    assert_eq!(refusals.join_all().await, [true; 3]);
    for peer in &peers {
        let says_why = || {
            let statuses = hub.statuses.all();
            statuses.get(&peer.desk.me).is_some_and(|status| status.last_error.is_some())
        };
        until("the dialer says why", says_why).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callee_with_the_right_version_group_and_certificate_is_greeted_by_the_dialer() {
    let (dialer, peer) = (Node::found("eu", Side::Eu), Node::found("us", Side::Us));
    dialer.trust(&peer);
    let config = server(LINK_GROUP, LINK_VERSION, &own_certificate(&peer));
    let (listener, acceptor) = listen(&peer, config).await;
    let _hub = Hub::start(Arc::clone(&dialer.desk), HubOptions::default()).await.expect("a hub");
    let (stream, _) = listener.accept().await.expect("the dialer calls");
    assert!(acceptor.accept(stream).await.is_ok());
}

/// Listens where the peer's card says, in place of its own hub.
async fn listen(peer: &Node, config: rustls::ServerConfig) -> (TcpListener, TlsAcceptor) {
    let card: Card = serde_json::from_str(&peer.card.card).expect("a card");
    let listener = TcpListener::bind(card.link.expect("an address")).await.expect("the port of the card");
    (listener, TlsAcceptor::from(Arc::new(config)))
}
