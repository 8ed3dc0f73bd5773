//! Bringing the growing edge of a log back into memory, from its last entries and unfinished tiles.

use rusqlite::{Connection, OptionalExtension, params};

use super::pack;
use super::runs::{last_run, run_at};
use crate::LogId;
use crate::error::ReadError;
use crate::merkle::{Hash, TILE_WIDTH, TileId, Tree, leaf_hash};
use crate::runs::Run;

/// What the writer keeps of each log it writes to.
#[derive(Debug, Clone, Default)]
pub(crate) struct LogEdge {
    pub tree: Tree,
    pub last_run: Option<Run>,
}

/// A failure of SQLite, or content that contradicts itself.
#[derive(Debug)]
pub(crate) enum LoadError {
    Sqlite(rusqlite::Error),
    Damaged(String),
}

impl From<rusqlite::Error> for LoadError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<rusqlite::types::FromSqlError> for LoadError {
    fn from(error: rusqlite::types::FromSqlError) -> Self {
        Self::Sqlite(error.into())
    }
}

impl LoadError {
    pub fn into_read_error(self, path: &std::path::Path) -> ReadError {
        match self {
            Self::Sqlite(error) => ReadError::Disk { path: path.to_owned(), reason: error.to_string() },
            Self::Damaged(what) => ReadError::Damaged(what),
        }
    }
}

/// Reads the edge of `log`.
pub(crate) fn edge(connection: &Connection, log: LogId) -> Result<LogEdge, LoadError> {
    let last_run = last_run(connection, log)?;
    let size = last_run.map_or(0, |run| run.end());
    let mut edge = Vec::new();
    for (level, width) in Tree::edge_widths(size).into_iter().enumerate() {
        let id = TileId { level: level as u8, index: size >> (8 * (level + 1)) };
        edge.push(if width == 0 {
            Vec::new()
        } else if level == 0 {
            leaves(connection, log, size - width, width)?
        } else {
            stored_tile(connection, log, id)?
        });
    }
    let tree = Tree::restore(size, edge).ok_or_else(|| {
        LoadError::Damaged(format!("the unfinished tiles of log {log} do not fit its size {size}"))
    })?;
    Ok(LogEdge { tree, last_run })
}

/// Any tile of a log of `size` records; an unfinished one of level 0 comes from the headers.
pub(crate) fn tile(
    connection: &Connection,
    log: LogId,
    size: u64,
    id: TileId,
) -> Result<Vec<Hash>, LoadError> {
    let first = id.index * TILE_WIDTH;
    if id.level == 0 && size < first + TILE_WIDTH {
        return leaves(connection, log, first, size.saturating_sub(first));
    }
    stored_tile(connection, log, id)
}

fn stored_tile(connection: &Connection, log: LogId, id: TileId) -> Result<Vec<Hash>, LoadError> {
    let found = connection
        .prepare_cached("SELECT hashes FROM tile WHERE id = ?1")?
        .query_row([pack::tile(log, id)], |row| Ok(split(row.get_ref(0)?.as_blob()?)))
        .optional()?
        .flatten();
    found.ok_or_else(|| {
        LoadError::Damaged(format!("tile {} of level {} of log {log} is missing", id.index, id.level))
    })
}

/// Hashes written one after the other; `None` when the length is not a multiple of 32.
pub(crate) fn split(bytes: &[u8]) -> Option<Vec<Hash>> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    rest.is_empty().then(|| hashes.to_vec())
}

/// Leaf hashes of `count` positions from `first`, computed from headers or taken from withheld leaves.
pub(crate) fn leaves(
    connection: &Connection,
    log: LogId,
    first: u64,
    count: u64,
) -> Result<Vec<Hash>, LoadError> {
    let mut hashes = Vec::with_capacity(count as usize);
    let end = first + count;
    let mut select = connection
        .prepare_cached("SELECT header, leaf FROM entry WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq")?;
    let mut pos = first;
    while pos < end {
        let run = run_at(connection, log, pos)?
            .filter(|run| pos < run.end())
            .ok_or_else(|| LoadError::Damaged(format!("position {pos} of log {log} has no entry")))?;
        let seq = run.first_seq + (pos - run.first_pos);
        let here = run.end().min(end) - pos;
        let mut rows = select.query(params![seq as i64, (seq + here - 1) as i64])?;
        while let Some(row) = rows.next()? {
            hashes.push(leaf_of(row.get_ref(0)?.as_blob_or_null()?, row.get_ref(1)?.as_blob_or_null()?));
        }
        pos += here;
    }
    if hashes.len() as u64 == count {
        Ok(hashes)
    } else {
        Err(LoadError::Damaged(format!(
            "entries of log {log} between positions {first} and {end} are missing"
        )))
    }
}

fn leaf_of(header: Option<&[u8]>, leaf: Option<&[u8]>) -> Hash {
    match (header, leaf) {
        (Some(header), _) => leaf_hash(header),
        (None, Some(leaf)) => leaf.try_into().unwrap_or([0; 32]),
        (None, None) => [0; 32],
    }
}

/// Compares the tree with the newest stored checkpoint, if that is for the present size; older ones are compared by
/// `ledger verify`.
pub(crate) fn check_note(connection: &Connection, log: LogId, tree: &Tree) -> Result<(), String> {
    let note: Option<Vec<u8>> = connection
        .prepare_cached("SELECT note FROM note WHERE id = ?1")
        .and_then(|mut select| select.query_row([pack::note(log, tree.size())], |row| row.get(0)).optional())
        .map_err(|error| error.to_string())?;
    let Some(note) = note else { return Ok(()) };
    let note =
        crate::CheckpointNote::parse(&note).map_err(|error| format!("a stored checkpoint: {error}"))?;
    if note.root().0 == tree.root() {
        Ok(())
    } else {
        Err(format!("the root of log {log} at size {} is not the one its checkpoint signs", tree.size()))
    }
}
