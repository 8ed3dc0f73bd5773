//! Party cards: made, proved and compared by fingerprint.

use ledger::keys::{HybridSignature, PartyKeys, VerifyingKeys};
use model::{Bilingual, PartyId, Role, Side, from_base64, to_base64};
use records::card::{Card, SignedCard};

use crate::key_line::KeyLine;

/// The domain that separates card signatures from all others.
const CONTEXT: &str = "entente/card/v1";
/// The longest card text a node reads, in bytes.
const MAX_CARD_BYTES: usize = 64 * 1024;

/// What a party says about itself besides its keys.
#[derive(Debug, Clone)]
pub struct About {
    /// Short name for URLs and tables.
    pub short: String,
    /// Full name.
    pub name: Bilingual,
    /// Side of the Atlantic.
    pub side: Side,
    /// What it is.
    pub roles: Vec<Role>,
    /// Where its link listens.
    pub link: Option<String>,
    /// Whom to call.
    pub contact: String,
}

/// Why a card proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// Longer than a card may be.
    #[error("the card text is longer than {MAX_CARD_BYTES} bytes; ask the party for its card file again")]
    Oversized,
    /// Not a card.
    #[error("not a party card: {0}; ask the party for its card file again")]
    Malformed(String),
    /// Its signatures do not hold.
    #[error("the card's signatures do not verify; do not trust it, ask the party for its card file again")]
    Unproven,
    /// Its keys do not come from the first ones.
    #[error(
        "the card's changes of keys do not lead to its keys; do not trust it, ask the party for its card file again"
    )]
    Unlinked,
    /// Its id is not what its first keys give.
    #[error("the card says {said} but its first keys give {given}; do not trust it")]
    OtherParty {
        /// The id on the card.
        said: PartyId,
        /// The id its keys give.
        given: PartyId,
    },
}

/// Makes and signs the card of a party that has its first keys.
pub fn make(keys: &PartyKeys, about: &About, tls_sha256: String) -> SignedCard {
    renew(keys, &KeyLine::new(keys.verifying().clone()), about, tls_sha256)
}

/// Makes and signs a party's card with the keys it has now, which must be the last of `line`.
pub fn renew(keys: &PartyKeys, line: &KeyLine, about: &About, tls_sha256: String) -> SignedCard {
    let public = keys.verifying();
    let card = Card {
        party: line.first().party_id(),
        short: about.short.clone(),
        name: about.name.clone(),
        side: about.side,
        roles: about.roles.clone(),
        ed25519: to_base64(public.ed25519()),
        ml_dsa_87: to_base64(public.ml_dsa_87()),
        tls_sha256,
        link: about.link.clone(),
        contact: about.contact.clone(),
    };
    // A card is a plain struct with string keys: serialising it cannot fail.
    let text = serde_json::to_string(&card).unwrap_or_default();
    let signature = keys.sign(CONTEXT, text.as_bytes());
    SignedCard {
        card: text,
        ed25519: to_base64(&signature.ed25519),
        ml_dsa_87: to_base64(&signature.ml_dsa_87),
        lineage: line.lineage(),
    }
}

/// Checks a card against the keys it carries; whether to trust those is for a person to decide.
pub fn verify(signed: &SignedCard) -> Result<(Card, VerifyingKeys), CardError> {
    line(signed).map(|(card, line)| (card, line.current().clone()))
}

/// The same, with every key set that led to those on the card.
pub fn line(signed: &SignedCard) -> Result<(Card, KeyLine), CardError> {
    if signed.card.len() > MAX_CARD_BYTES {
        return Err(CardError::Oversized);
    }
    let card: Card = serde_json::from_str(&signed.card).map_err(|e| CardError::Malformed(e.to_string()))?;
    let key = |text: &str| from_base64(text).map_err(|e| CardError::Malformed(e.to_string()));
    let keys = VerifyingKeys::new(&key(&card.ed25519)?, &key(&card.ml_dsa_87)?)
        .map_err(|e| CardError::Malformed(e.to_string()))?;
    let signature = HybridSignature::from_base64(&signed.ed25519, &signed.ml_dsa_87)
        .map_err(|e| CardError::Malformed(e.to_string()))?;
    keys.verify(CONTEXT, signed.card.as_bytes(), &signature).map_err(|_| CardError::Unproven)?;
    let line = match &signed.lineage {
        None => KeyLine::new(keys),
        Some(lineage) => {
            KeyLine::of(lineage).filter(|line| *line.current() == keys).ok_or(CardError::Unlinked)?
        }
    };
    let given = line.first().party_id();
    if card.party != given {
        return Err(CardError::OtherParty { said: card.party, given });
    }
    Ok((card, line))
}
