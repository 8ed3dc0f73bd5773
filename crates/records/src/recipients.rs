//! Named recipients, blinded: each learns of itself alone.
//!
//! The header lists SHA-256(domain ‖ nonce ‖ party) for every recipient, with a fresh random nonce for each.
//! A recipient gets its own nonce (its *opening*) beside the record and recognises itself; without the nonce
//! nobody can test a guess. The list is padded with random digests to a power of two, so its length says little.

use model::{Digest, PartyId, from_base64, to_base64};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

const DOMAIN: &[u8] = b"entente recipient v1\0";

/// The most recipients one record may name.
pub const MAX_RECIPIENTS: usize = 1024;

/// What lets one recipient recognise itself in a header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The recipient.
    pub party: PartyId,
    /// Its nonce, 16 bytes as base64.
    pub nonce: String,
}

impl Opening {
    /// The digest this opening claims to be in the header.
    pub fn digest(&self) -> Option<String> {
        let nonce: [u8; 16] = from_base64(&self.nonce).ok()?.try_into().ok()?;
        Some(to_base64(&named_digest(&nonce, &self.party).0))
    }

    /// True when the header's list really contains this recipient.
    pub fn is_in<T: AsRef<str>>(&self, to: &[T]) -> bool {
        self.digest().is_some_and(|digest| to.iter().any(|t| t.as_ref() == digest))
    }

    /// Reads the openings kept beside a record; what does not verify against `to` is dropped.
    pub fn verified<T: AsRef<str>>(bytes: Option<&[u8]>, to: &[T]) -> Vec<Opening> {
        let openings: Vec<Opening> = bytes.and_then(|b| serde_json::from_slice(b).ok()).unwrap_or_default();
        openings.into_iter().filter(|o| o.is_in(to)).collect()
    }
}

/// The blinded digest of one recipient.
pub fn named_digest(nonce: &[u8; 16], party: &PartyId) -> Digest {
    Digest(Sha256::new_with_prefix(DOMAIN).chain_update(nonce).chain_update(party.0).finalize().into())
}

/// A recipient list ready for a header, with the openings its author keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipients {
    /// The padded, sorted digests for the header.
    pub digests: Vec<String>,
    /// One opening for each recipient.
    pub openings: Vec<Opening>,
}

impl Recipients {
    /// Blinds `parties`; `random` fills a buffer with fresh random bytes.
    pub fn blind(parties: &[PartyId], mut random: impl FnMut(&mut [u8])) -> Self {
        let mut parties = parties.to_vec();
        parties.sort_unstable();
        parties.dedup();
        let mut digests = Vec::new();
        let mut openings = Vec::new();
        for party in parties.into_iter().take(MAX_RECIPIENTS) {
            let mut nonce = [0; 16];
            random(&mut nonce);
            digests.push(to_base64(&named_digest(&nonce, &party).0));
            openings.push(Opening { party, nonce: to_base64(&nonce) });
        }
        while digests.len() < digests.len().next_power_of_two().max(2) {
            let mut decoy = [0; 32];
            random(&mut decoy);
            digests.push(to_base64(&decoy));
        }
        digests.sort_unstable(); // so that the order tells nothing either
        Self { digests, openings }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_recipient_finds_itself_and_nobody_else() {
        let parties: Vec<PartyId> = (1..=3).map(|n| PartyId([n; 16])).collect();
        let mut counter = 0u8;
        let recipients = Recipients::blind(&parties, |buffer| {
            counter += 1;
            buffer.fill(counter);
        });
        assert_eq!(recipients.digests.len(), 4);
        for opening in &recipients.openings {
            assert!(opening.is_in(&recipients.digests));
            let stolen = Opening { party: PartyId([9; 16]), nonce: opening.nonce.clone() };
            assert!(!stolen.is_in(&recipients.digests));
        }
    }

    #[test]
    fn an_empty_list_names_nobody() {
        let recipients = Recipients::blind(&[], |buffer| buffer.fill(7));
        assert!(recipients.openings.is_empty());
        assert_eq!(recipients.digests.len(), 2);
    }
}
