//! Two linked nodes against a model, through a line that cuts connections: whatever is published, amended, withdrawn,
//! stopped and cut in whatever order, mirrors are equal, nothing unreleased leaks, and what is released arrives.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use desk::edge;
use ledger::LogKey;
use model::{Marking, PartyId, Realm, Side, Tlp};
use records::Marked;
use records::withdrawal::Withdrawal;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::pair::{Node, Pair, until};

/// Numbers that look random and are the same for one seed (Knuth's MMIX generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// A line to a node that breaks after so many bytes, once for each number, and holds from then on.
#[derive(Clone, Default)]
struct Line(Arc<Mutex<VecDeque<u64>>>);

impl Line {
    fn cut_after(&self, bytes: u64) {
        self.0.lock().expect("whole").push_back(bytes);
    }

    /// Connections from now on are not cut.
    fn holds(&self) {
        self.0.lock().expect("whole").clear();
    }

    /// Carries what comes to `from` on to `to`.
    fn carry(&self, listener: TcpListener, to: std::net::SocketAddr) {
        let line = self.clone();
        tokio::spawn(async move {
            while let Ok((calling, _)) = listener.accept().await {
                let budget = line.0.lock().expect("whole").pop_front().unwrap_or(u64::MAX);
                tokio::spawn(connect(calling, to, budget));
            }
        });
    }
}

#[expect(clippy::disallowed_methods, reason = "a line between two nodes of a test")]
async fn connect(calling: TcpStream, to: std::net::SocketAddr, budget: u64) {
    let Ok(called) = TcpStream::connect(to).await else { return };
    let (mut from_caller, mut to_caller) = calling.into_split();
    let (mut from_called, mut to_called) = called.into_split();
    let (mut there, mut back) = (vec![0; 4_096], vec![0; 4_096]);
    let mut left = budget;
    while left > 0 {
        let (bytes, out) = tokio::select! {
            read = from_caller.read(&mut there) => (read.map(|n| there[..n].to_vec()), &mut to_called),
            read = from_called.read(&mut back) => (read.map(|n| back[..n].to_vec()), &mut to_caller),
        };
        let Ok(bytes) = bytes else { return };
        let some = &bytes[..bytes.len().min(left as usize)];
        if some.is_empty() || out.write_all(some).await.is_err() {
            return;
        }
        left -= some.len() as u64;
    }
}

/// What the model knows of one record.
struct Said {
    by_eu: bool,
    text: String,
    tlp: Option<Tlp>,
    named: bool,
    ever: bool,
}

struct World {
    pair: Pair,
    line: Line,
    up_to: Tlp,
    version: u32,
    withdrawn: bool,
    said: Vec<Said>,
}

impl Said {
    fn is_released(&self, up_to: Tlp) -> bool {
        match self.tlp {
            None => false,
            Some(Tlp::Red) => self.named && up_to == Tlp::Red,
            Some(tlp) => tlp <= up_to,
        }
    }
}

impl World {
    async fn new() -> Self {
        let (eu, us) = (Node::found("eu", Side::Eu), Node::found("us", Side::Us));
        // The larger id is called, and between it and the caller lies the line.
        let (eu, us) = if eu.desk.me < us.desk.me { (us, eu) } else { (eu, us) };
        let line = Line::default();
        let mut eu = eu;
        let on_card = TcpListener::bind(eu.card_address()).await.expect("the address on the card");
        line.carry(on_card, eu.listens_elsewhere());
        let pair = Pair::between(eu, us, Tlp::Green).await;
        Self { pair, line, up_to: Tlp::Green, version: 1, withdrawn: false, said: vec![] }
    }

    fn publish(&mut self, chance: &mut Chance) {
        let by_eu = chance.below(3) > 0;
        let tlp = [
            None,
            Some(Tlp::Clear),
            Some(Tlp::Green),
            Some(Tlp::Amber),
            Some(Tlp::AmberStrict),
            Some(Tlp::Red),
        ][chance.below(6) as usize];
        let named = tlp == Some(Tlp::Red) && chance.below(2) == 0;
        let (author, other) =
            if by_eu { (&self.pair.eu, &self.pair.us) } else { (&self.pair.us, &self.pair.eu) };
        let text = format!("word {} {}", self.said.len(), "x".repeat(chance.below(30_000) as usize));
        let to: &[PartyId] = if named { &[other.desk.me] } else { &[] };
        let to = (tlp == Some(Tlp::Red)).then_some(to);
        tokio::task::block_in_place(|| author.publish(&text, tlp, self.pair.agreement, to));
        self.said.push(Said { by_eu, text, tlp, named, ever: false });
        self.note();
    }

    /// Whatever is released at this moment may be at the other side from now on.
    fn note(&mut self) {
        for said in &mut self.said {
            said.ever |= !self.withdrawn && said.is_released(self.up_to);
        }
    }

    async fn amend(&mut self, chance: &mut Chance) {
        if self.withdrawn || self.version > 3 {
            return;
        }
        self.version += 1;
        let up_to = [Tlp::Green, Tlp::Amber, Tlp::Red][chance.below(3) as usize];
        self.call_at_once().await;
        // Until everybody has signed the old version counts, then the new one: either may have let a record through.
        self.pair.agree(self.version, up_to).await;
        self.up_to = up_to;
        self.note();
    }

    fn withdraw(&mut self) {
        let (eu, us) = (&self.pair.eu.desk, self.pair.us.desk.me);
        let withdrawal =
            Withdrawal { agreement: self.pair.agreement, effective: edge::now(), reason: "enough".into() };
        let marked = Marked::Known(Marking::tlp(Tlp::Amber));
        tokio::task::block_in_place(|| eu.send(&withdrawal, marked, &[us], &[])).expect("withdrawn");
        self.withdrawn = true;
    }

    async fn restart(&mut self, chance: &mut Chance) {
        let node = if chance.below(2) == 0 { &mut self.pair.eu } else { &mut self.pair.us };
        node.stop().await;
        node.start().await;
    }

    fn root(&self, node: &Node, author: PartyId, size: u64) -> model::Digest {
        let log = node.desk.ledger.find(&LogKey { party: author, realm: Realm::Real }).expect("a log");
        node.desk.ledger.reader().expect("a reader").root(log, size).expect("a root")
    }

    /// The caller may be in a long pause after many cuts; a new one calls without.
    async fn call_at_once(&mut self) {
        self.line.holds();
        self.pair.us.stop().await;
        self.pair.us.start().await;
    }

    async fn check(&mut self, seed: u64) {
        self.call_at_once().await;
        self.pair.settle().await;
        for said in &self.said {
            let (author, other) =
                if said.by_eu { (&self.pair.eu, &self.pair.us) } else { (&self.pair.us, &self.pair.eu) };
            if !self.withdrawn && said.is_released(self.up_to) {
                let what = format!("seed {seed}: {:.10} has arrived", said.text);
                until(&what, || other.has(author.desk.me, &said.text)).await;
            }
        }
        self.pair.settle().await;
        for said in self.said.iter().filter(|said| !said.ever) {
            let (author, other) =
                if said.by_eu { (&self.pair.eu, &self.pair.us) } else { (&self.pair.us, &self.pair.eu) };
            assert!(
                !other.has(author.desk.me, &said.text),
                "seed {seed}: {:.10} leaked, {:?}",
                said.text,
                said.tlp
            );
        }
        for (author, other) in [(&self.pair.eu, &self.pair.us), (&self.pair.us, &self.pair.eu)] {
            let size = author.desk.ledger.size(author.desk.log);
            let me = author.desk.me;
            assert_eq!(self.root(author, me, size), self.root(other, me, size), "seed {seed}: I3");
            let (ours, theirs) = (author.bodies_of(me), other.bodies_of(me));
            for (place, theirs) in theirs.iter().enumerate() {
                assert!(theirs.is_none() || *theirs == ours[place], "seed {seed}: position {place}");
            }
        }
    }
}

async fn story(seed: u64, steps: u64) {
    let mut chance = Chance(seed);
    let mut world = World::new().await;
    let mut cuts = 0;
    for _ in 0..steps {
        match chance.below(12) {
            0 => world.amend(&mut chance).await,
            1 | 2 => world.restart(&mut chance).await,
            // Each cut doubles the pause before the next call.
            3 | 4 if cuts < 3 => {
                cuts += 1;
                world.line.cut_after(chance.below(60_000));
                world.restart(&mut chance).await;
            }
            _ => world.publish(&mut chance),
        }
    }
    if chance.below(4) == 0 {
        world.withdraw();
        for _ in 0..3 {
            world.publish(&mut chance);
        }
    }
    world.check(seed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_mirrors_are_equal_nothing_leaks_and_all_that_is_released_arrives() {
    for seed in 1..=5 {
        story(seed, 25).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes minutes; run by hand"]
async fn two_hundred_longer_stories_end_as_well() {
    for seed in 1_000..1_200 {
        story(seed, 60).await;
    }
}
