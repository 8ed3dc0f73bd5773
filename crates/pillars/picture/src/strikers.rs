//! Who struck whom in a period: from the rows that the fold keeps by day for the present, from the ties themselves for the past.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use crate::cluster;
use crate::fold::strike::read;
use crate::held::{self, Reach};
use crate::kind::Kind;
use crate::sight::{Sight, SightError};

/// What struck a victim, and as what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Strike {
    victim: i64,
    kind: Kind,
    by: i64,
}

/// How often each thing struck somebody of a group in these days, by group. `groups` says to which a victim belongs.
pub(crate) fn strikers(
    sight: &Sight<'_>,
    (first, last): (i64, i64),
    groups: impl Fn(i64) -> Result<Vec<usize>, SightError>,
) -> Result<HashMap<usize, BTreeMap<i64, u64>>, SightError> {
    let (mut of, mut stands_for): (HashMap<i64, Vec<usize>>, HashMap<i64, Vec<i64>>) = Default::default();
    let mut counts: HashMap<(usize, i64), u64> = HashMap::new();
    strikes(sight, (first, last), |strike| {
        let groups = match of.entry(strike.victim) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(groups(strike.victim)?),
        };
        if groups.is_empty() {
            return Ok(());
        }
        let own = [strike.by];
        let behind = match stands_for.entry(strike.by) {
            _ if strike.kind.is_counted() => &own[..],
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(indicated(sight, strike.by)?),
        };
        for (group, by) in groups.iter().flat_map(|group| behind.iter().map(move |by| (*group, *by))) {
            *counts.entry((group, by)).or_default() += 1;
        }
        Ok(())
    })?;
    let mut found: HashMap<usize, BTreeMap<i64, u64>> = HashMap::new();
    for ((group, by), count) in counts {
        found.entry(group).or_default().insert(by, count);
    }
    Ok(found)
}

/// Calls `each` with every strike that this reader may know of.
fn strikes(
    sight: &Sight<'_>,
    (first, last): (i64, i64),
    mut each: impl FnMut(Strike) -> Result<(), SightError>,
) -> Result<(), SightError> {
    if sight.upto.is_some() {
        // Nothing counts for a day after its arrival, so what arrived before the period is not in it.
        let after = sight.desk.entries_before(crate::fold::start_of(first))?;
        for victim in cluster::hit(sight, Kind::Identity)? {
            let ties = cluster::strikes_within(sight, victim, Reach { after, ..Reach::ALL })?;
            for tie in ties.into_iter().filter(|tie| (first..=last).contains(&tie.day)) {
                each(Strike { victim, kind: tie.from_kind, by: tie.from })?;
            }
        }
        return Ok(());
    }
    let query = "SELECT victim, class, by FROM picture_strike WHERE day BETWEEN ?1 AND ?2";
    let mut statement = sight.reader.prepare_cached(query)?;
    let mut rows = statement.query((first, last))?;
    let mut struck = Vec::new();
    while let Some(row) = rows.next()? {
        if !sight.has(row.get(1)?) {
            continue;
        }
        let victim = row.get(0)?;
        struck.clear();
        let packed = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        read(packed, |kind, by| struck.push(Strike { victim, kind, by }));
        for strike in struck.drain(..) {
            each(strike)?;
        }
    }
    Ok(())
}

/// What an indicator that was sighted somewhere stands for.
fn indicated(sight: &Sight<'_>, indicator: i64) -> Result<Vec<i64>, SightError> {
    let ties = held::from(sight, indicator)?.into_iter();
    let mut found: Vec<i64> = ties
        .filter(|tie| tie.relation == "indicates" && tie.to_kind.is_counted())
        .map(|tie| tie.to)
        .collect();
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
