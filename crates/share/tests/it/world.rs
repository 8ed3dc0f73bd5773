//! Three parties, one agreement, and records of every colour.

use model::{
    Agreement, AgreementId, AgreementParty, Bilingual, Grant, Marking, Onward, PartyId, Realm, Role,
    Selector, Timestamp, Tlp,
};
use records::Marked;
use share::{Book, Class, SignedAgreement};

pub const EU: PartyId = PartyId([1; 16]);
pub const US: PartyId = PartyId([2; 16]);
pub const NATO: PartyId = PartyId([3; 16]);

pub fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

pub fn now() -> Timestamp {
    at("2026-11-25T03:00:00Z")
}

pub fn id(n: u128) -> AgreementId {
    AgreementId(uuid::Uuid::from_u128(n))
}

pub fn grant(up_to: Tlp, onward: Onward) -> Grant {
    Grant {
        from: vec![],
        to: vec![],
        what: vec![Selector::Everything],
        up_to,
        purpose: Bilingual::new("defence", "défense"),
        onward,
    }
}

pub fn agreement(parties: &[PartyId], grants: Vec<Grant>) -> Agreement {
    Agreement {
        id: id(1),
        version: 1,
        name: "working-arrangement".into(),
        title: Bilingual::new("Working arrangement", "Arrangement de travail"),
        text: Bilingual::new("We share.", "Nous partageons."),
        parties: parties
            .iter()
            .map(|&party| AgreementParty { party, name: party.to_string(), role: Role::Agency })
            .collect(),
        grants,
        commitments: vec![],
        active_from: at("2026-01-01T00:00:00Z"),
        active_until: at("2027-01-01T00:00:00Z"),
    }
}

pub fn book(holder: PartyId, agreement: Agreement) -> Book {
    let mut book = Book::new(holder, Realm::Real);
    let signed =
        SignedAgreement { versions: [(agreement.version, agreement.clone())].into(), withdrawn_from: None };
    book.agreements.insert(agreement.id, signed);
    book
}

pub fn object(author: PartyId, tlp: Tlp) -> Class {
    Class {
        realm: "real".into(),
        author,
        kind: records::delivery::OBJECT.into(),
        object_type: "indicator".into(),
        marked: Marked::Known(Marking::tlp(tlp)),
        under: vec![id(1)],
        named: None,
        group: None,
    }
}
