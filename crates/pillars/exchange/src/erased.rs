//! Taking an erased object out of the tables, so that they are as if its body had never been there: exactly what folding
//! anew would give (I4). Where that cannot be had row by row, the views are folded anew.

use std::collections::BTreeSet;

use desk::views::Erased;
use desk::{Entry, FoldError, Folding};
use model::AgreementId;
use records::Body as _;
use records::delivery::{Delivery, OBJECT};
use records::receipt::Receipt;
use records::retraction::Retraction;
use records::signature::Signature;

use crate::placed;

/// What an erasure changes whatever was erased. Both are the same whether the body was ever seen or not: pages are
/// another edition, and dates of collections go on behind this moment.
pub(crate) fn note(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    if entry.log != folding.me {
        return Ok(());
    }
    placed::write(folding)?;
    placed::turn_page(folding, entry.seq as i64)?;
    placed::not_before(folding, entry.at_us)?;
    folding.topics.insert("exchange");
    Ok(())
}

/// Takes away what the tables hold because of a body that is gone. False when only folding anew does.
pub(crate) fn erase(folding: &mut Folding<'_>, erased: &Erased<'_>) -> Result<bool, FoldError> {
    match erased.header.kind.as_ref() {
        OBJECT => object(folding, erased),
        // What these said went into rows of others.
        Delivery::KIND | Retraction::KIND | Receipt::KIND | Signature::KIND => Ok(false),
        // Folded by the header alone, or not at all.
        _ => Ok(true),
    }
}

fn object(folding: &mut Folding<'_>, erased: &Erased<'_>) -> Result<bool, FoldError> {
    let seq = erased.seq as i64;
    // A definition may have hidden a later one of the same id, and a narrowing numbered a class.
    if erased.header.object_type == "marking-definition" || was_narrowed(folding, seq)? {
        return Ok(false);
    }
    let retractions = retractions_of(folding, seq)?;
    for under in collections_of(erased) {
        let coll = placed::collection(folding, under)?;
        match placed::arrived(folding.tx, coll, erased.at_us, seq)? {
            Some(place) => {
                placed::remove(folding, &place)?;
                placed::unmark(folding.tx, place.key)?;
            }
            // At a later date than its own, or dated when those before it were: what is behind it has its date from it.
            None if was_amended(folding, under)?
                || placed::ran_ahead(folding.tx, coll, erased.at_us, seq)? =>
            {
                return Ok(false);
            }
            // Taken back, or never placed.
            None => {}
        }
    }
    folding.tx.prepare_cached("DELETE FROM exchange_raised WHERE seq = ?1")?.execute([seq])?;
    folding.tx.prepare_cached("DELETE FROM exchange_touched WHERE seq = ?1")?.execute([seq])?;
    let mut count = folding.tx.prepare_cached(
        "UPDATE exchange_retracted SET versions =
         (SELECT count(DISTINCT version) FROM exchange_touched WHERE retraction = ?1) WHERE seq = ?1",
    )?;
    for retraction in retractions {
        count.execute([retraction])?;
    }
    Ok(true)
}

/// Where an object was put: under each of its agreements, or under none.
fn collections_of(erased: &Erased<'_>) -> BTreeSet<Option<AgreementId>> {
    if erased.header.under.is_empty() {
        return BTreeSet::from([None]);
    }
    erased.header.under.iter().map(|under| Some(*under)).collect()
}

fn retractions_of(folding: &Folding<'_>, seq: i64) -> Result<Vec<i64>, FoldError> {
    let mut find = folding.tx.prepare_cached("SELECT retraction FROM exchange_touched WHERE seq = ?1")?;
    Ok(find.query_map([seq], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn was_narrowed(folding: &Folding<'_>, seq: i64) -> Result<bool, FoldError> {
    let mut find = folding.tx.prepare_cached(
        "SELECT 1 FROM exchange_touched t JOIN exchange_retracted r ON r.seq = t.retraction
         WHERE t.seq = ?1 AND r.action = 'narrow'",
    )?;
    Ok(find.exists([seq])?)
}

/// Whether the agreement has had more than one version; then objects may have been moved.
fn was_amended(folding: &Folding<'_>, under: Option<AgreementId>) -> Result<bool, FoldError> {
    let Some(under) = under else { return Ok(false) };
    let mut count = folding.tx.prepare_cached("SELECT count(*) > 1 FROM accord_proposal WHERE id = ?1")?;
    Ok(count.query_row([under.to_string()], |row| row.get(0))?)
}
