//! The world of one story: nodes, the lines between them, and one clock for all, of which each node's is off by its own.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use desk::edge::{self, StandIn, Standing};
use desk::links::{Ended, Session};
use desk::submit::FOLD_PATIENCE;
use ledger::Fate;
use records::trust::Trust;

use crate::brief::brief;
use crate::cast::cast;
use crate::chance::Chance;
use crate::check::Violation;
use crate::heard::Heard;
use crate::line::Line;
use crate::node::Node;
use crate::offline::Parcel;
use crate::setting::Setting;
use crate::step::{Act, At, Step, Store, name};
use crate::tally::Tally;

/// When stories begin, µs since 1970: 1 December 2026.
const BEGIN_US: i64 = 1_796_083_200_000_000;
/// What passes by itself with each step, µs.
const STEP_US: i64 = 7_000;

/// Time and chance of the thread, as the stand-in before the product's door sees them.
pub(crate) struct Shared {
    pub now_us: Cell<i64>,
    pub chance: RefCell<Chance>,
}

/// Everything.
pub(crate) struct World {
    pub setting: Setting,
    pub nodes: Vec<Node>,
    pub lines: BTreeMap<(At, At), Line>,
    pub shared: Rc<Shared>,
    /// The clock without any skew, µs.
    pub now_us: i64,
    /// Records that their author was free to send to a party when it sent them.
    pub allowed: BTreeSet<([u8; 32], At)>,
    /// Files that were written so far.
    pub parcels: Vec<Parcel>,
    /// Roots that the liar signed beside those of its log, by size.
    pub forged_roots: BTreeSet<(u64, [u8; 32])>,
    /// Links between honest nodes on which a frame was forged.
    pub wronged: BTreeSet<(At, At)>,
    pub tally: Tally,
    /// Whether what sessions end of is told on standard output.
    pub told: bool,
    /// Takes every frame sent, where somebody listens.
    pub heard: Option<Heard>,
    _standing: Standing,
}

/// Databases of different worlds have different names, also on different threads.
static WORLDS: AtomicU64 = AtomicU64::new(0);

impl World {
    /// Nodes that trust each other's cards, and nothing else yet.
    #[expect(clippy::disallowed_methods, reason = "this is the simulation for which the door has a stand-in")]
    pub fn new(setting: Setting) -> Result<Self, Violation> {
        let shared = Rc::new(Shared { now_us: Cell::new(BEGIN_US), chance: RefCell::new(Chance::new(0)) });
        let (clock, chance) = (Rc::clone(&shared), Rc::clone(&shared));
        let standing = edge::stand_in(StandIn {
            now_us: Box::new(move || clock.now_us.get()),
            random: Box::new(move |buffer| chance.chance.borrow_mut().fill(buffer)),
        });
        let number = WORLDS.fetch_add(1, Ordering::Relaxed);
        let nodes = (0..setting.desks()).map(|at| {
            let (party, name) = (&cast()[setting.party(at)], format!("world-{number}-{at}"));
            Node::new(party, name, setting.realm(at)).map_err(Violation::broken)
        });
        let nodes = nodes.collect::<Result<_, _>>()?;
        let mut world = Self {
            setting,
            nodes,
            lines: BTreeMap::new(),
            shared,
            now_us: BEGIN_US,
            allowed: BTreeSet::new(),
            parcels: Vec::new(),
            forged_roots: BTreeSet::new(),
            wronged: BTreeSet::new(),
            tally: Tally::default(),
            told: false,
            heard: None,
            _standing: standing,
        };
        for at in 0..setting.desks() {
            world.found(at)?;
        }
        Ok(world)
    }

    fn found(&mut self, at: At) -> Result<(), Violation> {
        self.stand_at(at, at as u64);
        self.nodes[at].start(Store::Kept).map_err(Violation::broken)?;
        let Some(desk) = self.nodes[at].desk().cloned() else { return Ok(()) };
        let sealed = self.setting.circle(at).map(|other| {
            let party = &cast()[self.setting.party(other)];
            let trust = Trust { party: party.id, card: Some(party.card.clone()), by: "sim".into() };
            desk.seal::<Trust>(edge::now()).body(&trust, edge::salt())
        });
        desk.submit_and_fold(sealed.collect()).map_err(Violation::broken)?;
        self.acknowledged(at)?;
        self.nodes[at].flush().map_err(Violation::broken)
    }

    /// From now on the product sees the time of this node, and chance from `dice`.
    pub fn stand_at(&self, at: At, dice: u64) {
        self.shared.now_us.set(self.now_us + self.nodes[at].skew_us);
        *self.shared.chance.borrow_mut() = Chance::new(dice ^ ((at as u64) << 56));
    }

    pub fn is_liar(&self, at: At) -> bool {
        self.setting.liar == Some(at)
    }

    /// Takes one step, and looks whether everything still holds.
    pub fn take(&mut self, step: Step) -> Result<(), Violation> {
        self.now_us += STEP_US;
        self.tally.steps += 1;
        for node in &mut self.nodes {
            node.folded_before = node.folded().len();
        }
        self.act(step)?;
        self.fold(step.dice);
        self.bury()?;
        self.check()
    }

    /// Every node folds what is new, as its thread would, unless it does not get to.
    fn fold(&mut self, dice: u64) {
        for at in 0..self.nodes.len() {
            if let Some(desk) = self.nodes[at].desk()
                && desk.views.folded() < desk.ledger.last_seq()
            {
                self.stand_at(at, 0);
                // Now and then in small steps: where a step ends must not matter (I4).
                if dice.is_multiple_of(4) {
                    let _ = desk.views.step(1 + (dice >> 8) as usize % 3); // what fails is asked for again below
                }
                let _ = desk.views.wait_blocking(desk.ledger.last_seq(), FOLD_PATIENCE); // a stalled one is late
            }
        }
    }

    fn act(&mut self, step: Step) -> Result<(), Violation> {
        let dice = step.dice;
        match step.act {
            Act::Publish { .. }
            | Act::PublishSlowly { .. }
            | Act::Propose { .. }
            | Act::Amend { .. }
            | Act::Sign { .. }
            | Act::Withdraw { .. }
            | Act::Retract { .. }
            | Act::Group { .. }
            | Act::React { .. } => self.people(step),
            Act::Connect { a, b } => self.connect(a, b, dice),
            Act::Cut { a, b } => {
                self.tally.fault("line broken");
                self.cut(a, b, "the line broke");
                Ok(())
            }
            Act::Turn { at, times } => self.turn(at, times, dice),
            Act::Deliver { from, to, frames } => self.deliver(from, to, frames, dice),
            Act::Mishap { from, to, mishap } => {
                self.lines.entry((from, to)).or_default().mishap = Some(mishap);
                Ok(())
            }
            Act::Wait { ms } => {
                self.now_us += ms * 1_000;
                Ok(())
            }
            Act::Jump { at, ms } => {
                self.tally.fault("clock jumped");
                self.nodes[at].skew_us += ms * 1_000;
                Ok(())
            }
            Act::Lie { to, lie } => self.lie(to, lie, dice),
            Act::Fail { .. }
            | Act::Stop { .. }
            | Act::Start { .. }
            | Act::Flush { .. }
            | Act::Room { .. }
            | Act::Stall { .. }
            | Act::Fold { .. } => self.machine(step),
            Act::Rotate { .. } | Act::Erase { .. } | Act::Export { .. } | Act::Import { .. } => {
                self.offline(step)
            }
        }
    }

    /// What happens to the machine of a node.
    fn machine(&mut self, step: Step) -> Result<(), Violation> {
        match step.act {
            Act::Fail { at, after, fate } if self.nodes[at].up.is_some() => {
                self.tally.fault(fault(fate));
                self.nodes[at].disk.decide_after(after, fate);
            }
            Act::Stop { at } if self.nodes[at].up.is_some() => {
                self.tally.fault("process killed");
                self.nodes[at].disk.stop();
            }
            Act::Start { at, store } if self.nodes[at].up.is_none() => {
                self.stand_at(at, step.dice);
                match store {
                    Store::Kept => {}
                    Store::Older => self.tally.fault("power lost"),
                    Store::WithoutViews => self.tally.fault("views deleted"),
                }
                self.start(at, store)?;
            }
            Act::Flush { at } => self.nodes[at].flush().map_err(Violation::broken)?,
            Act::Room { at, full } => {
                if full {
                    self.tally.fault("disk full for a while");
                }
                self.nodes[at].disk.fill(full);
            }
            Act::Stall { at, stalled } => {
                if stalled {
                    self.tally.fault("fold stalled");
                }
                self.nodes[at].desk().inspect(|desk| desk.views.stall(stalled));
            }
            Act::Fold { at, entries } => {
                self.stand_at(at, step.dice);
                if let Some(desk) = self.nodes[at].desk() {
                    desk.views.step(entries.max(1)).map_err(Violation::broken)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Starts a node, which stays down while its disk has no room for what it must finish first.
    pub fn start(&mut self, at: At, store: Store) -> Result<(), Violation> {
        self.tally.restarts += 1;
        match self.nodes[at].start(store) {
            Ok(()) => self.after_start(at),
            Err(_) if self.nodes[at].disk.is_full() => Ok(()),
            Err(error) => Err(Violation::broken(error)),
        }
    }

    /// Ends the processes of the nodes whose machine stopped.
    fn bury(&mut self) -> Result<(), Violation> {
        for at in 0..self.nodes.len() {
            if self.nodes[at].up.is_some() && self.nodes[at].disk.is_dead() {
                self.tally.crashes += 1;
                for other in 0..self.nodes.len() {
                    self.cut(at, other, "the peer is gone");
                }
                let node = &mut self.nodes[at];
                node.died_us.get_or_insert(self.now_us + node.skew_us);
                node.stop().map_err(Violation::broken)?;
            }
        }
        Ok(())
    }

    /// Opens a session between two nodes that are up.
    pub fn connect(&mut self, a: At, b: At, dice: u64) -> Result<(), Violation> {
        if self.setting.party(a) == self.setting.party(b)
            || [a, b].iter().any(|at| self.nodes[*at].up.is_none())
            || self.is_connected(a, b)
        {
            return Ok(());
        }
        for (one, other) in [(a, b), (b, a)] {
            self.stand_at(one, dice);
            let peer = self.nodes[other].party;
            let Some(up) = &mut self.nodes[one].up else { return Ok(()) };
            match Session::open(&up.desk, peer, &up.statuses) {
                Ok((session, hello)) => {
                    up.sessions.insert(other, session);
                    self.sent(one, other, hello)?;
                }
                Err(Ended { farewell, .. }) => {
                    if let Some(farewell) = farewell {
                        self.sent(one, other, farewell)?;
                    }
                }
            }
        }
        self.tidy_up(a, b);
        Ok(())
    }

    pub fn is_connected(&self, a: At, b: At) -> bool {
        let has =
            |at: At, peer: At| self.nodes[at].up.as_ref().is_some_and(|up| up.sessions.contains_key(&peer));
        has(a, b) || has(b, a)
    }

    pub fn cut(&mut self, a: At, b: At, reason: &str) {
        for (one, other) in [(a, b), (b, a)] {
            self.end(one, other, reason);
            self.lines.remove(&(one, other));
        }
    }

    fn end(&mut self, at: At, peer: At, reason: &str) {
        if let Some(up) = &mut self.nodes[at].up
            && let Some(session) = up.sessions.remove(&peer)
        {
            session.close(reason);
        }
    }

    /// A side that is gone closes the other one, once that has read what was still on its way.
    fn tidy_up(&mut self, a: At, b: At) {
        for (gone, left) in [(a, b), (b, a)] {
            let up = |at: At, peer: At| {
                self.nodes[at].up.as_ref().is_some_and(|up| up.sessions.contains_key(&peer))
            };
            let waiting = self.lines.get(&(gone, left)).is_some_and(|line| !line.frames.is_empty());
            if !up(gone, left) && (!up(left, gone) || !waiting) {
                self.cut(gone, left, "the connection closed");
                return;
            }
        }
    }

    /// A node does what is due in its sessions.
    pub fn turn(&mut self, at: At, times: usize, dice: u64) -> Result<(), Violation> {
        let peers: Vec<At> = self.nodes[at].up.iter().flat_map(|up| up.sessions.keys().copied()).collect();
        for peer in peers {
            for _ in 0..times {
                self.stand_at(at, dice);
                let Some(up) = &mut self.nodes[at].up else { return Ok(()) };
                let Some(session) = up.sessions.get_mut(&peer) else { break };
                match session.turn() {
                    Ok(frames) if frames.is_empty() => break,
                    Ok(frames) => {
                        for frame in frames {
                            self.sent(at, peer, frame)?;
                        }
                    }
                    Err(ended) => {
                        self.ended(at, peer, ended)?;
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    fn ended(&mut self, at: At, peer: At, ended: Ended) -> Result<(), Violation> {
        if let Some(farewell) = ended.farewell {
            self.sent(at, peer, farewell)?;
        }
        self.tally.endings += 1;
        if self.told {
            println!("        {} ends the session with {}: {}", name(at), name(peer), ended.reason);
        }
        self.end(at, peer, &ended.reason);
        self.tidy_up(at, peer);
        Ok(())
    }

    /// Frames arrive, with whatever happens to them on the way.
    pub fn deliver(&mut self, from: At, to: At, frames: usize, dice: u64) -> Result<(), Violation> {
        for n in 0..frames {
            let mut chance = Chance::new(dice.wrapping_add(n as u64));
            let Some(line) = self.lines.get_mut(&(from, to)) else { return Ok(()) };
            for frame in line.next(&mut chance, &mut self.tally) {
                let (from, to) = if frame.strayed { self.astray(from, to) } else { (from, to) };
                if frame.wrong || frame.strayed {
                    self.wronged.insert((to, from));
                }
                self.arrive(from, to, &frame.bytes, chance.next())?;
                if let Some(author) = self.setting.beside(to, from).filter(|author| *author != to) {
                    self.looked_at_mirror(to, author)?;
                }
            }
        }
        Ok(())
    }

    /// Where a frame comes out that leaves its realm.
    fn astray(&self, from: At, to: At) -> (At, At) {
        let elsewhere = |at| self.setting.elsewhere(at);
        elsewhere(from).zip(elsewhere(to)).unwrap_or((from, to))
    }

    /// Compares a mirror with its author's log when it has grown.
    pub fn looked_at_mirror(&mut self, at: At, author: At) -> Result<(), Violation> {
        let party = self.nodes[author].party;
        let held = self.nodes[at].holds_of(party);
        if self.nodes[at].mirrored.insert(party, held) == Some(held) {
            Ok(())
        } else {
            self.mirror(at, author)
        }
    }

    fn arrive(&mut self, from: At, to: At, bytes: &Bytes, dice: u64) -> Result<(), Violation> {
        self.stand_at(to, dice);
        let Some(up) = &mut self.nodes[to].up else { return Ok(()) };
        let Some(session) = up.sessions.get_mut(&from) else { return Ok(()) };
        self.tally.frames += 1;
        if self.told {
            println!("        {} → {}: {}", name(from), name(to), brief(bytes));
        }
        match session.receive(bytes) {
            Ok(answer) => {
                if let Some(answer) = answer {
                    self.sent(to, from, answer)?;
                }
            }
            Err(ended) => self.ended(to, from, ended)?,
        }
        self.tidy_up(from, to);
        Ok(())
    }
}

fn fault(fate: Fate) -> &'static str {
    match fate {
        Fate::Lost => "crash before an fsync",
        Fate::Torn => "crash with a torn tail",
        Fate::Unanswered => "crash after an fsync",
        Fate::Full => "disk full for one commit",
    }
}
