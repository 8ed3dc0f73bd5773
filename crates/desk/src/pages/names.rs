//! Parties as people know them: by name and side, not by number.

use maud::{Markup, html};
use model::PartyId;
use ui::Locale;
use ui::component::party;

use crate::views::{Known, Party};

/// The short name on its card, or the head of its id while this node has no card of it.
pub fn party_name(known: &Known, id: PartyId) -> String {
    match known.parties.get(&id) {
        Some(party) => party.card.short.clone(),
        None => format!("party:{}…", &id.hex()[..8]),
    }
}

/// The chip of a party, leading to its page.
pub fn party_link(locale: Locale, known: &Known, id: PartyId) -> Markup {
    match known.parties.get(&id) {
        Some(found) => {
            html! { a href={ "/parties/" (id) } { (party(locale, &found.card.short, found.card.side)) } }
        }
        None => html! { code title=(id) { (party_name(known, id)) } },
    }
}

/// What two people compare by telephone: SHA-256 over both public keys, in groups of four.
pub fn fingerprint(party: &Party) -> String {
    party.keys.fingerprint_text()
}
