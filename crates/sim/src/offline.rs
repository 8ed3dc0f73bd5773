//! What is done to a node beside its daily work: other keys, a body erased, and files carried from one to another. For
//! each of these a node is stopped, as its commands demand, so nobody is connected to it meanwhile.

use std::sync::Arc;

use bytes::{Buf as _, Bytes};
use desk::Desk;
use desk::erase::erase;
use desk::links::{export, import};
use desk::reactors::catch_up;
use desk::rotate::announce;
use link::Frame;
use model::{Digest, PartyId, Position, RecordId};
use records::delivery::OBJECT;
use records::erasure::Erasure;

use crate::cast::cast;
use crate::chance::Chance;
use crate::check::Violation;
use crate::step::{Act, At, Step, Store, name};
use crate::world::World;

/// A file on its way between two nodes.
pub(crate) struct Parcel {
    pub to: At,
    pub bytes: Vec<u8>,
}

/// Bytes before the realm behind its length, and the first frame: a line of words, the author and the reader.
const HEAD: usize = b"entente link file 2\n".len() + 32;

impl World {
    /// One such act; nothing when the node is down.
    pub fn offline(&mut self, Step { act, dice }: Step) -> Result<(), Violation> {
        let at = match act {
            Act::Rotate { at } | Act::Erase { at } | Act::Export { from: at, .. } | Act::Import { at } => at,
            _ => return Ok(()),
        };
        let Some(desk) = self.nodes[at].desk().cloned() else { return Ok(()) };
        for other in 0..self.nodes.len() {
            self.cut(at, other, "the node is stopped for a while");
        }
        self.stand_at(at, dice);
        let mut chance = Chance::new(dice ^ 0x0FF1);
        match act {
            Act::Rotate { .. } => self.rotate(at, &desk)?,
            Act::Erase { .. } => self.erase(at, &desk, &mut chance)?,
            Act::Export { to, .. } => self.export(at, to, &desk, &mut chance)?,
            Act::Import { .. } => self.import(at, &desk, &mut chance)?,
            _ => {}
        }
        drop(desk);
        if matches!(act, Act::Rotate { .. } | Act::Erase { .. }) { self.again(at) } else { Ok(()) }
    }

    /// Starts the process anew, unless its machine has stopped.
    fn again(&mut self, at: At) -> Result<(), Violation> {
        if self.nodes[at].disk.is_dead() {
            return Ok(());
        }
        self.nodes[at].stop().map_err(Violation::broken)?;
        self.start(at, Store::Kept)
    }

    fn rotate(&mut self, at: At, desk: &Desk) -> Result<(), Violation> {
        let party = &cast()[self.setting.party(at)];
        let Some(new) = party.after(&desk.keys) else { return Ok(()) };
        self.nodes[at].keep_waiting(Arc::clone(&new));
        if announce(desk, &new).is_err() {
            return Ok(()); // cut off: the next start finishes it or undoes it
        }
        self.tally.did("keys changed");
        self.acknowledged(at)
    }

    /// Erases the body of an object that the node can read.
    fn erase(&mut self, at: At, desk: &Desk, chance: &mut Chance) -> Result<(), Violation> {
        let node = &self.nodes[at];
        let readable: Vec<_> = node.statements.iter().filter(|s| s.kind == OBJECT && !s.erased).collect();
        let Some(chosen) = chance.pick(&readable) else { return Ok(()) };
        let said = Erasure {
            record: RecordId(Digest(chosen.id)),
            position: Position(chosen.place),
            author: chosen.author.parse::<PartyId>().ok().filter(|author| *author != desk.me),
            reason: "asked for".into(),
            by: "somebody".into(),
        };
        let erased = erase(desk, &said).is_ok();
        // That an erasure has begun is noted durably before anything else.
        self.nodes[at].flush().map_err(Violation::broken)?;
        if erased {
            self.tally.did("bodies erased");
            return self.acknowledged(at);
        }
        Ok(())
    }

    fn export(&mut self, from: At, to: At, desk: &Arc<Desk>, chance: &mut Chance) -> Result<(), Violation> {
        if from == to || self.setting.are_apart(from, to) {
            return Ok(());
        }
        let held = self.nodes[to].holds_of(desk.me) as u64;
        let since = match chance.below(3) {
            0 => 0,
            1 => held,
            _ => chance.below(desk.ledger.size(desk.log) as usize + 1) as u64,
        };
        let mut bytes = Vec::new();
        if export(desk, self.nodes[to].party, since, &mut bytes).is_err() {
            return Ok(());
        }
        for frame in frames(&bytes) {
            self.leaves(from, to, &frame)?;
        }
        self.tally.did("files written");
        self.parcels.push(Parcel { to, bytes });
        Ok(())
    }

    /// Reads a file, now and then one for somebody else or of the other realm, and now and then a damaged one.
    fn import(&mut self, at: At, desk: &Arc<Desk>, chance: &mut Chance) -> Result<(), Violation> {
        let any = chance.once_in(5);
        let fit: Vec<_> = self.parcels.iter().filter(|parcel| any || parcel.to == at).collect();
        let Some(parcel) = chance.pick(&fit) else { return Ok(()) };
        let mut bytes = parcel.bytes.clone();
        if parcel.to != at {
            self.tally.fault("file for somebody else");
        }
        if chance.once_in(5) {
            damage(&mut bytes, chance);
            self.tally.fault("file damaged");
        }
        let read = import(desk, &bytes[..]);
        if read.is_ok() && parcel.to != at {
            let (reader, named) = (name(at), name(parcel.to));
            return Err(Violation::new("I1", format!("{reader} reads a file that was written for {named}")));
        }
        if read.is_ok_and(|imported| imported.after > imported.before) {
            self.tally.did("files read that brought something");
        }
        let _ = catch_up(desk); // a full disk answers nothing; it is tried again
        self.acknowledged(at)?;
        for author in self.setting.circle(at).filter(|author| *author != at) {
            self.looked_at_mirror(at, author)?;
        }
        Ok(())
    }
}

fn damage(bytes: &mut Vec<u8>, chance: &mut Chance) {
    if chance.once_in(3) {
        bytes.truncate(chance.below(bytes.len()));
    } else if !bytes.is_empty() {
        let at = chance.below(bytes.len());
        bytes[at] ^= 1 << chance.below(8);
    }
}

/// The frames of a file that this program wrote.
fn frames(bytes: &[u8]) -> Vec<Frame> {
    let realm = bytes.get(HEAD).map_or(0, |length| 1 + usize::from(*length));
    let mut rest = Bytes::copy_from_slice(bytes.get(HEAD + realm..).unwrap_or_default());
    let mut frames = Vec::new();
    while rest.remaining() >= 4 {
        let length = rest.get_u32() as usize;
        let frame = rest.split_to(length.min(rest.len()));
        frames.extend(Frame::decode(frame).ok());
    }
    frames
}
