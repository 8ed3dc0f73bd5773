//! When the last party signs a version of an agreement that grants more than the ones before, what it lets through for
//! the first time becomes visible to consumers who have long read past its date. So it is dated anew, at the end of the
//! collection, or everybody who polls with `added_after` would miss it.
//!
//! A consumer who could see it before finds it once more, unchanged; that is allowed and harmless (TAXII 2.1 §3.4).

use desk::{Entry, FoldError, Folding};
use model::Agreement;
use records::proposal::Proposal;
use records::signature::Signature;
use rusqlite::OptionalExtension;

use crate::placed::{self, Place};

pub(crate) fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let Some(signature) = entry.read::<Signature>() else { return Ok(()) };
    let Some(new) = completed(folding, entry, &signature.proposal_sha256.hex())? else { return Ok(()) };
    let before = earlier(folding, &new)?;
    let classes = folding.classes.all();
    let widened = classes.iter().enumerate().filter(|(_, class)| {
        class.kind == records::delivery::OBJECT
            && class.under.contains(&new.id)
            && share::widens(&new, &before, class)
    });
    let widened: Vec<u32> = widened.map(|(n, _)| n as u32).collect();
    if widened.is_empty() {
        return Ok(());
    }
    // A class may be known before anything of it is there: its number is kept when views are folded anew.
    let Some(coll) = placed::begun(folding, Some(new.id))? else { return Ok(()) };
    placed::write(folding)?;
    move_to_end(folding, coll, &widened, entry)
}

/// The agreement, when this signature is the last one it needed.
fn completed(
    folding: &Folding<'_>,
    entry: &Entry<'_>,
    proposal: &str,
) -> Result<Option<Agreement>, FoldError> {
    let mut find = folding.tx.prepare_cached("SELECT body FROM accord_proposal WHERE sha256 = ?1")?;
    let body: Option<Vec<u8>> = find.query_row([proposal], |row| row.get(0)).optional()?;
    let Some(Proposal(agreement)) = body.and_then(|body| serde_json::from_slice(&body).ok()) else {
        return Ok(None);
    };
    let mut count = folding.tx.prepare_cached(
        "SELECT count(*), coalesce(sum(seq = ?2), 0) FROM accord_signature WHERE proposal = ?1",
    )?;
    let (signed, counts): (usize, bool) = count
        .query_row((proposal, entry.seq as i64), |row| Ok((row.get::<_, i64>(0)? as usize, row.get(1)?)))?;
    Ok((counts && signed >= agreement.parties.len()).then_some(agreement))
}

/// The earlier versions that every party had signed.
fn earlier(folding: &Folding<'_>, new: &Agreement) -> Result<Vec<Agreement>, FoldError> {
    let mut find = folding.tx.prepare_cached(
        "SELECT body, (SELECT count(*) FROM accord_signature WHERE proposal = sha256) FROM accord_proposal
         WHERE id = ?1 AND version < ?2",
    )?;
    let found = find.query_map((new.id.to_string(), new.version), |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?))
    })?;
    let mut agreements = Vec::new();
    for row in found {
        let (body, signed) = row?;
        if let Ok(Proposal(agreement)) = serde_json::from_slice(&body)
            && signed as usize >= agreement.parties.len()
        {
            agreements.push(agreement);
        }
    }
    Ok(agreements)
}

fn move_to_end(
    folding: &mut Folding<'_>,
    coll: i64,
    classes: &[u32],
    entry: &Entry<'_>,
) -> Result<(), FoldError> {
    let mut places = Vec::new();
    {
        let mut find = folding.tx.prepare_cached(
            "SELECT key, date, seq, version FROM exchange_placement WHERE coll = ?1 AND class = ?2",
        )?;
        for class in classes {
            let rows = find.query_map((coll, class), |row| {
                let (key, date, seq, version) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
                Ok(Place { key, coll, date, seq, class: *class, version })
            })?;
            places.extend(rows.collect::<Result<Vec<_>, _>>()?);
        }
    }
    if places.is_empty() {
        return Ok(());
    }
    places.sort_unstable_by_key(|place| place.date);
    for place in places {
        placed::remove(folding, &place)?;
        placed::remember(folding, Place { date: entry.at_us, ..place });
    }
    placed::turn_page(folding, entry.seq as i64)
}
