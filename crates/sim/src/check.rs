//! What must hold after every step: I1, I2, I3, I5 and I6 as they can be seen from outside, against the model.

use std::fmt;

use bytes::Bytes;
use ledger::{CheckpointNote, LogKey};
use link::{Frame, Item};

use crate::cast::cast;
use crate::model::{Statement, may_send, may_take};
use crate::step::{At, name};
use crate::world::World;

/// What did not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    /// Which invariant of DESIGN §5, or `story` when the simulation could not go on.
    pub invariant: &'static str,
    pub what: String,
}

impl Violation {
    pub fn new(invariant: &'static str, what: String) -> Self {
        Self { invariant, what }
    }

    pub fn broken(error: impl fmt::Display) -> Self {
        Self::new("story", error.to_string())
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.invariant, self.what)
    }
}

impl World {
    /// A node says that what it was given is stored: every record of its log that there is now.
    pub fn acknowledged(&mut self, at: At) -> Result<(), Violation> {
        let node = &mut self.nodes[at];
        node.acknowledged = node.leaves_of(node.party).into_iter().map(|(leaf, _)| leaf).collect();
        Ok(())
    }

    /// After every step.
    pub fn check(&mut self) -> Result<(), Violation> {
        for at in 0..self.nodes.len() {
            self.check_node(at)?;
        }
        Ok(())
    }

    fn check_node(&mut self, at: At) -> Result<(), Violation> {
        self.nodes[at].look().map_err(Violation::broken)?;
        let node = &mut self.nodes[at];
        if node.checked == node.statements.len() {
            if node.up.is_some() {
                node.died_us = None;
            }
            return Ok(());
        }
        let node = &self.nodes[at];
        let party = node.party.to_string();
        for record in &node.statements[node.checked..] {
            self.check_read(at, record)?;
        }
        let own = node.statements[node.checked..].iter().filter(|s| s.author == party).count();
        self.tally.records += own as u64;
        self.nodes[at].checked = self.nodes[at].statements.len();
        self.nodes[at].died_us = None;
        Ok(())
    }

    /// I1, I6: what a node can read was its author's to send, and its own to take.
    fn check_read(&self, at: At, record: &Statement) -> Result<(), Violation> {
        let node = &self.nodes[at];
        if record.realm != node.realm().to_string() {
            return Err(Violation::new(
                "I6",
                format!("{} reads a record of realm {}", name(at), record.realm),
            ));
        }
        if record.author == node.party.to_string() {
            return Ok(());
        }
        let of = |other: &At| self.nodes[*other].party.to_string() == record.author;
        let Some(author) = self.setting.circle(at).find(of) else {
            return Err(Violation::new("I1", format!("{} reads a record of a stranger", name(at))));
        };
        let was_sent = self.is_liar(author) || self.allowed.contains(&(record.id, at));
        if !was_sent {
            let what = format!("{} reads a record of {} that was never its to send", name(at), name(author));
            return Err(Violation::new("I1", what));
        }
        let clocks = [Some(self.now_us + node.skew_us), node.died_us];
        let party = node.party.to_string();
        // It judged by what it had folded at some moment of this step: a grant may have come and ended with it. What it stored
        // and could no longer show before it died, it judged by the clock of then.
        let takes = |known: &usize| {
            let knew = &node.statements[..*known];
            clocks.iter().flatten().any(|now_us| may_take(record, &party, knew, *now_us))
        };
        let arrived = node.statements.len();
        let knew = node.folded_before.min(arrived);
        if !takes(&arrived) && !(knew..arrived).any(|known| takes(&known)) {
            let what = format!(
                "{} takes a {} of {} that no grant it knows covers",
                name(at),
                record.kind,
                name(author)
            );
            return Err(Violation::new("I1", what));
        }
        Ok(())
    }

    /// Looks at a frame that a node sends, and puts it on the line.
    pub fn sent(&mut self, from: At, to: At, bytes: Bytes) -> Result<(), Violation> {
        let frame = Frame::decode(bytes.slice(4..)).map_err(Violation::broken)?;
        self.leaves(from, to, &frame)?;
        if let Some(heard) = &mut self.heard {
            heard.hear(&bytes);
        }
        self.lines.entry((from, to)).or_default().frames.push_back(bytes);
        Ok(())
    }

    /// Looks at a frame that leaves a node, on a line or in a file.
    pub fn leaves(&mut self, from: At, to: At, frame: &Frame) -> Result<(), Violation> {
        if self.setting.are_apart(from, to) && matches!(frame, Frame::Batch { .. } | Frame::Reveal { .. }) {
            let what = format!("{} sends of its log to {}, which is in another realm", name(from), name(to));
            return Err(Violation::new("I6", what));
        }
        match frame {
            Frame::Batch { first, items, .. } => {
                for (position, item) in (*first..).zip(items) {
                    self.check_item(from, to, position, item)?;
                }
            }
            Frame::Reveal { items } => {
                for revealed in items {
                    self.check_item(from, to, revealed.position, &revealed.item)?;
                }
            }
            Frame::Ack { size, .. } | Frame::Hello { held: size, .. } => {
                let peer = self.nodes[to].party;
                let vouched = self.nodes[from].vouched.entry(peer).or_default();
                if size < vouched {
                    let what = format!(
                        "{} told {} that it holds {vouched} of its records, and now {size}",
                        name(from),
                        name(to)
                    );
                    return Err(Violation::new("I2", what));
                }
                *vouched = *size;
            }
            Frame::UpToDate { .. } | Frame::Ask { .. } | Frame::Keys { .. } | Frame::Bye { .. } => {}
            Frame::Ping | Frame::Pong => {}
        }
        Ok(())
    }

    /// I1, I5 at the author's gate: a record goes out only as far as the model lets it, and hashes are the true ones.
    fn check_item(&mut self, from: At, to: At, position: u64, item: &Item) -> Result<(), Violation> {
        self.nodes[from].look().map_err(Violation::broken)?;
        let leaf = match item {
            Item::Withheld(leaf) => {
                self.tally.withheld += 1;
                leaf.0
            }
            Item::Record { header, .. } => records::leaf_hash(header).0.0,
        };
        let node = &self.nodes[from];
        if node.own_leaves.get(position as usize) != Some(&leaf) {
            let what =
                format!("{} sends another record for its position {position} than it holds", name(from));
            return Err(Violation::new("I3", what));
        }
        if matches!(item, Item::Withheld(_)) {
            return Ok(());
        }
        self.tally.delivered += 1;
        let receiver = self.nodes[to].party.to_string();
        let now_us = self.now_us + node.skew_us;
        let record = node.statements.iter().find(|statement| statement.id == leaf);
        let Some(record) = record else {
            return Err(Violation::new("I3", format!("{} sends a record that it cannot read", name(from))));
        };
        if !may_send(record, &receiver, node.folded(), now_us) {
            let what = format!(
                "{} sends its record {position} ({} {}) to {}, which may not have it",
                name(from),
                record.kind,
                record.object_type,
                name(to)
            );
            return Err(Violation::new("I1", what));
        }
        self.tally.objects += u64::from(!record.is_named_kind());
        self.allowed.insert((leaf, to));
        Ok(())
    }

    /// I2 after a start: everything acknowledged is there, and the ledger verifies.
    pub fn after_start(&mut self, at: At) -> Result<(), Violation> {
        let node = &self.nodes[at];
        let own: Vec<[u8; 32]> = node.leaves_of(node.party).into_iter().map(|(leaf, _)| leaf).collect();
        if !own.starts_with(&node.acknowledged) {
            let what = format!(
                "{} acknowledged {} records and holds {} of its log after a restart",
                name(at),
                node.acknowledged.len(),
                own.len()
            );
            return Err(Violation::new("I2", what));
        }
        for (peer, vouched) in &node.vouched {
            let held = node.leaves_of(*peer).len() as u64;
            if held < *vouched {
                let what =
                    format!("{} told a peer that it holds {vouched} records and holds {held}", name(at));
                return Err(Violation::new("I2", what));
            }
        }
        self.erased_is_gone(at)?;
        self.verifies(at)
    }

    /// What a node says it has erased, it has not.
    pub fn erased_is_gone(&self, at: At) -> Result<(), Violation> {
        let node = &self.nodes[at];
        let me = node.party.to_string();
        for erasure in node.statements.iter().filter(|s| s.erases(&me).is_some()) {
            let (author, position) = (&erasure.body["author"], erasure.body["position"].as_u64());
            let author = author.as_str().unwrap_or(&me);
            if position.is_none_or(|position| node.has_body(author, position)) {
                let what =
                    format!("{} says it erased record {position:?} of {author} and holds it", name(at));
                return Err(Violation::new("erasure", what));
            }
        }
        Ok(())
    }

    /// I2: the ledger computes to itself.
    pub fn verifies(&self, at: At) -> Result<(), Violation> {
        let Some(desk) = self.nodes[at].desk() else { return Ok(()) };
        let keys = |key: &LogKey| {
            let party = cast().iter().find(|party| party.id == key.party);
            party.iter().flat_map(|party| &party.keys).map(|keys| keys.verifying().clone()).collect()
        };
        let verified = desk.ledger.verify(&keys, &mut |_| {}).map_err(Violation::broken)?;
        match verified.faults.first() {
            None => Ok(()),
            Some(fault) => {
                Err(Violation::new("I2", format!("the ledger of {} is damaged: {fault}", name(at))))
            }
        }
    }

    /// I3: a mirror is the beginning of its author's log, or of a history that its author signed.
    pub fn mirrors(&self) -> Result<(), Violation> {
        for at in 0..self.nodes.len() {
            for author in self.setting.circle(at).filter(|author| *author != at) {
                self.mirror(at, author)?;
            }
        }
        Ok(())
    }

    /// The newest checkpoint that a node keeps of a peer's log.
    fn newest_note(&self, at: At, author: At, size: u64) -> Option<CheckpointNote> {
        let desk = self.nodes[at].desk()?;
        let log = desk.ledger.find(&self.log_of(author))?;
        desk.ledger.reader().ok()?.checkpoint_upto(log, size).ok()?
    }

    fn log_of(&self, at: At) -> LogKey {
        LogKey { party: self.nodes[at].party, realm: self.nodes[at].realm().clone() }
    }

    /// Whether a checkpoint is by keys that its author had not given up at that size, as far as the reader knows.
    fn is_of_its_time(&self, at: At, author: At, note: &CheckpointNote) -> bool {
        let party = self.nodes[author].party.to_string();
        let mut given_up: Vec<u64> =
            self.nodes[at].statements.iter().filter_map(|s| s.changes_keys(&party)).collect();
        given_up.sort_unstable();
        let ends = given_up.into_iter().chain(std::iter::repeat(u64::MAX));
        let origin = self.log_of(author).origin();
        let mut able = cast()[self.setting.party(author)].keys.iter().zip(ends);
        able.any(|(keys, end)| note.size() <= end && note.verify(&origin, keys.verifying()).is_ok())
    }

    pub fn mirror(&self, at: At, author: At) -> Result<(), Violation> {
        let party = self.nodes[author].party;
        let held: Vec<[u8; 32]> = self.nodes[at].leaves_of(party).into_iter().map(|(leaf, _)| leaf).collect();
        if held.is_empty() {
            return Ok(());
        }
        let (size, root) = (held.len() as u64, ledger::merkle::root_of(&held));
        let note = self.newest_note(at, author, size);
        let vouches = |note: &CheckpointNote| {
            (note.size(), note.root().0) == (size, root) && self.is_of_its_time(at, author, note)
        };
        if !note.as_ref().is_some_and(vouches) {
            let what = format!(
                "{} holds {} records of {} that no checkpoint vouches for",
                name(at),
                held.len(),
                name(author)
            );
            return Err(Violation::new("I3", what));
        }
        if self.nodes[author].own_leaves.starts_with(&held) {
            return Ok(());
        }
        if self.is_liar(author) && self.forged_roots.contains(&(held.len() as u64, root)) {
            return Ok(());
        }
        let what =
            format!("{} holds {} records of {} that are not its log", name(at), held.len(), name(author));
        Err(Violation::new("I3", what))
    }
}
