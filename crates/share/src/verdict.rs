//! The one function, told top-down: realm, reach of the kind, own organisation, marking, recipients,
//! clearance, agreement.

use model::{AgreementId, Marking, PartyId, Timestamp, Tlp};
use records::{Marked, Reach, reach};

use crate::under::released_under;
use crate::{Book, Class, Reason, Receiver, Standing};

/// On what a release rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// The holder's own people read what the holder has.
    OwnOrganisation,
    /// The record names its recipients and its kind needs no agreement.
    Named,
    /// A grant of an agreement in force.
    Grant {
        /// The agreement.
        agreement: AgreementId,
        /// Its version.
        version: u32,
        /// Which grant, counted from 0.
        grant: usize,
    },
}

/// The answer, with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It may go.
    Release(Basis),
    /// It stays.
    Withhold(Reason),
}

impl Verdict {
    /// True when it may go.
    pub fn is_release(&self) -> bool {
        matches!(self, Verdict::Release(_))
    }

    /// The reason for withholding.
    pub fn reason(&self) -> Option<Reason> {
        match self {
            Verdict::Release(_) => None,
            Verdict::Withhold(reason) => Some(*reason),
        }
    }
}

/// May a record of `class`, held by `book.holder`, go to `to` at `now`?
pub fn verdict(class: &Class, to: &Receiver, book: &Book, now: Timestamp) -> Verdict {
    match decide(class, to, book, now) {
        Ok(basis) => Verdict::Release(basis),
        Err(reason) => Verdict::Withhold(reason),
    }
}

fn decide(class: &Class, to: &Receiver, book: &Book, now: Timestamp) -> Result<Basis, Reason> {
    if to.realm != book.realm || !class.is_in(&book.realm) {
        return Err(Reason::OtherRealm);
    }
    if to.standing == Standing::Organisation {
        return own_organisation(class, to, book);
    }
    match reach(&class.kind) {
        Reach::Own => Err(Reason::OwnBookkeeping),
        Reach::Named => named_kind(class, to, book),
        Reach::Agreed => agreed_kind(class, to, book, now),
    }
}

/// TLP restricts who outside may have a record; inside the holder's own organisation clearance decides.
/// A record without a usable marking counts as RED.
fn own_organisation(class: &Class, to: &Receiver, book: &Book) -> Result<Basis, Reason> {
    let needed = match class.marked {
        Marked::Known(marking) => marking.tlp,
        Marked::Missing | Marked::Unknown => Tlp::Red,
    };
    if needed > to.clearance {
        return Err(Reason::AboveClearance);
    }
    let addressed = class.named.as_ref().is_none_or(|named| named.contains(&book.holder));
    if class.author != book.holder && !addressed {
        return Err(Reason::NotNamed);
    }
    Ok(Basis::OwnOrganisation)
}

/// Proposals, signatures, cards, retractions: what makes or ends an agreement cannot wait for one. Such a
/// record goes from its author to the parties it names and no further.
fn named_kind(class: &Class, to: &Receiver, book: &Book) -> Result<Basis, Reason> {
    let marking = known_marking(class)?;
    if marking.tlp > to.clearance {
        return Err(Reason::AboveClearance);
    }
    if class.author != book.holder {
        return Err(Reason::OnwardNotGranted);
    }
    match (&class.named, to.standing) {
        (Some(named), Standing::Party(party)) if named.contains(&party) => Ok(Basis::Named),
        _ => Err(Reason::NotNamed),
    }
}

fn agreed_kind(class: &Class, to: &Receiver, book: &Book, now: Timestamp) -> Result<Basis, Reason> {
    let marking = known_marking(class)?;
    addressed(class, marking, to, book)?;
    if marking.tlp > to.clearance {
        return Err(Reason::AboveClearance);
    }
    let mut closest = Reason::NotPublished;
    for id in &class.under {
        match released_under(id, class, marking, to, book, now) {
            Ok(basis) => return Ok(basis),
            Err(reason) => closest = closest.max(reason),
        }
    }
    Err(closest)
}

fn known_marking(class: &Class) -> Result<Marking, Reason> {
    match class.marked {
        Marked::Known(marking) => Ok(marking),
        Marked::Missing => Err(Reason::MarkingMissing),
        Marked::Unknown => Err(Reason::MarkingUnknown),
    }
}

/// Named recipients and groups narrow every marking; TLP:RED needs the names (FIRST TLP 2.0: "for the eyes
/// and ears of individual recipients only").
fn addressed(class: &Class, marking: Marking, to: &Receiver, book: &Book) -> Result<(), Reason> {
    let party: Option<PartyId> = match to.standing {
        Standing::Party(party) => Some(party),
        Standing::Organisation | Standing::Client | Standing::Community | Standing::Public => None,
    };
    if marking.tlp == Tlp::Red && class.named.is_none() {
        return Err(Reason::RedWithoutRecipients);
    }
    if let Some(named) = &class.named
        && !party.is_some_and(|party| named.contains(&party))
    {
        return Err(Reason::NotNamed);
    }
    if let Some(group) = &class.group {
        let members = book.groups.get(group).filter(|_| class.author == book.holder);
        if !party.is_some_and(|party| members.is_some_and(|members| members.contains(&party))) {
            return Err(Reason::NotInGroup);
        }
    }
    Ok(())
}
