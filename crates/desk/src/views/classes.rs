//! Release classes, interned: a class is a small number, and a verdict is computed once for each.

use std::collections::HashMap;
use std::sync::Arc;

use records::Header;
use rusqlite::{Connection, Transaction};
use share::Class;

use crate::sql::SqlError;

pub(super) const SCHEMA: &str = "CREATE TABLE class (id INTEGER PRIMARY KEY, facts TEXT NOT NULL UNIQUE);";

/// Every class seen so far, by number.
pub type ClassList = Arc<Vec<Arc<Class>>>;

/// The fold's own table of classes.
#[derive(Debug)]
pub struct Classes {
    by_key: HashMap<Vec<u8>, u32>,
    by_class: HashMap<Arc<Class>, u32>,
    list: Vec<Arc<Class>>,
    published: ClassList,
    key: Vec<u8>,
}

impl Classes {
    pub(super) fn load(connection: &Connection) -> Result<Self, SqlError> {
        let mut statement = connection.prepare("SELECT facts FROM class ORDER BY id")?;
        let facts = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut list = Vec::new();
        for fact in facts {
            // Written by `intern` below; an unreadable one would be a damaged views database.
            let class =
                serde_json::from_str(&fact?).map_err(|e| SqlError::ToSqlConversionFailure(Box::new(e)))?;
            list.push(Arc::new(class));
        }
        let by_class = list.iter().enumerate().map(|(n, class)| (Arc::clone(class), n as u32)).collect();
        let published = Arc::new(list.clone());
        Ok(Self { by_key: HashMap::new(), by_class, list, published, key: Vec::new() })
    }

    /// The class of a header. The usual case finds it by the header's few facts without allocating.
    pub(super) fn of(
        &mut self,
        tx: &Transaction<'_>,
        header: &Header<'_>,
        openings: Option<&[u8]>,
    ) -> Result<u32, SqlError> {
        if header.to.is_some() {
            return self.intern(tx, Class::of(header, openings));
        }
        let mut key = std::mem::take(&mut self.key);
        write_key(&mut key, header);
        let known = self.by_key.get(&key).copied();
        let id = match known {
            Some(id) => id,
            None => {
                let id = self.intern(tx, Class::of(header, None))?;
                if self.by_key.len() < MAX_KEYS {
                    self.by_key.insert(key.clone(), id);
                }
                id
            }
        };
        self.key = key;
        Ok(id)
    }

    /// The number of a class, given out on first sight.
    pub fn intern(&mut self, tx: &Transaction<'_>, class: Class) -> Result<u32, SqlError> {
        if let Some(id) = self.by_class.get(&class) {
            return Ok(*id);
        }
        let id = self.list.len() as u32;
        let facts =
            serde_json::to_string(&class).map_err(|e| SqlError::ToSqlConversionFailure(Box::new(e)))?;
        tx.prepare_cached("INSERT INTO class (id, facts) VALUES (?1, ?2)")?.execute((id, facts))?;
        let class = Arc::new(class);
        self.by_class.insert(Arc::clone(&class), id);
        self.list.push(class);
        Ok(id)
    }

    /// A class by number.
    pub fn get(&self, id: u32) -> Option<&Arc<Class>> {
        self.list.get(id as usize)
    }

    pub(super) fn publish(&mut self) -> ClassList {
        if self.published.len() != self.list.len() {
            self.published = Arc::new(self.list.clone());
        }
        Arc::clone(&self.published)
    }
}

/// Distinct header shapes remembered; beyond it classes are still found, only slower.
const MAX_KEYS: usize = 65_536;

fn write_key(key: &mut Vec<u8>, header: &Header<'_>) {
    key.clear();
    for text in [&header.kind, &header.object_type, &header.realm] {
        key.extend_from_slice(text.as_bytes());
        key.push(0);
    }
    key.extend_from_slice(&header.author.0);
    let marked = match header.marked() {
        records::Marked::Missing => [0, 0],
        records::Marked::Unknown => [1, 0],
        records::Marked::Known(m) => [2 + m.tlp as u8, m.pap.map_or(0, |pap| 1 + pap as u8)],
    };
    key.extend_from_slice(&marked);
    for under in &header.under {
        key.extend_from_slice(under.0.as_bytes());
    }
    if let Some(group) = &header.group {
        key.push(b'g');
        key.extend_from_slice(group.0.as_bytes());
    }
}
