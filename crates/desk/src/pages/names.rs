//! Parties as people know them: by name and side, not by number.

use maud::{Markup, html};
use model::{AgreementId, PartyId};
use ui::Locale;
use ui::component::party;

use super::app::App;
use super::sight::may_read;
use super::visitor::Visitor;
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

/// An agreement by its title for whoever may read it, by its id for everybody else.
pub fn agreement_link(app: &App, visitor: &Visitor, known: &Known, id: &AgreementId) -> Markup {
    let newest = known.agreements.get(id).and_then(|state| state.newest());
    match newest.filter(|version| may_read(app, visitor, version).unwrap_or(false)) {
        Some(version) => html! {
            a href={ "/accord/agreements/" (id) } { (visitor.locale.pick(&version.agreement.title)) }
        },
        None => html! { code translate="no" { (id) } },
    }
}
