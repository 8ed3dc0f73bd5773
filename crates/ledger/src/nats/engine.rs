//! Opening a ledger that lives in a cluster: its own `ledger.db`, and a thread that keeps both in step.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::sync::watch;

use super::address::Cluster;
use super::commit::hex;
use super::commons::Commons;
use super::scrub;
use super::sequencer::Sequencer;
use super::shared::Shared;
use super::wire::Wire;
use crate::error::{OpenError, State, WriteError};
use crate::options::Options;
use crate::sqlite::{Role, Sqlite};
use crate::work::{Cursor, Done, Job, Work};

/// Opening waits so long for the cluster, and again as long as the fold gets ahead.
const OPENING: Duration = Duration::from_secs(10);

/// Between two attempts to connect at all.
const CONNECT_PAUSE: Duration = Duration::from_millis(500);

/// An open ledger of a cluster.
pub(crate) struct Nats {
    local: Arc<Sqlite>,
    shared: Arc<Shared>,
    commons: Commons,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Nats {
    /// Opens `ledger.db` in `dir` as a fold of the cluster's stream and follows the stream to its end. When no server
    /// answers, the ledger opens all the same, read-only until one does.
    pub fn open(dir: &Path, cluster: &Cluster, options: Options) -> Result<Self, OpenError> {
        let queue_bytes = options.queue_bytes;
        let local = Arc::new(Sqlite::open(dir, options, Role::Fold(&cluster.name))?);
        let at = local
            .reader()
            .and_then(|reader| reader.cursor())
            .map_err(|error| OpenError::Disk { path: local.path().to_owned(), reason: error.to_string() })?;
        let (ready, opened) = sync_channel(1);
        let shared = Arc::new(Shared::new(queue_bytes, ready));
        shared.reached(at.seq, at.seq);
        let failed =
            |error: std::io::Error| OpenError::Disk { path: dir.to_owned(), reason: error.to_string() };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let (wires, wire) = watch::channel(None);
        let commons = Commons { handle: runtime.handle().clone(), wire, me: hex(&name16()).into() };
        let parts = (cluster.clone(), Arc::clone(&shared), Arc::clone(&local));
        let thread = thread::Builder::new()
            .name("ledger-cluster".to_owned())
            .spawn(move || runtime.block_on(follow(parts, at, wires)))
            .map_err(failed)?;
        wait(&opened, &shared);
        Ok(Self { local, shared, commons, thread: Mutex::new(Some(thread)) })
    }

    /// The fold of the stream on this node.
    pub fn local(&self) -> &Arc<Sqlite> {
        &self.local
    }

    /// Hands work to the task on the stream; what concerns the file alone goes to its writer.
    pub fn submit(&self, work: Work, bytes: usize, done: Done) {
        if matches!(work, Work::Settle | Work::Scrubbed(_) | Work::Commit(_)) {
            return self.local.submit(work, bytes, done);
        }
        if let Some(reason) = self.shared.refusing() {
            return done(Err(WriteError::ReadOnly { reason }.into()));
        }
        let done = if matches!(work, Work::Erase { .. }) { self.after_scrubbing(done) } else { done };
        match self.shared.queue.push(Job { work, bytes, done }) {
            Ok(()) => self.shared.wake.notify_one(),
            Err(done) => done(Err(WriteError::Closed.into())),
        }
    }

    /// An erasure is answered when the bytes have left the stream too.
    fn after_scrubbing(&self, done: Done) -> Done {
        let shared = Arc::clone(&self.shared);
        Box::new(move |answer| match answer {
            Ok(_) => {
                shared.erasing().push(done);
                shared.scrub.notify_one();
            }
            Err(_) => done(answer),
        })
    }

    pub fn state(&self) -> State {
        match self.shared.refusing() {
            Some(reason) => State::ReadOnly { reason },
            None => self.local.published().facts().state.clone(),
        }
    }

    /// What nodes share beside the ledger.
    pub fn commons(&self) -> Commons {
        self.commons.clone()
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        self.shared.queue.close();
        self.shared.wake.notify_one();
        let handle = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(handle) = handle {
            // The last handle may be dropped inside an answer, on the very thread: it ends by itself.
            if handle.thread().id() != thread::current().id() {
                drop(handle.join());
            }
        }
    }
}

/// Waits until the stream has been followed to its end, or for as long as that makes sense.
fn wait(opened: &Receiver<()>, shared: &Shared) {
    let mut reached = shared.applied();
    while let Err(RecvTimeoutError::Timeout) = opened.recv_timeout(OPENING) {
        let now = shared.applied();
        if now == reached {
            let reason =
                shared.last_trouble().unwrap_or_else(|| "no server of the cluster answers".to_owned());
            shared.set_trouble(Some(reason));
            return;
        }
        reached = now;
    }
}

/// The thread: everything about the network happens here.
async fn follow(
    (cluster, shared, local): (Cluster, Arc<Shared>, Arc<Sqlite>),
    at: Cursor,
    wires: watch::Sender<Option<Wire>>,
) {
    let Some(wire) = connect(&cluster, &shared).await else { return };
    wires.send_replace(Some(wire.clone()));
    tokio::spawn(scrub::run(wire.clone(), Arc::clone(&shared), Arc::clone(&local)));
    Sequencer::new(wire, shared, local, at, name()).run().await;
}

/// Tries until a server answers; `None` when the ledger is closed before.
async fn connect(cluster: &Cluster, shared: &Shared) -> Option<Wire> {
    loop {
        match Wire::connect(cluster).await {
            Ok(wire) => return Some(wire),
            Err(error) => shared.worry(&error.to_string()),
        }
        if shared.refusing().is_some() {
            shared.set_trouble(shared.last_trouble());
        }
        if shared.queue.is_closed() {
            return None;
        }
        tokio::time::sleep(CONNECT_PAUSE).await;
    }
}

/// A name for a holder of leases.
pub(super) fn name16() -> [u8; 16] {
    let mut both = [0; 16];
    both[..8].copy_from_slice(&name());
    both[8..].copy_from_slice(&name());
    both
}

/// The name of this opening of the ledger, in front of the numbers of its commits.
#[expect(
    clippy::disallowed_methods,
    reason = "a name that is never given twice; nothing secret, nothing replayed"
)]
pub(super) fn name() -> [u8; 8] {
    let mut name = [0; 8];
    match aws_lc_rs::rand::fill(&mut name) {
        Ok(()) => name,
        Err(_) => unreachable!("aws-lc-rs ends the process when the system has no random bytes"),
    }
}
