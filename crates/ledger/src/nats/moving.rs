//! Moving a whole ledger into a cluster's stream, and taking it back: same records, arrivals, places and times.
//!
//! Moving in writes the entries as commits that bring their own times. What the stream holds already is read first and
//! compared, record by record, so that a move that was interrupted goes on where it stopped, and one into a stream of
//! others is refused. At the end the stream is folded anew into an empty folder and compared with the original.

use std::collections::{HashMap, VecDeque};
use std::path::Path;

use bytes::{Bytes, BytesMut};

use super::address::Cluster;
use super::commit::{Front, Head, Id};
use super::engine::name;
use super::flight::Flight;
use super::pack::Unpacking;
use super::wire::{From as Whose, Wire, WireError, acknowledged};
use crate::draft::Parts;
use crate::error::{OpenError, ReadError};
use crate::ledger::Ledger;
use crate::merkle::Hash;
use crate::options::Options;
use crate::work::{Stamp, Work};
use crate::{EntryRef, LogId, Reader};

/// Bytes of records in one commit.
const COMMIT_BYTES: usize = 1 << 20;

/// Commits sent and not yet acknowledged.
const UNDER_WAY: usize = 8;

/// Why a ledger was not moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoveError {
    /// The cluster.
    #[error("{0}; run the move again, it goes on where it stopped")]
    Cluster(String),
    /// Reading the ledger.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Opening a ledger.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The stream holds something else.
    #[error(
        "the cluster holds another ledger (they differ at arrival {0}); choose another name for this one"
    )]
    OtherLedger(u64),
    /// The copy is not the original.
    #[error("the copy differs from the original: {0}; nothing was changed here")]
    Differs(String),
}

impl From<WireError> for MoveError {
    fn from(error: WireError) -> Self {
        Self::Cluster(error.0)
    }
}

/// What was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Entries in the ledger.
    pub entries: u64,
    /// Of these, entries that the stream held already.
    pub held: u64,
    /// Logs whose roots were compared.
    pub logs: usize,
}

impl Ledger {
    /// Writes everything into the cluster's stream; this ledger stays as it is. Blocks; `progress` hears how many
    /// entries are there. Run again after an interruption, it goes on.
    pub fn move_into(&self, cluster: &Cluster, progress: &mut dyn FnMut(u64)) -> Result<Moved, MoveError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| MoveError::Cluster(error.to_string()))?;
        let held = runtime.block_on(async {
            let wire = Wire::connect(cluster).await?;
            let mut mover = Mover::new(wire, self)?;
            mover.read_what_is_there().await?;
            let held = mover.arrived;
            mover.send_the_rest(progress).await?;
            Ok::<_, MoveError>(held)
        })?;
        Ok(Moved { entries: self.last_seq(), held, logs: self.logs().len() })
    }

    /// Compares this ledger with another, as everybody sees them: logs, sizes, roots, arrivals and times.
    pub fn compare(&self, other: &Ledger) -> Result<(), MoveError> {
        let differs = |what: String| Err(MoveError::Differs(what));
        if self.logs() != other.logs() {
            return differs("they have other logs, or other sizes".to_owned());
        }
        if (self.last_seq(), self.last_at_us()) != (other.last_seq(), other.last_at_us()) {
            return differs(format!("{} arrivals and {}", self.last_seq(), other.last_seq()));
        }
        let (one, two) = (self.reader()?, other.reader()?);
        for (log, key, size) in self.logs() {
            if one.root(log, size)? != two.root(log, size)? {
                return differs(format!("the root of {}", key.origin()));
            }
        }
        Ok(())
    }
}

impl Cluster {
    /// Ends the stream for good: nobody can write to it any more, everybody can read it. Blocks.
    pub fn seal(&self) -> Result<(), MoveError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| MoveError::Cluster(error.to_string()))?;
        runtime.block_on(async { Wire::attach(self).await?.seal().await })?;
        Ok(())
    }
}

/// Makes the ledger in `dir` stand alone again. Its cluster should have been sealed.
pub fn leave_cluster(dir: &Path, cluster: &Cluster, options: Options) -> Result<(), MoveError> {
    drop(crate::sqlite::Sqlite::leave(dir, options, &cluster.name)?);
    Ok(())
}

/// One move.
struct Mover<'a> {
    wire: Wire,
    ledger: &'a Ledger,
    reader: Reader,
    /// Logs and entries that the stream holds, and how many of each log.
    logs: usize,
    arrived: u64,
    sizes: HashMap<LogId, u64>,
    /// Where the stream ends, and its last whole commit.
    last: u64,
    before: Id,
    name: [u8; 8],
    counter: u64,
}

/// An entry, owned.
struct Taken {
    log: LogId,
    position: u64,
    at_us: i64,
    leaf: Hash,
    parts: Parts,
}

impl Taken {
    fn of(entry: EntryRef<'_>) -> Self {
        let own = |part: Option<&[u8]>| part.map(Bytes::copy_from_slice);
        let leaf = entry.leaf_hash();
        let parts = Parts {
            leaf: entry.header.is_none().then_some(leaf),
            header: own(entry.header),
            body: own(entry.body),
            openings: own(entry.openings),
        };
        Self { log: entry.log, position: entry.position.0, at_us: entry.at_us, leaf, parts }
    }
}

impl<'a> Mover<'a> {
    fn new(wire: Wire, ledger: &'a Ledger) -> Result<Self, MoveError> {
        Ok(Self {
            wire,
            ledger,
            reader: ledger.reader()?,
            logs: 0,
            arrived: 0,
            sizes: HashMap::new(),
            last: 0,
            before: Id::default(),
            name: name(),
            counter: 0,
        })
    }

    async fn read_what_is_there(&mut self) -> Result<(), MoveError> {
        let last = self.wire.last_sequence().await?;
        let mut content: Option<(Id, u32, BytesMut)> = None;
        for sequence in 1..=last {
            let message = self.wire.commit_message(sequence, Whose::Leader).await?;
            let unreadable = |_| MoveError::OtherLedger(self.arrived);
            let (head, slice) = Head::read(message).map_err(unreadable)?;
            if head.index == 0 {
                content = Some((head.id, 0, BytesMut::new()));
            }
            let Some((id, have, whole)) = &mut content else { continue };
            if *id != head.id || *have != head.index {
                content = None;
                continue;
            }
            whole.extend_from_slice(&slice);
            *have += 1;
            if *have == head.count {
                let whole = std::mem::take(whole).freeze();
                let front = Front::read(whole).map_err(unreadable)?;
                let times = front.stamp.times.clone();
                let works = front.works(&mut Unpacking::without_bodies()).map_err(unreadable)?;
                self.before = head.id;
                self.compare(works, times)?;
                content = None;
            }
        }
        self.last = last;
        Ok(())
    }

    /// What a commit of the stream holds must be what this ledger holds there.
    fn compare(&mut self, works: Vec<Work>, mut times: VecDeque<i64>) -> Result<(), MoveError> {
        for work in works {
            match work {
                Work::Log(key) => {
                    self.logs += 1;
                    if self.ledger.key(LogId(self.logs as u32)) != Some(key) {
                        return Err(MoveError::OtherLedger(self.arrived));
                    }
                }
                Work::Append { log, leaves, .. } => {
                    let first = self.sizes.get(&log).copied().unwrap_or(0);
                    for (position, leaf) in (first..).zip(leaves) {
                        self.compare_one(log, position, leaf, times.pop_front())?;
                    }
                }
                Work::Reveal { log, parts, leaves } => {
                    for ((position, _), leaf) in parts.into_iter().zip(leaves) {
                        self.compare_one(log, position.0, leaf, times.pop_front())?;
                    }
                }
                Work::Note { .. } | Work::Evidence { .. } => {}
                _ => return Err(MoveError::OtherLedger(self.arrived)),
            }
        }
        Ok(())
    }

    fn compare_one(
        &mut self,
        log: LogId,
        position: u64,
        leaf: Hash,
        at_us: Option<i64>,
    ) -> Result<(), MoveError> {
        self.arrived += 1;
        let mut same = false;
        self.reader.entry(self.arrived, |entry| {
            same = (entry.log, entry.position.0, entry.leaf_hash()) == (log, position, leaf)
                && Some(entry.at_us) == at_us;
        })?;
        if !same {
            return Err(MoveError::OtherLedger(self.arrived));
        }
        let size = self.sizes.entry(log).or_default();
        *size = (*size).max(position + 1);
        Ok(())
    }

    async fn send_the_rest(&mut self, progress: &mut dyn FnMut(u64)) -> Result<(), MoveError> {
        let mut under_way = VecDeque::new();
        let logs = self.ledger.logs().into_iter().skip(self.logs).map(|(_, key, _)| Work::Log(key)).collect();
        self.send(logs, VecDeque::new(), &mut under_way).await?;
        loop {
            let mut taken: Vec<Taken> = Vec::new();
            self.reader.entries(self.arrived + 1, usize::MAX, COMMIT_BYTES, |entry| {
                taken.push(Taken::of(entry));
            })?;
            if taken.is_empty() {
                break;
            }
            self.arrived += taken.len() as u64;
            let times = taken.iter().map(|entry| entry.at_us).collect();
            let works = self.works(taken);
            self.send(works, times, &mut under_way).await?;
            progress(self.arrived);
        }
        let (notes, times) = self.notes()?;
        self.send(notes, times, &mut under_way).await?;
        while let Some(waiting) = under_way.pop_front() {
            acknowledged(waiting).await?;
        }
        Ok(())
    }

    /// Entries as works: those that continue their log, and those that were withheld before.
    fn works(&mut self, taken: Vec<Taken>) -> Vec<Work> {
        let mut works: Vec<Work> = Vec::new();
        for Taken { log, position, leaf, parts, .. } in taken {
            let size = self.sizes.entry(log).or_default();
            if position < *size {
                let parts = vec![(model::Position(position), parts)];
                works.push(Work::Reveal { log, parts, leaves: vec![leaf] });
                continue;
            }
            *size = position + 1;
            match works.last_mut() {
                Some(Work::Append { log: open, parts: all, leaves, .. }) if *open == log => {
                    all.push(parts);
                    leaves.push(leaf);
                }
                _ => {
                    let (parts, leaves) = (vec![parts], vec![leaf]);
                    works.push(Work::Append { log, parts, leaves, once: Vec::new() });
                }
            }
        }
        works
    }

    /// Signed checkpoints and evidence. Written at every run: the fold keeps each once.
    fn notes(&self) -> Result<(Vec<Work>, VecDeque<i64>), MoveError> {
        let mut works = Vec::new();
        for (log, ..) in self.ledger.logs() {
            for size in self.reader.note_sizes(log)? {
                if let Some((size, note)) = self.reader.note_upto(log, size)? {
                    works.push(Work::Note { log, size, note });
                }
            }
        }
        let mut times = VecDeque::new();
        for evidence in self.reader.evidence()? {
            times.push_back(evidence.at_us);
            let crate::Evidence { log, size, known, contrary, .. } = evidence;
            works.push(Work::Evidence { log, size, known, contrary });
        }
        Ok((works, times))
    }

    async fn send(
        &mut self,
        works: Vec<Work>,
        times: VecDeque<i64>,
        under_way: &mut VecDeque<super::wire::Publishing>,
    ) -> Result<(), MoveError> {
        if works.is_empty() {
            return Ok(());
        }
        self.counter += 1;
        let mut id = Id::default();
        id[..8].copy_from_slice(&self.name);
        id[8..].copy_from_slice(&self.counter.to_be_bytes());
        let at_us = times.back().copied().unwrap_or(0);
        let mut flight = Flight::new(id, works, Stamp { at_us, times }, self.wire.message_bytes());
        let mut packing = Vec::new();
        for (piece, content) in flight.unpacked() {
            packing.push((piece, self.wire.send_pack(piece, content).await?));
        }
        for (piece, publishing) in packing {
            self.wire.packed(piece, publishing).await?;
            flight.packed(piece.index);
        }
        flight.before = self.before;
        for part in 0..flight.parts() {
            while under_way.len() >= UNDER_WAY
                && let Some(waiting) = under_way.pop_front()
            {
                acknowledged(waiting).await?;
            }
            let message = flight.part(part);
            let name = format!("{}.{part}", super::commit::hex(&id));
            under_way.push_back(self.wire.send_part(&name, self.last, None, message).await?);
            self.last += 1;
        }
        self.before = id;
        Ok(())
    }
}
