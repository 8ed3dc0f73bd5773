//! Signing one version: the exact bytes that were proposed, with both keys of the party.

use desk::Desk;
use desk::sql::SqlError;
use desk::submit::SubmitError;
use desk::views::{Known, VersionState};
use ledger::Receipt;
use model::{AgreementId, Digest, PartyId, Timestamp};
use records::signature::Signature;
use rusqlite::OptionalExtension as _;
use ui::locale::Sentence;
use ui::sentence;

use super::{MARKED, others};

/// The longest name and office of a signatory, in characters.
const MAX_SIGNATORY_CHARS: usize = 200;

/// Why a version was not signed.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum SignError {
    /// No such agreement or version.
    Unknown {
        /// The agreement.
        id: AgreementId,
        /// The version.
        version: u32,
    },
    /// A later version is on the table.
    Replaced {
        /// The version to be signed.
        version: u32,
        /// The newest one.
        newest: u32,
    },
    /// This party does not sign it.
    NotParty(PartyId),
    /// Signed before.
    Signed(u32),
    /// Somebody has left.
    Withdrawn(AgreementId),
    /// Its time is over.
    Expired(Timestamp),
    /// Nobody is named.
    Nobody,
    /// The views could not be read.
    Read(#[from] SqlError),
    /// The ledger refused.
    #[error(transparent)]
    Submit(#[from] SubmitError),
}

impl SignError {
    /// What happened, and what to do.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Unknown { id, version } => {
                sentence!("refused-no-version", version = version.to_string(), id = id.to_string())
            }
            Self::Replaced { version, newest } => {
                sentence!("refused-replaced", version = version.to_string(), newest = newest.to_string())
            }
            Self::NotParty(party) => sentence!("refused-not-party-sign", party = party.to_string()),
            Self::Signed(version) => sentence!("refused-signed", version = version.to_string()),
            Self::Withdrawn(id) => sentence!("refused-left", id = id.to_string()),
            Self::Expired(at) => sentence!("refused-ended", at = *at),
            Self::Nobody => sentence!("refused-signatory", most = MAX_SIGNATORY_CHARS),
            Self::Read(error) => sentence!("refused-read-proposal", error = error.to_string()),
            Self::Submit(error) => error.to_string().into(),
        }
    }
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
