//! The walk over all entries in order of arrival, up to the first thing that is wrong.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use model::{Digest, Position};

use super::checks::{check_end, check_parts, check_revealed, check_run, check_tiles, stored_tiles};
use super::{Fault, Progress, Verified};
use crate::entry::EntryRef;
use crate::error::ReadError;
use crate::keys::VerifyingKeys;
use crate::ledger::Ledger;
use crate::merkle::Tree;
use crate::runs::Run;
use crate::{CheckpointNote, LogId, LogKey, Reader};

/// Entries read in one go, so that a long verification never keeps the write-ahead log from being emptied.
const STRETCH: u64 = 10_000;

/// The walk over all entries.
pub(super) struct Walk<'a> {
    reader: Reader,
    keys: &'a dyn Fn(&LogKey) -> Vec<VerifyingKeys>,
    logs: BTreeMap<LogId, LogWalk>,
    end: u64,
    next_seq: u64,
    last_at_us: i64,
    runs: u64,
    pub(super) verified: Verified,
}

/// The walk along one log.
pub(super) struct LogWalk {
    pub key: LogKey,
    pub tree: Tree,
    /// Sizes of stored checkpoints still ahead, largest first.
    notes: Vec<u64>,
    /// The stored run that the last entry belonged to.
    pub run: Option<Run>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        ledger: &Ledger,
        keys: &'a dyn Fn(&LogKey) -> Vec<VerifyingKeys>,
    ) -> Result<Self, ReadError> {
        let (end, reader) = (ledger.last_seq(), ledger.reader()?);
        let logs = ledger.logs().into_iter().map(|(log, key, _)| {
            let mut notes = reader.note_sizes(log)?;
            notes.reverse();
            Ok((log, LogWalk { key, tree: Tree::default(), notes, run: None }))
        });
        let logs = logs.collect::<Result<_, ReadError>>()?;
        let verified = Verified::default();
        Ok(Self { reader, keys, logs, end, next_seq: 1, last_at_us: i64::MIN, runs: 0, verified })
    }

    /// Walks until the end or the first fault.
    pub(super) fn run(&mut self, progress: &mut dyn FnMut(Progress)) {
        if let Err(fault) = self.steps(progress) {
            self.verified.faults.push(*fault);
        }
    }

    fn steps(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<(), Box<Fault>> {
        for log in self.logs.keys().copied().collect::<Vec<_>>() {
            self.notes_at(log)?;
        }
        // A second reader walks while the first answers questions about tiles and runs.
        while self.next_seq <= self.end {
            let before = self.next_seq;
            self.stretch()?;
            if self.next_seq == before {
                return Err(self.at_seq("there is no entry of this number".to_owned()));
            }
            progress(Progress::Entries { done: self.next_seq - 1, of: self.end });
        }
        self.finish()
    }

    fn stretch(&mut self) -> Result<(), Box<Fault>> {
        let reader = self.reader.another().map_err(|error| self.at_seq(error.to_string()))?;
        let stop = self.end.min(self.next_seq + STRETCH - 1);
        let mut outcome = Ok(());
        let walked = reader.walk(self.next_seq, &mut |entry| {
            outcome = self.entry(&entry);
            if outcome.is_err() || entry.seq >= stop {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        outcome?;
        walked.map_err(|error| self.at_seq(error.to_string()))
    }

    fn at_seq(&self, what: String) -> Box<Fault> {
        Box::new(Fault { log: None, position: None, seq: Some(self.next_seq), page: None, what })
    }

    fn entry(&mut self, entry: &EntryRef<'_>) -> Result<(), Box<Fault>> {
        if entry.seq != self.next_seq {
            return Err(self.at_seq("there is no entry of this number".to_owned()));
        }
        let Some(log) = self.logs.get_mut(&entry.log) else {
            return Err(self.at_seq(format!("it belongs to log {}, which does not exist", entry.log)));
        };
        let fault = |log: &LogWalk, what: String| {
            let (log, position, seq) = (Some(log.key.clone()), Some(entry.position), Some(entry.seq));
            Box::new(Fault { log, position, seq, page: None, what })
        };
        if entry.at_us <= self.last_at_us {
            return Err(fault(log, "its commit time is not later than the one before".to_owned()));
        }
        check_parts(log, entry, &mut self.verified).map_err(|what| fault(log, what))?;
        let leaf = entry.leaf_hash();
        let size = log.tree.size();
        let checked = match entry.position.0.cmp(&size) {
            Ordering::Greater => Err((entry.position, format!("position {size} is missing before it"))),
            Ordering::Less => check_revealed(&self.reader, log, entry, &leaf)
                .map(|()| self.verified.revealed += 1)
                .map_err(|what| (entry.position, what)),
            Ordering::Equal => {
                let growth = log.tree.extend([leaf]);
                check_tiles(&self.reader, entry, &growth).and_then(|()| {
                    let fresh = check_run(&self.reader, log, entry).map_err(|what| (entry.position, what))?;
                    self.runs += u64::from(fresh);
                    Ok(())
                })
            }
        };
        // A tile can show that an earlier leaf is the wrong one.
        checked
            .map_err(|(position, what)| Box::new(Fault { position: Some(position), ..*fault(log, what) }))?;
        self.next_seq += 1;
        self.last_at_us = entry.at_us;
        self.verified.entries += 1;
        self.notes_at(entry.log)
    }

    /// Compares the tree with stored checkpoints of exactly its present size.
    fn notes_at(&mut self, id: LogId) -> Result<(), Box<Fault>> {
        let Some(log) = self.logs.get_mut(&id) else { return Ok(()) };
        while log.notes.last() == Some(&log.tree.size()) {
            log.notes.pop();
            let size = log.tree.size();
            let fault = |what: String| {
                let position = Some(Position(size.saturating_sub(1)));
                Box::new(Fault { log: Some(log.key.clone()), position, seq: None, page: None, what })
            };
            let stored = self.reader.note_upto(id, size).map_err(|error| fault(error.to_string()))?;
            let (_, bytes) = stored.ok_or_else(|| fault("a stored checkpoint has disappeared".to_owned()))?;
            let note = CheckpointNote::parse(&bytes)
                .map_err(|error| fault(format!("stored checkpoint: {error}")))?;
            if note.size() != size || note.root() != Digest(log.tree.root()) {
                return Err(fault(format!(
                    "the root at size {size} is not the one in the stored checkpoint"
                )));
            }
            self.verified.checkpoints += 1;
            let candidates = (self.keys)(&log.key);
            if candidates.is_empty() {
                continue;
            }
            let origin = log.key.origin();
            if !candidates.iter().any(|keys| note.verify(&origin, keys).is_ok()) {
                return Err(fault(format!(
                    "the stored checkpoint of size {size} is not signed by the party's keys"
                )));
            }
            self.verified.signatures += 1;
        }
        Ok(())
    }

    /// After the last entry: unfinished tiles, and nothing stored that belongs to nothing.
    fn finish(&mut self) -> Result<(), Box<Fault>> {
        for (id, log) in &self.logs {
            check_end(&self.reader, *id, log).map_err(|what| {
                let position = Some(Position(log.tree.size().saturating_sub(1)));
                Box::new(Fault { log: Some(log.key.clone()), position, seq: None, page: None, what })
            })?;
        }
        let sizes: Vec<u64> = self.logs.values().map(|log| log.tree.size()).collect();
        let expected = crate::reader::Rows {
            last_seq: self.end,
            runs: self.runs,
            revealed: self.verified.revealed,
            tiles: sizes.into_iter().map(stored_tiles).sum(),
        };
        let counted = self.reader.rows(expected).map_err(|error| self.at_seq(error.to_string()))?;
        if counted == expected {
            return Ok(());
        }
        Err(self.at_seq(format!("tables hold {counted:?}, the entries give {expected:?}")))
    }
}
