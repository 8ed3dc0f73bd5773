//! Reactors: what this party answers by itself. Each follows the ledger and answers with records of its own.
//!
//! A record is answered once, however often the node stops: the answer itself is the proof that it was given, and a
//! reactor looks for it before it gives another. A cursor beside the ledger only spares looking twice. Of the nodes of a
//! cluster the one that holds the lease answers; for the moment in which two believe so, each answer carries a key made
//! of what it answers, and the ledger takes a key once.

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use ledger::OnceKey;
use model::Digest;
use records::Sealed;
use tokio::task::JoinSet;

use crate::desk::Desk;
use crate::sql::SqlError;
use crate::submit::{FOLD_PATIENCE, SubmitError};
use crate::views::WaitError;

/// One kind of answer. A pillar lists its reactors as it lists its fold.
#[derive(Debug, Clone, Copy)]
pub struct Reactor {
    /// Its name, a verb and a noun; the cursor is kept under it.
    pub name: &'static str,
    /// Arrival numbers after the one given that may need an answer: ascending, at most as many as asked for.
    pub waiting: fn(&Desk, u64, usize) -> Result<Vec<u64>, ReactError>,
    /// The answer to one of them; `None` when none is due or it was given already.
    pub react: fn(&Desk, u64) -> Result<Option<Sealed>, ReactError>,
}

/// Why a reactor could not answer; it tries again.
#[derive(Debug, thiserror::Error)]
pub enum ReactError {
    /// The views are behind, so an answer given before might not be seen.
    #[error(transparent)]
    Late(#[from] WaitError),
    /// The views or the local store refused.
    #[error("cannot read what waits for an answer: {0}; see `entente doctor`")]
    Sql(#[from] SqlError),
    /// The ledger could not be read.
    #[error(transparent)]
    Read(#[from] ledger::ReadError),
    /// The answer could not be submitted.
    #[error(transparent)]
    Submit(#[from] SubmitError),
}

/// The lease of a cluster: its holder does what one node of a party does for all, answering among it.
pub const LEASE: &str = "duties";

/// Records answered together, so that they cost one fsync.
const STEP: usize = 256;
/// How often what failed is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// Gives every answer that is due, and says how many. Blocks; a second caller waits for the first.
pub fn catch_up(desk: &Desk) -> Result<usize, ReactError> {
    let _turn = desk.reacting.lock().unwrap_or_else(PoisonError::into_inner);
    let mut given = 0;
    for reactor in desk.pillars.iter().flat_map(|pillar| pillar.reactors) {
        while let Some(answers) = step(desk, reactor)? {
            given += answers;
        }
    }
    Ok(given)
}

/// One step of one reactor; `None` when nothing waits.
fn step(desk: &Desk, reactor: &Reactor) -> Result<Option<usize>, ReactError> {
    // Whatever was answered before this moment must be visible, or it would be answered twice.
    let newest = desk.ledger.last_seq();
    desk.views.wait_blocking(newest, FOLD_PATIENCE)?;
    let name = format!("reactor:{}", reactor.name);
    let kept = desk.local.cursor(&name).and_then(|text| text.parse().ok()).unwrap_or(0);
    let after = if kept > newest { 0 } else { kept }; // a restored ledger may be shorter than the cursor says
    let waiting = (reactor.waiting)(desk, after, STEP)?;
    let Some(last) = waiting.last() else { return Ok(None) };
    let mut answers = Vec::new();
    for seq in &waiting {
        if let Some(answer) = (reactor.react)(desk, *seq)? {
            answers.push((key(desk, reactor.name, *seq)?, answer));
        }
    }
    let given = if answers.is_empty() { 0 } else { desk.submit_once(answers)? };
    desk.local.set_cursor(&name, &last.to_string())?;
    Ok(Some(given))
}

/// The key of the answer to one record: the same on every node of a party.
fn key(desk: &Desk, reactor: &str, seq: u64) -> Result<OnceKey, ReactError> {
    let mut answered = format!("{reactor}\n");
    desk.ledger.reader()?.entry(seq, |entry| answered.push_str(&entry.record_id().to_string()))?;
    let mut key = OnceKey::default();
    key.copy_from_slice(&Digest::of(answered.as_bytes()).0[..16]);
    Ok(key)
}

/// The reactors of a running node. Dropping it ends them; an answer under way is still given.
#[derive(Debug)]
pub struct Reactors {
    tasks: JoinSet<()>,
}

impl Reactors {
    /// Starts answering what came and what comes.
    pub fn start(desk: Arc<Desk>) -> Self {
        let mut tasks = JoinSet::new();
        tasks.spawn(follow(desk));
        Self { tasks }
    }

    /// Stops and waits until nothing answers any more.
    pub async fn stop(mut self, desk: &Arc<Desk>) {
        self.tasks.shutdown().await;
        let desk = Arc::clone(desk);
        let idle = move || drop(desk.reacting.lock().unwrap_or_else(PoisonError::into_inner));
        let _ = tokio::task::spawn_blocking(idle).await; // it only waits for its turn
    }
}

async fn follow(desk: Arc<Desk>) {
    let mut folded = desk.views.watch_folded();
    loop {
        folded.mark_unchanged();
        let worker = Arc::clone(&desk);
        match tokio::task::spawn_blocking(move || catch_up(&worker)).await {
            Ok(Ok(_)) => {
                if folded.changed().await.is_err() {
                    return; // the views are gone
                }
            }
            Ok(Err(error)) => {
                tracing::warn!(%error, "not everything was answered");
                tokio::time::sleep(AGAIN).await;
            }
            Err(_) => return, // the node is stopping
        }
    }
}
