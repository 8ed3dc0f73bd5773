//! The parties of every story: keys are made once, since making them costs more than a whole short story.

use std::sync::{Arc, OnceLock};

use desk::card::{self, About};
use ledger::keys::PartyKeys;
use model::{Bilingual, PartyId, Role, Side};
use records::card::SignedCard;

use crate::step::name;

/// Most nodes of a story.
pub(crate) const MOST: usize = 12;

/// One party.
pub(crate) struct Party {
    pub id: PartyId,
    pub keys: Arc<PartyKeys>,
    pub card: SignedCard,
}

/// All of them, in order.
pub(crate) fn cast() -> &'static [Party] {
    static CAST: OnceLock<Vec<Party>> = OnceLock::new();
    CAST.get_or_init(|| (0..MOST).map(party).collect())
}

fn party(at: usize) -> Party {
    let seed = at as u8 + 1;
    let keys = Arc::new(PartyKeys::from_seeds([[seed; 32], [seed + 100; 32]]).expect("seeds give keys"));
    let short = name(at).to_ascii_lowercase().to_string();
    let about = About {
        name: Bilingual::new(&short, &short),
        short,
        side: Side::Eu,
        roles: vec![Role::Csirt],
        link: None,
        contact: String::new(),
    };
    let card = card::make(&keys, &about, String::new());
    Party { id: keys.verifying().party_id(), keys, card }
}
