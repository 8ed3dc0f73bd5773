//! Agreements: proposed, signed by everyone, in force, withdrawn. Only what every party signed releases.

use std::collections::BTreeMap;

use ledger::keys::HybridSignature;
use model::{Agreement, AgreementId, Digest, PartyId, Timestamp};
use records::Body;
use records::proposal::Proposal;
use records::signature::Signature;
use records::withdrawal::Withdrawal;
use rusqlite::Connection;
use share::SignedAgreement;

use super::entry::{Entry, FoldError, Folding};
use super::parties::Parties;
use crate::sql::SqlError;

pub(super) const SCHEMA: &str = "
CREATE TABLE accord_proposal (sha256 TEXT PRIMARY KEY, id TEXT NOT NULL, version INTEGER NOT NULL, author TEXT NOT NULL,
  seq INTEGER NOT NULL, at_us INTEGER NOT NULL, body BLOB NOT NULL);
CREATE TABLE accord_signature (proposal TEXT NOT NULL, party TEXT NOT NULL, seq INTEGER NOT NULL, at_us INTEGER NOT NULL,
  position INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (proposal, party)) WITHOUT ROWID;
CREATE TABLE accord_withdrawal (id TEXT NOT NULL, party TEXT NOT NULL, seq INTEGER NOT NULL, effective_us INTEGER NOT NULL,
  body BLOB NOT NULL, PRIMARY KEY (id, party)) WITHOUT ROWID;";

/// One version of an agreement as far as this node knows.
#[derive(Debug, Clone)]
pub struct VersionState {
    /// The text and its grants.
    pub agreement: Agreement,
    /// Digest of the proposal's bytes: what is signed.
    pub sha256: Digest,
    /// Who proposed it.
    pub author: PartyId,
    /// When it arrived here, µs since 1970.
    pub at_us: i64,
    /// Its signatures by party; only verified ones.
    pub signed: BTreeMap<PartyId, SignedBy>,
}

/// One verified signature.
#[derive(Debug, Clone)]
pub struct SignedBy {
    /// The person, by name and office.
    pub signatory: String,
    /// When the signature arrived here, µs since 1970.
    pub at_us: i64,
}

/// One agreement over its versions.
#[derive(Debug, Clone, Default)]
pub struct AgreementState {
    /// Versions by number; of rival proposals with one number the fully signed one, else the first.
    pub versions: BTreeMap<u32, VersionState>,
    /// Who withdrew, and from when.
    pub withdrawals: BTreeMap<PartyId, Withdrawal>,
}

impl VersionState {
    /// True when every party has signed.
    pub fn is_fully_signed(&self) -> bool {
        !self.agreement.parties.is_empty()
            && self.agreement.parties.iter().all(|p| self.signed.contains_key(&p.party))
    }
}

impl AgreementState {
    /// What the verdict needs of it.
    pub fn signed(&self) -> SignedAgreement {
        let versions = self
            .versions
            .iter()
            .filter(|(_, version)| version.is_fully_signed())
            .map(|(number, version)| (*number, version.agreement.clone()))
            .collect();
        let withdrawn_from = self.withdrawals.values().map(|w| w.effective).min();
        SignedAgreement { versions, withdrawn_from }
    }

    /// The version whose parties may leave at `effective`: the signed one that has begun last by then, else the newest
    /// signed, else the newest. A proposal alone takes nobody's right to leave, and gives it to nobody.
    pub fn bound(&self, effective: Timestamp) -> Option<&VersionState> {
        let signed = || self.versions.values().rev().filter(|version| version.is_fully_signed());
        let begun = signed().find(|version| version.agreement.active_from <= effective);
        begun.or_else(|| signed().next()).or_else(|| self.newest())
    }

    /// The newest version, signed or not.
    pub fn newest(&self) -> Option<&VersionState> {
        self.versions.values().next_back()
    }

    /// The newest fully signed version.
    pub fn newest_signed(&self) -> Option<&VersionState> {
        self.versions.values().rev().find(|version| version.is_fully_signed())
    }
}

pub(super) fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    match entry.header.kind.as_ref() {
        Proposal::KIND => fold_proposal(folding, entry),
        Signature::KIND => fold_signature(folding, entry),
        Withdrawal::KIND => fold_withdrawal(folding, entry),
        _ => Ok(()),
    }
}

fn fold_proposal(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let Some(Proposal(agreement)) = entry.read::<Proposal>() else { return Ok(()) };
    if !agreement.has_party(&entry.header.author) {
        return Ok(()); // only a party may propose
    }
    folding
        .tx
        .prepare_cached(
            "INSERT OR IGNORE INTO accord_proposal (sha256, id, version, author, seq, at_us, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            entry.header.body_sha256().hex(),
            agreement.id.to_string(),
            agreement.version,
            entry.header.author.to_string(),
            entry.seq as i64,
            entry.at_us,
            entry.body,
        ))?;
    changed(folding);
    Ok(())
}

fn fold_signature(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let Some(signature) = entry.read::<Signature>() else { return Ok(()) };
    if signature.party != entry.header.author {
        return Ok(()); // nobody signs for another
    }
    folding
        .tx
        .prepare_cached(
            "INSERT OR IGNORE INTO accord_signature (proposal, party, seq, at_us, position, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            signature.proposal_sha256.hex(),
            signature.party.to_string(),
            entry.seq as i64,
            entry.at_us,
            entry.position.0 as i64,
            entry.body,
        ))?;
    changed(folding);
    Ok(())
}

fn fold_withdrawal(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let Some(withdrawal) = entry.read::<Withdrawal>() else { return Ok(()) };
    // A party cannot leave before it says so: the earlier of both would undo releases already made in good faith.
    let effective = withdrawal.effective.max(entry.header.stated_at);
    folding
        .tx
        .prepare_cached(
            "INSERT INTO accord_withdrawal (id, party, seq, effective_us, body) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET effective_us = min(effective_us, ?4)",
        )?
        .execute((
            withdrawal.agreement.to_string(),
            entry.header.author.to_string(),
            entry.seq as i64,
            effective.as_microsecond(),
            entry.body,
        ))?;
    changed(folding);
    Ok(())
}

fn changed(folding: &mut Folding<'_>) {
    folding.book_changed = true;
    folding.topics.insert("accord");
}

/// Agreements by id.
pub(super) type Agreements = BTreeMap<AgreementId, AgreementState>;

/// Reads every agreement and verifies its signatures against the keys of trusted parties; those that `before`, read
/// under the same keys, holds as verified are not verified again.
pub(super) fn load(
    connection: &Connection,
    parties: &Parties,
    before: Option<&Agreements>,
) -> Result<Agreements, SqlError> {
    let mut agreements = Agreements::new();
    for version in load_versions(connection, parties, before)? {
        let state = agreements.entry(version.agreement.id).or_default();
        let rival = state.versions.get(&version.agreement.version);
        if rival.is_none_or(|rival| version.is_fully_signed() && !rival.is_fully_signed()) {
            state.versions.insert(version.agreement.version, version);
        }
    }
    load_withdrawals(connection, &mut agreements)?;
    Ok(agreements)
}

fn load_versions(
    connection: &Connection,
    parties: &Parties,
    before: Option<&Agreements>,
) -> Result<Vec<VersionState>, SqlError> {
    let mut statement =
        connection.prepare_cached("SELECT sha256, author, at_us, body FROM accord_proposal ORDER BY seq")?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get::<_, Vec<u8>>(3)?))
    })?;
    let mut versions = Vec::new();
    for row in rows {
        let (sha256, author, at_us, body) = row?;
        let (Ok(digest), Ok(author)) = (sha256.parse(), author.parse()) else { continue };
        let Ok(Proposal(agreement)) = serde_json::from_slice(&body) else { continue };
        let state = before.and_then(|before| before.get(&agreement.id));
        let same = state.and_then(|state| state.versions.get(&agreement.version));
        let verified = same.filter(|same| same.sha256 == digest).map(|same| &same.signed);
        let signed = load_signatures(connection, &sha256, &body, parties, verified)?;
        versions.push(VersionState { agreement, sha256: digest, author, at_us, signed });
    }
    Ok(versions)
}

fn load_signatures(
    connection: &Connection,
    sha256: &str,
    proposal: &[u8],
    parties: &Parties,
    verified: Option<&BTreeMap<PartyId, SignedBy>>,
) -> Result<BTreeMap<PartyId, SignedBy>, SqlError> {
    let mut statement = connection
        .prepare_cached("SELECT at_us, position, body FROM accord_signature WHERE proposal = ?1")?;
    let rows = statement.query_map([sha256], |row| {
        Ok((row.get(0)?, row.get::<_, i64>(1)? as u64, row.get::<_, Vec<u8>>(2)?))
    })?;
    let mut signed = BTreeMap::new();
    for row in rows {
        let (at_us, position, body) = row?;
        let Ok(signature) = serde_json::from_slice::<Signature>(&body) else { continue };
        let Some(party) = parties.get(&signature.party) else { continue };
        if let Some(kept) = verified.and_then(|verified| verified.get(&signature.party)) {
            signed.insert(signature.party, kept.clone());
            continue;
        }
        let hybrid = HybridSignature::from_base64(&signature.ed25519, &signature.ml_dsa_87);
        // The keys of the time count: a later change of keys unsigns nothing.
        let keys = party.line.held_at(position);
        if hybrid.is_ok_and(|hybrid| keys.verify(Signature::CONTEXT, proposal, &hybrid).is_ok()) {
            signed.insert(signature.party, SignedBy { signatory: signature.signatory, at_us });
        }
    }
    Ok(signed)
}

fn load_withdrawals(
    connection: &Connection,
    agreements: &mut BTreeMap<AgreementId, AgreementState>,
) -> Result<(), SqlError> {
    let mut statement =
        connection.prepare_cached("SELECT id, party, effective_us, body FROM accord_withdrawal")?;
    let rows = statement.query_map([], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, i64>(2)?,
            row.get::<_, Vec<u8>>(3)?,
        ))
    })?;
    for row in rows {
        let (id, party, effective_us, body) = row?;
        let (Ok(id), Ok(party)) = (id.parse::<AgreementId>(), party.parse::<PartyId>()) else { continue };
        let Ok(mut withdrawal) = serde_json::from_slice::<Withdrawal>(&body) else { continue };
        withdrawal.effective = Timestamp::from_microsecond(effective_us).unwrap_or(withdrawal.effective);
        let state = agreements.entry(id).or_default();
        // Somebody who is not a party cannot end an agreement.
        if state.bound(withdrawal.effective).is_some_and(|version| version.agreement.has_party(&party)) {
            state.withdrawals.insert(party, withdrawal);
        }
    }
    Ok(())
}
