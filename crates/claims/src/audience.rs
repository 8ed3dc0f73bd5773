//! For whom a product is made: everybody who will read it, as the verdict sees them.

use model::{AgreementId, PartyId, Timestamp, Tlp};
use share::{Book, Class, Reason, Receiver, Standing, verdict};

/// Those who will read a product. What it says must be releasable to each of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// The holder's own organisation, up to a clearance.
    Organisation(Tlp),
    /// The other parties of an agreement.
    Parties(AgreementId),
    /// The community of an agreement: TLP:GREEN and wider.
    Community(AgreementId),
    /// Anybody, under that agreement: TLP:CLEAR.
    Public(AgreementId),
}

impl Audience {
    /// Everybody in it, as the gates would ask for them; nobody when the agreement is not in force.
    pub fn receivers(&self, book: &Book, now: Timestamp) -> Vec<Receiver> {
        let realm = &book.realm;
        let beyond = |standing, agreement: AgreementId, clearance| {
            let agreements = Some([agreement].into());
            vec![Receiver { realm: realm.clone(), standing, clearance, agreements }]
        };
        match self {
            Audience::Organisation(clearance) => vec![Receiver::member(realm.clone(), *clearance)],
            Audience::Parties(agreement) => others(book, agreement, now)
                .into_iter()
                .map(|party| Receiver {
                    agreements: Some([*agreement].into()),
                    ..Receiver::node(realm.clone(), party)
                })
                .collect(),
            Audience::Community(agreement) => beyond(Standing::Community, *agreement, Tlp::Green),
            Audience::Public(agreement) => beyond(Standing::Public, *agreement, Tlp::Clear),
        }
    }

    /// Whether records of a class may go to all of them, or why not. An audience of nobody is given nothing.
    pub fn may_have(&self, class: &Class, book: &Book, now: Timestamp) -> Result<(), Reason> {
        let receivers = self.receivers(book, now);
        if receivers.is_empty() {
            return Err(Reason::NotParty);
        }
        for receiver in &receivers {
            // Whoever stated it has it already.
            if receiver.standing == Standing::Party(class.author) {
                continue;
            }
            if let Some(reason) = verdict(class, receiver, book, now).reason() {
                return Err(reason);
            }
        }
        Ok(())
    }
}

fn others(book: &Book, agreement: &AgreementId, now: Timestamp) -> Vec<PartyId> {
    let in_force = book.in_force(agreement, now).ok();
    let parties = in_force.into_iter().flat_map(|agreement| &agreement.parties).map(|party| party.party);
    parties.filter(|party| *party != book.holder).collect()
}
