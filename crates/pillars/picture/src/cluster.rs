//! What belongs to an actor, or strikes a sector: the things whose techniques are theirs.

use std::collections::BTreeSet;

use crate::fold::strike::RELATIONS;
use crate::held::{self, Reach, Tie};
use crate::kind::Kind;
use crate::sight::{Sight, SightError};

/// Things in one cluster.
const MOST: usize = 500;

/// The actor, the campaigns attributed to it, and the malware and tools that any of them uses.
pub(crate) fn of_actor(sight: &Sight<'_>, actor: i64) -> Result<BTreeSet<i64>, SightError> {
    let mut cluster = BTreeSet::from([actor]);
    let attributed = held::to(sight, actor)?;
    let theirs = attributed.iter().filter(|tie| tie.relation == "attributed-to").map(|tie| tie.from);
    cluster.extend(theirs.take(MOST));
    with_means(sight, cluster)
}

/// Who targets somebody of the sector or was seen there, and their malware and tools.
pub(crate) fn of_sector(sight: &Sight<'_>, word: &str) -> Result<BTreeSet<i64>, SightError> {
    let mut cluster = BTreeSet::new();
    for victim in victims(sight, word)? {
        cluster.extend(strikes_within(sight, victim, Reach::ALL)?.into_iter().map(|tie| tie.from));
    }
    while cluster.len() > MOST {
        cluster.pop_last();
    }
    with_means(sight, cluster)
}

/// Things of one kind that were hit, or spoken of.
pub(crate) fn hit(sight: &Sight<'_>, kind: Kind) -> Result<Vec<i64>, SightError> {
    let query = match sight.upto {
        None => "SELECT DISTINCT key FROM picture_mention WHERE kind = ?1 AND ?2 >= 0",
        Some(_) => "SELECT DISTINCT key FROM picture_told WHERE kind = ?1 AND seq <= ?2 AND gone > ?2",
    };
    let mut statement = sight.reader.prepare_cached(query)?;
    let rows = statement.query_map((kind as u8, sight.last()), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The identities of a sector.
fn victims(sight: &Sight<'_>, word: &str) -> Result<Vec<i64>, SightError> {
    let mut found = Vec::new();
    for key in hit(sight, Kind::Identity)? {
        let belongs = |thing: held::Thing| thing.sectors.split_whitespace().any(|one| one == word);
        if held::thing(sight, key)?.is_some_and(belongs) {
            found.push(key);
        }
    }
    Ok(found)
}

/// The ties within reach that say that this identity was targeted, or that something was seen there.
pub(crate) fn strikes_within(sight: &Sight<'_>, victim: i64, reach: Reach) -> Result<Vec<Tie>, SightError> {
    let mut ties = held::to_within(sight, victim, reach)?;
    ties.retain(|tie| RELATIONS.contains(&tie.relation.as_str()));
    Ok(ties)
}

fn with_means(sight: &Sight<'_>, mut cluster: BTreeSet<i64>) -> Result<BTreeSet<i64>, SightError> {
    for member in cluster.clone() {
        for tie in held::from(sight, member)? {
            let means = matches!(tie.to_kind, Kind::Malware | Kind::Tool);
            if tie.relation == "uses" && means && cluster.len() < MOST {
                cluster.insert(tie.to);
            }
        }
    }
    Ok(cluster)
}
