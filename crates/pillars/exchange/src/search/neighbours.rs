//! What an object points at and what points at it, relationships folded into single named edges.

use std::collections::HashSet;

use desk::sql::{Reader, SqlError};

use super::{Search, Sight, StatementError};
use crate::identity::Identity;
use crate::key::key_of;

/// One relation between two objects, as one visible record states it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edge {
    /// The STIX id it starts from.
    pub from: String,
    /// The STIX id it leads to.
    pub to: String,
    /// The relationship type, or the property that refers.
    pub label: String,
}

/// Records read of each direction before sight is applied.
const MOST_READ: i64 = 500;

struct Raw {
    seq: u64,
    src: String,
    src_type: String,
    title: String,
    dst: String,
    property: String,
}

impl Search {
    /// The visible relations of `id` in both directions, newest records first, at most `limit`.
    pub fn neighbours(&self, sight: &Sight<'_>, id: &str, limit: usize) -> Result<Vec<Edge>, SqlError> {
        let reader = self.readers.get()?;
        let key = key_of(id);
        let mut edges = Vec::new();
        let mut seen = HashSet::new();
        for direction in ["e.dst_key = ?1", "e.src_key = ?1"] {
            for raw in read(&reader, direction, key)? {
                if raw.src != id && raw.dst != id {
                    continue; // two ids with one key
                }
                if sight.record(key_of(&raw.src), raw.seq)?.is_none() {
                    continue;
                }
                let edge = edge(&reader, id, raw)?;
                if let Some(edge) = edge.filter(|edge| edge.from != edge.to)
                    && seen.insert(edge.clone())
                {
                    edges.push(edge);
                }
                if edges.len() >= limit {
                    return Ok(edges);
                }
            }
        }
        Ok(edges)
    }

    /// Title and language of the newest visible record of an object; `None` when nothing of it may be shown.
    pub fn title(&self, sight: &Sight<'_>, id: &str) -> Result<Option<(String, String)>, StatementError> {
        let Some(placed) = sight.newest(id)? else { return Ok(None) };
        let reader = self.readers.get()?;
        let mut statement = reader.prepare_cached("SELECT id, title FROM item WHERE seq = ?1")?;
        let mut rows = statement.query([placed.seq as i64])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let (found, title): (String, String) = (row.get(0)?, row.get(1)?);
        let mut language = None;
        sight.desk.ledger.reader()?.bodies(&[placed.seq], |_, body| {
            language = body.and_then(Identity::read).map(|identity| identity.language().to_owned());
        })?;
        Ok(language.filter(|_| found == id).map(|language| (title, language)))
    }

    /// Every record ever indexed of an id, retracted ones included, newest first, at most 100.
    pub fn records_of(&self, id: &str) -> Result<Vec<u64>, SqlError> {
        let reader = self.readers.get()?;
        let mut statement = reader
            .prepare_cached("SELECT seq FROM item WHERE key = ?1 AND id = ?2 ORDER BY seq DESC LIMIT 100")?;
        statement.query_map((key_of(id), id), |row| row.get::<_, i64>(0).map(|seq| seq as u64))?.collect()
    }

    /// Arrival numbers of deliveries below `before`, newest first.
    pub fn deliveries(&self, before: u64, limit: usize) -> Result<Vec<u64>, SqlError> {
        let reader = self.readers.get()?;
        let mut statement =
            reader.prepare_cached("SELECT seq FROM delivery WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2")?;
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        statement
            .query_map((before, limit as i64), |row| row.get::<_, i64>(0).map(|seq| seq as u64))?
            .collect()
    }

    /// The delivery that closes the batch in which an own record came.
    pub fn delivery_of(&self, seq: u64) -> Result<Option<u64>, SqlError> {
        let reader = self.readers.get()?;
        let mut statement =
            reader.prepare_cached("SELECT seq FROM delivery WHERE seq > ?1 ORDER BY seq LIMIT 1")?;
        let mut rows = statement.query([seq as i64])?;
        rows.next()?.map(|row| row.get::<_, i64>(0).map(|seq| seq as u64)).transpose()
    }
}

fn read(reader: &Reader<'_>, direction: &str, key: i64) -> Result<Vec<Raw>, SqlError> {
    let mut statement = reader.prepare_cached(&format!(
        "SELECT e.seq, i.id, i.type, i.title, e.dst, e.property FROM edge e JOIN item i ON i.seq = e.seq
         WHERE {direction} ORDER BY e.seq DESC LIMIT {MOST_READ}"
    ))?;
    let rows = statement.query_map([key], |row| {
        Ok(Raw {
            seq: row.get::<_, i64>(0)? as u64,
            src: row.get(1)?,
            src_type: row.get(2)?,
            title: row.get(3)?,
            dst: row.get(4)?,
            property: row.get(5)?,
        })
    })?;
    rows.collect()
}

/// A relationship object seen from one of its ends is an edge to the other; everything else is a plain reference.
fn edge(reader: &Reader<'_>, id: &str, raw: Raw) -> Result<Option<Edge>, SqlError> {
    let ends = raw.property == "source_ref" || raw.property == "target_ref";
    if raw.src == id || raw.src_type != "relationship" || !ends {
        return Ok(Some(Edge { from: raw.src, to: raw.dst, label: raw.property }));
    }
    let other = if raw.property == "source_ref" { "target_ref" } else { "source_ref" };
    let mut statement =
        reader.prepare_cached("SELECT dst FROM edge WHERE src_key = ?1 AND seq = ?2 AND property = ?3")?;
    let mut rows = statement.query((key_of(&raw.src), raw.seq as i64, other))?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let far: String = row.get(0)?;
    Ok(Some(match other {
        "target_ref" => Edge { from: raw.dst, to: far, label: raw.title },
        _ => Edge { from: far, to: raw.dst, label: raw.title },
    }))
}
