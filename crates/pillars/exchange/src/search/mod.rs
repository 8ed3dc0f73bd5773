//! Finding objects: a follower of the ledger with its own full-text index, and what a person may see of it.
//!
//! The index lives in `search.db` beside the views. It is folded by arrival number, behind the views and out of
//! their way, and can be deleted at any time. It knows nothing of verdicts: every hit passes [`Sight`] first.

mod audience;
mod browse;
mod database;
mod erase;
mod erased;
mod find;
mod follow;
mod names;
mod neighbours;
mod outflow;
mod query;
mod sight;
mod statements;
mod told;
mod walk;
mod words;

pub(crate) use erase::forget;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use desk::Desk;
use desk::sql::{self, Durability, Readers, SqlError};

pub use audience::{Explained, Fate, Outside, audience, explain, hypothetical, reached};
pub use browse::{
    Browse, Found, Listing, State, browse, counts_by_tlp, counts_by_type, held, newest, newest_under,
};
pub use find::{Answer, find};
pub use neighbours::Edge;
pub use outflow::{Outflow, outflow};
pub use sight::Sight;
pub use statements::{Origin, Statement, StatementError, origin, statements};

/// The index of one desk.
#[derive(Debug)]
pub struct Search {
    readers: Readers,
    names: Arc<names::Names>,
    numbers: Mutex<walk::Numbers>,
    position: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
    follower: Option<JoinHandle<()>>,
}

impl Search {
    /// Opens (or makes) the index of `desk` and starts following its ledger.
    pub fn open(desk: &Arc<Desk>) -> Result<Arc<Self>, SqlError> {
        let path = desk.folder.join("search.db");
        let open = || {
            let mut connection = sql::open(&path, Durability::Rebuildable, 8 * 1024)?;
            let position = database::prepare(&mut connection, desk.ledger.last_seq())?;
            let names = names::Names::load(&connection)?;
            Ok((connection, Arc::new(names), position))
        };
        let (connection, names, position) = sql::open_or_renew(&path, open)?;
        let position = Arc::new(AtomicU64::new(position));
        let stop = Arc::new(AtomicBool::new(false));
        let follower =
            follow::start(desk, connection, Arc::clone(&names), Arc::clone(&position), Arc::clone(&stop));
        let readers = Readers::new(path, 4 * 1024);
        Ok(Arc::new(Self { readers, names, numbers: Mutex::default(), position, stop, follower }))
    }

    /// The arrival number up to which everything is indexed.
    pub fn position(&self) -> u64 {
        self.position.load(Ordering::Acquire)
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(follower) = self.follower.take() {
            let _ = follower.join(); // it writes nothing that a rebuild would not write again
        }
    }
}
