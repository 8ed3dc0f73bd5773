//! Things and the ties between them, as one reader sees them.

use std::collections::BTreeSet;

use maud::{Markup, html};
use model::Timestamp;
use rusqlite::Row;
use ui::Locale;

use crate::fold::store::{FROM, OWN, TO};
use crate::key::key_of;
use crate::kind::Kind;
use crate::sight::{Sight, SightError};

/// Ties of one thing that are looked at.
const MOST_TIES: usize = 5_000;
/// Statements about one thing that are looked at.
const MOST_STATEMENTS: i64 = 500;

/// What one author says a thing is.
#[derive(Debug, Clone)]
pub(crate) struct Thing {
    pub seq: u64,
    pub key: i64,
    pub kind: Kind,
    pub class: u32,
    pub at: Timestamp,
    pub version: i64,
    pub id: String,
    pub name: String,
    pub external: String,
    pub phases: String,
    pub sectors: String,
    pub country: String,
    pub region: String,
    /// The language of its words, BCP 47.
    pub language: String,
}

/// One tie.
#[derive(Debug, Clone)]
pub(crate) struct Tie {
    pub class: u32,
    pub day: i64,
    pub relation: String,
    pub from: i64,
    pub from_kind: Kind,
    pub to: i64,
    pub to_kind: Kind,
}

impl Thing {
    /// Its name, with the number by which people know it.
    pub fn label(&self) -> String {
        match (self.external.is_empty(), self.name.is_empty()) {
            (false, false) if self.external != self.name => format!("{} {}", self.external, self.name),
            (_, false) => self.name.clone(),
            (false, true) => self.external.clone(),
            (true, true) => self.id.clone(),
        }
    }

    /// Its name as a link, in its language.
    pub fn link(&self, locale: Locale) -> Markup {
        html! { a href=(self.href()) lang=[locale.foreign(&self.language)] { (self.label()) } }
    }

    /// The page of the thing in the picture.
    pub fn href(&self) -> String {
        format!("/picture/subjects/{}", self.id)
    }
}

const THING: &str = "t.seq, t.key, t.kind, t.class, t.at_us, t.version, t.id, t.name, t.external, t.phases, t.sectors, t.country, t.region, t.language";

fn thing_of(row: &Row<'_>) -> Result<Thing, rusqlite::Error> {
    Ok(Thing {
        seq: row.get::<_, i64>(0)? as u64,
        key: row.get(1)?,
        kind: Kind::at(row.get(2)?),
        class: row.get(3)?,
        at: Timestamp::from_microsecond(row.get(4)?).unwrap_or_default(),
        version: row.get(5)?,
        id: row.get(6)?,
        name: row.get(7)?,
        external: row.get(8)?,
        phases: row.get(9)?,
        sectors: row.get(10)?,
        country: row.get(11)?,
        region: row.get(12)?,
        language: row.get(13)?,
    })
}

/// Every visible statement of the thing with this key, the newest version first.
pub(crate) fn statements(sight: &Sight<'_>, key: i64) -> Result<Vec<Thing>, SightError> {
    let query = format!(
        "SELECT {THING} FROM picture_at a JOIN picture_thing t ON t.seq = a.seq
         WHERE a.key = ?1 AND a.role = ?2 AND a.seq <= ?3 AND t.gone > ?3 ORDER BY a.seq DESC LIMIT ?4"
    );
    let mut statement = sight.reader.prepare_cached(&query)?;
    let rows = statement.query_map((key, OWN, sight.last(), MOST_STATEMENTS), thing_of)?;
    let mut found = rows.collect::<Result<Vec<Thing>, _>>()?;
    found.retain(|thing| sight.has(thing.class));
    found.sort_by_key(|thing| std::cmp::Reverse((thing.version, thing.seq)));
    Ok(found)
}

/// What is said of the thing with this key, in its newest visible version.
pub(crate) fn thing(sight: &Sight<'_>, key: i64) -> Result<Option<Thing>, SightError> {
    Ok(statements(sight, key)?.into_iter().next())
}

/// The thing with this STIX id.
pub(crate) fn thing_by_id(sight: &Sight<'_>, id: &str) -> Result<Option<Thing>, SightError> {
    Ok(thing(sight, key_of(id))?.filter(|thing| thing.id == id))
}

/// The newest visible version of every thing of one kind that arrived after `after`, the newest arrival first.
pub(crate) fn arrived(
    sight: &Sight<'_>,
    kinds: &[Kind],
    after: u64,
    most: usize,
) -> Result<Vec<Thing>, SightError> {
    let query = format!(
        "SELECT {THING} FROM picture_thing t WHERE t.seq > ?1 AND t.seq <= ?2 AND t.gone > ?2 ORDER BY t.seq DESC LIMIT 20000"
    );
    let mut statement = sight.reader.prepare_cached(&query)?;
    let mut rows = statement.query((i64::try_from(after).unwrap_or(i64::MAX), sight.last()))?;
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    while let Some(row) = rows.next()? {
        let kind = Kind::at(row.get(2)?);
        if !kinds.contains(&kind) || !sight.has(row.get(3)?) || !seen.insert(row.get::<_, i64>(1)?) {
            continue;
        }
        found.push(thing_of(row)?);
        if found.len() >= most {
            break;
        }
    }
    Ok(found)
}

/// What one statement calls a thing.
pub(crate) struct Called {
    pub id: String,
    pub name: String,
    pub external: String,
    pub class: u32,
}

/// Calls `each` with what every visible statement calls a thing of these kinds, the newest arrival first.
pub(crate) fn every_name(
    sight: &Sight<'_>,
    kinds: &[Kind],
    most: usize,
    mut each: impl FnMut(Called),
) -> Result<(), SightError> {
    let query = "SELECT kind, class, id, name, external FROM picture_thing WHERE seq <= ?1 AND gone > ?1
                 ORDER BY seq DESC LIMIT ?2";
    let mut statement = sight.reader.prepare_cached(query)?;
    let mut rows = statement.query((sight.last(), most as i64))?;
    while let Some(row) = rows.next()? {
        let class = row.get(1)?;
        if kinds.contains(&Kind::at(row.get(0)?)) && sight.has(class) {
            each(Called { id: row.get(2)?, name: row.get(3)?, external: row.get(4)?, class });
        }
    }
    Ok(())
}

/// Which ties of a thing are looked at: those that arrived after an entry, and of them the newest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach {
    pub after: u64,
    pub most: usize,
}

impl Reach {
    pub const ALL: Self = Self { after: 0, most: MOST_TIES };

    /// The newest, whenever they arrived.
    pub const fn newest(most: usize) -> Self {
        Self { after: 0, most }
    }
}

/// Visible ties that start at the thing with this key, each once however often it was said.
pub(crate) fn from(sight: &Sight<'_>, key: i64) -> Result<Vec<Tie>, SightError> {
    ties(sight, key, FROM, Reach::ALL)
}

/// Visible ties that end there.
pub(crate) fn to(sight: &Sight<'_>, key: i64) -> Result<Vec<Tie>, SightError> {
    ties(sight, key, TO, Reach::ALL)
}

/// Those of [`from`] within reach.
pub(crate) fn from_within(sight: &Sight<'_>, key: i64, reach: Reach) -> Result<Vec<Tie>, SightError> {
    ties(sight, key, FROM, reach)
}

/// Those of [`to`] within reach.
pub(crate) fn to_within(sight: &Sight<'_>, key: i64, reach: Reach) -> Result<Vec<Tie>, SightError> {
    ties(sight, key, TO, reach)
}

fn ties(sight: &Sight<'_>, key: i64, role: u8, reach: Reach) -> Result<Vec<Tie>, SightError> {
    let mut statement = sight.reader.prepare_cached(
        "SELECT e.class, e.day, e.relation, e.src, e.src_kind, e.dst, e.dst_kind
         FROM picture_at a JOIN picture_edge e ON e.seq = a.seq AND e.n = a.n
         WHERE a.key = ?1 AND a.role = ?2 AND a.seq <= ?3 AND a.seq > ?5 AND e.gone > ?3 ORDER BY a.seq DESC LIMIT ?4",
    )?;
    let (after, most) = (i64::try_from(reach.after).unwrap_or(i64::MAX), reach.most.min(MOST_TIES) as i64);
    let rows = statement.query_map((key, role, sight.last(), most, after), |row| {
        Ok(Tie {
            class: row.get(0)?,
            day: row.get(1)?,
            relation: row.get(2)?,
            from: row.get(3)?,
            from_kind: Kind::at(row.get(4)?),
            to: row.get(5)?,
            to_kind: Kind::at(row.get(6)?),
        })
    })?;
    let mut found = rows.collect::<Result<Vec<Tie>, _>>()?;
    found.retain(|tie| sight.has(tie.class));
    Ok(found)
}
