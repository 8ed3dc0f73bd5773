//! What nodes of one party share beside the ledger: a small table of keys and values, and leases.
//!
//! A stream of its own, `<name>-shared`, keeps the last value of each key; its order decides between two writers.
//! Values are the caller's affair: what is secret in them is sealed before it comes here.

use std::sync::Arc;
use std::time::Duration;

use async_nats::Subscriber;
use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::lease;
use super::wire::{Wire, WireError};

/// How long a caller waits for the cluster.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often is looked for changes that nobody told of.
const LOOK: Duration = Duration::from_millis(500);

/// Why something could not be shared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the other nodes of this party cannot be told: {0}")]
pub struct CommonsError(String);

impl From<WireError> for CommonsError {
    fn from(error: WireError) -> Self {
        Self(error.0)
    }
}

/// One change, in the order in which all nodes see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its place; following goes on after it.
    pub sequence: u64,
    /// The key.
    pub key: String,
    /// The value; empty when the key is gone.
    pub value: Bytes,
}

/// What is shared, from any thread. Cloning gives another handle.
#[derive(Clone)]
pub struct Commons {
    pub(super) handle: Handle,
    pub(super) wire: watch::Receiver<Option<Wire>>,
    /// Under which this opening of the ledger holds leases.
    pub(super) me: Arc<str>,
}

impl std::fmt::Debug for Commons {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Commons").finish_non_exhaustive()
    }
}

impl Commons {
    /// Sets the value of a key for all nodes; an empty value means that the key is gone. Keys consist of letters,
    /// digits, `-` and `_`. Blocks until the cluster has it.
    pub fn put(&self, key: &str, value: Bytes) -> Result<(), CommonsError> {
        let key = key.to_owned();
        self.ask(move |wire| async move { wire.put_shared(&key, value).await })
    }

    /// Everything that changed after `sequence`, at most `limit`, in order. Blocks.
    pub fn changes(&self, after: u64, limit: usize) -> Result<Vec<Change>, CommonsError> {
        self.ask(move |wire| async move {
            let mut changes: Vec<Change> = Vec::new();
            while changes.len() < limit {
                let next = changes.last().map_or(after, |change| change.sequence) + 1;
                match wire.next_shared(next).await? {
                    Some(change) => changes.push(change),
                    None => break,
                }
            }
            Ok(changes)
        })
    }

    /// Calls `look` now, whenever another node tells of a change, and every half second, until it returns false. It runs
    /// on a thread of its own and may block.
    pub fn follow(&self, mut look: impl FnMut() -> bool + Send + 'static) {
        let (mut wires, handle) = (self.wire.clone(), self.handle.clone());
        self.handle.spawn(async move {
            let mut told: Option<Subscriber> = None;
            loop {
                let (again, back) = match handle.spawn_blocking(move || (look(), look)).await {
                    Ok(looked) => looked,
                    Err(_) => return,
                };
                look = back;
                if !again {
                    return;
                }
                if told.is_none()
                    && let Some(wire) = connected(&mut wires).await
                {
                    told = wire.listen_shared().await.ok();
                }
                let news = async {
                    match &mut told {
                        Some(subscriber) => subscriber.next().await.map(drop),
                        None => std::future::pending().await,
                    }
                };
                if let Ok(None) = tokio::time::timeout(LOOK, news).await {
                    told = None;
                }
            }
        });
    }

    /// Takes part in holding a lease: one node at a time holds it, and another takes it when that node has gone. The
    /// value says whether this node holds it. Ends when the receiver is dropped.
    pub fn lease(&self, duty: &str) -> watch::Receiver<bool> {
        let (holding, held) = watch::channel(false);
        let me = Arc::clone(&self.me);
        self.handle.spawn(lease::take_part(self.wire.clone(), (duty.to_owned(), me), holding));
        held
    }

    /// Whether this node holds the lease now, asked of the cluster: the value of [`Commons::lease`] may be as old as this
    /// process was stopped. Blocks.
    pub fn holds(&self, duty: &str) -> Result<bool, CommonsError> {
        let (duty, me) = (duty.to_owned(), Arc::clone(&self.me));
        self.ask(move |wire| async move { Ok(wire.lease(&duty).await?.1 == me.as_bytes()) })
    }

    /// Runs something with the cluster on its own thread and waits for the answer.
    fn ask<T, F>(&self, work: impl FnOnce(Wire) -> F + Send + 'static) -> Result<T, CommonsError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, WireError>> + Send,
    {
        let mut wires = self.wire.clone();
        let (answer, answered) = std::sync::mpsc::sync_channel(1);
        self.handle.spawn(async move {
            let asking = async {
                match connected(&mut wires).await {
                    Some(wire) => work(wire).await,
                    None => Err(WireError("no server of the cluster answers".to_owned())),
                }
            };
            let late = || Err(WireError("the cluster does not answer in time".to_owned()));
            let result = tokio::time::timeout(PATIENCE, asking).await.unwrap_or_else(|_| late());
            // Whoever asked may have gone.
            let _ = answer.send(result);
        });
        match answered.recv() {
            Ok(result) => Ok(result?),
            Err(_) => Err(CommonsError("the ledger is closing".to_owned())),
        }
    }
}

/// The connection, once there is one; `None` when the ledger is closing.
pub(super) async fn connected(wires: &mut watch::Receiver<Option<Wire>>) -> Option<Wire> {
    let wire = wires.wait_for(Option::is_some).await.ok()?;
    wire.clone()
}
