//! Two nodes that both believe they hold the lease: what must be done once is done once.
#![expect(clippy::disallowed_methods, reason = "this test looks into the ledger of the node")]

use std::collections::BTreeSet;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use rusqlite::Connection;

use super::{give_keys, linked, linked_behind, post};
use crate::away::{OBJECTS, consumer, exchange, free_port, paged, wait};
use crate::node::Node;
use crate::run::Running;
use crate::servers::Servers;
use crate::share::agree;

/// What stands before the nodes of a party: peers reach one address, whichever node has the lease.
struct Balancer {
    port: u16,
    target: Arc<AtomicU16>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Balancer {
    fn start(target: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let balancer = Self { port, target: Arc::new(AtomicU16::new(target)), open: Arc::default() };
        let (target, open) = (Arc::clone(&balancer.target), Arc::clone(&balancer.open));
        thread::spawn(move || {
            for outside in listener.incoming().flatten() {
                // Nobody listens there yet: the peer comes again.
                let Ok(inside) = TcpStream::connect(("127.0.0.1", target.load(Ordering::SeqCst))) else {
                    continue;
                };
                for (from, to) in [(&outside, &inside), (&inside, &outside)] {
                    let (mut from, mut to) =
                        (from.try_clone().expect("a handle"), to.try_clone().expect("a handle"));
                    thread::spawn(move || {
                        drop(std::io::copy(&mut from, &mut to));
                        drop((from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both)));
                    });
                }
                open.lock().expect("nobody panics").extend([outside, inside]);
            }
        });
        balancer
    }

    /// Sends everybody to another node from now on.
    fn turn_to(&self, target: u16) {
        self.target.store(target, Ordering::SeqCst);
        for stream in self.open.lock().expect("nobody panics").drain(..) {
            drop(stream.shutdown(Shutdown::Both));
        }
    }
}

/// Objects that the peer takes back one after the other.
const OBJECTS_OF_US: usize = 30;

/// The retractions that this node's party has confirmed, each as often as it did.
fn confirmed(node: &Node) -> Vec<String> {
    let Ok(ledger) = Connection::open(node.path("data/real/ledger.db")) else { return Vec::new() };
    let select = "SELECT body FROM entry WHERE instr(header, CAST('exchange.receipt.v1' AS BLOB)) > 0";
    let Ok(mut select) = ledger.prepare(select) else { return Vec::new() };
    let bodies = select.query_map([], |row| row.get::<_, Vec<u8>>(0)).expect("read");
    bodies
        .map(|body| {
            let said: serde_json::Value = serde_json::from_slice(&body.expect("a body")).expect("a receipt");
            said["retraction"].as_str().expect("what it confirms").to_owned()
        })
        .collect()
}

#[test]
fn a_holder_that_was_stopped_past_its_lease_and_goes_on_answers_nothing_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let servers = Servers::one(folder.path());
    let url = servers.address("eu");
    let (port, other_port) = (free_port(), free_port());
    let balancer = Balancer::start(port);
    let first = linked_behind("eu", port, balancer.port, Some(&url), true);
    let (first, us) = agree(first, linked("us", free_port(), None, true));
    let (reader, author) = (consumer(&first), consumer(&us));
    let second = linked_behind("eu", other_port, balancer.port, Some(&url), false);
    give_keys(&first, &second);

    let (one, peer) = (Running::start(&first), Running::start(&us));
    post(&peer, &author, 1..OBJECTS_OF_US + 1);
    wait("the first node, which holds the lease, has them", || paged(&one, &reader).len() == OBJECTS_OF_US);
    let two = Running::start(&second);
    wait("the second has them too", || paged(&two, &reader).len() == OBJECTS_OF_US);

    let take_back = |n: usize| {
        let path = format!("{OBJECTS}indicator--00000000-0000-4000-8000-{n:012}/");
        exchange(&peer, &author, "DELETE", &path, "");
    };
    one.signal("STOP");
    balancer.turn_to(other_port);
    take_back(1);
    // The peer's session is one with the first node, which answers nothing any more: it gives way.
    wait("the second node has the lease and answers", || confirmed(&second).len() == 1);
    (2..OBJECTS_OF_US / 2).for_each(take_back);
    one.signal("CONT");
    (OBJECTS_OF_US / 2..OBJECTS_OF_US + 1).for_each(take_back);
    wait("all is answered", || {
        confirmed(&second).into_iter().collect::<BTreeSet<_>>().len() == OBJECTS_OF_US
    });
    wait("the first node knows it", || confirmed(&first).len() >= OBJECTS_OF_US);
    one.stop();
    two.stop();
    for node in [&first, &second] {
        let answers = confirmed(node);
        let once: BTreeSet<_> = answers.iter().collect();
        assert_eq!((answers.len(), once.len()), (OBJECTS_OF_US, OBJECTS_OF_US), "each is answered once");
    }
}
