//! The tables of the views, and when they must be made anew.

use rusqlite::Connection;

use crate::pillar::Pillar;
use crate::sql::SqlError;

const CORE: &str = "
CREATE TABLE folded (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL);
INSERT INTO folded VALUES (1, 0);
CREATE TABLE record (id BLOB PRIMARY KEY, seq INTEGER NOT NULL, kind TEXT NOT NULL) WITHOUT ROWID;
";

/// Version of the desk's own projections; bumped when they change meaning.
const CORE_VERSION: u32 = 2;

/// Creates the tables when they are missing or of another version. True when the views start from zero.
pub(super) fn prepare(connection: &mut Connection, pillars: &[Pillar]) -> Result<bool, SqlError> {
    let wanted = wanted_version(pillars);
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found == wanted {
        return Ok(false);
    }
    drop_everything(connection)?;
    let tx = connection.transaction()?;
    tx.execute_batch(CORE)?;
    for schema in [
        super::classes::SCHEMA,
        super::parties::SCHEMA,
        super::agreements::SCHEMA,
        super::consumers::SCHEMA,
        super::groups::SCHEMA,
        super::audit::SCHEMA,
        super::release::SCHEMA,
        super::withheld::SCHEMA,
    ] {
        tx.execute_batch(schema)?;
    }
    for pillar in pillars {
        tx.execute_batch(pillar.schema)?;
    }
    tx.pragma_update(None, "user_version", wanted)?;
    tx.commit()?;
    Ok(true)
}

/// Makes the tables anew, and leaves nothing of the old ones on free pages or in the log.
pub(super) fn start_over(connection: &mut Connection, pillars: &[Pillar]) -> Result<(), SqlError> {
    connection.execute_batch("PRAGMA secure_delete = ON; PRAGMA user_version = 0;")?;
    prepare(connection, pillars)?;
    connection.execute_batch("PRAGMA secure_delete = FAST; PRAGMA wal_checkpoint(TRUNCATE);")
}

/// One number for all versions and schema texts together.
fn wanted_version(pillars: &[Pillar]) -> i64 {
    let mut text = format!("{CORE}{CORE_VERSION}");
    for schema in [
        super::classes::SCHEMA,
        super::parties::SCHEMA,
        super::agreements::SCHEMA,
        super::consumers::SCHEMA,
        super::groups::SCHEMA,
        super::audit::SCHEMA,
        super::release::SCHEMA,
        super::withheld::SCHEMA,
    ] {
        text.push_str(schema);
    }
    for pillar in pillars {
        text.push_str(&format!("{}{}{}", pillar.name, pillar.version, pillar.schema));
    }
    let digest = model::Digest::of(text.as_bytes());
    i64::from(u32::from_be_bytes([digest.0[0], digest.0[1], digest.0[2], digest.0[3]]) >> 1)
}

fn drop_everything(connection: &Connection) -> Result<(), SqlError> {
    // Views first: their tables go with the next lines.
    for kind in ["view", "table"] {
        let names: Vec<String> = connection
            .prepare("SELECT name FROM sqlite_master WHERE type = ?1 AND name NOT LIKE 'sqlite_%'")?
            .query_map([kind], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for name in names {
            connection.execute_batch(&format!("DROP {kind} IF EXISTS \"{name}\";"))?;
        }
    }
    Ok(())
}
