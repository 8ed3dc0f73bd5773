//! Entries that stand otherwise than when they arrived, for views of the past: what was taken back or narrowed since.

use std::collections::BTreeMap;

use share::Class;

/// By arrival number: the class that holds today, or nothing of the entry at all.
pub type Amendments = BTreeMap<u64, Option<Class>>;
