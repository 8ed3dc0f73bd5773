//! The one thread that folds: it follows the ledger and writes the views in large transactions.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, Weak};
use std::thread::JoinHandle;
use std::time::Duration;

use ledger::{EntryRef, Ledger, LogId};
use model::{PartyId, Realm};
use records::erasure::Erasure;
use records::retraction::Retraction;
use records::{Body as _, HeaderReader};
use rusqlite::Connection;

use super::amended::Amendments;
use super::classes::Classes;
use super::entry::{Entry, FoldError, Folding, Memory};
use super::store::{Views, load_known};
use super::{agreements, audit, consumers, erased, groups, parties, release, schema, withheld};
use crate::pillar::Pillar;
use crate::sql::{self, SqlError};

/// Entries folded in one transaction at most: large enough that index pages are written once for many rows.
const STEP_ENTRIES: usize = 20_000;
/// Bytes read for one transaction at most.
const STEP_BYTES: usize = 32 << 20;

/// Wakes and stops the thread.
#[derive(Debug, Default)]
pub(super) struct Worker {
    signal: Arc<Signal>,
    handle: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Debug, Default)]
struct Signal {
    stop: AtomicBool,
    turn: Mutex<u64>,
    turned: Condvar,
}

impl Worker {
    pub(super) fn start(&self, views: &Arc<Views>, folder: Folder) {
        let signal = Arc::clone(&self.signal);
        let woken = Arc::clone(&self.signal);
        folder.ledger.on_commit(Box::new(move |_| woken.turn()));
        let views = Arc::downgrade(views);
        let handle =
            std::thread::Builder::new().name("fold".into()).spawn(move || run(folder, views, signal));
        if let (Ok(handle), Ok(mut slot)) = (handle, self.handle.lock()) {
            *slot = Some(handle);
        }
    }

    pub(super) fn wake(&self) {
        self.signal.turn();
    }

    /// Blocks until `done` or the time is over.
    pub(super) fn wait_for(&self, at_most: Duration, done: impl Fn() -> bool) {
        let Ok(turn) = self.signal.turn.lock() else { return };
        let _ = self.signal.turned.wait_timeout_while(turn, at_most, |_| !done());
    }

    pub(super) fn stop(&self) {
        self.signal.stop.store(true, Ordering::Relaxed);
        self.signal.turn();
        let handle = self.handle.lock().ok().and_then(|mut slot| slot.take());
        if let Some(handle) = handle
            && handle.thread().id() != std::thread::current().id()
        {
            let _ = handle.join();
        }
    }
}

impl Signal {
    fn turn(&self) {
        if let Ok(mut turn) = self.turn.lock() {
            *turn += 1;
        }
        self.turned.notify_all();
    }
}

fn run(mut folder: Folder, views: Weak<Views>, signal: Arc<Signal>) {
    loop {
        let before = signal.turn.lock().map_or(0, |turn| *turn);
        let Some(views) = views.upgrade() else { return };
        if signal.stop.load(Ordering::Relaxed) {
            return;
        }
        let progress = match folder.step(&views, usize::MAX) {
            Ok(folded) => folded > 0,
            Err(error) => {
                tracing::error!(%error, "folding stopped");
                let failure = match &error {
                    FoldError::Sql(cause) if sql::is_damaged(cause) => folder.note_damage(),
                    other => other.to_string(),
                };
                if let Ok(mut told) = views.failure.write() {
                    *told = Some(failure);
                }
                false
            }
        };
        drop(views);
        if !progress && let Ok(turn) = signal.turn.lock() {
            let idle = Duration::from_secs(1);
            let _ = signal.turned.wait_timeout_while(turn, idle, |turn| *turn == before);
        }
    }
}

/// What the thread owns.
pub(super) struct Folder {
    pub(super) connection: Connection,
    pub(super) classes: Classes,
    pub(super) ledger: Arc<Ledger>,
    pub(super) me: PartyId,
    pub(super) realm: Realm,
    pub(super) pillars: Vec<Pillar>,
    pub(super) memory: Memory,
    pub(super) headers: HeaderReader,
    /// Folding began from nothing when the ledger had so many entries: bodies erased until then were never seen.
    pub(super) clean_upto: u64,
    /// Entries that stand otherwise than when they arrived.
    pub(super) amended: Amendments,
}

/// How far a views database has folded.
pub(super) fn folded(connection: &Connection) -> Result<u64, SqlError> {
    connection.query_row("SELECT seq FROM folded", [], |row| row.get::<_, i64>(0)).map(|seq| seq as u64)
}

/// What one step changed.
#[derive(Default)]
pub(super) struct Step {
    pub(super) last: u64,
    pub(super) count: usize,
    pub(super) book_changed: bool,
    pub(super) parties_changed: bool,
    /// The last record that took another back or narrowed it, and how many spoke of an erasure.
    pub(super) taken_back: u64,
    pub(super) erasures: u64,
    pub(super) topics: BTreeSet<&'static str>,
}

impl Folder {
    /// Folds what is new, at most `most` entries of it, publishes it, and says how many entries that was.
    pub(super) fn step(&mut self, views: &Views, most: usize) -> Result<usize, FoldError> {
        let from = views.folded() + 1;
        if self.ledger.last_seq() < from {
            return Ok(0);
        }
        if from == 1 {
            self.clean_upto = self.ledger.last_seq();
        }
        let step = match self.fold(from, from.saturating_add(most as u64 - 1)) {
            Err(FoldError::Anew) => return self.start_over(views),
            other => other?,
        };
        if step.book_changed {
            let before = views.known();
            let epoch = before.epoch + 1;
            // Cards and signatures are proved again only when a card, or trust in it, has changed.
            let proved = (!step.parties_changed).then_some(&*before);
            let known = load_known(&self.connection, self.me, &self.realm, epoch, proved)?;
            *views.known.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = Arc::new(known);
        }
        *views.classes.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = self.classes.publish();
        views.taken_back.fetch_max(step.taken_back, Ordering::AcqRel);
        views.erasures.fetch_add(step.erasures, Ordering::AcqRel);
        if let Ok(mut failure) = views.failure.write() {
            *failure = None;
        }
        views.announce(step.last, step.topics);
        Ok(step.count)
    }

    /// Gives these classes their numbers before anything is folded.
    pub(super) fn number(&mut self, classes: &[Arc<share::Class>]) -> Result<(), SqlError> {
        let tx = self.connection.transaction()?;
        for class in classes {
            self.classes.intern(&tx, (**class).clone())?;
        }
        tx.commit()
    }

    /// The file is wrong, and others read from it: the next start makes it anew.
    fn note_damage(&self) -> String {
        if let Some(path) = self.connection.path() {
            sql::note_damage(Path::new(path));
        }
        "their file is damaged; restart the node, it folds them anew".to_owned()
    }

    /// Empties the views, without leaving anything on their pages, and lets folding begin again. Classes keep their
    /// numbers: whoever judges by them, such as a link, goes on meanwhile (I1).
    fn start_over(&mut self, views: &Views) -> Result<usize, FoldError> {
        let kept = self.classes.all().to_vec();
        schema::start_over(&mut self.connection, &self.pillars)?;
        self.memory.forget();
        self.classes = Classes::load(&self.connection)?;
        self.number(&kept)?;
        let known = load_known(&self.connection, self.me, &self.realm, views.known().epoch + 1, None)?;
        *views.known.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = Arc::new(known);
        *views.classes.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = self.classes.publish();
        views.announce(0, BTreeSet::from(["ledger"]));
        Ok(1)
    }

    /// One transaction from arrival number `from` to at most `until`.
    pub(super) fn fold(&mut self, from: u64, until: u64) -> Result<Step, FoldError> {
        let step = self.transaction(from, until);
        if step.is_err() {
            // Both may speak of rows that were rolled back.
            self.memory.forget();
            self.classes = Classes::load(&self.connection)?;
        }
        step
    }

    fn transaction(&mut self, from: u64, until: u64) -> Result<Step, FoldError> {
        let logs = self.ledger.logs();
        let author_of = |log: LogId| logs.iter().find(|(id, ..)| *id == log).map(|(_, key, _)| key.party);
        let tx = self.connection.transaction()?;
        let mut topics = BTreeSet::new();
        let mut step = Step { last: from - 1, count: 0, ..Step::default() };
        let mut failed = None;
        {
            let mut folding = Folding {
                tx: &tx,
                me: self.me,
                realm: &self.realm,
                classes: &mut self.classes,
                book_changed: false,
                parties_changed: false,
                topics: &mut topics,
                memory: &mut self.memory,
            };
            let (headers, ledger, clean_upto) = (&mut self.headers, &*self.ledger, self.clean_upto);
            let (amended, mut noted) = (&self.amended, (0, 0));
            let most = STEP_ENTRIES.min((until.saturating_sub(from - 1)) as usize);
            self.ledger.reader()?.entries(from, most, STEP_BYTES, |entry| {
                if failed.is_some() {
                    return;
                }
                if let Some(log) = author_of(entry.log) {
                    let folded =
                        fold_entry(&mut folding, (headers, amended), log, &entry, &self.pillars, &mut noted);
                    let after = folded.and_then(|erasure| match erasure.filter(|_| entry.seq > clean_upto) {
                        Some(erasure) => erased::take_away(&mut folding, ledger, &erasure, &self.pillars),
                        None => Ok(()),
                    });
                    failed = after.err();
                }
                step.last = entry.seq;
                step.count += 1;
            })?;
            if let Some(error) = failed {
                return Err(error);
            }
            withheld::settle(&mut folding)?;
            for pillar in &self.pillars {
                (pillar.settle)(&mut folding)?;
            }
            (step.taken_back, step.erasures) = noted;
            step.book_changed = folding.book_changed;
            step.parties_changed = folding.parties_changed;
        }
        tx.prepare_cached("UPDATE folded SET seq = ?1")?.execute([step.last as i64])?;
        tx.commit()?;
        topics.insert("ledger");
        step.topics = topics;
        Ok(step)
    }
}

/// Folds one entry through every projection, and says what it erased. A withheld entry, or one in another realm, is nobody's fact here.
fn fold_entry(
    folding: &mut Folding<'_>,
    (headers, amended): (&mut HeaderReader, &Amendments),
    log: PartyId,
    stored: &EntryRef<'_>,
    pillars: &[Pillar],
    (taken_back, erasures): &mut (u64, u64),
) -> Result<Option<Erasure>, FoldError> {
    withheld::note(folding, log, stored.position, stored.header.is_some())?;
    let Some(header_bytes) = stored.header else { return Ok(None) };
    let Ok(reading) = headers.read(header_bytes) else { return Ok(None) };
    let header = &*reading.header;
    if header.author != log || !header.is_in(folding.realm) {
        return Ok(None);
    }
    if header.kind == Retraction::KIND {
        *taken_back = stored.seq;
    }
    let class = match amended.get(&stored.seq) {
        None => folding.classes.of(folding.tx, header, reading.shape, stored.openings)?,
        Some(Some(class)) => folding.classes.intern(folding.tx, class.clone())?,
        Some(None) => return Ok(None),
    };
    let entry = Entry {
        seq: stored.seq,
        at_us: stored.at_us,
        log,
        position: stored.position,
        header,
        header_bytes,
        body: stored.body,
        class,
    };
    if entry.header.kind != records::delivery::OBJECT {
        fold_core(folding, &entry)?;
    }
    for pillar in pillars {
        (pillar.fold)(folding, &entry)?;
    }
    let is_ours = entry.header.kind == Erasure::KIND && log == folding.me;
    *erasures += u64::from(is_ours);
    Ok(if is_ours { entry.read::<Erasure>() } else { None })
}

fn fold_core(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    folding
        .tx
        .prepare_cached("INSERT OR REPLACE INTO record (id, seq, kind) VALUES (?1, ?2, ?3)")?
        .execute((entry.record_id().0.0, entry.seq as i64, &entry.header.kind))?;
    parties::fold(folding, entry)?;
    agreements::fold(folding, entry)?;
    consumers::fold(folding, entry)?;
    audit::fold(folding, entry)?;
    release::fold(folding, entry)?;
    groups::fold(folding, entry)
}
