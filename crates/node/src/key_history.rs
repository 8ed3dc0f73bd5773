//! The keys that each party has had, read from the ledger itself: cards this node trusted, then rotations.

use std::collections::HashMap;

use anyhow::Result;
use desk::card;
use ledger::keys::{HybridSignature, RotationStatement, VerifyingKeys};
use ledger::{Ledger, LogKey};
use model::PartyId;
use records::rotation::Rotation;
use records::trust::Trust;
use records::{Body, Header};

/// Entries read in one go.
const STRETCH: usize = 10_000;

/// Every key set of every party, oldest first.
pub struct KeyHistory(HashMap<PartyId, Vec<VerifyingKeys>>);

impl KeyHistory {
    /// Reads the statements about keys in the whole ledger. `own` are the keys of this node as its file has them.
    pub fn read(ledger: &Ledger, me: PartyId, own: &[VerifyingKeys]) -> Result<Self> {
        let mut history = Self(HashMap::from([(me, own.to_vec())]));
        let authors: HashMap<_, _> =
            ledger.logs().into_iter().map(|(log, key, _)| (log, key.party)).collect();
        let reader = ledger.reader()?;
        let mut next = 1;
        loop {
            let count = reader.entries(next, STRETCH, 32 << 20, |entry| {
                next = entry.seq + 1;
                if let (Some(header), Some(body), Some(author)) = (
                    entry.header.filter(|header| speaks_of_a_party(header)),
                    entry.body,
                    authors.get(&entry.log),
                ) {
                    history.learn(header, body, *author, me);
                }
            })?;
            if count == 0 {
                return Ok(history);
            }
        }
    }

    /// The keys for the checkpoints of a log.
    pub fn of(&self, log: &LogKey) -> Vec<VerifyingKeys> {
        self.0.get(&log.party).cloned().unwrap_or_default()
    }

    fn learn(&mut self, header: &[u8], body: &[u8], author: PartyId, me: PartyId) {
        let Ok(header) = Header::parse(header) else { return };
        if header.kind == Trust::KIND && author == me {
            let card = serde_json::from_slice::<Trust>(body).ok().and_then(|trust| trust.card);
            if let Some(Ok((card, line))) = card.map(|signed| card::line(&signed)) {
                line.all().for_each(|keys| self.add(card.party, keys.clone()));
            }
        } else if header.kind == Rotation::KIND {
            self.rotate(body, author);
        }
    }

    fn rotate(&mut self, body: &[u8], author: PartyId) {
        let Ok(rotation) = serde_json::from_slice::<Rotation>(body) else { return };
        let old = HybridSignature::from_base64(&rotation.old[0], &rotation.old[1]);
        let new = HybridSignature::from_base64(&rotation.new[0], &rotation.new[1]);
        let (Ok(old), Ok(new)) = (old, new) else { return };
        let known = self.0.get(&author).cloned().unwrap_or_default();
        let text = rotation.statement.as_bytes();
        if let Some(keys) = known.iter().find_map(|k| RotationStatement::verify(text, k, &old, &new).ok()) {
            self.add(author, keys);
        }
    }

    fn add(&mut self, party: PartyId, keys: VerifyingKeys) {
        let known = self.0.entry(party).or_default();
        if !known.contains(&keys) {
            known.push(keys);
        }
    }
}

/// Spares the parsing of a million headers: every kind that speaks of keys begins with `party.`.
fn speaks_of_a_party(header: &[u8]) -> bool {
    header.windows(6).take(96).any(|window| window == b"party.")
}
