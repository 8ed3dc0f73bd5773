//! Sealing a record for parties by name, under the agreements that release it to them; refused where there is none.

use model::{AgreementId, Bilingual, Marking, PartyId};
use records::{Body, Header, Marked, Recipients, Seal, Sealed};
use share::{Class, Reason, Receiver, verdict};
use ui::locale::{Locale, Part, Sentence, lookup};
use ui::sentence;

use crate::desk::Desk;

/// It would not reach this party.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub struct Unreleased {
    /// The party.
    pub to: PartyId,
    /// What it is called.
    pub name: Bilingual,
    /// Why not.
    pub reason: Reason,
}

impl Unreleased {
    /// Whom it would not reach, why, and what to do.
    pub fn sentence(&self) -> Sentence {
        let code = self.reason.code();
        let says =
            |locale| lookup(locale, &format!("reason-{code}")).unwrap_or_else(|| code.into()).into_owned();
        let reason = Part::named(code, Bilingual::new(says(Locale::En), says(Locale::Fr)));
        let to = Part::named(self.to.to_string(), self.name.clone());
        sentence!("refused-unreleased", to = to, reason = reason)
    }
}

/// Agreements named in one header.
const MOST_AGREEMENTS: usize = 8;

/// The record, sealed for them alone. Nothing is written yet.
pub fn sealed<B: Body>(
    desk: &Desk,
    body: &B,
    marking: Marking,
    to: &[PartyId],
) -> Result<Sealed, Unreleased> {
    let recipients = Recipients::blind(to, crate::edge::random);
    let (now, salt) = (crate::edge::now(), crate::edge::salt());
    let seal = |under: &[AgreementId]| {
        let seal =
            Seal { marked: Marked::Known(marking), to: Some(&recipients), under, ..desk.seal::<B>(now) };
        seal.body(body, salt)
    };
    let known = desk.known();
    let withheld = |sealed: &Sealed, party: &PartyId| {
        let Ok(header) = Header::parse(&sealed.header) else { return Some(Reason::NotPublished) };
        let class = Class::of(&header, sealed.openings.as_deref());
        verdict(&class, &Receiver::node(desk.realm.clone(), *party), &known.book, now).reason()
    };
    let releases = |id: &&AgreementId| {
        let tried = seal(std::slice::from_ref(*id));
        to.iter().any(|party| withheld(&tried, party).is_none())
    };
    let under: Vec<AgreementId> =
        known.agreements.keys().filter(releases).take(MOST_AGREEMENTS).copied().collect();
    let sealed = seal(&under);
    for party in to {
        if let Some(reason) = withheld(&sealed, party) {
            let card = known.parties.get(party).map(|party| party.card.name.clone());
            let name = card.unwrap_or_else(|| Bilingual::new(party.to_string(), party.to_string()));
            return Err(Unreleased { to: *party, name, reason });
        }
    }
    Ok(sealed)
}
