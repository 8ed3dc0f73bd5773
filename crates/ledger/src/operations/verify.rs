//! Verifying a whole ledger: every hash, number and signature is computed again, streaming, and the first thing that is
//! wrong is named. What hashes do not cover (times, slack in pages) is covered by the sums of the pages.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::ControlFlow;

use model::{Digest, Position};
use records::{Header, HeaderError};

use crate::entry::EntryRef;
use crate::error::ReadError;
use crate::keys::VerifyingKeys;
use crate::ledger::{Engine, Ledger};
use crate::merkle::{Growth, TILE_WIDTH, TileId, Tree};
use crate::runs::Run;
use crate::{CheckpointNote, LogId, LogKey, Reader, sqlite};

/// Entries read in one go, so that a long verification never keeps the write-ahead log from being emptied.
const STRETCH: u64 = 10_000;

/// How far verification has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Entries checked, of how many.
    Entries {
        /// Checked.
        done: u64,
        /// Of.
        of: u64,
    },
    /// Pages of the file checked, of how many.
    Pages {
        /// Checked.
        done: u64,
        /// Of.
        of: u64,
    },
}

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Whose log, when that is known.
    pub log: Option<LogKey>,
    /// Place in that log, when that is known.
    pub position: Option<Position>,
    /// Arrival number, when that is known.
    pub seq: Option<u64>,
    /// Page of the database file, for what no hash covers.
    pub page: Option<u64>,
    /// What is wrong there.
    pub what: String,
}

/// What was checked, and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// Entries whose leaf was computed again.
    pub entries: u64,
    /// Bodies whose digest was computed again.
    pub bodies: u64,
    /// Records whose body has been erased, or never came.
    pub without_body: u64,
    /// Withheld leaves.
    pub withheld: u64,
    /// Records that arrived after having been withheld.
    pub revealed: u64,
    /// Stored checkpoints whose root was computed again.
    pub checkpoints: u64,
    /// Of these, checkpoints whose signatures were verified; the keys for the others were not given.
    pub signatures: u64,
    /// Pages of the database file compared with their sums.
    pub pages: u64,
    /// How long it took, µs, by the clock of the ledger.
    pub elapsed_us: i64,
    /// The first contradiction in the content, then the first page that differs; empty when all is well.
    pub faults: Vec<Fault>,
}

impl Verified {
    /// Whether nothing was wrong.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    /// Entries per second.
    pub fn entries_per_s(&self) -> f64 {
        self.entries as f64 * 1e6 / self.elapsed_us.max(1) as f64
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(log) = &self.log {
            write!(f, "{}, ", log.origin())?;
        }
        if let Some(position) = self.position {
            write!(f, "position {position}, ")?;
        }
        if let Some(seq) = self.seq {
            write!(f, "arrival {seq}, ")?;
        }
        if let Some(page) = self.page {
            write!(f, "page {page}, ")?;
        }
        f.write_str(&self.what)
    }
}

impl Ledger {
    /// Computes everything again up to the last entry of this moment. `keys` gives the keys a party has had, so that
    /// its checkpoints can be verified. Writers may go on; what they add is not looked at.
    pub fn verify(
        &self,
        keys: &dyn Fn(&LogKey) -> Vec<VerifyingKeys>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Verified, ReadError> {
        let started = self.now_us();
        // Bring pages and sums together first; on a ledger that cannot write they are compared as they are.
        drop(self.settle());
        let mut walk = Walk::new(self, keys)?;
        walk.run(progress);
        let mut verified = walk.verified;
        self.audit_pages(&mut verified, progress);
        verified.elapsed_us = self.now_us() - started;
        Ok(verified)
    }
}

/// The walk over all entries.
struct Walk<'a> {
    reader: Reader,
    keys: &'a dyn Fn(&LogKey) -> Vec<VerifyingKeys>,
    logs: BTreeMap<LogId, LogWalk>,
    end: u64,
    next_seq: u64,
    last_at_us: i64,
    runs: u64,
    verified: Verified,
}

/// The walk along one log.
struct LogWalk {
    key: LogKey,
    tree: Tree,
    /// Sizes of stored checkpoints still ahead, largest first.
    notes: Vec<u64>,
    /// The stored run that the last entry belonged to.
    run: Option<Run>,
}

impl<'a> Walk<'a> {
    fn new(ledger: &Ledger, keys: &'a dyn Fn(&LogKey) -> Vec<VerifyingKeys>) -> Result<Self, ReadError> {
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
    fn run(&mut self, progress: &mut dyn FnMut(Progress)) {
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
            if outcome.is_err() || entry.seq >= stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
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
        checked.map_err(|(position, what)| Box::new(Fault { position: Some(position), ..*fault(log, what) }))?;
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
            let note = CheckpointNote::parse(&bytes).map_err(|error| fault(format!("stored checkpoint: {error}")))?;
            if note.size() != size || note.root() != Digest(log.tree.root()) {
                return Err(fault(format!("the root at size {size} is not the one in the stored checkpoint")));
            }
            self.verified.checkpoints += 1;
            let candidates = (self.keys)(&log.key);
            if candidates.is_empty() {
                continue;
            }
            let origin = log.key.origin();
            if !candidates.iter().any(|keys| note.verify(&origin, keys).is_ok()) {
                return Err(fault(format!("the stored checkpoint of size {size} is not signed by the party's keys")));
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

/// Header or leaf, and the body its header promises.
fn check_parts(log: &LogWalk, entry: &EntryRef<'_>, verified: &mut Verified) -> Result<(), String> {
    let header = match (entry.header, entry.leaf) {
        (Some(header), None) => header,
        (None, Some(leaf)) if leaf.len() == 32 && entry.body.is_none() => {
            verified.withheld += 1;
            return Ok(());
        }
        _ => return Err("it holds neither exactly a header nor exactly a leaf hash".to_owned()),
    };
    let parsed = match Header::parse(header) {
        Ok(parsed) => parsed,
        // A newer format: its leaf is checked all the same, its body cannot be.
        Err(HeaderError::Newer { .. }) => return Ok(()),
        Err(error) => return Err(format!("its header cannot be read: {error}")),
    };
    if parsed.author != log.key.party || parsed.realm != log.key.realm.to_string() {
        return Err("its header is of another party or realm".to_owned());
    }
    let Some(body) = entry.body else {
        verified.without_body += 1;
        return Ok(());
    };
    if body.len() as u64 != parsed.body_size || Digest::of(body) != parsed.body_sha256() {
        return Err("its body is not the one its header promises".to_owned());
    }
    verified.bodies += 1;
    Ok(())
}

/// A later arrival at an earlier place must have the leaf that stood there.
fn check_revealed(reader: &Reader, log: &LogWalk, entry: &EntryRef<'_>, leaf: &[u8; 32]) -> Result<(), String> {
    let index = entry.position.0 / TILE_WIDTH;
    let place = (entry.position.0 % TILE_WIDTH) as usize;
    let edge_index = log.tree.size() / TILE_WIDTH;
    let stored = if index == edge_index {
        log.tree.edge(0).get(place).copied()
    } else {
        let tile = reader.tile(entry.log, log.tree.size(), TileId { level: 0, index });
        tile.map_err(|error| error.to_string())?.get(place).copied()
    };
    if stored != Some(*leaf) || entry.header.is_none() {
        return Err("its header does not hash to the leaf that was withheld".to_owned());
    }
    match reader.seq_at(entry.log, entry.position) {
        Ok(Some(seq)) if seq == entry.seq => Ok(()),
        Ok(_) => Err("the table of revealed records does not lead to it".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Tiles that this leaf finished or changed must be stored as they are, or longer. Otherwise the first leaf that
/// differs, when a tile of leaves tells.
fn check_tiles(reader: &Reader, entry: &EntryRef<'_>, growth: &Growth) -> Result<(), (Position, String)> {
    for (id, hashes) in growth.tiles() {
        let stored = reader.tile(entry.log, u64::MAX, id).map_err(|error| (entry.position, error.to_string()))?;
        if stored.starts_with(hashes) {
            continue;
        }
        let same = stored.iter().zip(hashes).take_while(|(stored, computed)| stored == computed).count() as u64;
        return Err(if id.level == 0 {
            let position = Position(id.index * TILE_WIDTH + same);
            (position, "its header does not hash to the leaf in the tree".to_owned())
        } else {
            (entry.position, format!("tile {} of level {} does not agree with the entries", id.index, id.level))
        });
    }
    Ok(())
}

/// The table of runs must lead from the position to this entry. Tells whether a further row was needed.
fn check_run(reader: &Reader, log: &mut LogWalk, entry: &EntryRef<'_>) -> Result<bool, String> {
    let leads = |run: &Run| run.holds(entry.position.0) && run.seq_of(entry.position.0) == entry.seq;
    if log.run.as_ref().is_some_and(leads) {
        return Ok(false);
    }
    let run = reader.run_at(entry.log, entry.position).map_err(|error| error.to_string())?;
    log.run = run.filter(|run| leads(run) && run.first_pos == entry.position.0);
    if log.run.is_some() { Ok(true) } else { Err("the table of runs does not lead to it".to_owned()) }
}

/// The unfinished tiles above level 0, exactly, and no run longer than the log, unless writers have gone on.
fn check_end(reader: &Reader, id: LogId, log: &LogWalk) -> Result<(), String> {
    let size = log.tree.size();
    if reader.size(id).map_err(|error| error.to_string())? != size {
        return Ok(());
    }
    for (level, width) in Tree::edge_widths(size).into_iter().enumerate().skip(1) {
        let tile = TileId { level: level as u8, index: size >> (8 * (level + 1)) };
        let wrong = width > 0 && reader.tile(id, size, tile).map_err(|e| e.to_string())? != log.tree.edge(level);
        if wrong {
            return Err(format!("the unfinished tile of level {level} does not agree with the entries"));
        }
    }
    if log.run.is_some_and(|run| run.end() != size) {
        return Err("its last run reaches beyond the last entry".to_owned());
    }
    Ok(())
}

/// Rows of tiles that a log of this size has: full ones of level 0, all of the levels above.
fn stored_tiles(size: u64) -> u64 {
    let (mut tiles, mut count) = (0, size / TILE_WIDTH);
    while count > 0 {
        tiles += count;
        let above = count;
        count /= TILE_WIDTH;
        // The unfinished tile of the level above holds roots of the tiles just counted.
        tiles += u64::from(above % TILE_WIDTH > 0);
    }
    tiles
}

impl Ledger {
    fn audit_pages(&self, verified: &mut Verified, progress: &mut dyn FnMut(Progress)) {
        let Engine::Sqlite(engine) = &self.engine else { return };
        let mut report = |done, of| progress(Progress::Pages { done, of });
        let fault = |page, what| Fault { log: None, position: None, seq: None, page, what };
        match sqlite::audit(engine.path(), self.last_seq(), &mut report) {
            Err(error) => verified.faults.push(fault(None, format!("the file cannot be compared with its sums: {error}"))),
            Ok(audit) => {
                verified.pages = audit.pages;
                if let Some(wrong) = audit.wrong {
                    let held = wrong.arrivals.map(|seqs| format!(" (it holds arrivals {} to {})", seqs.start(), seqs.end()));
                    let what = format!("{}{}", wrong.what, held.unwrap_or_default());
                    verified.faults.push(fault(Some(wrong.page), what));
                }
            }
        }
    }
}
