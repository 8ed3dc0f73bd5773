//! Moving the write-ahead log into the database file, with the sums of the moved pages.
//!
//! A pass normally runs on a thread of its own while the writer goes on committing, so that nobody who waits for a
//! receipt waits for it. Two things must not happen meanwhile:
//!
//! - SQLite must not start the log over before the sums of its frames are stored. It does so only when every frame has
//!   been moved and no reader stands in the log; so the pass holds a reader that was begun right after a commit,
//!   when that commit's frames were certainly not yet moved.
//! - Two passes at once. The `Mover` exists once and is handed over and back.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::Connection;

use super::connect;
use super::sums::PageSums;

/// After this many frames (8 MB) a pass begins in the background.
const PASS_AFTER_FRAMES: u64 = 512;

/// At this many frames (32 MB) the writer itself makes the pass, so that the log ends: under constant load the
/// background never catches up entirely.
const PASS_AT_ONCE_FRAMES: u64 = 2048;

/// How long emptying the log waits for a reader that stands in it.
const PATIENCE: Duration = Duration::from_millis(50);

/// What a pass needs.
struct Mover {
    sums: PageSums,
    connection: Connection,
    hold: Connection,
}

/// What a pass has done: frames in the log, and how many of them are in the database file.
#[derive(Debug, Clone, Copy)]
struct Moved {
    frames: u64,
    moved: u64,
}

type Returned = (Box<Mover>, Result<Moved, String>);

/// The writer's end: the mover when it is here, the thread to which it goes, and how far the log has been moved.
pub(crate) struct Moving {
    here: Option<Box<Mover>>,
    to: Option<Sender<Box<Mover>>>,
    from: Receiver<Returned>,
    thread: Option<JoinHandle<()>>,
    /// Frames in the log after the last commit.
    frames: u64,
    /// Frames that the last pass found, moved or not: trying again at every commit would only cost.
    passed: u64,
    settled: bool,
}

impl Moving {
    /// Starts the thread.
    pub fn start(path: &Path, sums: PageSums) -> Result<Self, String> {
        let open = || Ok((connect::writer(path, 256)?, connect::reader(path, 64)?));
        let (connection, hold) = open().map_err(|error: rusqlite::Error| error.to_string())?;
        connection.busy_timeout(PATIENCE).map_err(|error| error.to_string())?;
        let (to, orders) = channel::<Box<Mover>>();
        let (done, from) = channel();
        let thread = thread::Builder::new()
            .name("ledger-mover".to_owned())
            .spawn(move || {
                for mut mover in orders {
                    let result = mover.pass();
                    if done.send((mover, result)).is_err() {
                        return;
                    }
                }
            })
            .map_err(|error| error.to_string())?;
        let here = Some(Box::new(Mover { sums, connection, hold }));
        Ok(Self { here, to: Some(to), from, thread: Some(thread), frames: 0, passed: 0, settled: false })
    }

    /// A commit has left the log with so many frames.
    pub fn committed(&mut self, frames: u64) {
        if frames <= self.frames {
            // SQLite has started the log over. When it hides behind one large commit, the next pass merely begins late.
            self.passed = 0;
        }
        self.frames = frames;
        self.settled = false;
    }

    /// Whether everything committed is in the database file.
    pub fn is_settled(&self) -> bool {
        self.settled
    }

    /// Called after a commit: begins a pass when it is time.
    pub fn go_on(&mut self) -> Result<(), String> {
        if let Ok(returned) = self.from.try_recv() {
            self.take_back(returned)?;
        }
        if self.settled || self.here.is_none() || self.frames < self.passed + PASS_AFTER_FRAMES {
            return Ok(());
        }
        if self.frames >= PASS_AT_ONCE_FRAMES {
            return self.settle(false);
        }
        let Some(mut mover) = self.here.take() else { return Ok(()) };
        if let Err(error) = mover.stand_in_the_log() {
            self.here = Some(mover);
            return Err(error.to_string());
        }
        match self.to.as_ref().map(|to| to.send(mover)) {
            Some(Ok(())) => Ok(()),
            Some(Err(lost)) => {
                self.here = Some(lost.0);
                self.settle(false)
            }
            None => Ok(()),
        }
    }

    /// Makes a pass here and now; nobody commits meanwhile. Empties the log afterwards when asked and no reader
    /// stands in it.
    pub fn settle(&mut self, empty: bool) -> Result<(), String> {
        let mut earlier = Ok(());
        if self.here.is_none()
            && let Ok(returned) = self.from.recv()
        {
            earlier = self.take_back(returned);
        }
        let Some(mover) = &mut self.here else {
            return Err("the thread that moves the write-ahead log has died; restart the node".to_owned());
        };
        let result = mover.pass();
        let emptied = empty && result.as_ref().is_ok_and(|done| done.frames == done.moved) && mover.empty();
        self.note(result)?;
        if emptied {
            (self.frames, self.passed) = (0, 0);
        }
        earlier
    }

    fn take_back(&mut self, (mover, result): Returned) -> Result<(), String> {
        self.here = Some(mover);
        let frames = self.frames;
        self.note(result)?;
        // Commits went on meanwhile; what the pass saw as the end of the log may no longer be it.
        self.settled &= self.passed == frames;
        self.frames = frames;
        Ok(())
    }

    fn note(&mut self, result: Result<Moved, String>) -> Result<(), String> {
        let Moved { frames, moved } = result?;
        (self.frames, self.passed, self.settled) = (frames, frames, frames == moved);
        Ok(())
    }
}

impl Drop for Moving {
    fn drop(&mut self) {
        self.to = None;
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

impl Mover {
    /// Begins to read, so that SQLite cannot start the log over until the pass has ended.
    fn stand_in_the_log(&mut self) -> rusqlite::Result<()> {
        self.hold.execute_batch("BEGIN; SELECT count FROM probe")
    }

    /// Moves what can be moved, then stores the sums of what was moved.
    fn pass(&mut self) -> Result<Moved, String> {
        let result = self.sums.lock().map_err(|error| error.to_string()).and_then(|()| {
            let moved = self.pass_locked();
            self.sums.unlock().map_err(|error| error.to_string()).and(moved)
        });
        if !self.hold.is_autocommit() {
            // Only a broken connection fails here; then it holds nothing any more.
            drop(self.hold.execute_batch("COMMIT"));
        }
        result
    }

    fn pass_locked(&mut self) -> Result<Moved, String> {
        let (_, frames, moved) =
            checkpoint(&self.connection, "PASSIVE").map_err(|error| error.to_string())?;
        if moved > 0 {
            self.sums.absorb(moved).map_err(|error| error.to_string())?;
        }
        Ok(Moved { frames, moved })
    }

    /// Cuts the log file to nothing; tells whether it could.
    fn empty(&mut self) -> bool {
        checkpoint(&self.connection, "TRUNCATE").is_ok_and(|(busy, ..)| !busy)
    }
}

/// Moves frames of the write-ahead log into the database: whether a reader was in the way, frames in the log,
/// frames moved so far (SQLite `PRAGMA wal_checkpoint`).
fn checkpoint(connection: &Connection, mode: &str) -> rusqlite::Result<(bool, u64, u64)> {
    connection.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| {
        let frames = |column| row.get::<_, i64>(column).map(|frames| frames.max(0) as u64);
        Ok((row.get::<_, i64>(0)? != 0, frames(1)?, frames(2)?))
    })
}
