//! Release classes, interned: a class is a small number, and a verdict is computed once for each.

use std::collections::HashMap;
use std::sync::Arc;

use model::Digest;
use records::Header;
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use share::Class;

use super::store::Views;
use crate::sql::SqlError;

pub(super) const SCHEMA: &str = "CREATE TABLE class (id INTEGER PRIMARY KEY, facts TEXT NOT NULL UNIQUE);";

/// Every class seen so far, by number.
pub type ClassList = Arc<Vec<Arc<Class>>>;

/// What a class is, in eight bytes. Numbers are given in the order of the fold, which an erasure may change, and each node of a
/// cluster folds by itself; what is kept by class beside the views is kept by this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClassKey(pub i64);

impl ClassKey {
    /// The first eight bytes of SHA-256 over the facts of a class.
    pub fn of(class: &Class) -> Self {
        // A plain struct with text keys: serialising it cannot fail.
        Self::of_facts(&serde_json::to_vec(class).unwrap_or_default())
    }

    fn of_facts(facts: &[u8]) -> Self {
        let digest = Digest::of(facts);
        Self(i64::from_be_bytes(std::array::from_fn(|n| digest.0[n])))
    }
}

/// The fold's own table of classes.
#[derive(Debug)]
pub struct Classes {
    by_shape: HashMap<u32, u32>,
    by_class: HashMap<Arc<Class>, u32>,
    list: Vec<Arc<Class>>,
    published: ClassList,
}

impl Classes {
    pub(super) fn load(connection: &Connection) -> Result<Self, SqlError> {
        let mut statement = connection.prepare_cached("SELECT facts FROM class ORDER BY id")?;
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
        Ok(Self { by_shape: HashMap::new(), by_class, list, published })
    }

    /// The class of a header. Headers of one shape are of one class, so the usual case is one look into a table.
    pub(super) fn of(
        &mut self,
        tx: &Transaction<'_>,
        header: &Header<'_>,
        shape: Option<u32>,
        openings: Option<&[u8]>,
    ) -> Result<u32, SqlError> {
        let known = shape.and_then(|shape| self.by_shape.get(&shape).copied());
        if let Some(id) = known {
            return Ok(id);
        }
        let id = self.intern(tx, Class::of(header, openings))?;
        if let Some(shape) = shape {
            if self.by_shape.len() >= MAX_SHAPES {
                self.by_shape.clear();
            }
            self.by_shape.insert(shape, id);
        }
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

    /// Every class, by number.
    pub fn all(&self) -> &[Arc<Class>] {
        &self.list
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

/// Header shapes remembered; beyond it classes are still found, only slower.
const MAX_SHAPES: usize = 8_192;

impl Views {
    /// What the class of that number is, also where its fold is committed and not announced yet.
    pub(crate) fn class_key(&self, number: u32) -> Result<ClassKey, SqlError> {
        let reader = self.read()?;
        let mut statement = reader.prepare_cached("SELECT facts FROM class WHERE id = ?1")?;
        statement.query_row([number], |row| Ok(ClassKey::of_facts(row.get::<_, String>(0)?.as_bytes())))
    }
}
