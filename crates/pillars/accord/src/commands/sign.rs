//! Signing one version: the exact bytes that were proposed, with both keys of the party.

use desk::Desk;
use desk::sql::SqlError;
use desk::submit::SubmitError;
use desk::views::{Known, VersionState};
use ledger::Receipt;
use model::{AgreementId, Digest, PartyId, Timestamp};
use records::signature::Signature;
use rusqlite::OptionalExtension as _;

use super::{MARKED, others};

/// The longest name and office of a signatory, in characters.
const MAX_SIGNATORY_CHARS: usize = 200;

/// Why a version was not signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// No such agreement or version.
    #[error("there is no version {version} of {id} here; wait for the proposal to arrive, or check the id")]
    Unknown {
        /// The agreement.
        id: AgreementId,
        /// The version.
        version: u32,
    },
    /// A later version is on the table.
    #[error("version {newest} has replaced version {version}; read and sign that one")]
    Replaced {
        /// The version to be signed.
        version: u32,
        /// The newest one.
        newest: u32,
    },
    /// This party does not sign it.
    #[error("this party ({0}) is not a party to the agreement; it has nothing to sign")]
    NotParty(PartyId),
    /// Signed before.
    #[error("this party has signed version {0} already")]
    Signed(u32),
    /// Somebody has left.
    #[error("a party has withdrawn from {0}; a signature would have no effect")]
    Withdrawn(AgreementId),
    /// Its time is over.
    #[error("the agreement ended at {0}; propose a version with a later end")]
    Expired(Timestamp),
    /// Nobody is named.
    #[error("name the person who signs and their office, in 1 to {MAX_SIGNATORY_CHARS} characters")]
    Nobody,
    /// The views could not be read.
    #[error("cannot read the proposal: {0}; run `entente doctor`")]
    Read(#[from] SqlError),
    /// The ledger refused.
    #[error(transparent)]
    Submit(#[from] SubmitError),
}

/// Signs version `version` of `id` in the name of `signatory` and sends the signature to the other parties.
pub fn sign(desk: &Desk, id: AgreementId, version: u32, signatory: &str) -> Result<Receipt, SignError> {
    let known = desk.known();
    let chosen = may_sign(&known, desk.me, id, version, signatory, desk::edge::now())?;
    let proposal = proposal_bytes(desk, &chosen.sha256)?.ok_or(SignError::Unknown { id, version })?;
    let [ed25519, ml_dsa_87] = desk.keys.sign(Signature::CONTEXT, &proposal).to_base64();
    let signature = Signature {
        agreement: id,
        version,
        proposal_sha256: chosen.sha256,
        party: desk.me,
        signatory: signatory.trim().to_owned(),
        ed25519,
        ml_dsa_87,
    };
    let recipients = others(&chosen.agreement, desk.me);
    Ok(desk.send(&signature, MARKED, &recipients, &[id.to_string()])?)
}

/// The version, when this party may sign it now.
pub fn may_sign<'a>(
    known: &'a Known,
    me: PartyId,
    id: AgreementId,
    version: u32,
    signatory: &str,
    now: Timestamp,
) -> Result<&'a VersionState, SignError> {
    let state = known.agreements.get(&id).ok_or(SignError::Unknown { id, version })?;
    let chosen = state.versions.get(&version).ok_or(SignError::Unknown { id, version })?;
    let newest = state.newest().map_or(version, |newest| newest.agreement.version);
    if newest > version {
        return Err(SignError::Replaced { version, newest });
    }
    if !chosen.agreement.has_party(&me) {
        return Err(SignError::NotParty(me));
    }
    if chosen.signed.contains_key(&me) {
        return Err(SignError::Signed(version));
    }
    if state.withdrawals.values().any(|withdrawal| withdrawal.effective <= now) {
        return Err(SignError::Withdrawn(id));
    }
    if chosen.agreement.active_until <= now {
        return Err(SignError::Expired(chosen.agreement.active_until));
    }
    if !(1..=MAX_SIGNATORY_CHARS).contains(&signatory.trim().chars().count()) {
        return Err(SignError::Nobody);
    }
    Ok(chosen)
}

/// The body of a proposal as it was received: trust signs bytes, not their meaning.
fn proposal_bytes(desk: &Desk, sha256: &Digest) -> Result<Option<Vec<u8>>, SqlError> {
    let query = "SELECT body FROM accord_proposal WHERE sha256 = ?1";
    desk.views.read()?.query_row(query, [sha256.hex()], |row| row.get(0)).optional()
}
