//! What a link does about a failed check, a peer without manners, a refusal that has become wrong, and slow views.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use desk::links::{Cause, LinkState, dispatched_to, refused_by, resume, stopped};
use desk::views::{Entry, FoldError, Folding};
use desk::{Pillar, edge};
use link::Frame;
use model::{AgreementId, Side, Tlp};

use super::hostile::Court;
use super::pair::{Node, Pair, until};
use super::raw::{LINK_GROUP, LINK_VERSION, Wire, client, own_certificate};

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_check_stops_the_link_until_a_person_resumes_it() {
    let court = Court::opened().await;
    let liar = court.liar.desk.me;
    let (held, _) = court.mirror();
    let mut batch = court.batch(held);
    batch.items.swap(1, 2);
    court.lie(&batch.frame(), "do not give the root").await;

    let local = &court.node.desk.local;
    let why = stopped(local, &liar).expect("the link is stopped");
    assert_eq!(why.cause, Cause::Records);
    assert!(why.reason.contains("do not give the root") && why.at_us > 0, "{why:?}");
    // Whoever calls is told, and nothing is taken, however true.
    let own = own_certificate(&court.liar);
    for _ in 0..2 {
        let config = client(LINK_GROUP, LINK_VERSION, Some(&own));
        let mut wire = Wire::connect(&court.node, config).await.expect("the certificate is on the card");
        let Some(Frame::Bye { reason }) = wire.receive().await else { panic!("turned away") };
        assert!(reason.contains("this link is stopped: the records do not give the root"), "{reason}");
        wire.send(&court.batch(held).frame()).await;
        assert_eq!(wire.receive().await, None);
    }
    assert_eq!(court.mirror().0, held);

    assert_eq!(resume(local, &liar).expect("resumed").as_ref(), Some(&why));
    assert_eq!(resume(local, &liar).expect("resumed"), None);
    court.truth_prevails().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_histories_stop_the_link_as_such_and_a_frame_that_is_none_stops_nothing() {
    let court = Court::opened().await;
    let (local, liar) = (&court.node.desk.local, court.liar.desk.me);
    court.lie_raw(&[0, 0, 0, 1, 99], "another version").await;
    assert_eq!(stopped(local, &liar), None, "an older version, or a broken line, passes by itself");
    let contrary = court.second_story(court.mirror().0);
    let frame = Frame::UpToDate { note: bytes::Bytes::copy_from_slice(contrary.as_bytes()) };
    court.lie(&frame, "two different roots").await;
    assert_eq!(stopped(local, &liar).map(|why| why.cause), Some(Cause::TwoHistories));
    let evidence = court.node.desk.ledger.reader().expect("a reader").evidence().expect("readable");
    assert_eq!(evidence.len(), 1);
    resume(local, &liar).expect("resumed");
    assert_eq!(court.node.desk.ledger.reader().expect("a reader").evidence(), Ok(evidence), "evidence stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_does_not_call_a_peer_whose_link_is_stopped() {
    // Here the node has the smaller id, so it is the one that calls.
    let court = Court::opened_by(true).await;
    let address = court.liar.card_address();
    let listener = tokio::net::TcpListener::bind(address).await.expect("the liar's address");
    let calls = async |during: Duration| tokio::time::timeout(during, listener.accept()).await.is_ok();
    assert!(calls(Duration::from_secs(40)).await, "it calls");
    let mut batch = court.batch(court.mirror().0);
    batch.items.swap(1, 2);
    court.lie_whatever_the_status_says(&batch.frame()).await;
    while calls(Duration::from_millis(300)).await {} // one may have been under way
    let waited = Duration::from_secs(5);
    assert!(!calls(waited).await, "it does not call while the link is stopped");
    resume(&court.node.desk.local, &court.liar.desk.me).expect("resumed");
    assert!(calls(Duration::from_secs(40)).await, "it calls again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_before_the_greeting_ends_the_session() {
    let court = Court::opened().await;
    let before = court.mirror();
    let own = own_certificate(&court.liar);
    let mut wire =
        Wire::connect(&court.node, client(LINK_GROUP, LINK_VERSION, Some(&own))).await.expect("connected");
    assert!(matches!(wire.receive().await, Some(Frame::Hello { .. })));
    wire.send(&court.batch(before.0).frame()).await;
    while wire.receive().await.is_some() {}
    let statuses = &court.node.hub.as_ref().expect("a hub").statuses;
    let said =
        || statuses.all().remove(&court.liar.desk.me).filter(|s| s.state == LinkState::Down)?.last_error;
    until("the reason is told", || said().is_some_and(|said| said.contains("before its greeting"))).await;
    assert_eq!(court.mirror(), before, "nothing of it is stored");
    court.truth_prevails().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_is_asked_for_again_when_the_agreement_comes_into_force_here_too() {
    let (mut eu, mut us, mut ca) =
        (Node::found("eu", Side::Eu), Node::found("us", Side::Us), Node::found("ca", Side::Other));
    for (one, other) in [(&eu, &us), (&eu, &ca)] {
        one.trust(other);
        other.trust(one);
    }
    for node in [&mut eu, &mut us, &mut ca] {
        node.start().await;
    }
    let mut pair = Pair { eu, us, agreement: AgreementId(edge::uuid()) };
    pair.sign_all(1, Tlp::Amber, &[&ca]).await;
    let (id, now) = (pair.agreement, edge::now());
    until("it is in force at the first", || pair.eu.desk.known().book.in_force(&id, now).is_ok()).await;
    // The second party does not know the third one's card, so for it one signature is missing.
    let eu = pair.eu.desk.me;
    let position = pair.eu.publish("too early", Some(Tlp::Green), id, None);
    let refused = || refused_by(&pair.eu.desk.local, &pair.us.desk.me, position).expect("readable");
    until("it is refused", || refused().is_some_and(|why| why.contains("outside every grant"))).await;
    assert!(!pair.us.has(eu, "too early"));
    // A restart in between forgets nothing.
    pair.us.stop().await;
    pair.us.start().await;
    pair.us.trust(&ca);
    ca.trust(&pair.us);
    until("it is in force at the second", || pair.us.desk.known().book.in_force(&id, now).is_ok()).await;
    until("it has arrived", || pair.us.has(eu, "too early")).await;
    let refused = || refused_by(&pair.eu.desk.local, &pair.us.desk.me, position).expect("readable");
    until("the refusal is forgotten", || refused().is_none()).await;
}

/// While true the views stand still at the first record of type `indicator`.
static HELD: AtomicBool = AtomicBool::new(false);

fn hold(_: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    while entry.header.object_type == "indicator" && HELD.load(Ordering::SeqCst) {
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_class_that_the_views_learn_too_late_is_withheld_first_and_revealed_then() {
    let pillar = Pillar {
        name: "slow",
        schema: "",
        version: 1,
        fold: hold,
        settle: |_| Ok(()),
        erase: |_, _| Ok(true),
        forget: |_, _| Ok(()),
        raised: |_, _| Ok(Default::default()),
        reactors: &[],
    };
    let pair =
        Pair::between(Node::found_with("eu", Side::Eu, &[pillar]), Node::found("us", Side::Us), Tlp::Green)
            .await;
    pair.settle().await;
    let (eu, us) = (pair.eu.desk.me, pair.us.desk.me);
    HELD.store(true, Ordering::SeqCst);
    // Both sides of the book: one is released once its class is known, the other is not.
    let (green, amber) = tokio::task::block_in_place(|| {
        let green = pair.eu.publish_unfolded("late green", Some(Tlp::Green), pair.agreement);
        (green, pair.eu.publish_unfolded("late amber", Some(Tlp::Amber), pair.agreement))
    });
    until_patiently("the hashes have arrived", || pair.us.mirror_size(eu) > amber).await;
    assert_eq!(pair.us.bodies_of(eu)[green as usize], None, "withheld while its class is unknown");
    HELD.store(false, Ordering::SeqCst);
    until("it is revealed", || pair.us.has(eu, "late green")).await;
    let sent = |position| {
        pair.eu.desk.views.classes().iter().any(|class| {
            dispatched_to(&pair.eu.desk.local, &us, class, position).expect("readable").is_some()
        })
    };
    until("it is noted as sent", || sent(green)).await;
    assert!(!pair.us.has(eu, "late amber"));
    // What stays withheld is revealed by an amendment like everything else.
    pair.agree(2, Tlp::Amber).await;
    until("the other is revealed", || pair.us.has(eu, "late amber")).await;
}

/// The views are waited for ten seconds before a class counts as unknown.
async fn until_patiently(what: &str, done: impl Fn() -> bool) {
    for _ in 0..4_000 {
        if done() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("waited in vain until {what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_file_brought_as_a_hash_is_revealed_by_the_wire_and_what_it_brought_whole_has_its_receipt() {
    let mut pair = Pair::new(Tlp::Green).await;
    pair.settle().await;
    pair.us.stop().await;
    let (eu, us) = (std::sync::Arc::clone(&pair.eu.desk), std::sync::Arc::clone(&pair.us.desk));
    let amber = pair.eu.publish("amber by file", Some(Tlp::Amber), pair.agreement, None);
    let green = pair.eu.publish("green by file", Some(Tlp::Green), pair.agreement, None);
    tokio::task::block_in_place(|| {
        let mut file = vec![];
        desk::links::export(&eu, us.me, 0, &mut file).expect("exported");
        desk::links::import(&us, file.as_slice()).expect("imported");
    });
    assert!(pair.us.has(eu.me, "green by file") && !pair.us.has(eu.me, "amber by file"));
    pair.us.start().await;
    let sent = |position| {
        let classes = eu.views.classes();
        let mut sent = classes.iter().map(|class| dispatched_to(&eu.local, &us.me, class, position));
        sent.any(|sent| sent.expect("readable").is_some())
    };
    until("the file has its receipt", || sent(green)).await;
    pair.agree(2, Tlp::Amber).await;
    until("it is revealed", || pair.us.has(eu.me, "amber by file")).await;
    until("the reveal has its receipt", || sent(amber)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_became_released_while_the_nodes_were_apart_is_revealed_at_the_next_session() {
    let mut pair = Pair::new(Tlp::Green).await;
    let (eu, us) = (std::sync::Arc::clone(&pair.eu.desk), std::sync::Arc::clone(&pair.us.desk));
    pair.eu.publish("amber of before", Some(Tlp::Amber), pair.agreement, None);
    pair.settle().await;
    pair.us.stop().await;
    pair.eu.stop().await;
    // The amendment is signed by file.
    let is_signed = || {
        [&eu, &us].iter().all(|desk| {
            let known = desk.known();
            known.agreements[&pair.agreement]
                .newest_signed()
                .is_some_and(|signed| signed.agreement.version == 2)
        })
    };
    let carry = async {
        while !is_signed() {
            tokio::task::block_in_place(|| {
                for (from, to) in [(&eu, &us), (&us, &eu)] {
                    let mut file = vec![];
                    desk::links::export(from, to.me, 0, &mut file).expect("exported");
                    desk::links::import(to, file.as_slice()).expect("imported");
                }
            });
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), async {
        tokio::join!(pair.sign_all(2, Tlp::Amber, &[]), carry)
    })
    .await
    .expect("signed by file in time");
    assert!(!pair.us.has(eu.me, "amber of before"));
    pair.eu.start().await;
    pair.us.start().await;
    until("it is revealed", || pair.us.has(eu.me, "amber of before")).await;
}
