//! One node with a signed agreement, a second party that has only keys, and consumers.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use desk::{Desk, DeskOptions, card, edge};
use exchange::ingest::Intaker;
use exchange::taxii::{Taxii, TaxiiOptions, routes};
use formats::json::Limits;
use http::{Request, StatusCode};
use ledger::keys::PartyKeys;
use model::{
    Agreement, AgreementId, AgreementParty, Bilingual, Grant, Marking, Onward, PartyId, Realm, Role,
    Selector, Side, Tlp,
};
use records::Marked;
use records::consumer::{Consumer, Relation};
use records::proposal::Proposal;
use records::signature::Signature;
use records::trust::Trust;
use serde_json::Value;
use tower::ServiceExt as _;

pub struct World {
    pub desk: Arc<Desk>,
    pub intaker: Arc<Intaker>,
    pub router: Router,
    pub agreement: AgreementId,
    _folder: tempfile::TempDir,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).expect("json")
    }

    pub fn ids(&self) -> Vec<String> {
        let objects = self.json()["objects"].as_array().cloned().unwrap_or_default();
        objects.iter().map(|object| object["id"].as_str().expect("an id").to_owned()).collect()
    }
}

fn about(short: &str) -> card::About {
    card::About {
        short: short.into(),
        name: Bilingual::new(short, short),
        side: Side::Eu,
        roles: vec![Role::Csirt],
        link: None,
        contact: String::new(),
    }
}

impl World {
    /// A node whose agreement with one other party lets everything up to `up_to` flow.
    pub fn new(up_to: Tlp) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("keys")).expect("a folder");
        PartyKeys::generate().expect("keys").save(&Desk::key_file(folder.path())).expect("saved");
        let desk = Desk::open(DeskOptions {
            folder: folder.path().to_owned(),
            realm: Realm::Real,
            pillars: vec![exchange::PILLAR],
        })
        .expect("a desk");
        let other = PartyKeys::generate().expect("keys");
        for (keys, short) in [(&*desk.keys, "eu"), (&other, "us")] {
            let card = card::make(keys, &about(short), String::new());
            let trust = Trust { party: keys.verifying().party_id(), card: Some(card), by: "test".into() };
            desk.note(&trust).expect("trusted");
        }
        let agreement = sign_agreement(&desk, &other, up_to);
        let intaker = Arc::new(Intaker::new(Arc::clone(&desk), Limits::default()));
        let options = TaxiiOptions { max_content_length: 1 << 20, ..TaxiiOptions::default() };
        let router = routes(Taxii::new(Arc::clone(&desk), Arc::clone(&intaker), options));
        Self { desk, intaker, router, agreement, _folder: folder }
    }

    /// Adds a consumer whose token is its own name.
    pub fn consumer(&self, name: &str, relation: Relation, clearance: Tlp) {
        self.consumer_at(name, relation, clearance, None);
    }

    /// The same, with so many requests each second.
    pub fn consumer_at(&self, name: &str, relation: Relation, clearance: Tlp, rate_per_s: Option<u32>) {
        let consumer = Consumer {
            name: name.into(),
            party: None,
            relation,
            clearance,
            agreements: vec![self.agreement],
            can_write: relation == Relation::Organisation,
            active: true,
            rate_per_s,
        };
        self.desk.note(&consumer).expect("a consumer");
        self.desk.local.set_token(name, name).expect("a token");
    }

    pub async fn get(&self, consumer: &str, path: &str) -> Answer {
        self.send(consumer, "GET", path, Body::empty()).await
    }

    pub async fn post(&self, consumer: &str, body: impl Into<Body>) -> Answer {
        self.send(consumer, "POST", "/taxii2/arrangement/collections/objects/objects/", body.into()).await
    }

    pub async fn send(&self, consumer: &str, method: &str, path: &str, body: Body) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("accept", "application/taxii+json;version=2.1")
            .header("content-type", "application/taxii+json;version=2.1")
            .header("authorization", format!("Bearer {consumer}"))
            .body(body)
            .expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body").to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }
}

fn sign_agreement(desk: &Desk, other: &PartyKeys, up_to: Tlp) -> AgreementId {
    let id = AgreementId(edge::uuid());
    let peer = other.verifying().party_id();
    let party = |party: PartyId| AgreementParty { party, name: party.to_string(), role: Role::Csirt };
    let agreement = Agreement {
        id,
        version: 1,
        name: "arrangement".into(),
        title: Bilingual::new("Working arrangement", "Arrangement de travail"),
        text: Bilingual::new("We share.", "Nous partageons."),
        parties: vec![party(desk.me), party(peer)],
        grants: vec![Grant {
            from: vec![],
            to: vec![],
            what: vec![Selector::Everything],
            up_to,
            purpose: Bilingual::new("defence", "défense"),
            onward: Onward::AsMarked,
        }],
        commitments: vec![],
        active_from: "2020-01-01T00:00:00Z".parse().expect("a time"),
        active_until: "2099-01-01T00:00:00Z".parse().expect("a time"),
    };
    let marked = Marked::Known(Marking::tlp(Tlp::Amber));
    let proposal = serde_json::to_vec(&agreement).expect("json");
    desk.send(&Proposal(agreement), marked, &[peer], &[]).expect("proposed");
    // The peer's signature arrives as a mirror of its log would bring it; here its keys are at hand.
    let mirror = ledger::LogKey { party: peer, realm: Realm::Real };
    let log = desk.ledger.log(&mirror).expect("a log");
    for keys in [&*desk.keys, other] {
        let hybrid = keys.sign(Signature::CONTEXT, &proposal).to_base64();
        let party = keys.verifying().party_id();
        let signature = Signature {
            agreement: id,
            version: 1,
            proposal_sha256: model::Digest::of(&proposal),
            party,
            signatory: "test".into(),
            ed25519: hybrid[0].clone(),
            ml_dsa_87: hybrid[1].clone(),
        };
        let seal = records::Seal::of::<Signature>(party, &desk.realm, edge::now());
        let sealed = seal.body(&signature, edge::salt());
        let log = if party == desk.me { desk.log } else { log };
        let receipt = desk.ledger.append(log, vec![desk::submit::draft(sealed)]).expect("stored");
        desk.views.wait_blocking(receipt.last_seq(), std::time::Duration::from_secs(5)).expect("folded");
    }
    id
}

/// An indicator with its own id, and a marking where one is given.
pub fn indicator(n: u32, tlp: Option<Tlp>, modified: &str) -> String {
    let marking = tlp.map_or_else(String::new, |tlp| {
        format!(",\"object_marking_refs\":[\"{}\"]", formats::stix::id_of_tlp(tlp))
    });
    format!(
        "{{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--00000000-0000-4000-8000-{n:012}\",\
         \"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"{modified}\",\"pattern\":\"[ipv4-addr:value = '192.0.2.{}']\",\
         \"pattern_type\":\"stix\",\"valid_from\":\"2026-11-01T00:00:00Z\"{marking}}}",
        n % 250
    )
}

pub fn id(n: u32) -> String {
    format!("indicator--00000000-0000-4000-8000-{n:012}")
}

pub fn envelope(objects: &[String]) -> String {
    format!("{{\"objects\":[{}]}}", objects.join(","))
}
