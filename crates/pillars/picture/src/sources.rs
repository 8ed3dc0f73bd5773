//! The statements behind one figure: every visible record that was counted for a subject in a period.

use std::collections::BTreeMap;

use model::PartyId;

use crate::cluster::hit;
use crate::fold::store::{FROM, OWN, TO};
use crate::held;
use crate::key::key_of;
use crate::kind::Kind;
use crate::sight::{Sight, SightError};
use crate::tally::{Subject, Topic, countries};

/// What figure is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub topic: Topic,
    /// STIX id, the word of a sector or region, or the code of a country.
    pub subject: String,
    /// First and last day.
    pub days: (i64, i64),
    /// Only what this party states.
    pub author: Option<PartyId>,
}

/// One record that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counted {
    pub seq: u64,
    pub class: u32,
    pub day: i64,
    /// How often: a sighting at two places of one sector counts twice for the sector.
    pub times: u64,
}

/// Every record that counts for the figure, the newest arrival first.
pub(crate) fn sources(sight: &Sight<'_>, figure: &Figure) -> Result<Vec<Counted>, SightError> {
    let mut found: BTreeMap<u64, Counted> = BTreeMap::new();
    for key in keys(sight, figure)? {
        said_of(sight, key, figure, |seq, class, day| {
            found.entry(seq).or_insert(Counted { seq, class, day, times: 0 }).times += 1;
        })?;
    }
    Ok(found.into_values().rev().collect())
}

/// The things that stand behind a subject: itself, or everybody of a sector or in a country.
fn keys(sight: &Sight<'_>, figure: &Figure) -> Result<Vec<i64>, SightError> {
    if !matches!(figure.topic, Topic::Sectors | Topic::Countries) {
        return Ok(vec![key_of(&figure.subject)]);
    }
    let mut found = Vec::new();
    for kind in figure.topic.kinds() {
        for key in hit(sight, *kind)? {
            let Some(thing) = held::thing(sight, key)? else { continue };
            let belongs = match figure.topic {
                Topic::Sectors => thing.sectors.split_whitespace().any(|word| word == figure.subject),
                _ => countries(sight, &thing)?.iter().any(|place| match place {
                    Subject::Country(code) | Subject::Region(code) => *code == figure.subject,
                    Subject::Thing(_) | Subject::Sector(_) => false,
                }),
            };
            if belongs {
                found.push(key);
            }
        }
    }
    Ok(found)
}

/// Calls `each` with arrival, class and day of everything counted for the thing with this key.
fn said_of(
    sight: &Sight<'_>,
    key: i64,
    figure: &Figure,
    mut each: impl FnMut(u64, u32, i64),
) -> Result<(), SightError> {
    let mut statement = sight.reader.prepare_cached(
        "SELECT t.seq, t.class, t.day, t.kind FROM picture_at a JOIN picture_thing t ON t.seq = a.seq
           WHERE a.key = ?1 AND a.role = ?2 AND a.seq <= ?5 AND t.gone > ?5 AND t.day BETWEEN ?6 AND ?7
             AND (t.kind <= 7 OR t.kind = 10)
         UNION ALL SELECT e.seq, e.class, e.day, e.src_kind FROM picture_at a JOIN picture_edge e ON e.seq = a.seq AND e.n = a.n
           WHERE a.key = ?1 AND a.role = ?3 AND e.src_told AND a.seq <= ?5 AND e.gone > ?5 AND e.day BETWEEN ?6 AND ?7
         UNION ALL SELECT e.seq, e.class, e.day, e.dst_kind FROM picture_at a JOIN picture_edge e ON e.seq = a.seq AND e.n = a.n
           WHERE a.key = ?1 AND a.role = ?4 AND e.dst_told AND a.seq <= ?5 AND e.gone > ?5 AND e.day BETWEEN ?6 AND ?7",
    )?;
    let (first, last) = figure.days;
    let mut rows = statement.query((key, OWN, FROM, TO, sight.last(), first, last.min(sight.today())))?;
    while let Some(row) = rows.next()? {
        let (class, kind): (u32, Kind) = (row.get(1)?, Kind::at(row.get(3)?));
        let counts = figure.topic.kinds().contains(&kind);
        let by = figure.author.is_none_or(|author| sight.author(class) == Some(author));
        if counts && by && sight.has(class) {
            each(row.get::<_, i64>(0)? as u64, class, row.get(2)?);
        }
    }
    Ok(())
}
