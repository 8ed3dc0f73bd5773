//! Preparing what a peer gets: released records whole, withheld ones as hashes, ending at a signed checkpoint.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use bytes::Bytes;
use link::{Frame, Item, RevealedItem};
use model::{Digest, PartyId, Position};
use records::{HeaderReader, Opening, Reach, reach};
use share::{Class, Receiver, verdict};

use super::dispatch::Sent;
use super::held::Held;
use crate::desk::Desk;
use crate::edge;
use crate::sql::SqlError;
use crate::submit::FOLD_PATIENCE;
use crate::views::classes::ClassKey;

/// Records of one batch at most.
const BATCH_RECORDS: usize = 4_096;
/// Bytes of one batch, roughly.
const BATCH_BYTES: usize = 2 << 20;
/// Header shapes remembered.
const MAX_SHAPES: usize = 8_192;

/// Why nothing could be prepared.
#[derive(Debug, thiserror::Error)]
pub(super) enum PrepareError {
    #[error(transparent)]
    Read(#[from] ledger::ReadError),
    #[error(transparent)]
    Checkpoint(#[from] ledger::CheckpointError),
    #[error("cannot read or note what was taken back: {0}; see `entente doctor`")]
    Views(#[from] SqlError),
}

/// One own entry, copied out of the ledger.
struct Entry {
    seq: u64,
    position: u64,
    header: Bytes,
    body: Option<Bytes>,
    openings: Option<Bytes>,
}

/// One record looked at again: its class when the views know it, and itself when it is released.
pub(super) struct Looked {
    pub position: u64,
    pub class: Option<ClassKey>,
    pub item: Option<Item>,
}

/// Prepares batches for one peer, remembering verdicts while the book stays the same.
pub(super) struct Preparer {
    desk: Arc<Desk>,
    peer: PartyId,
    ids: HashMap<Arc<Class>, u32>,
    /// The key of each class, by number.
    keys: Vec<ClassKey>,
    headers: HeaderReader,
    /// Class numbers by header shape, as far as met.
    by_shape: HashMap<u32, u32>,
    verdicts: HashMap<u32, bool>,
    /// What stays here although its header's class is released.
    held: Option<Held>,
    epoch: u64,
    valid_until: Option<model::Timestamp>,
}

impl Preparer {
    pub fn new(desk: Arc<Desk>, peer: PartyId) -> Self {
        let held = Held::load(&desk.local, &peer).ok(); // tried again on first use, which reports what is wrong
        Self {
            desk,
            peer,
            ids: HashMap::new(),
            keys: Vec::new(),
            headers: HeaderReader::default(),
            by_shape: HashMap::new(),
            verdicts: HashMap::new(),
            held,
            epoch: 0,
            valid_until: None,
        }
    }

    /// The batch from `from` on, and what it does with each class. Blocks until the views know the same records,
    /// so that an agreement is in force for what follows it.
    pub fn batch(&mut self, from: u64) -> Result<(Frame, Sent), PrepareError> {
        let mut entries = self.read(from, BATCH_RECORDS)?;
        // What makes or ends a grant ends its batch, so that the follower has it before what it decides about.
        if let Some(at) = entries.iter().position(|entry| self.is_handshake(entry)) {
            entries.truncate(at + 1);
        }
        self.refresh();
        let end = entries.last().map_or(from, |entry| entry.position + 1);
        let raised = self.raised(&entries)?;
        let mut sent = Sent { first: from, end, ..Sent::default() };
        let mut items = Vec::with_capacity(entries.len());
        for entry in entries {
            let class = self.class_of(&entry);
            let by_class = class.is_some_and(|class| self.released(class));
            match class {
                Some(class) => drop(sent.classes.insert(self.key(class)?, by_class)),
                None => sent.late.push(entry.position),
            }
            let released = by_class && self.still(&raised, &entry)?;
            items.push(self.item(entry, released));
        }
        let note = self.note(end)?;
        Ok((Frame::Batch { first: from, items, note }, sent))
    }

    /// A signed checkpoint at `size`.
    pub fn note(&self, size: u64) -> Result<Bytes, PrepareError> {
        let note = self.desk.ledger.checkpoint_at(self.desk.log, size, &self.desk.keys)?;
        Ok(Bytes::copy_from_slice(note.as_bytes()))
    }

    /// Our changes of keys, for a peer that may not have their records yet; nothing before the first.
    pub fn keys(&self) -> Option<Frame> {
        let known = self.desk.known();
        let own = known.parties.get(&self.desk.me)?;
        // A body of ours is a plain struct with string keys: serialising it cannot fail.
        let body = |rotation| serde_json::to_vec(rotation).map(Bytes::from).unwrap_or_default();
        let rotations: Vec<Bytes> = own.line.rotations().map(body).collect();
        (!rotations.is_empty()).then_some(Frame::Keys { rotations })
    }

    /// Classes of `withheld`, or of what is held back, that are released by now.
    pub fn newly_released(&mut self, withheld: &BTreeSet<ClassKey>) -> Result<Vec<ClassKey>, PrepareError> {
        self.refresh();
        let held = self.held()?.classes();
        // What the views do not know yet waits.
        let known = self.keys.iter().copied().enumerate();
        let wanted: Vec<(usize, ClassKey)> =
            known.filter(|(_, key)| withheld.contains(key) || held.contains(key)).collect();
        Ok(wanted.into_iter().filter(|(class, _)| self.released(*class as u32)).map(|(_, key)| key).collect())
    }

    /// What a class is, by its number.
    fn key(&self, class: u32) -> Result<ClassKey, SqlError> {
        self.keys.get(class as usize).map_or_else(|| self.desk.views.class_key(class), |key| Ok(*key))
    }

    /// A reveal of every record of `classes` in `[from, end)`, and where to go on.
    pub fn reveal(
        &mut self,
        classes: &[ClassKey],
        from: u64,
        end: u64,
    ) -> Result<(Vec<RevealedItem>, u64), PrepareError> {
        let entries = self.read(from, BATCH_RECORDS)?;
        let next = entries.last().map_or(end, |entry| entry.position + 1);
        let raised = self.raised(&entries)?;
        let mut items = Vec::new();
        for entry in entries.into_iter().filter(|entry| entry.position < end) {
            let Some(class) = self.class_of(&entry) else { continue };
            let now = raised.get(&entry.seq).copied().unwrap_or(Some(class));
            let now = now.map(|now| self.key(now)).transpose()?;
            let wanted = classes.contains(&self.key(class)?) || now.is_some_and(|now| classes.contains(&now));
            let position = entry.position;
            if wanted && self.released(class) {
                if self.still(&raised, &entry)? {
                    items.push(RevealedItem { position, item: self.item(entry, true) });
                }
            } else if wanted {
                // As it was sealed it goes nowhere, whatever holds now: it is waited for no more.
                let (desk, peer) = (Arc::clone(&self.desk), self.peer);
                self.held()?.forget(&desk.local, &peer, position)?;
            }
        }
        Ok((items, next))
    }

    /// The records at these places, as many as go into one frame.
    pub fn look(&mut self, positions: &[u64]) -> Result<Vec<Looked>, PrepareError> {
        let (mut entries, mut bytes) = (Vec::new(), 0);
        for position in positions.iter().take(BATCH_RECORDS) {
            let entry = self.read(*position, 1)?;
            bytes += entry
                .iter()
                .map(|entry| entry.header.len() + entry.body.as_ref().map_or(0, Bytes::len))
                .sum::<usize>();
            entries.extend(entry);
            if bytes >= BATCH_BYTES {
                break;
            }
        }
        self.refresh();
        let raised = self.raised(&entries)?;
        let mut looked = Vec::with_capacity(entries.len());
        for entry in entries {
            let (position, class) = (entry.position, self.class_of(&entry));
            let released = class.is_some_and(|class| self.released(class)) && self.still(&raised, &entry)?;
            let class = class.map(|class| self.key(class)).transpose()?;
            looked.push(Looked { position, class, item: released.then(|| self.item(entry, true)) });
        }
        Ok(looked)
    }

    fn read(&self, from: u64, count: usize) -> Result<Vec<Entry>, PrepareError> {
        let mut entries = Vec::new();
        let mut last_seq = 0;
        let copied = |part: Option<&[u8]>| part.map(Bytes::copy_from_slice);
        self.desk.ledger.reader()?.range(self.desk.log, Position(from), count, BATCH_BYTES, |entry| {
            last_seq = last_seq.max(entry.seq);
            entries.push(Entry {
                seq: entry.seq,
                position: entry.position.0,
                header: copied(entry.header).unwrap_or_default(),
                body: copied(entry.body),
                openings: copied(entry.openings),
            });
        })?;
        let _ = self.desk.views.wait_blocking(last_seq, FOLD_PATIENCE); // late views only withhold more
        Ok(entries)
    }

    /// Forgets verdicts when the book changed or time turned.
    fn refresh(&mut self) {
        let (known, now) = (self.desk.known(), edge::now());
        if known.epoch != self.epoch || self.valid_until.is_some_and(|until| now >= until) {
            self.verdicts.clear();
            self.epoch = known.epoch;
            self.valid_until = known.book.turns_at(now);
        }
        let classes = self.desk.views.classes();
        for (id, class) in classes.iter().enumerate().skip(self.ids.len()) {
            self.ids.insert(Arc::clone(class), id as u32);
            self.keys.push(ClassKey::of(class));
        }
    }

    fn class_of(&mut self, entry: &Entry) -> Option<u32> {
        let reading = self.headers.read(&entry.header).ok()?;
        if let Some(class) = reading.shape.and_then(|shape| self.by_shape.get(&shape)) {
            return Some(*class);
        }
        let class = self.ids.get(&Class::of(&reading.header, entry.openings.as_deref())).copied()?;
        if let Some(shape) = reading.shape {
            if self.by_shape.len() >= MAX_SHAPES {
                self.by_shape.clear();
            }
            self.by_shape.insert(shape, class);
        }
        Some(class)
    }

    fn is_handshake(&mut self, entry: &Entry) -> bool {
        self.headers.read(&entry.header).is_ok_and(|reading| reach(&reading.header.kind) == Reach::Named)
    }

    fn released(&mut self, class: u32) -> bool {
        if let Some(released) = self.verdicts.get(&class) {
            return *released;
        }
        let classes = self.desk.views.classes();
        let receiver = Receiver::node(self.desk.realm.clone(), self.peer);
        let released = classes.get(class as usize).is_some_and(|facts| {
            verdict(facts, &receiver, &self.desk.known().book, edge::now()).is_release()
        });
        self.verdicts.insert(class, released);
        released
    }

    /// Which of these records were taken back or narrowed, and what holds of them now.
    fn raised(&self, entries: &[Entry]) -> Result<HashMap<u64, Option<u32>>, SqlError> {
        let seqs = || entries.iter().map(|entry| entry.seq);
        let (Some(first), Some(last)) = (seqs().min(), seqs().max()) else { return Ok(HashMap::new()) };
        let mut all = HashMap::new();
        for pillar in &self.desk.pillars {
            all.extend((pillar.raised)(&self.desk, first..=last)?);
        }
        Ok(all)
    }

    /// Whether a record whose class is released is so as it is marked now, not only as it was sealed (I5). What is
    /// not is noted, so that it goes out should its new class be released one day. What was erased goes nowhere any more:
    /// with its body it was forgotten who took it back or narrowed it.
    fn still(&mut self, raised: &HashMap<u64, Option<u32>>, entry: &Entry) -> Result<bool, PrepareError> {
        let now = if entry.body.is_none() { Some(&None) } else { raised.get(&entry.seq) };
        let Some(now) = now else { return Ok(true) };
        let released = now.is_some_and(|class| self.released(class));
        let (desk, peer) = (Arc::clone(&self.desk), self.peer);
        let now = now.map(|class| self.key(class)).transpose()?;
        let held = self.held()?;
        match released {
            true => held.release(&desk.local, &peer, entry.position)?,
            false => held.keep(&desk.local, &peer, entry.position, now)?,
        }
        Ok(released)
    }

    /// Whether something stays here although its header's class is released.
    pub fn holds_back(&self) -> bool {
        self.held.as_ref().is_some_and(|held| !held.classes().is_empty())
    }

    fn held(&mut self) -> Result<&mut Held, PrepareError> {
        if self.held.is_none() {
            self.held = Some(Held::load(&self.desk.local, &self.peer)?);
        }
        Ok(self.held.get_or_insert_default())
    }

    fn item(&self, entry: Entry, released: bool) -> Item {
        if !released {
            return Item::Withheld(Digest(records::leaf_hash(&entry.header).0.0));
        }
        let openings = entry.openings.and_then(|openings| own_opening(&openings, &self.peer));
        Item::Record { header: entry.header, body: entry.body, openings }
    }
}

/// Of all openings only the peer's own travels, so that it learns of itself alone.
fn own_opening(openings: &[u8], peer: &PartyId) -> Option<Bytes> {
    let all: Vec<Opening> = serde_json::from_slice(openings).ok()?;
    let own: Vec<Opening> = all.into_iter().filter(|opening| opening.party == *peer).collect();
    if own.is_empty() { None } else { serde_json::to_vec(&own).ok().map(Bytes::from) }
}
