//! The parties of every story: keys are made once, since making them costs more than a whole short story.

use std::sync::{Arc, OnceLock};

use desk::card::{self, About};
use ledger::keys::PartyKeys;
use model::{Bilingual, PartyId, Role, Side};
use records::card::SignedCard;

use crate::step::name;

/// Most nodes of a story.
pub(crate) const MOST: usize = 12;

/// How often a party changes its keys at most.
pub(crate) const MOST_KEYS: usize = 3;

/// One party.
pub(crate) struct Party {
    pub id: PartyId,
    /// Those it begins with, and those to which it changes, in order. They serve in each realm: a node would have others,
    /// and what must not cross does not cross because of them.
    pub keys: [Arc<PartyKeys>; MOST_KEYS],
    pub card: SignedCard,
}

impl Party {
    /// The keys that come after these.
    pub fn after(&self, keys: &PartyKeys) -> Option<Arc<PartyKeys>> {
        let at = self.keys.iter().position(|own| own.verifying() == keys.verifying())?;
        self.keys.get(at + 1).cloned()
    }
}

/// All of them, in order.
pub(crate) fn cast() -> &'static [Party] {
    static CAST: OnceLock<Vec<Party>> = OnceLock::new();
    CAST.get_or_init(|| (0..MOST).map(party).collect())
}

fn party(at: usize) -> Party {
    let keys: [Arc<PartyKeys>; MOST_KEYS] = std::array::from_fn(|turn| {
        let seed = (at + turn * MOST) as u8 + 1;
        Arc::new(PartyKeys::from_seeds([[seed; 32], [seed + 100; 32]]).expect("seeds give keys"))
    });
    let short = name(at).to_ascii_lowercase().to_string();
    let about = About {
        name: Bilingual::new(&short, &short),
        short,
        side: Side::Eu,
        roles: vec![Role::Csirt],
        link: None,
        contact: String::new(),
    };
    let card = card::make(&keys[0], &about, String::new());
    Party { id: keys[0].verifying().party_id(), keys, card }
}
