//! Several nodes of one party on one stream.

use std::thread;

use ledger::{Ledger, LogId, OpenError, State, conformance};
use model::Position;

use super::servers::Servers;
use crate::folder::folder;

fn open(servers: &Servers) -> Ledger {
    Ledger::open_cluster(&folder(), &servers.cluster("party"), conformance::options()).unwrap()
}

/// Waits until `ledger` holds at least `seq` arrivals.
pub fn reach(ledger: &Ledger, seq: u64) {
    for _ in 0..2000 {
        if ledger.last_seq() >= seq {
            return;
        }
        thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("the node did not follow: {} of {seq}, {:?}", ledger.last_seq(), ledger.state());
}

/// What a reader sees of an entry; long parts as their digests.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    place: (u64, i64, u32, u64),
    header: Option<model::Digest>,
    body: Option<model::Digest>,
    openings: Option<model::Digest>,
}

fn everything(ledger: &Ledger) -> Vec<Seen> {
    let mut seen = Vec::new();
    let digest = |part: Option<&[u8]>| part.map(model::Digest::of);
    let reader = ledger.reader().unwrap();
    reader
        .entries(1, usize::MAX, usize::MAX, |entry| {
            seen.push(Seen {
                place: (entry.seq, entry.at_us, entry.log.number(), entry.position.0),
                header: digest(entry.header.or(entry.leaf)),
                body: digest(entry.body),
                openings: digest(entry.openings),
            });
        })
        .unwrap();
    seen
}

pub fn assert_same(one: &Ledger, two: &Ledger) {
    let (one, two) = (everything(one), everything(two));
    assert_eq!(one.len(), two.len());
    one.iter().zip(&two).for_each(|(one, two)| assert_eq!(one, two));
}

/// Waits until the node takes writes: servers that have just started may need longer than it waits for them.
pub fn ready(ledger: &Ledger) {
    for _ in 0..1200 {
        if ledger.state() == State::Ready {
            return;
        }
        thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("the node takes no writes: {:?}", ledger.state());
}

/// Waits until the node has heard of this log.
pub fn reach_log(ledger: &Ledger, log: LogId) {
    for _ in 0..1000 {
        if ledger.key(log).is_some() {
            return;
        }
        thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("the node did not hear of the log");
}

pub fn root(ledger: &Ledger, log: LogId) -> model::Digest {
    ledger.reader().unwrap().root(log, ledger.size(log)).unwrap()
}

#[test]
fn nodes_that_write_at_once_see_one_order_and_lose_nothing() {
    let servers = Servers::one(&folder());
    let (one, two) = (open(&servers), open(&servers));
    let author = conformance::Author::new(1);
    let log = one.log(&author.key).unwrap();
    assert_eq!(two.log(&author.key).unwrap(), log, "the same number on each node");
    let mut places: Vec<u64> = thread::scope(|scope| {
        let workers: Vec<_> = [&one, &two, &one, &two]
            .into_iter()
            .enumerate()
            .map(|(worker, ledger)| {
                let author = &author;
                scope.spawn(move || {
                    let mut places = Vec::new();
                    for round in 0..20 {
                        let number = worker as u64 * 1000 + round * 10;
                        let drafts = author.drafts(number, number + 3, 300);
                        let receipt = ledger.append(log, drafts.clone()).unwrap();
                        let mut header = None;
                        let reader = ledger.reader().unwrap();
                        reader
                            .at(log, receipt.first, |entry| header = entry.header.map(<[u8]>::to_vec))
                            .unwrap();
                        assert_eq!(header.as_deref(), Some(&drafts[0].header[..]), "read your own write");
                        places.extend((0..receipt.count).map(|offset| receipt.first.0 + offset));
                    }
                    places
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    places.sort_unstable();
    assert_eq!(places, (0..240).collect::<Vec<_>>(), "each place was given once");
    for ledger in [&one, &two] {
        reach(ledger, 240);
        assert!(conformance::verify(ledger).is_sound());
    }
    assert_same(&one, &two);
    assert_eq!(root(&one, log), root(&two, log));
    let late = open(&servers);
    assert_same(&late, &one);
}

#[test]
fn an_eventful_ledger_is_the_same_on_a_node_that_comes_later() {
    let servers = Servers::one(&folder());
    let one = open(&servers);
    conformance::eventful(&one);
    let two = open(&servers);
    reach(&two, one.last_seq());
    assert_same(&one, &two);
    assert_eq!(one.logs(), two.logs());
    let evidence = |ledger: &Ledger| ledger.reader().unwrap().evidence().unwrap();
    assert_eq!(evidence(&one), evidence(&two));
    for (log, ..) in one.logs() {
        assert_eq!(root(&one, log), root(&two, log));
    }
    assert!(conformance::verify(&two).is_sound());
}

#[test]
fn two_nodes_that_answer_the_same_at_once_answer_it_once() {
    let servers = Servers::one(&folder());
    let (one, two) = (open(&servers), open(&servers));
    let author = conformance::Author::new(1);
    let log = one.log(&author.key).unwrap();
    reach_log(&two, log);
    // Both hold the lease, as when one was stopped past its end and goes on: neither sees what the other writes.
    let given: Vec<u64> = thread::scope(|scope| {
        let workers: Vec<_> = [&one, &two]
            .into_iter()
            .map(|ledger| {
                let author = &author;
                scope.spawn(move || {
                    let answer = |n: u64| {
                        let key = model::Digest::of(&n.to_le_bytes()).0[..16].try_into().unwrap();
                        match ledger.append_once(log, vec![author.draft(n, 40)], vec![key]) {
                            Ok(_) => 1,
                            Err(ledger::AppendError::Repeated) => 0,
                            Err(error) => panic!("{error}"),
                        }
                    };
                    (0..100).map(answer).sum()
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    assert_eq!(given.iter().sum::<u64>(), 100, "each was given by one of them: {given:?}");
    for ledger in [&one, &two, &open(&servers)] {
        reach(ledger, 100);
        assert_eq!(ledger.size(log), 100);
    }
    assert_same(&one, &two);
}

#[test]
fn who_holds_a_lease_is_asked_of_the_cluster_and_not_remembered() {
    let servers = Servers::one(&folder());
    let ledgers = (open(&servers), open(&servers));
    let (one, two) = (ledgers.0.commons().unwrap(), ledgers.1.commons().unwrap());
    let in_time = |what: &str, done: &dyn Fn() -> bool| {
        for _ in 0..1000 {
            if done() {
                return;
            }
            thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("waited in vain until {what}");
    };
    assert!(!one.holds("duties").unwrap() && !two.holds("duties").unwrap(), "nobody has asked for it");
    let held = one.lease("duties");
    in_time("the first holds it", &|| *held.borrow());
    assert!(one.holds("duties").unwrap() && !two.holds("duties").unwrap());
    drop(held);
    let held = two.lease("duties");
    in_time("the second holds it", &|| *held.borrow());
    assert!(two.holds("duties").unwrap() && !one.holds("duties").unwrap());
    assert!(!two.holds("another").unwrap());
}

#[test]
fn an_erased_body_is_gone_from_every_node_and_from_the_servers() {
    let servers = Servers::one(&folder());
    let (one, two) = (open(&servers), open(&servers));
    let author = conformance::Author::new(1);
    let log = one.log(&author.key).unwrap();
    let mut drafts = author.drafts(0, 6, 40);
    // The body that must go is larger than a message, so that it lies in several; two bodies are in one of them.
    drafts[3] = author.draft(777_777, 2_500_000);
    let size = one.append(log, drafts.clone()).unwrap().size;
    reach(&two, size);
    assert!(servers.hold(b"\"n\":777777"));
    two.erase(log, Position(3)).unwrap();
    one.erase(log, Position(4)).unwrap();
    assert!(!servers.hold(b"\"n\":777777"), "the servers have overwritten it");
    let late = open(&servers);
    for ledger in [&one, &two, &late] {
        for _ in 0..1000 {
            if everything(ledger)[3..5].iter().all(|seen| seen.body.is_none()) {
                break;
            }
            thread::sleep(std::time::Duration::from_millis(10));
        }
        let bodies: Vec<bool> = everything(ledger).iter().map(|seen| seen.body.is_some()).collect();
        assert_eq!(bodies, [true, true, true, false, false, true]);
        assert!(conformance::verify(ledger).is_sound());
    }
    assert_same(&one, &late);
}

#[test]
fn a_batch_larger_than_a_message_is_there_whole() {
    let servers = Servers::one(&folder());
    let (one, two) = (open(&servers), open(&servers));
    let author = conformance::Author::new(1);
    let log = one.log(&author.key).unwrap();
    let receipt = one.append(log, author.drafts(0, 6000, 300)).unwrap();
    assert_eq!((receipt.count, receipt.size), (6000, 6000));
    reach(&two, 6000);
    assert_eq!(root(&one, log), root(&two, log));
    assert_same(&one, &two);
}

#[test]
fn a_ledger_follows_one_cluster_or_none() {
    let servers = Servers::one(&folder());
    let (alone, followed) = (folder(), folder());
    let author = conformance::Author::new(1);
    let ledger = Ledger::open(&alone, conformance::options()).unwrap();
    ledger.log(&author.key).unwrap();
    drop(ledger);
    let refused =
        Ledger::open_cluster(&alone, &servers.cluster("party"), conformance::options()).err().unwrap();
    assert!(matches!(refused, OpenError::StandsAlone(_)), "{refused}");
    drop(Ledger::open_cluster(&followed, &servers.cluster("party"), conformance::options()).unwrap());
    let refused = Ledger::open(&followed, conformance::options()).err().unwrap();
    assert!(matches!(refused, OpenError::OfCluster { .. }), "{refused}");
    let refused =
        Ledger::open_cluster(&followed, &servers.cluster("other"), conformance::options()).err().unwrap();
    assert!(matches!(refused, OpenError::OfCluster { .. }), "{refused}");
}

#[test]
fn a_node_of_another_stream_of_the_same_name_writes_nothing() {
    let (servers, others) = (Servers::one(&folder()), Servers::one(&folder()));
    let folder = folder();
    let author = conformance::Author::new(1);
    let ledger = Ledger::open_cluster(&folder, &servers.cluster("party"), conformance::options()).unwrap();
    let log = ledger.log(&author.key).unwrap();
    ledger.append(log, author.drafts(0, 3, 40)).unwrap();
    drop(ledger);
    let other = open(&others);
    let theirs = conformance::Author::new(2);
    let log = other.log(&theirs.key).unwrap();
    for number in 0..5 {
        other.append(log, theirs.drafts(number, number + 1, 40)).unwrap();
    }
    let strayed = Ledger::open_cluster(&folder, &others.cluster("party"), conformance::options()).unwrap();
    let State::ReadOnly { reason } = strayed.state() else { panic!("it must not write") };
    assert!(reason.contains("not the one this node has followed"), "{reason}");
    assert_eq!(strayed.last_seq(), 3, "and what it has can still be read");
    assert!(strayed.append(log, author.drafts(3, 4, 40)).is_err());
}

#[test]
fn a_node_gets_its_turn_while_another_writes_without_pause() {
    let servers = Servers::one(&folder());
    let (busy, quiet) = (open(&servers), open(&servers));
    let author = conformance::Author::new(1);
    let log = busy.log(&author.key).unwrap();
    let stop = std::sync::atomic::AtomicBool::new(false);
    let stopped = || stop.load(std::sync::atomic::Ordering::Relaxed);
    thread::scope(|scope| {
        for worker in 1..5_u64 {
            let (busy, author, stopped) = (&busy, &author, &stopped);
            scope.spawn(move || {
                let mut number = worker << 32;
                while !stopped() {
                    busy.append(log, author.drafts(number, number + 2, 40)).unwrap();
                    number += 2;
                }
            });
        }
        reach(&busy, 100);
        let before = busy.last_seq();
        for number in 0..5 {
            quiet.append(log, author.drafts(number, number + 1, 40)).unwrap();
        }
        assert!(busy.last_seq() > before, "the other one wrote meanwhile");
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    reach(&quiet, busy.last_seq());
    reach(&busy, quiet.last_seq());
    assert_same(&busy, &quiet);
}
