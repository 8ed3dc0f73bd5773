//! Three servers that fail while two nodes write: what was acknowledged is there, once, and the same everywhere.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use ledger::{Cluster, Ledger, LogId, State, conformance};
use model::Digest;

use super::network::Network;
use super::servers::Servers;
use super::together::{assert_same, reach, reach_log, root};
use crate::folder::folder;

/// Records in one batch.
const BATCH: u64 = 20;

/// No single append may wait longer than the bare servers take to elect a leader (5 to 11 s measured), with room for a
/// loaded machine.
const LONGEST_WAIT: Duration = Duration::from_secs(45);

/// What callers were told, and how long the unluckiest of them waited.
#[derive(Default)]
struct Told {
    /// Digest of a batch's first header by its position.
    batches: BTreeMap<u64, Digest>,
    refused: u64,
    longest: Duration,
}

#[expect(clippy::disallowed_methods, reason = "the story measures how long callers wait")]
fn now() -> Instant {
    Instant::now()
}

/// Appends batches until told to stop; numbers are unique over all writers.
fn write(ledger: &Ledger, log: LogId, writer: u64, stop: &AtomicBool, done: &AtomicU64) -> Told {
    let author = conformance::Author::new(1);
    let mut told = Told::default();
    let mut number = writer << 32;
    while !stop.load(Ordering::Relaxed) {
        let drafts = author.drafts(number, number + BATCH, 400);
        number += BATCH;
        let first = Digest::of(&drafts[0].header);
        let began = now();
        match ledger.append(log, drafts) {
            Ok(receipt) => {
                told.batches.insert(receipt.first.0, first);
                done.fetch_add(1, Ordering::Relaxed);
            }
            Err(_) => told.refused += 1,
        }
        told.longest = told.longest.max(began.elapsed());
    }
    told
}

/// Lets both nodes write while `fail` does its worst; then everything acknowledged must be there, on both and on a node
/// that comes later.
fn under_load(fail: impl FnOnce(&mut Servers, &dyn Fn())) {
    let mut servers = Servers::three(&folder());
    let cluster = servers.cluster("party");
    while_writing([&cluster, &cluster], |more| fail(&mut servers, more));
}

/// The same with nodes that reach the servers in ways of their own.
fn while_writing(ways: [&Cluster; 2], fail: impl FnOnce(&dyn Fn())) {
    let open = |way| Ledger::open_cluster(&folder(), way, conformance::options()).unwrap();
    let (one, two) = (open(ways[0]), open(ways[1]));
    assert_eq!(one.state(), State::Ready);
    let log = one.log(&conformance::Author::new(1).key).unwrap();
    reach_log(&two, log);
    let (stop, done) = (AtomicBool::new(false), AtomicU64::new(0));
    let told = thread::scope(|scope| {
        let writers: Vec<_> = [&one, &one, &two, &two]
            .into_iter()
            .enumerate()
            .map(|(writer, ledger)| {
                let (stop, done) = (&stop, &done);
                scope.spawn(move || write(ledger, log, writer as u64 + 1, stop, done))
            })
            .collect();
        let more = || more_of(&done);
        more();
        fail(&more);
        more();
        stop.store(true, Ordering::Relaxed);
        writers.into_iter().map(|writer| writer.join().unwrap()).collect::<Vec<_>>()
    });
    let acknowledged: u64 = told.iter().map(|told| told.batches.len() as u64).sum();
    let longest = told.iter().map(|told| told.longest).max().unwrap();
    let refused: u64 = told.iter().map(|told| told.refused).sum();
    println!("{acknowledged} batches acknowledged, {refused} refused, the longest waited {longest:?}");
    let three = open(ways[0]);
    for ledger in [&one, &two, &three] {
        reach(ledger, one.last_seq().max(two.last_seq()));
    }
    assert_same(&one, &two);
    assert_same(&one, &three);
    check(&one, log, told);
    assert!(conformance::verify(&one).is_sound());
    assert_eq!(root(&one, log), root(&two, log));
    assert!(longest < LONGEST_WAIT, "the longest waited {longest:?}");
}

/// Every acknowledged batch is where its receipt said, and no record is there twice.
fn check(ledger: &Ledger, log: LogId, told: Vec<Told>) {
    let mut headers = Vec::new();
    let reader = ledger.reader().unwrap();
    reader
        .range(log, model::Position(0), usize::MAX, usize::MAX, |entry| {
            headers.push(Digest::of(entry.header.unwrap()));
        })
        .unwrap();
    for (place, digest) in told.into_iter().flat_map(|told| told.batches) {
        assert_eq!(headers[place as usize], digest, "an acknowledged batch is not at {place}");
    }
    let count = headers.len();
    headers.sort_unstable();
    headers.dedup();
    assert_eq!(headers.len(), count, "a record is there twice");
}

/// Waits until some more batches have been acknowledged, so that the load is on again.
fn more_of(done: &AtomicU64) {
    let from = done.load(Ordering::Relaxed);
    for _ in 0..6000 {
        if done.load(Ordering::Relaxed) >= from + 30 {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("nothing is acknowledged any more");
}

fn leader(cluster: &Cluster) -> usize {
    for _ in 0..100 {
        if let Ok(standing) = cluster.standing()
            && let Some(name) = standing.commits.leader
        {
            return Servers::index(&name);
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("the stream has no leader");
}

#[test]
fn nothing_acknowledged_is_lost_when_the_leader_is_killed_and_then_a_follower() {
    under_load(|servers, more| {
        let killed = leader(&servers.cluster("party"));
        servers.kill(killed);
        more();
        servers.restart(killed);
        more();
        let follower = (leader(&servers.cluster("party")) + 1) % 3;
        servers.kill(follower);
        more();
        servers.restart(follower);
    });
}

#[test]
fn nothing_acknowledged_is_lost_when_the_leader_is_paused_and_wakes_up() {
    under_load(|servers, more| {
        let paused = leader(&servers.cluster("party"));
        servers.pause(paused);
        more();
        servers.resume(paused);
    });
}

#[test]
fn nothing_acknowledged_is_lost_when_all_servers_are_killed_and_started_again() {
    under_load(|servers, _| {
        (0..3).for_each(|index| servers.kill(index));
        thread::sleep(Duration::from_secs(1));
        (0..3).for_each(|index| servers.restart(index));
    });
}

#[test]
fn nothing_acknowledged_is_lost_when_a_leader_and_then_a_node_are_cut_off_and_the_network_heals() {
    let Some(network) = Network::made() else { return };
    let _servers = Servers::placed(&folder(), network.places());
    let ways = [network.cluster(0), network.cluster(1)];
    while_writing([&ways[0], &ways[1]], |more| {
        let cut_off = leader(&ways[0]);
        network.set_server(cut_off, false);
        more();
        network.set_server(cut_off, true);
        more();
        let left = (leader(&ways[0]) + 1) % 3;
        network.set_node(1, left, false);
        more();
        network.set_node(1, left, true);
    });
}
