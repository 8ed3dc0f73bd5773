//! Whether one agreement releases a record: parties, grant, upper marking, and how far TLP lets it travel.

use model::{Agreement, AgreementId, Grant, Marking, Onward, PartyId, Selector, Timestamp, Tlp};

use crate::{Basis, Book, Class, Reason, Receiver, Standing};

/// How far a marking lets a record travel (FIRST TLP 2.0).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reaches {
    Anyone,
    Community,
    OrganisationAndClients,
    Organisation,
    Recipients,
}

fn reaches(tlp: Tlp) -> Reaches {
    match tlp {
        Tlp::Clear => Reaches::Anyone,
        Tlp::Green => Reaches::Community,
        Tlp::Amber => Reaches::OrganisationAndClients,
        Tlp::AmberStrict => Reaches::Organisation,
        Tlp::Red => Reaches::Recipients,
    }
}

pub(crate) fn released_under(
    id: &AgreementId,
    class: &Class,
    marking: Marking,
    to: &Receiver,
    book: &Book,
    now: Timestamp,
) -> Result<Basis, Reason> {
    let agreement = book.in_force(id, now)?;
    if !agreement.has_party(&class.author) {
        return Err(Reason::AuthorNotParty);
    }
    if !to.is_served_under(id) {
        return Err(Reason::NotParty);
    }
    let grant = match to.standing {
        Standing::Party(party) => to_party(agreement, class, marking, party, book)?,
        Standing::Client | Standing::Community | Standing::Public | Standing::Organisation => {
            beyond_the_parties(agreement, class, marking, to.standing, book)?
        }
    };
    Ok(Basis::Grant { agreement: *id, version: agreement.version, grant })
}

/// From the author to a party, a grant between the two decides. Passing another author's record on to a third
/// party takes the grant to the holder as well, with `as-marked` and a marking that reaches the community.
fn to_party(
    agreement: &Agreement,
    class: &Class,
    marking: Marking,
    party: PartyId,
    book: &Book,
) -> Result<usize, Reason> {
    if !agreement.has_party(&party) {
        return Err(Reason::NotParty);
    }
    let grant = granted(agreement, class, marking, party, |_| true)?;
    if class.author != book.holder && class.author != party {
        granted(agreement, class, marking, book.holder, |g| g.onward == Onward::AsMarked)?;
        match reaches(marking.tlp) {
            Reaches::Anyone | Reaches::Community => {}
            Reaches::OrganisationAndClients => return Err(Reason::ClientsOnly),
            Reaches::Organisation => return Err(Reason::OrganisationOnly),
            Reaches::Recipients => return Err(Reason::NotNamed),
        }
    }
    Ok(grant)
}

/// To clients, community and public the holder passes on as a party to the agreement, as far as its own grant
/// (or, for its own records, any grant it gives) and the marking allow.
fn beyond_the_parties(
    agreement: &Agreement,
    class: &Class,
    marking: Marking,
    standing: Standing,
    book: &Book,
) -> Result<usize, Reason> {
    if !agreement.has_party(&book.holder) {
        return Err(Reason::NotParty);
    }
    match (reaches(marking.tlp), standing) {
        (Reaches::Anyone, _)
        | (Reaches::Community, Standing::Client | Standing::Community)
        | (Reaches::OrganisationAndClients, Standing::Client) => {}
        (Reaches::Community, _) => return Err(Reason::CommunityOnly),
        (Reaches::OrganisationAndClients, _) => return Err(Reason::ClientsOnly),
        (Reaches::Organisation, _) => return Err(Reason::OrganisationOnly),
        (Reaches::Recipients, _) => return Err(Reason::NotNamed),
    }
    let far_enough = |grant: &Grant| match grant.onward {
        Onward::Organisation => false,
        Onward::Clients => standing == Standing::Client,
        Onward::AsMarked => true,
    };
    if class.author == book.holder {
        own_grant(agreement, class, marking, far_enough)
    } else {
        granted(agreement, class, marking, book.holder, far_enough)
    }
}

/// A grant from the author to `receiver` that covers the record, or how close the agreement came.
fn granted(
    agreement: &Agreement,
    class: &Class,
    marking: Marking,
    receiver: PartyId,
    far_enough: impl Fn(&Grant) -> bool,
) -> Result<usize, Reason> {
    search(agreement, class, marking, |g| g.to.is_empty() || g.to.contains(&receiver), far_enough)
}

fn own_grant(
    agreement: &Agreement,
    class: &Class,
    marking: Marking,
    far_enough: impl Fn(&Grant) -> bool,
) -> Result<usize, Reason> {
    search(agreement, class, marking, |_| true, far_enough)
}

fn search(
    agreement: &Agreement,
    class: &Class,
    marking: Marking,
    addressed: impl Fn(&Grant) -> bool,
    far_enough: impl Fn(&Grant) -> bool,
) -> Result<usize, Reason> {
    let mut closest = Reason::NotGranted;
    for (n, grant) in agreement.grants.iter().enumerate() {
        let from_author = grant.from.is_empty() || grant.from.contains(&class.author);
        if !from_author || !addressed(grant) || !grant.what.iter().any(|what| selects(what, class)) {
            continue;
        }
        if !grant.covers_marking(marking) {
            closest = closest.max(Reason::AboveGrant);
        } else if !far_enough(grant) {
            closest = closest.max(Reason::OnwardNotGranted);
        } else {
            return Ok(n);
        }
    }
    Err(closest)
}

/// `Everything` means every kind a pillar shares; a kind this node does not know must be named.
pub(crate) fn selects(selector: &Selector, class: &Class) -> bool {
    match selector {
        Selector::Everything => records::is_known(&class.kind),
        Selector::Kind(kind) => *kind == class.kind,
        Selector::ObjectType(object_type) => {
            class.kind == records::delivery::OBJECT && *object_type == class.object_type
        }
    }
}
