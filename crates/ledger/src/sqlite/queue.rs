//! The line in front of the writer: bounded by bytes, so that callers wait instead of memory growing.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::work::{Done, Job};

/// Jobs waiting, and how many bytes they hold.
#[derive(Default)]
struct Line {
    jobs: VecDeque<Job>,
    bytes: usize,
    closed: bool,
}

/// A queue of jobs with back-pressure.
pub(crate) struct Queue {
    line: Mutex<Line>,
    filled: Condvar,
    drained: Condvar,
    limit_bytes: usize,
}

/// What the writer found in the line.
pub(crate) enum Taken {
    /// Work, at most the asked number of bytes unless a single job is larger.
    Jobs(Vec<Job>),
    /// Nothing came in time.
    Idle,
    /// Closed and empty.
    Closed,
}

impl Queue {
    pub fn new(limit_bytes: usize) -> Self {
        Self { line: Mutex::default(), filled: Condvar::new(), drained: Condvar::new(), limit_bytes }
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        // A panic elsewhere leaves the line itself whole: every change below is a single push or pop.
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for room and queues the job; gives its answer slip back when the queue is closed.
    pub fn push(&self, job: Job) -> Result<(), Done> {
        let mut line = self.line();
        while !line.closed && line.bytes > 0 && line.bytes + job.bytes > self.limit_bytes {
            line = self.drained.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
        if line.closed {
            return Err(job.done);
        }
        line.bytes += job.bytes;
        line.jobs.push_back(job);
        self.filled.notify_one();
        Ok(())
    }

    /// Takes what one transaction should hold, waiting for at most `patience`.
    pub fn take(&self, group_bytes: usize, patience: Duration) -> Taken {
        let mut line = self.line();
        if line.jobs.is_empty() && !line.closed {
            line = self.filled.wait_timeout(line, patience).unwrap_or_else(PoisonError::into_inner).0;
        }
        if line.jobs.is_empty() {
            return if line.closed { Taken::Closed } else { Taken::Idle };
        }
        let (mut jobs, mut bytes) = (Vec::new(), 0);
        while let Some(next) = line.jobs.front() {
            if bytes > 0 && bytes + next.bytes > group_bytes {
                break;
            }
            bytes += next.bytes;
            jobs.extend(line.jobs.pop_front());
        }
        line.bytes -= bytes;
        self.drained.notify_all();
        Taken::Jobs(jobs)
    }

    /// Whether no more jobs are taken.
    pub fn is_closed(&self) -> bool {
        self.line().closed
    }

    /// Takes no more jobs; those queued are still worked on.
    pub fn close(&self) {
        self.line().closed = true;
        self.filled.notify_all();
        self.drained.notify_all();
    }
}
