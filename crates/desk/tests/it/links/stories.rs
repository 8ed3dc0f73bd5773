//! What an officer relies on when two nodes are linked.

use desk::links::{FileError, dispatched_to, export, import};
use ledger::LogKey;
use model::{Realm, Tlp};

use super::pair::{Pair, until};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_released_crosses_and_the_rest_crosses_as_hashes() {
    let pair = Pair::new(Tlp::Amber).await;
    let (eu, us) = (pair.eu.desk.me, pair.us.desk.me);
    pair.eu.publish("green", Some(Tlp::Green), pair.agreement, None);
    pair.eu.publish("strict", Some(Tlp::AmberStrict), pair.agreement, None);
    pair.eu.publish("unmarked", None, pair.agreement, None);
    pair.us.publish("back", Some(Tlp::Amber), pair.agreement, None);
    pair.settle().await;
    assert!(pair.us.has(eu, "green") && pair.eu.has(us, "back"));
    assert!(!pair.us.has(eu, "strict") && !pair.us.has(eu, "unmarked"));
    let mirror = pair.us.desk.ledger.find(&LogKey { party: eu, realm: Realm::Real }).expect("a mirror");
    let size = pair.us.desk.ledger.size(mirror);
    let theirs = pair.us.desk.ledger.reader().expect("a reader").root(mirror, size).expect("a root");
    let ours = pair.eu.desk.ledger.reader().expect("a reader").root(pair.eu.desk.log, size).expect("a root");
    assert_eq!(theirs, ours, "I3");
    let hashes = pair.us.bodies_of(eu).iter().filter(|body| body.is_none()).count() as u64;
    let counted = || pair.us.desk.views.withheld_by(eu).expect("readable");
    assert!(hashes >= 2);
    until("as many are counted as are here as hashes", || counted() == hashes).await;
    assert_eq!(pair.eu.desk.views.withheld_by(eu).expect("readable"), 0, "nobody withholds from itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn red_reaches_the_named_party_alone() {
    let pair = Pair::new(Tlp::Red).await;
    let (eu, us) = (pair.eu.desk.me, pair.us.desk.me);
    pair.eu.publish("for-us", Some(Tlp::Red), pair.agreement, Some(&[us]));
    pair.eu.publish("for-nobody", Some(Tlp::Red), pair.agreement, Some(&[]));
    pair.eu.publish("unnamed", Some(Tlp::Red), pair.agreement, None);
    pair.settle().await;
    assert!(pair.us.has(eu, "for-us"));
    assert!(!pair.us.has(eu, "for-nobody") && !pair.us.has(eu, "unnamed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_was_away_catches_up_without_gap_or_double() {
    let mut pair = Pair::new(Tlp::Amber).await;
    pair.us.stop().await;
    for n in 0..300 {
        pair.eu.publish(&format!("object {n}"), Some(Tlp::Green), pair.agreement, None);
    }
    pair.us.start().await;
    pair.settle().await;
    let bodies = pair.us.bodies_of(pair.eu.desk.me);
    let objects: Vec<_> = bodies.iter().flatten().filter(|body| body.starts_with("object")).collect();
    assert_eq!(objects.len(), 300);
    assert!(objects.iter().enumerate().all(|(n, body)| **body == format!("object {n}")));
    assert_eq!(
        bodies[..],
        pair.eu.bodies_of(pair.eu.desk.me)[..bodies.len()]
            .iter()
            .zip(&bodies)
            .map(same_or_hidden)
            .collect::<Vec<_>>()
    );
    until("each has its receipt", || unreceipted(&pair).is_empty()).await;
}

/// What the author holds at a place, unless the follower has a hash there.
fn same_or_hidden((ours, theirs): (&Option<String>, &Option<String>)) -> Option<String> {
    theirs.as_ref().and(ours.clone())
}

/// Places that the second node holds whole and the first has not noted as sent, or the other way round.
fn unreceipted(pair: &Pair) -> Vec<usize> {
    let (eu, us) = (&pair.eu.desk, pair.us.desk.me);
    let held = pair.us.bodies_of(eu.me);
    let reader = eu.ledger.reader().expect("a reader");
    let is_noted = |position: usize| {
        let mut class = None;
        let read = reader.at(eu.log, model::Position(position as u64), |entry| {
            let header = entry.header.and_then(|header| records::Header::parse(header).ok());
            class = header.map(|header| share::Class::of(&header, entry.openings));
        });
        read.expect("readable");
        dispatched_to(&eu.local, &us, &class.expect("a class"), position as u64).expect("readable").is_some()
    };
    (0..held.len()).filter(|place| held[*place].is_some() != is_noted(*place)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn wire_and_file_in_turn_and_a_wire_cut_in_the_middle_leave_no_gap_and_no_double() {
    let mut pair = Pair::new(Tlp::Amber).await;
    pair.settle().await;
    let eu = std::sync::Arc::clone(&pair.eu.desk);
    let us = std::sync::Arc::clone(&pair.us.desk);
    let mut said = 0;
    for round in 0..4 {
        pair.us.stop().await;
        let held = pair.us.mirror_size(eu.me);
        for _ in 0..40 {
            let tlp = if said % 7 == 0 { Tlp::Red } else { Tlp::Green };
            pair.eu.publish(
                &format!("object {said} {}", "x".repeat(20_000)),
                Some(tlp),
                pair.agreement,
                None,
            );
            said += 1;
        }
        if round % 2 == 0 {
            // A file that begins earlier than needed, and is cut off: what is whole is taken.
            let (eu, us) = (std::sync::Arc::clone(&eu), std::sync::Arc::clone(&us));
            tokio::task::block_in_place(|| {
                let mut file = vec![];
                export(&eu, us.me, held.saturating_sub(9), &mut file).expect("exported");
                let cut = file.len() * 2 / 3;
                import(&us, &file[..cut]).expect_err("it is cut off");
            });
        }
        pair.us.start().await;
        if round == 1 {
            until("something has come", || pair.us.mirror_size(eu.me) > held).await;
            pair.us.stop().await; // wherever it is
            pair.us.start().await;
        }
        pair.settle().await;
    }
    let words = |body: &String| body.split(' ').nth(1).and_then(|n| n.parse::<u32>().ok());
    let bodies = pair.us.bodies_of(eu.me);
    let objects: Vec<u32> =
        bodies.iter().flatten().filter(|body| body.starts_with("object")).filter_map(words).collect();
    assert_eq!(objects, (0..said).filter(|n| n % 7 != 0).collect::<Vec<_>>());
    assert_eq!(pair.us.mirror_size(eu.me), eu.ledger.size(eu.log));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amendment_reveals_what_was_withheld_before() {
    let pair = Pair::new(Tlp::Green).await;
    let eu = pair.eu.desk.me;
    let position = pair.eu.publish("amber", Some(Tlp::Amber), pair.agreement, None);
    pair.settle().await;
    assert!(!pair.us.has(eu, "amber"));
    let counted = || pair.us.desk.views.withheld_by(eu).expect("readable");
    let hashes = || pair.us.bodies_of(eu).iter().filter(|body| body.is_none()).count() as u64;
    until("what is withheld is counted", || counted() > 0 && counted() == hashes()).await;
    pair.agree(2, Tlp::Amber).await;
    until("it is revealed", || pair.us.has(eu, "amber")).await;
    until("it is counted no more", || counted() == hashes()).await;
    let local = &pair.eu.desk.local;
    let classes = pair.eu.desk.views.classes();
    let sent = || {
        let mut sent = classes.iter().map(|class| dispatched_to(local, &pair.us.desk.me, class, position));
        sent.any(|sent| sent.expect("readable").is_some())
    };
    until("it is noted as sent", sent).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_carries_the_same_as_the_wire() {
    let mut pair = Pair::new(Tlp::Amber).await;
    pair.settle().await;
    pair.us.stop().await;
    pair.eu.publish("by hand", Some(Tlp::Green), pair.agreement, None);
    pair.eu.publish("secret", Some(Tlp::AmberStrict), pair.agreement, None);
    let eu = std::sync::Arc::clone(&pair.eu.desk);
    let us = std::sync::Arc::clone(&pair.us.desk);
    let file = tokio::task::spawn_blocking(move || {
        let mut file = vec![];
        export(&eu, us.me, 0, &mut file).expect("exported");
        let done = import(&us, file.as_slice()).expect("imported");
        assert!(done.after > done.before);
        let again = import(&us, file.as_slice()).expect("imported twice");
        assert_eq!(again.before, again.after);
        file
    })
    .await
    .expect("ran");
    assert!(pair.us.has(pair.eu.desk.me, "by hand") && !pair.us.has(pair.eu.desk.me, "secret"));
    assert!(!file.windows(6).any(|bytes| bytes == b"secret"));
    let us = std::sync::Arc::clone(&pair.us.desk);
    let mut cut = file.clone();
    cut.truncate(file.len() / 2);
    assert!(import(&us, &cut[..]).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_an_exercise_is_not_read_in_reality() {
    let mut pair = Pair::new(Tlp::Amber).await;
    pair.settle().await;
    pair.us.stop().await;
    let (eu, us) = (std::sync::Arc::clone(&pair.eu.desk), std::sync::Arc::clone(&pair.us.desk));
    let told = |realm: &str| {
        let mut file = vec![];
        export(&eu, us.me, eu.ledger.size(eu.log), &mut file).expect("exported");
        let head = file.windows(5).position(|bytes| bytes == b"\x04real").expect("a realm");
        let said = [&[realm.len() as u8], realm.as_bytes()].concat();
        file.splice(head..head + 5, said);
        import(&us, file.as_slice())
    };
    assert!(told("real").is_ok());
    let refused = told("exercise:locked-shields").expect_err("another realm").to_string();
    assert!(refused.contains("exercise:locked-shields") && refused.contains("real"), "{refused}");
    for realm in ["", "elsewhere", "exercise:", &"x".repeat(200)] {
        assert!(matches!(told(realm), Err(FileError::Foreign)), "{realm}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_moved_is_dialled_where_the_configuration_says() {
    let mut pair = Pair::new(Tlp::Amber).await;
    pair.settle().await;
    pair.eu.stop().await;
    pair.us.stop().await;
    let (caller, called) = if pair.eu.desk.me < pair.us.desk.me {
        (&mut pair.eu, &mut pair.us)
    } else {
        (&mut pair.us, &mut pair.eu)
    };
    let address = called.moves();
    called.start().await;
    caller.peers.insert(called.desk.me, address);
    caller.start().await;
    called.publish("from the new place", Some(Tlp::Green), pair.agreement, None);
    pair.settle().await;
    assert!(
        pair.eu.has(pair.us.desk.me, "from the new place")
            || pair.us.has(pair.eu.desk.me, "from the new place")
    );
}
