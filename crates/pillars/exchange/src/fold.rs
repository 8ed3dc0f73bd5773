//! Folding objects into placements: at which date which object became visible in which collection.
//!
//! A collection belongs to one agreement; number 0 holds what is published under none. The date is the commit
//! time of the entry, strictly increasing in each collection (TAXII 2.1 §3.4), so a poller misses nothing.

use std::collections::BTreeSet;

use desk::{Entry, FoldError, Folding};
use model::AgreementId;
use records::Body;
use records::delivery::{Delivery, OBJECT, QUARANTINE};
use records::erasure::Erasure;
use records::receipt::Receipt;
use records::retraction::Retraction;
use records::signature::Signature;

use crate::erased;
use crate::identity::Identity;
use crate::key::key_of;
use crate::placed::{self, Place, Standing};
use crate::widen;

pub(crate) const SCHEMA: &str = "
CREATE TABLE exchange_collection (n INTEGER PRIMARY KEY, agreement TEXT NOT NULL UNIQUE,
  last INTEGER NOT NULL DEFAULT -9223372036854775808);
INSERT INTO exchange_collection (n, agreement) VALUES (0, '');
CREATE TABLE exchange_placement (coll INTEGER NOT NULL, date INTEGER NOT NULL, seq INTEGER NOT NULL, class INTEGER NOT NULL,
  key INTEGER NOT NULL, version INTEGER NOT NULL, several INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (coll, date)) WITHOUT ROWID;
CREATE INDEX exchange_placement_class ON exchange_placement (coll, class, date, seq, key, version, several);
CREATE TABLE exchange_key_new (key INTEGER NOT NULL, coll INTEGER NOT NULL, date INTEGER NOT NULL,
  PRIMARY KEY (key, coll, date)) WITHOUT ROWID;
CREATE TABLE exchange_key_old (key INTEGER NOT NULL, coll INTEGER NOT NULL, date INTEGER NOT NULL,
  PRIMARY KEY (key, coll, date)) WITHOUT ROWID;
CREATE VIEW exchange_key AS SELECT key, coll, date FROM exchange_key_new
  UNION ALL SELECT key, coll, date FROM exchange_key_old;
CREATE TABLE exchange_count (coll INTEGER NOT NULL, class INTEGER NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (coll, class)) WITHOUT ROWID;
CREATE TABLE exchange_arrived (coll INTEGER NOT NULL, class INTEGER NOT NULL, hour INTEGER NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (coll, class, hour)) WITHOUT ROWID;
CREATE TABLE exchange_history (epoch INTEGER NOT NULL);
INSERT INTO exchange_history VALUES (0);
CREATE TABLE exchange_marking (id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE exchange_delivery (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, at_us INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE exchange_quarantine (seq INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, about TEXT NOT NULL);
CREATE TABLE exchange_retracted (seq INTEGER PRIMARY KEY, author TEXT NOT NULL, object TEXT NOT NULL, action TEXT NOT NULL,
  versions INTEGER NOT NULL);
CREATE TABLE exchange_raised (seq INTEGER PRIMARY KEY, class INTEGER);
CREATE INDEX exchange_retracted_object ON exchange_retracted (object);
CREATE TABLE exchange_touched (seq INTEGER NOT NULL, retraction INTEGER NOT NULL, version INTEGER NOT NULL,
  PRIMARY KEY (seq, retraction)) WITHOUT ROWID;
CREATE INDEX exchange_touched_retraction ON exchange_touched (retraction, version);
CREATE TABLE exchange_receipt (retraction TEXT NOT NULL, party TEXT NOT NULL, at_us INTEGER NOT NULL, versions INTEGER NOT NULL,
  PRIMARY KEY (retraction, party)) WITHOUT ROWID;";

pub(crate) fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    match entry.header.kind.as_ref() {
        OBJECT => fold_object(folding, entry),
        Delivery::KIND => fold_delivery(folding, entry),
        QUARANTINE => fold_quarantine(folding, entry),
        Retraction::KIND => retract(folding, entry),
        Receipt::KIND => fold_receipt(folding, entry),
        Signature::KIND => widen::fold(folding, entry),
        Erasure::KIND => erased::note(folding, entry),
        _ => Ok(()),
    }
}

fn fold_object(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    // Numbered when a header first names it, so that no number depends on a body that may be erased.
    for under in &entry.header.under {
        placed::collection(folding, Some(*under))?;
    }
    let Some(body) = entry.body else { return Ok(()) };
    // The own log holds what the intake validated; a peer's body is anything until it has been read.
    let identity = if entry.log == folding.me { Identity::of_validated(body) } else { Identity::read(body) };
    let Some(identity) = identity else { return Ok(()) };
    let key = key_of(&identity.id);
    let version = identity.version_us();
    if identity.id.starts_with("marking-definition--") {
        folding
            .tx
            .prepare_cached("INSERT OR IGNORE INTO exchange_marking (id, body) VALUES (?1, ?2)")?
            .execute((identity.id.as_ref(), body))?;
    }
    if entry.header.under.is_empty() {
        place(folding, None, entry, key, version)?;
    }
    for under in &entry.header.under {
        place(folding, Some(*under), entry, key, version)?;
    }
    folding.topics.insert("exchange");
    Ok(())
}

fn place(
    folding: &mut Folding<'_>,
    under: Option<AgreementId>,
    entry: &Entry<'_>,
    key: i64,
    version: i64,
) -> Result<(), FoldError> {
    let coll = placed::collection(folding, under)?;
    let place = Place { key, coll, date: entry.at_us, seq: entry.seq as i64, class: entry.class, version };
    placed::remember(folding, place);
    Ok(())
}

fn fold_delivery(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    if entry.log != folding.me {
        return Ok(());
    }
    let Some(delivery) = entry.read::<Delivery>() else { return Ok(()) };
    folding
        .tx
        .prepare_cached("INSERT OR IGNORE INTO exchange_delivery (id, seq, at_us) VALUES (?1, ?2, ?3)")?
        .execute((delivery.id, entry.seq as i64, entry.at_us))?;
    Ok(())
}

fn fold_quarantine(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let about = entry.header.about.join("\n");
    folding
        .tx
        .prepare_cached("INSERT OR IGNORE INTO exchange_quarantine (seq, at_us, about) VALUES (?1, ?2, ?3)")?
        .execute((entry.seq as i64, entry.at_us, about))?;
    folding.topics.insert("exchange");
    Ok(())
}

/// The author alone takes back its objects, and only from where it had put them.
fn retract(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let Some(retraction) = entry.read::<Retraction>() else { return Ok(()) };
    placed::write(folding)?; // what this step has placed so far is found by key from here on
    let key = key_of(&retraction.object);
    let version = retraction
        .version
        .as_deref()
        .and_then(|text| formats::stix::StixTime::parse(text).map(|time| time.micros()));
    let mut touched = BTreeSet::new();
    for Standing { coll, date, class, version: held, seq, .. } in placed::standing(folding.tx, key)? {
        let seq = seq as i64;
        let Some(facts) = folding.classes.get(class).cloned() else { continue };
        if facts.author != entry.header.author || version.is_some_and(|version| version != held) {
            continue;
        }
        let now = match (retraction.action, retraction.tlp) {
            (records::retraction::Action::Narrow, Some(tlp)) => {
                let mut narrower = (*facts).clone();
                narrower.marked = narrow(narrower.marked, tlp);
                let narrower = folding.classes.intern(folding.tx, narrower)?;
                placed::count(folding, (coll, date), class, -1);
                placed::count(folding, (coll, date), narrower, 1);
                folding
                    .tx
                    .prepare_cached("UPDATE exchange_placement SET class = ?3 WHERE coll = ?1 AND date = ?2")?
                    .execute((coll, date, narrower))?;
                Some(narrower)
            }
            _ => {
                placed::remove(folding, &Place { key, coll, date, seq: 0, class, version: held })?;
                None
            }
        };
        raise(folding, seq, now)?;
        touch(folding, seq, entry.seq, held)?;
        touched.insert(held);
        placed::turn_page(folding, entry.seq as i64)?;
    }
    placed::unmark(folding.tx, key)?;
    folding
        .tx
        .prepare_cached(
            "INSERT OR IGNORE INTO exchange_retracted (seq, author, object, action, versions) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((
            entry.seq as i64,
            entry.header.author.to_string(),
            &retraction.object,
            match retraction.action {
                records::retraction::Action::Delete => "delete",
                records::retraction::Action::Narrow => "narrow",
            },
            touched.len() as i64,
        ))?;
    folding.topics.insert("exchange");
    Ok(())
}

/// Remembers what holds of a record now, for the link; `None` when it was taken back.
fn raise(folding: &Folding<'_>, seq: i64, now: Option<u32>) -> Result<(), FoldError> {
    folding
        .tx
        .prepare_cached("INSERT OR REPLACE INTO exchange_raised (seq, class) VALUES (?1, ?2)")?
        .execute((seq, now))?;
    Ok(())
}

/// Remembers which record a retraction touched, so that erasing the record later takes it out of the count.
fn touch(folding: &Folding<'_>, seq: i64, retraction: u64, version: i64) -> Result<(), FoldError> {
    folding
        .tx
        .prepare_cached(
            "INSERT OR IGNORE INTO exchange_touched (seq, retraction, version) VALUES (?1, ?2, ?3)",
        )?
        .execute((seq, retraction as i64, version))?;
    Ok(())
}

fn narrow(marked: records::Marked, tlp: model::Tlp) -> records::Marked {
    match marked {
        records::Marked::Known(marking) => {
            records::Marked::Known(marking.strictest(model::Marking::tlp(tlp)))
        }
        unknown => unknown,
    }
}

fn fold_receipt(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let Some(receipt) = entry.read::<Receipt>() else { return Ok(()) };
    folding
        .tx
        .prepare_cached(
            "INSERT OR IGNORE INTO exchange_receipt (retraction, party, at_us, versions) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((
            receipt.retraction.to_string(),
            entry.header.author.to_string(),
            entry.at_us,
            receipt.versions as i64,
        ))?;
    folding.topics.insert("exchange");
    Ok(())
}
