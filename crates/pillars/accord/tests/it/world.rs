//! Two parties that trust each other, and a postman between their ledgers.

use std::sync::Arc;

use desk::card::{About, make};
use desk::{Desk, DeskOptions};
use ledger::keys::PartyKeys;
use ledger::{LogKey, MirrorBatch, MirrorItem};
use model::time::SignedDuration;
use model::{
    Agreement, AgreementId, AgreementParty, Bilingual, Commitment, Digest, Grant, Onward, Position, Realm,
    Role, Selector, Side, Tlp,
};
use records::card::SignedCard;
use records::trust::Trust;
use records::{Header, Opening};

/// The two desks, and the folders they live in.
pub struct World {
    pub eu: Arc<Desk>,
    pub us: Arc<Desk>,
    _folders: [tempfile::TempDir; 2],
}

impl World {
    pub fn new() -> Self {
        let (eu_folder, eu, eu_card) = party("north", Side::Eu);
        let (us_folder, us, us_card) = party("west", Side::Us);
        for desk in [&eu, &us] {
            for (party, card) in [(eu.me, &eu_card), (us.me, &us_card)] {
                let trust = Trust { party, card: Some(card.clone()), by: "by telephone".into() };
                desk.note(&trust).expect("noted");
            }
        }
        Self { eu, us, _folders: [eu_folder, us_folder] }
    }

    /// Carries what each may have to the other.
    pub fn settle(&self) {
        carry(&self.eu, &self.us);
        carry(&self.us, &self.eu);
    }

    /// A working arrangement between the two, in force from an hour ago.
    pub fn arrangement(&self) -> Agreement {
        let now = desk::edge::now();
        let signer = |desk: &Desk, name: &str| AgreementParty {
            party: desk.me,
            name: name.into(),
            role: Role::Agency,
        };
        Agreement {
            id: AgreementId(desk::edge::uuid()),
            version: 1,
            name: "working-arrangement".into(),
            title: Bilingual::new("Working arrangement", "Arrangement de travail"),
            text: Bilingual::new("The parties warn each other.", "Les parties s’avertissent mutuellement."),
            parties: vec![signer(&self.eu, "the North"), signer(&self.us, "the West")],
            grants: vec![Grant {
                from: vec![self.eu.me],
                to: vec![],
                what: vec![
                    Selector::ObjectType("indicator".into()),
                    Selector::Kind("crisis.sitrep.v1".into()),
                ],
                up_to: Tlp::Amber,
                purpose: Bilingual::new("Defence of networks", "Défense des réseaux"),
                onward: Onward::Clients,
            }],
            commitments: vec![Commitment {
                party: self.us.me,
                text: Bilingual::new("Answer within a day", "Répondre sous un jour"),
                due: None,
            }],
            active_from: now - SignedDuration::from_hours(1),
            active_until: now + SignedDuration::from_hours(24 * 365),
        }
    }

    /// The same, signed by both.
    pub fn signed(&self) -> Agreement {
        let agreement = self.arrangement();
        accord::propose(&self.eu, agreement.clone()).expect("proposed");
        self.settle();
        accord::sign(&self.us, agreement.id, 1, "B. Reed, Director").expect("signed in the west");
        accord::sign(&self.eu, agreement.id, 1, "A. Berg, Director").expect("signed in the north");
        self.settle();
        agreement
    }
}

fn party(short: &str, side: Side) -> (tempfile::TempDir, Arc<Desk>, SignedCard) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("keys")).expect("a keys folder");
    let keys = PartyKeys::generate().expect("keys");
    keys.save(&Desk::key_file(folder.path())).expect("saved");
    let options = DeskOptions { folder: folder.path().to_owned(), realm: Realm::Real, pillars: vec![] };
    let desk = Desk::open(options).expect("a desk");
    let name = Bilingual::new(format!("Agency of the {short}"), format!("Agence {short}"));
    let about =
        About { short: short.into(), name, side, roles: vec![Role::Agency], link: None, contact: "".into() };
    let card = make(&keys, &about, "00".into());
    (folder, desk, card)
}

/// What a link does for records with named recipients: those addressed to `to`, hashes of the rest.
fn carry(from: &Desk, to: &Desk) {
    let log = to.ledger.log(&LogKey { party: from.me, realm: Realm::Real }).expect("a mirror");
    let first = Position(to.ledger.size(log));
    let mut items = Vec::new();
    let reader = from.ledger.reader().expect("a reader");
    reader
        .range(from.log, first, 10_000, 1 << 26, |entry| {
            let header = Header::parse(entry.header.expect("our own record")).expect("a header");
            let named =
                header.to.as_ref().map(|to| Opening::verified(entry.openings, to)).unwrap_or_default();
            let mine: Vec<_> = named.into_iter().filter(|opening| opening.party == to.me).collect();
            items.push(if mine.is_empty() {
                MirrorItem::Withheld { leaf: Digest(entry.record_id().0.0) }
            } else {
                MirrorItem::Record {
                    header: entry.header.unwrap_or_default().to_vec().into(),
                    body: entry.body.map(|body| body.to_vec().into()),
                    openings: Some(serde_json::to_vec(&mine).expect("JSON").into()),
                }
            });
        })
        .expect("read");
    if items.is_empty() {
        return;
    }
    let checkpoint = from.ledger.checkpoint(from.log, &from.keys).expect("a checkpoint");
    let keys = from.keys.verifying();
    let batch = MirrorBatch { first, items, checkpoint: &checkpoint, keys };
    let receipt = to.ledger.mirror(log, batch).expect("mirrored");
    to.views.wait_blocking(receipt.last_seq(), desk::submit::FOLD_PATIENCE).expect("folded");
}
