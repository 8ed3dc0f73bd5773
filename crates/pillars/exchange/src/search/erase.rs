//! Taking one object out of the index before its body is erased: its words can only be taken away by who knows them.
//!
//! What is left is written into a new file, so that no page of the old one keeps a copy. When anything of this fails the
//! whole index is removed; it is made again from the ledger.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use desk::sql::{self, Durability, SqlError};
use formats::json::{Document, Limits};
use ledger::EntryRef;
use records::Header;
use records::delivery::OBJECT;
use rusqlite::{Connection, OptionalExtension};

use super::told::Told;
use super::{database, names};

/// Called while no node runs on the folder.
pub(crate) fn forget(folder: &Path, entry: &EntryRef<'_>) -> io::Result<()> {
    let path = folder.join("search.db");
    let is_object = entry
        .header
        .and_then(|header| Header::parse(header).ok())
        .is_some_and(|header| header.kind == OBJECT);
    if !is_object || !path.exists() {
        return Ok(());
    }
    match entry.body.map(|body| without(&path, entry.seq, body)) {
        Some(Ok(true)) => replace(&path),
        Some(Ok(false)) => Ok(()),
        // Its words are not known any more, or the index is damaged.
        Some(Err(_)) | None => remove(&path),
    }
}

/// Writes the index without the object beside the present one; false when it never was in there.
fn without(path: &Path, seq: u64, body: &[u8]) -> Result<bool, SqlError> {
    let mut connection = sql::open(path, Durability::Kept, 8 * 1024)?;
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version != database::VERSION {
        return Err(SqlError::InvalidQuery); // of another time: it is made anew anyway
    }
    let seq = seq as i64;
    let title: Option<(i64, String)> = connection
        .query_row("SELECT key, title FROM item WHERE seq = ?1", [seq], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((key, title)) = title else { return Ok(false) };
    let document = Document::parse(body, &Limits::default()).map_err(|_| SqlError::InvalidQuery)?;
    let told = Told::of(&document).ok_or(SqlError::InvalidQuery)?;
    if told.title != title {
        return Err(SqlError::InvalidQuery); // taking away other words than were put in would spoil the index
    }
    let tx = connection.transaction()?;
    // Entries are then rewritten at once, and not only marked as gone (FTS5, section 6.10).
    tx.execute_batch(
        "INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
         INSERT INTO titles (titles, rank) VALUES ('secure-delete', 1);",
    )?;
    tx.execute(
        "INSERT INTO words (words, rowid, title, body) VALUES ('delete', ?1, ?2, ?3)",
        (seq, &told.named, &told.text),
    )?;
    tx.execute("INSERT INTO titles (titles, rowid, title) VALUES ('delete', ?1, ?2)", (seq, &told.named))?;
    for network in &told.networks {
        let (first, _) = network.span();
        tx.execute(
            "DELETE FROM network WHERE wide = ?1 AND first = ?2 AND bits = ?3 AND seq = ?4",
            (first.len() == 16, first, network.bits(), seq),
        )?;
    }
    names::take_away(&tx, &told.names, &told.terms)?;
    tx.execute("DELETE FROM item WHERE seq = ?1", [seq])?;
    tx.execute("DELETE FROM edge WHERE src_key = ?1 AND seq = ?2", [key, seq])?;
    tx.commit()?;
    copy(&connection, &fresh(path))?;
    // Nothing of the old file is read any more; its log must not be taken for the new one's.
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(true)
}

fn copy(connection: &Connection, to: &Path) -> Result<(), SqlError> {
    let _ = fs::remove_file(to); // of an erasure that was cut off
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()]).map(drop)
}

fn fresh(path: &Path) -> PathBuf {
    path.with_extension("db.new")
}

/// Puts the new file in the place of the old one, durably: the body goes only after this.
fn replace(path: &Path) -> io::Result<()> {
    let new = fresh(path);
    File::open(&new)?.sync_all()?;
    fs::rename(&new, path)?;
    sync_folder(path)
}

fn remove(path: &Path) -> io::Result<()> {
    for end in ["db", "db-wal", "db-shm", "db.new"] {
        match fs::remove_file(path.with_extension(end)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    sync_folder(path)
}

fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path.parent().unwrap_or_else(|| Path::new(".")))?.sync_all()
}
