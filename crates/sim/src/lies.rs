//! What a lying peer sends: true frames made false, and histories that it signs beside its own.

use bytes::Bytes;
use ledger::merkle::root_of;
use ledger::{CheckpointNote, LogKey};
use link::{Frame, Item};
use model::{Digest, Marking, PartyId, Position, Realm, Tlp};
use records::delivery::OBJECT;
use records::{Marked, Seal, Sealed};

use crate::chance::Chance;
use crate::check::Violation;
use crate::step::{At, Lie};
use crate::world::World;

impl World {
    /// The liar puts a lie on the line to one node; nothing when it has no session, or nothing to lie with.
    pub fn lie(&mut self, to: At, lie: Lie, dice: u64) -> Result<(), Violation> {
        let Some(liar) = self.setting.liar.filter(|liar| *liar != to) else { return Ok(()) };
        if !self.is_connected(liar, to) {
            return Ok(());
        }
        self.stand_at(liar, dice);
        let mut chance = Chance::new(dice);
        let frame = match lie {
            Lie::WrongLeaf | Lie::MissingLeaf | Lie::OldCheckpoint | Lie::OutsideGrant | Lie::OtherBody => {
                self.spoil(liar, to, lie, &mut chance);
                return Ok(());
            }
            Lie::Claims => Some(Frame::Ack { size: 1_000_000, refused: Vec::new() }),
            Lie::TwoHistories => self.forge(liar, to, self.nodes[liar].party, Realm::Real, &mut chance),
            Lie::OtherAuthor => self.forge(liar, to, self.nodes[to].party, Realm::Real, &mut chance),
            Lie::OtherRealm => {
                let realm = Realm::Exercise("run".into());
                self.forge(liar, to, self.nodes[liar].party, realm, &mut chance)
            }
        };
        if let Some(frame) = frame {
            self.tally.lies += 1;
            self.tally.faults += 1;
            self.lines.entry((liar, to)).or_default().frames.push_back(frame.encode());
        }
        Ok(())
    }

    /// A batch that continues what the node holds with a record of the liar's making, under a good signature.
    fn forge(
        &mut self,
        liar: At,
        to: At,
        author: PartyId,
        realm: Realm,
        chance: &mut Chance,
    ) -> Option<Frame> {
        let desk = self.nodes[liar].desk()?.clone();
        let mut leaves: Vec<[u8; 32]> =
            self.nodes[to].leaves_of(desk.me).into_iter().map(|(leaf, _)| leaf).collect();
        let first = leaves.len() as u64;
        let under: Vec<_> = desk.known().agreements.keys().copied().collect();
        let mut salt = [0; 16];
        chance.fill(&mut salt);
        let seal = Seal {
            author,
            realm: &realm,
            stated_at: desk::edge::now(),
            kind: OBJECT,
            object_type: "indicator",
            marked: Marked::Known(Marking::tlp(Tlp::Clear)),
            under: &under,
            to: None,
            group: None,
            about: &[],
        };
        let Sealed { header, body, .. } =
            seal.bytes(Bytes::from_static(b"{\"id\":\"indicator--lie\"}"), salt);
        leaves.push(records::leaf_hash(&header).0.0);
        let root = root_of(&leaves);
        let size = leaves.len() as u64;
        self.forged_roots.insert((size, root));
        let origin = LogKey { party: desk.me, realm: Realm::Real }.origin();
        let note = CheckpointNote::sign(&origin, size, Digest(root), &desk.keys);
        let item = Item::Record { header: Bytes::from(header), body: Some(body), openings: None };
        Some(Frame::Batch { first, items: vec![item], note: Bytes::copy_from_slice(note.as_bytes()) })
    }

    /// Makes the first batch on the line a lie.
    fn spoil(&mut self, liar: At, to: At, lie: Lie, chance: &mut Chance) {
        let Some(desk) = self.nodes[liar].desk().cloned() else { return };
        let Some(line) = self.lines.get_mut(&(liar, to)) else { return };
        for bytes in &mut line.frames {
            let Ok(Frame::Batch { first, mut items, mut note }) = Frame::decode(bytes.slice(4..)) else {
                continue;
            };
            let withheld: Vec<usize> =
                (0..items.len()).filter(|n| matches!(items[*n], Item::Withheld(_))).collect();
            let spoilt = match lie {
                Lie::OldCheckpoint => {
                    old_note(&desk, first + items.len() as u64, chance).map(|old| note = old)
                }
                Lie::WrongLeaf => chance.pick(&withheld).map(|n| items[*n] = Item::Withheld(Digest([7; 32]))),
                Lie::MissingLeaf => chance.pick(&withheld).map(|n| drop(items.remove(*n))),
                Lie::OutsideGrant => chance.pick(&withheld).and_then(|n| {
                    items[*n] = true_record(&desk, first + *n as u64)?;
                    Some(())
                }),
                Lie::OtherBody => items.iter_mut().find_map(|item| match item {
                    Item::Record { body: Some(body), .. } => {
                        *body = Bytes::from_static(b"{\"id\":\"indicator--other\"}");
                        Some(())
                    }
                    _ => None,
                }),
                Lie::TwoHistories | Lie::OtherRealm | Lie::OtherAuthor | Lie::Claims => None,
            };
            if spoilt.is_some() {
                *bytes = Frame::Batch { first, items, note }.encode();
                self.tally.lies += 1;
                self.tally.faults += 1;
                return;
            }
        }
    }
}

/// An earlier checkpoint of the liar's log.
fn old_note(desk: &desk::Desk, size: u64, chance: &mut Chance) -> Option<Bytes> {
    let earlier = chance.below(size as usize) as u64;
    let note = desk.ledger.reader().ok()?.checkpoint_upto(desk.log, earlier).ok()??;
    Some(Bytes::copy_from_slice(note.as_bytes()))
}

/// A record of the liar's log as it is, released or not.
fn true_record(desk: &desk::Desk, position: u64) -> Option<Item> {
    let mut item = None;
    let reader = desk.ledger.reader().ok()?;
    let copied = |part: Option<&[u8]>| part.map(Bytes::copy_from_slice);
    reader
        .at(desk.log, Position(position), |entry| {
            item = copied(entry.header).map(|header| Item::Record {
                header,
                body: copied(entry.body),
                openings: copied(entry.openings),
            });
        })
        .ok()?;
    item
}
