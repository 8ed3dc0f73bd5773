//! One session with each peer: who keeps it when the peer calls again, and two that have much to tell each other.

use std::time::Duration;

use desk::edge;
use ledger::LogKey;
use link::Frame;
use model::{AgreementId, Position, Realm, Side, Tlp};

use super::hostile::Court;
use super::pair::{Node, Pair};
use super::raw::{LINK_GROUP, LINK_VERSION, Wire, client, own_certificate};

/// Somebody who has proved to be the peer calls, while a session with it is open.
async fn newcomer(court: &Court) -> Wire {
    let own = own_certificate(&court.liar);
    Wire::connect(&court.node, client(LINK_GROUP, LINK_VERSION, Some(&own))).await.expect("it is on the card")
}

/// Reads until the node asks whether anybody is there.
async fn asked(wire: &mut Wire) {
    while wire.receive().await.expect("the session lives") != Frame::Ping {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_answers_keeps_its_seat_and_one_that_falls_silent_gives_way_at_once() {
    let court = Court::opened().await;
    let mut first = court.session().await;
    first.send(&Frame::Ping).await;
    while first.receive().await.expect("the session lives") != Frame::Pong {}

    let mut second = newcomer(&court).await;
    asked(&mut first).await;
    first.send(&Frame::Pong).await;
    let turned_away = second.receive().await;
    assert!(
        matches!(&turned_away, Some(Frame::Bye { reason }) if reason.contains("open already")),
        "{turned_away:?}"
    );
    assert_eq!(second.receive().await, None);

    // The machine behind the first is stopped, and the peer goes on from another one.
    let mut third = newcomer(&court).await;
    asked(&mut first).await;
    assert!(matches!(third.receive().await, Some(Frame::Hello { .. })), "the newcomer has the seat");
    assert_eq!(first.receive().await, None);
    court.goes_on(third).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_that_reveal_more_to_each_other_than_their_lines_hold_do_not_wait_for_each_other() {
    /// Of each side, a frame each: more than all queues and sockets between them take.
    const RECORDS: usize = 40;
    let (mut eu, mut us) = (Node::found("eu", Side::Eu), Node::found("us", Side::Us));
    eu.trust(&us);
    us.trust(&eu);
    let under = AgreementId(edge::uuid());
    let long = "x".repeat(2 << 20);
    let publish = |node: &Node| {
        let publish = |n| node.publish_unfolded(&format!("{n} {long}"), Some(Tlp::Green), under);
        (0..RECORDS).map(publish).max()
    };
    let last = [&eu, &us].map(|node| publish(node).expect("a record"));
    eu.start().await;
    us.start().await;
    let pair = Pair { eu, us, agreement: under };
    pair.settle().await;
    // What comes last in the log is revealed last.
    let holds = |node: &Node, author: &Node, position: u64| {
        let key = LogKey { party: author.desk.me, realm: Realm::Real };
        let log = node.desk.ledger.find(&key).expect("a mirror");
        let mut held = false;
        let reader = node.desk.ledger.reader().expect("a reader");
        reader.at(log, Position(position), |entry| held = entry.body.is_some()).expect("an entry");
        held
    };
    let both = || [holds(&pair.us, &pair.eu, last[0]), holds(&pair.eu, &pair.us, last[1])];
    assert_eq!(both(), [false; 2], "nothing is agreed yet");

    pair.agree(1, Tlp::Green).await;
    for _ in 0..RECORDS {
        if both() == [true; 2] {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    assert_eq!(both(), [true; 2]);
    // A line on which neither reads is given up in the end; they must not have come to that.
    for (node, peer) in [(&pair.eu, &pair.us), (&pair.us, &pair.eu)] {
        let why = node.hub.as_ref().and_then(|hub| hub.statuses.all().remove(&peer.desk.me)?.last_error);
        assert!(why.as_ref().is_none_or(|why| !why.contains("nothing moved")), "{why:?}");
    }
}
