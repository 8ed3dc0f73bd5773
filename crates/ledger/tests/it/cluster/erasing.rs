//! Erasing while a server fails: where the bytes are in the end, on every server and every node.

use std::thread;
use std::time::Duration;

use ledger::{Ledger, conformance};
use model::Position;

use super::servers::{Servers, lies};
use super::together::{reach, reach_log};
use crate::folder::folder;

/// What the erased bodies begin with, and what fills the rest of the large one.
const NEEDLES: [&[u8]; 2] = [b"\"n\":777777", b"\"n\":555555"];

/// What makes servers of 2.9 write a snapshot of a stream and cut its Raft log: 8 MB in it, see docs/operate/cluster.md.
const MORE: u64 = 12;
const MORE_BYTES: usize = 1_000_000;

fn wait(what: &str, done: impl Fn() -> bool) {
    for _ in 0..600 {
        if done() {
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("not within a minute: {what}");
}

#[test]
fn a_body_erased_while_the_leader_dies_is_nowhere_once_the_raft_logs_are_cut() {
    let mut servers = Servers::three(&folder());
    let cluster = servers.cluster("party");
    let folders = [folder(), folder()];
    let open =
        |place: &std::path::Path| Ledger::open_cluster(place, &cluster, conformance::options()).unwrap();
    let (one, two) = (open(&folders[0]), open(&folders[1]));
    let author = conformance::Author::new(1);
    let log = one.log(&author.key).unwrap();
    reach_log(&two, log);
    let mut drafts = author.drafts(0, 6, 40);
    // One is larger than a message, so that it lies in several; the other lies among its neighbours.
    (drafts[3], drafts[4]) = (author.draft(777_777, 2_500_000), author.draft(555_555, 300));
    let size = one.append(log, drafts).unwrap().size;
    reach(&two, size);
    assert!(NEEDLES.iter().all(|needle| servers.hold(needle)), "the story begins with the bytes there");

    let killed = Servers::index(&cluster.standing().unwrap().packs.leader.unwrap());
    servers.kill(killed);
    thread::scope(|scope| {
        scope.spawn(|| one.erase(log, Position(3)).unwrap());
        scope.spawn(|| two.erase(log, Position(4)).unwrap());
    });
    let living = |needle: &[u8]| {
        (0..3).filter(|index| *index != killed).any(|index| servers.streams_hold(index, needle))
    };
    wait("the streams of the servers that live have overwritten it", || {
        !NEEDLES.iter().any(|needle| living(needle))
    });
    for place in &folders {
        wait("the files of the nodes are without it", || !NEEDLES.iter().any(|needle| lies(place, needle)));
    }
    servers.restart(killed);
    wait("the server that came back has overwritten it too", || {
        !NEEDLES.iter().any(|needle| servers.streams_hold(killed, needle))
    });
    // What is left is in Raft logs, and goes with the next snapshot.
    for n in 0..MORE {
        one.append(log, vec![author.draft(n + 1_000, MORE_BYTES)]).unwrap();
    }
    wait("no file of any server holds it", || !NEEDLES.iter().any(|needle| servers.hold(needle)));
    for ledger in [&one, &two] {
        assert!(conformance::verify(ledger).is_sound());
    }
}
