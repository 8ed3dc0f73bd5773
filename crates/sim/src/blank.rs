//! Databases with their tables and nothing in them, copied from one that was made once on each thread: making the tables
//! costs more than many a short story.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use desk::sql::{self, Durability, SqlError};
use desk::{Afloat, Desk, edge};
use ledger::{Ledger, Options};
use model::Realm;
use rusqlite::Connection;

use crate::cast::cast;

/// A node that never did anything.
struct Blank {
    views: Connection,
    local: Connection,
}

thread_local! {
    static BLANK: Result<Blank, String> = Blank::new();
}

/// On different threads they have different names.
static BLANKS: AtomicU64 = AtomicU64::new(0);

impl Blank {
    fn new() -> Result<Self, String> {
        let party = &cast()[0];
        let afloat = Afloat {
            name: format!("blank-{}", BLANKS.fetch_add(1, Ordering::Relaxed)),
            realm: Realm::Real,
            pillars: vec![exchange::PILLAR],
            me: party.id,
            keys: Arc::clone(&party.keys[0]),
            waiting: None,
        };
        let opened = |path: &Path| anchor(path).map_err(|error| error.to_string());
        let blank = Self { views: opened(&afloat.views())?, local: opened(&afloat.local())? };
        Desk::afloat(afloat, Ledger::memory(Options::new(edge::now_us)))
            .map_err(|error| error.to_string())?;
        // The one thing that each store draws for itself.
        blank.local.execute("DELETE FROM fact", []).map_err(|error| error.to_string())?;
        Ok(blank)
    }
}

/// The views of a node that has folded nothing, alive as long as the connection is.
pub(crate) fn views(path: &Path) -> Result<Connection, SqlError> {
    blank(path, |blank| &blank.views)
}

/// The local store of a node that was never started.
pub(crate) fn local(path: &Path) -> Result<Connection, SqlError> {
    blank(path, |blank| &blank.local)
}

fn blank(path: &Path, of: impl Fn(&Blank) -> &Connection) -> Result<Connection, SqlError> {
    let mut connection = anchor(path)?;
    // Without one the node makes its tables by itself, as a real one does.
    BLANK.with(|blank| blank.as_ref().map_or(Ok(()), |blank| copy(of(blank), &mut connection)))?;
    Ok(connection)
}

/// Keeps a database in memory alive.
pub(crate) fn anchor(path: &Path) -> Result<Connection, SqlError> {
    sql::open(path, Durability::Rebuildable, 64)
}

pub(crate) fn copy(from: &Connection, to: &mut Connection) -> Result<(), SqlError> {
    rusqlite::backup::Backup::new(from, to)?.step(-1).map(drop)
}
