//! Copying the database while it is written to (SQLite's backup interface).

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::reader::SqliteReader;
use super::sums::PageSums;

/// Copies one snapshot into a new file and sums its pages. All pages in one step: in several, each commit of the
/// writer would make it start over.
#[expect(clippy::disallowed_methods, reason = "the door to the database of truth, for its copy")]
pub(crate) fn copy(reader: &SqliteReader, target: &Path) -> Result<(), String> {
    let text = |error: rusqlite::Error| error.to_string();
    let mut copy = Connection::open(target).map_err(text)?;
    {
        let backup = Backup::new(reader.connection(), &mut copy).map_err(text)?;
        backup.run_to_completion(i32::MAX, Duration::from_millis(5), None).map_err(text)?;
    }
    copy.close().map_err(|(_, error)| error.to_string())?;
    std::fs::File::open(target).and_then(|file| file.sync_all()).map_err(|error| error.to_string())?;
    PageSums::open(target).map(drop).map_err(|error| error.to_string())
}
