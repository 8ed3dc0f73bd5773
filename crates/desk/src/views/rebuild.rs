//! Rebuilding views from nothing, up to now or as they stood at an earlier position.

use std::path::Path;
use std::sync::Arc;

use ledger::Ledger;
use records::HeaderReader;
use share::Class;

use super::amended::Amendments;
use super::classes::Classes;
use super::entry::{FoldError, Memory};
use super::schema;
use super::store::Perspective;
use super::thread::Folder;
use crate::sql::{self, Durability};

/// What a rebuild did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rebuilt {
    /// Entries folded.
    pub entries: u64,
    /// The arrival number the new views stand at.
    pub folded: u64,
}

/// Folds `ledger` from its first entry up to arrival number `until` into a new database at `path`. Classes in `like` have
/// the numbers that they have there, and others the numbers after them: what is compared with the rebuild may have
/// numbered them in another order. `progress` is told the entries folded so far.
pub fn rebuild(
    path: &Path,
    ledger: Arc<Ledger>,
    Perspective { me, realm, pillars }: Perspective<'_>,
    like: &[Arc<Class>],
    until: u64,
    mut progress: impl FnMut(u64),
) -> Result<Rebuilt, FoldError> {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let _ = std::fs::remove_file(name); // absent is what we want
    }
    let mut connection = sql::open(path, Durability::Rebuildable, 24 * 1024)?;
    schema::prepare(&mut connection, pillars)?;
    let classes = Classes::load(&connection)?;
    let until = until.min(ledger.last_seq());
    let mut folder = Folder {
        connection,
        classes,
        ledger,
        me,
        realm: realm.clone(),
        pillars: pillars.to_vec(),
        memory: Memory::default(),
        headers: HeaderReader::default(),
        clean_upto: u64::MAX,
        amended: Amendments::new(),
    };
    folder.number(like)?;
    let mut done = Rebuilt { entries: 0, folded: 0 };
    while done.folded < until {
        let step = folder.fold(done.folded + 1, until)?;
        if step.count == 0 {
            break;
        }
        done.entries += step.count as u64;
        done.folded = step.last;
        progress(done.entries);
    }
    folder.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(done)
}
