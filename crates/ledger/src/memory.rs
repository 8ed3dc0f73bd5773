//! The engine without a disk: the same answers as the others, for tests and dry runs.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::Position;

use crate::disk::{Disk, Fate, Image};
use crate::draft::{Parts, Receipt};
use crate::entry::EntryRef;
use crate::error::{ReadError, State, WriteError};
use crate::merkle::{Hash, TILE_WIDTH, TileId, perfect_root, root_of};
use crate::options::Options;
use crate::published::Published;
use crate::work::{Done, OnceKey, Outcome, Refusal, Work};
use crate::{Evidence, LogId};

/// Everything, behind one lock.
pub(crate) struct Memory {
    options: Options,
    published: Published,
    store: Mutex<Store>,
    disk: Option<Disk>,
    /// Work in front of a slow disk.
    waiting: Mutex<Vec<(Work, Done)>>,
}

#[derive(Clone, Default)]
pub(crate) struct Store {
    /// Shared, so that readers visit them without holding the lock.
    entries: Vec<Arc<Entry>>,
    logs: HashMap<LogId, Log>,
    evidence: Vec<Evidence>,
    once: BTreeSet<OnceKey>,
}

#[derive(Clone)]
struct Entry {
    log: LogId,
    pos: u64,
    at_us: i64,
    parts: Parts,
}

/// One log: leaf hashes, arrival numbers by position, what was revealed, checkpoints by size.
#[derive(Clone, Default)]
struct Log {
    leaves: Vec<Hash>,
    seqs: Vec<u64>,
    revealed: HashMap<u64, u64>,
    notes: BTreeMap<u64, Vec<u8>>,
}

impl Memory {
    pub fn new(options: Options) -> Self {
        Self {
            options,
            published: Published::default(),
            store: Mutex::default(),
            disk: None,
            waiting: Mutex::default(),
        }
    }

    /// What is on the disk, which takes every commit from now on.
    pub fn on_disk(disk: &Disk, options: Options) -> Self {
        let Image { store, facts } = disk.start();
        Self {
            published: Published::new(facts),
            store: Mutex::new(store),
            disk: Some(disk.clone()),
            ..Self::new(options)
        }
    }

    pub fn options(&self) -> &Options {
        &self.options
    }

    pub fn published(&self) -> &Published {
        &self.published
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does the work at once, on the caller's thread, together with what waited for a slow disk.
    pub fn submit(&self, work: Work, done: Done) {
        let mut group = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        group.push((work, done));
        if self.disk.as_ref().is_some_and(Disk::takes_its_time) {
            return;
        }
        let (works, dones): (Vec<Work>, Vec<Done>) = group.drain(..).unzip();
        drop(group);
        let before = self.published.facts().last_seq;
        let answers = self.commit(works);
        let after = self.published.facts().last_seq;
        for (done, answer) in dones.into_iter().zip(answers) {
            done(answer);
        }
        if after != before {
            self.published.announce(after);
        }
    }

    /// One transaction: everybody is answered when it is synced.
    fn commit(&self, works: Vec<Work>) -> Vec<Result<Outcome, Refusal>> {
        let count = works.len();
        let refused = |error: WriteError| (0..count).map(|_| Err(Refusal::Write(error.clone()))).collect();
        let Some(disk) = &self.disk else {
            let mut store = self.store();
            return works.into_iter().map(|work| self.apply(&mut store, work)).collect();
        };
        let fate = match disk.begin() {
            Ok(fate) => fate,
            Err(error) => {
                if let WriteError::Disk { reason, .. } = &error {
                    self.published.facts_mut().state = State::ReadOnly { reason: reason.clone() };
                }
                return refused(error);
            }
        };
        if matches!(fate, Some(Fate::Lost | Fate::Torn)) {
            disk.sync(fate, &self.store(), &self.published.facts());
            return refused(WriteError::Closed);
        }
        let mut store = self.store();
        self.published.facts_mut().state = State::Ready;
        let answers = works.into_iter().map(|work| self.apply(&mut store, work)).collect();
        let told = disk.sync(fate, &store, &self.published.facts());
        if told { answers } else { refused(WriteError::Closed) }
    }

    fn apply(&self, store: &mut Store, work: Work) -> Result<Outcome, Refusal> {
        match work {
            Work::Log(key) => {
                let mut facts = self.published.facts_mut();
                let known = facts.by_key.get(&key).copied();
                Ok(Outcome::Log(known.unwrap_or_else(|| facts.add(key, 0))))
            }
            Work::Append { log, parts, leaves, once } => {
                self.known(log)?;
                if once.iter().any(|key| store.once.contains(key)) {
                    return Err(Refusal::Repeated);
                }
                store.once.extend(once);
                Ok(Outcome::Receipt(self.extend(store, log, parts, leaves)))
            }
            Work::Mirror { log, first, parts, leaves, root, note } => {
                self.known(log)?;
                let held = store.logs.entry(log).or_default();
                let size = held.leaves.len() as u64;
                if first.0 != size {
                    return Err(Refusal::Behind { expected: size, actual: first.0 });
                }
                let grown: Vec<Hash> = held.leaves.iter().chain(&leaves).copied().collect();
                if root_of(&grown) != root.0 {
                    return Err(Refusal::WrongRoot);
                }
                let receipt = self.extend(store, log, parts, leaves);
                store.logs.entry(log).or_default().notes.insert(receipt.size, note);
                Ok(Outcome::Receipt(receipt))
            }
            Work::Reveal { log, parts, leaves } => self.reveal(store, log, parts, &leaves),
            Work::Erase { log, position } => {
                let seq = store.logs.get(&log).and_then(|log| log.seq_at(position.0));
                let seq = seq.ok_or(Refusal::NoRecord(position))?;
                Arc::make_mut(&mut store.entries[seq as usize - 1]).parts.body = None;
                Ok(Outcome::Done)
            }
            Work::Note { log, size, note } => {
                store.logs.entry(log).or_default().notes.insert(size, note);
                Ok(Outcome::Done)
            }
            Work::Evidence { log, size, known, contrary } => {
                let at_us = (self.options.clock)();
                if !store.evidence.iter().any(|e| e.log == log && e.size == size && e.contrary == contrary) {
                    store.evidence.push(Evidence { log, size, at_us, known, contrary });
                }
                Ok(Outcome::Done)
            }
            Work::Settle | Work::Scrubbed(_) => Ok(Outcome::Done),
            // Only an engine on a disk follows a cluster's stream.
            Work::Commit(_) => Err(WriteError::Closed.into()),
        }
    }

    fn known(&self, log: LogId) -> Result<(), Refusal> {
        let known = self.published.facts().size(log).is_some();
        if known { Ok(()) } else { Err(WriteError::UnknownLog(log).into()) }
    }

    fn extend(&self, store: &mut Store, log: LogId, parts: Vec<Parts>, leaves: Vec<Hash>) -> Receipt {
        let first = store.logs.entry(log).or_default().leaves.len() as u64;
        let places = (first..).zip(parts).map(|(pos, parts)| (Position(pos), parts)).collect();
        let receipt = self.arrive(store, log, places, false);
        let held = store.logs.entry(log).or_default();
        held.leaves.extend(leaves);
        let size = held.leaves.len() as u64;
        self.published.facts_mut().set_size(log, size);
        Receipt { first: Position(first), size, ..receipt }
    }

    /// Gives each part the next arrival number and a later time than any before.
    fn arrive(
        &self,
        store: &mut Store,
        log: LogId,
        parts: Vec<(Position, Parts)>,
        revealed: bool,
    ) -> Receipt {
        let mut facts = self.published.facts_mut();
        let first_seq = if parts.is_empty() { 0 } else { facts.last_seq + 1 };
        let (count, mut first_at_us) = (parts.len() as u64, None);
        let first = parts.first().map_or(Position(0), |(position, _)| *position);
        let held = store.logs.entry(log).or_default();
        for (position, parts) in parts {
            facts.last_seq += 1;
            facts.last_at_us = (self.options.clock)().max(facts.last_at_us.saturating_add(1));
            first_at_us.get_or_insert(facts.last_at_us);
            if revealed {
                held.revealed.insert(position.0, facts.last_seq);
            } else {
                held.seqs.push(facts.last_seq);
            }
            store.entries.push(Arc::new(Entry { log, pos: position.0, at_us: facts.last_at_us, parts }));
        }
        let first_at_us = first_at_us.unwrap_or(facts.last_at_us);
        Receipt { log, first, count, first_seq, first_at_us, size: held.leaves.len() as u64 }
    }

    fn reveal(
        &self,
        store: &mut Store,
        log: LogId,
        parts: Vec<(Position, Parts)>,
        leaves: &[Hash],
    ) -> Result<Outcome, Refusal> {
        self.known(log)?;
        let held = store.logs.entry(log).or_default();
        for ((position, _), leaf) in parts.iter().zip(leaves) {
            let seq = held.seqs.get(position.0 as usize).copied().ok_or(Refusal::NotWithheld(*position))?;
            let stored = store.entries[seq as usize - 1].parts.leaf;
            match stored.filter(|_| !held.revealed.contains_key(&position.0)) {
                None => return Err(Refusal::NotWithheld(*position)),
                Some(stored) if stored != *leaf => return Err(Refusal::WrongLeaf(*position)),
                Some(_) => {}
            }
        }
        Ok(Outcome::Receipt(self.arrive(store, log, parts, true)))
    }

    pub fn entries(
        &self,
        from_seq: u64,
        visit: &mut dyn FnMut(EntryRef<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let mut seq = from_seq.max(1);
        while let Some(entry) = self.held(seq) {
            if visit(entry.view(seq)).is_break() {
                break;
            }
            seq += 1;
        }
        Ok(())
    }

    pub fn entry(&self, seq: u64, visit: &mut dyn FnMut(EntryRef<'_>)) -> bool {
        self.held(seq).map(|entry| visit(entry.view(seq))).is_some()
    }

    fn held(&self, seq: u64) -> Option<Arc<Entry>> {
        self.store().entries.get((seq as usize).checked_sub(1)?).cloned()
    }

    pub fn bodies(&self, seqs: &[u64], visit: &mut dyn FnMut(u64, Option<&[u8]>)) -> Result<(), ReadError> {
        for seq in seqs {
            visit(*seq, self.held(*seq).as_ref().and_then(|entry| entry.parts.body.as_deref()));
        }
        Ok(())
    }

    pub fn seq_at(&self, log: LogId, position: Position) -> Option<u64> {
        self.store().logs.get(&log)?.seq_at(position.0)
    }

    /// As it first arrived, withheld or not.
    pub fn first_seq_at(&self, log: LogId, position: Position) -> Option<u64> {
        self.store().logs.get(&log)?.seqs.get(position.0 as usize).copied()
    }

    pub fn range(&self, log: LogId, from: Position, visit: &mut dyn FnMut(EntryRef<'_>) -> ControlFlow<()>) {
        for pos in from.0..self.size(log) {
            let Some(seq) = self.seq_at(log, Position(pos)) else { return };
            if self.held(seq).is_none_or(|entry| visit(entry.view(seq)).is_break()) {
                return;
            }
        }
    }

    pub fn size(&self, log: LogId) -> u64 {
        self.store().logs.get(&log).map_or(0, |log| log.leaves.len() as u64)
    }

    pub fn tile(&self, log: LogId, size: u64, id: TileId) -> Result<Vec<Hash>, ReadError> {
        let store = self.store();
        let leaves = store.logs.get(&log).map_or(&[][..], |log| &log.leaves);
        let leaves = &leaves[..leaves.len().min(size as usize)];
        let width = TILE_WIDTH.pow(id.level.into()) as usize;
        let full = leaves.chunks_exact(width).skip(id.index as usize * TILE_WIDTH as usize);
        Ok(full.take(TILE_WIDTH as usize).map(perfect_root).collect())
    }

    pub fn note_upto(&self, log: LogId, size: u64) -> Option<(u64, Vec<u8>)> {
        let store = self.store();
        let (size, note) = store.logs.get(&log)?.notes.range(..=size).next_back()?;
        Some((*size, note.clone()))
    }

    pub fn note_sizes(&self, log: LogId) -> Vec<u64> {
        self.store().logs.get(&log).map_or_else(Vec::new, |log| log.notes.keys().copied().collect())
    }

    pub fn evidence(&self) -> Vec<Evidence> {
        self.store().evidence.clone()
    }
}

impl Log {
    fn seq_at(&self, pos: u64) -> Option<u64> {
        self.revealed.get(&pos).or_else(|| self.seqs.get(pos as usize)).copied()
    }
}

impl Entry {
    fn view(&self, seq: u64) -> EntryRef<'_> {
        EntryRef {
            seq,
            at_us: self.at_us,
            log: self.log,
            position: Position(self.pos),
            leaf: self.parts.leaf.as_ref().map(|leaf| &leaf[..]),
            header: self.parts.header.as_deref(),
            body: self.parts.body.as_deref(),
            openings: self.parts.openings.as_deref(),
        }
    }
}
