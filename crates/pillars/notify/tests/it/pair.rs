//! An operator and an authority that signed one agreement, and carry what they may have to each other by file.

use desk::{Desk, edge, links, reactors};
use model::{
    Agreement, AgreementId, AgreementParty, Bilingual, Grant, IncidentId, Marking, Onward, PartyId, Role,
    Selector, Side, Tlp,
};
use notify::commands::open_incident::open_incident;
use records::Marked;
use records::determination::Outcome;
use records::proposal::Proposal;
use records::signature::Signature;
use records::trust::Trust;
use serde_json::json;

use crate::room::Room;

pub struct Pair {
    pub operator: Room,
    pub authority: Room,
}

impl Pair {
    /// The two trust each other; nothing is agreed.
    pub fn strangers() -> Self {
        let (operator, authority) = (Room::named("clinic", Side::Eu), Room::named("anssi", Side::Eu));
        for (one, other) in [(&operator, &authority), (&authority, &operator)] {
            let trust = Trust { party: other.desk.me, card: Some(other.card.clone()), by: "test".into() };
            one.desk.note(&trust).expect("trusted");
        }
        Self { operator, authority }
    }

    /// An agreement up to AMBER is in force between them.
    pub fn agreed() -> Self {
        let pair = Self::strangers();
        let parties = [pair.operator.desk.me, pair.authority.desk.me];
        let text = agreement(AgreementId(edge::uuid()), &parties);
        let bytes = serde_json::to_vec(&text).expect("JSON");
        let (id, marked) = (text.id, Marked::Known(Marking::tlp(Tlp::Amber)));
        pair.operator.desk.send(&Proposal(text), marked, &parties[1..], &[]).expect("proposed");
        pair.to_authority();
        for (room, other) in [(&pair.operator, parties[1]), (&pair.authority, parties[0])] {
            let [ed25519, ml_dsa_87] = room.desk.keys.sign(Signature::CONTEXT, &bytes).to_base64();
            let signature = Signature {
                agreement: id,
                version: 1,
                proposal_sha256: model::Digest::of(&bytes),
                party: room.desk.me,
                signatory: "test".into(),
                ed25519,
                ml_dsa_87,
            };
            room.desk.send(&signature, marked, &[other], &[]).expect("signed");
        }
        pair.to_authority();
        pair.to_operator();
        pair
    }

    pub fn to_authority(&self) {
        carry(&self.operator, &self.authority);
    }

    pub fn to_operator(&self) {
        carry(&self.authority, &self.operator);
    }

    /// An incident of the operator with everything that an early warning under NIS2 needs.
    pub fn incident(&self) -> IncidentId {
        let room = &self.operator;
        let id = open_incident(&room.desk, "Outage in the north", false, "A. Berg").expect("opened");
        room.decide(id, "applies NIS2", Outcome::Yes).expect("decided");
        room.decide(id, "significant", Outcome::Yes).expect("decided");
        room.state(id, "tz", json!("Europe/Paris")).expect("stated");
        room.state(id, "country", json!("FR")).expect("stated");
        room.state(id, "aware", json!(edge::now().to_string())).expect("stated");
        let library = notify::law::embedded();
        for code in notify::commands::file_stage::lacking(&library, &room.case(id), "nis2.ew") {
            let value = match code.as_str() {
                "B04" => json!(["FR"]),
                "B10" => json!(["A. Berg, duty officer, +33 1 00 00 00 00"]),
                _ => json!("as the register says"),
            };
            room.state(id, &code, value).unwrap_or_else(|error| panic!("{code}: {error}"));
        }
        id
    }
}

/// Everything that `from` may give, by file, with the answers that follow from it.
fn carry(from: &Room, to: &Room) {
    let answered = |room: &Room| reactors::catch_up(&room.desk).expect("answered");
    answered(from);
    let mut bytes = Vec::new();
    links::export(&from.desk, to.desk.me, 0, &mut bytes).expect("written");
    links::import(&to.desk, bytes.as_slice()).expect("read");
    answered(to);
    settled(&to.desk);
}

fn settled(desk: &Desk) {
    desk.views.wait_blocking(desk.ledger.last_seq(), std::time::Duration::from_secs(60)).expect("folded");
}

fn agreement(id: AgreementId, parties: &[PartyId]) -> Agreement {
    let name =
        |party: &PartyId| AgreementParty { party: *party, name: party.to_string(), role: Role::Agency };
    Agreement {
        id,
        version: 1,
        name: "reporting".into(),
        title: Bilingual::new("Reporting", "Déclaration"),
        text: Bilingual::new("We report.", "Nous déclarons."),
        parties: parties.iter().map(name).collect(),
        grants: vec![Grant {
            from: vec![],
            to: vec![],
            what: vec![Selector::Everything],
            up_to: Tlp::Amber,
            purpose: Bilingual::new("defence", "défense"),
            onward: Onward::AsMarked,
        }],
        commitments: vec![],
        active_from: "2020-01-01T00:00:00Z".parse().expect("a time"),
        active_until: "2099-01-01T00:00:00Z".parse().expect("a time"),
    }
}
