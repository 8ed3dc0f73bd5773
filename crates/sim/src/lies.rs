//! What a lying peer sends: true frames made false, and histories that it signs beside its own.

use std::sync::Arc;

use bytes::Bytes;
use ledger::keys::PartyKeys;
use ledger::merkle::root_of;
use ledger::{CheckpointNote, LogKey};
use link::{Frame, Item};
use model::{Digest, Marking, PartyId, Position, Realm, Tlp};
use records::delivery::OBJECT;
use records::{Marked, Seal, Sealed};

use crate::cast::cast;
use crate::chance::Chance;
use crate::check::Violation;
use crate::setting::exercise;
use crate::step::{At, Lie};
use crate::world::World;

/// What a forged record says of itself, and who signs for it.
struct Forged {
    author: PartyId,
    realm: Realm,
    keys: Arc<PartyKeys>,
}

fn word(lie: Lie) -> &'static str {
    match lie {
        Lie::TwoHistories => "two histories",
        Lie::WrongLeaf => "wrong hash",
        Lie::MissingLeaf => "missing hash",
        Lie::OldCheckpoint => "old checkpoint",
        Lie::OutsideGrant => "record outside the grant",
        Lie::OtherRealm => "record of another realm",
        Lie::OtherAuthor => "record of another author",
        Lie::OtherBody => "another body",
        Lie::Claims => "claim to hold what was never sent",
        Lie::OldKeys => "keys given up before",
    }
}

impl World {
    /// The liar puts a lie on the line to one node; nothing when it has no session, or nothing to lie with.
    pub fn lie(&mut self, to: At, lie: Lie, dice: u64) -> Result<(), Violation> {
        let Some(liar) = self.setting.liar.filter(|liar| *liar != to && !self.setting.are_apart(*liar, to))
        else {
            return Ok(());
        };
        if !self.is_connected(liar, to) {
            return Ok(());
        }
        self.stand_at(liar, dice);
        let mut chance = Chance::new(dice);
        let party = &cast()[self.setting.party(liar)];
        let Some(keys) = self.nodes[liar].desk().map(|desk| Arc::clone(&desk.keys)) else { return Ok(()) };
        let mine = Forged { author: party.id, realm: Realm::Real, keys };
        let frame = match lie {
            Lie::WrongLeaf | Lie::MissingLeaf | Lie::OldCheckpoint | Lie::OutsideGrant | Lie::OtherBody => {
                self.spoil(liar, to, lie, &mut chance);
                return Ok(());
            }
            Lie::Claims => Some(Frame::Ack { size: 1_000_000, refused: Vec::new() }),
            Lie::TwoHistories => self.forge(liar, to, mine, &mut chance),
            Lie::OtherAuthor => {
                self.forge(liar, to, Forged { author: self.nodes[to].party, ..mine }, &mut chance)
            }
            Lie::OtherRealm => self.forge(liar, to, Forged { realm: exercise(), ..mine }, &mut chance),
            // Before it has changed them there are none.
            Lie::OldKeys if mine.keys.verifying() == party.keys[0].verifying() => None,
            Lie::OldKeys => {
                self.forge(liar, to, Forged { keys: Arc::clone(&party.keys[0]), ..mine }, &mut chance)
            }
        };
        if let Some(frame) = frame {
            self.tally.lie(word(lie));
            self.lines.entry((liar, to)).or_default().frames.push_back(frame.encode());
        }
        Ok(())
    }

    /// A batch that continues what the node holds with a record of the liar's making, under a good signature.
    fn forge(
        &mut self,
        liar: At,
        to: At,
        Forged { author, realm, keys }: Forged,
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
        let note = CheckpointNote::sign(&origin, size, Digest(root), &keys);
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
                Lie::TwoHistories | Lie::OtherRealm | Lie::OtherAuthor | Lie::Claims | Lie::OldKeys => None,
            };
            if spoilt.is_some() {
                *bytes = Frame::Batch { first, items, note }.encode();
                self.tally.lie(word(lie));
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
