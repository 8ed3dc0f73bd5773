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
    /// The other party of the agreement.
    pub other: PartyId,
    /// The third one, when there is one.
    pub third: Option<PartyId>,
    others: Vec<PartyKeys>,
    _folder: tempfile::TempDir,
}

/// What the agreement says, and how much a POST may bring.
pub struct Terms {
    pub up_to: Tlp,
    pub until: &'static str,
    /// The other party's signature is over other words.
    pub forged: bool,
    pub room: usize,
    /// A third party has signed as well.
    pub third: bool,
}

impl Default for Terms {
    fn default() -> Self {
        Self { up_to: Tlp::Amber, until: "2099-01-01T00:00:00Z", forged: false, room: 1 << 20, third: false }
    }
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
        Self::with_terms(Terms { up_to, ..Terms::default() })
    }

    /// The same with other terms.
    pub fn with_terms(terms: Terms) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("keys")).expect("a folder");
        PartyKeys::generate().expect("keys").save(&Desk::key_file(folder.path())).expect("saved");
        let desk = Desk::open(DeskOptions {
            folder: folder.path().to_owned(),
            realm: Realm::Real,
            pillars: vec![exchange::PILLAR],
        })
        .expect("a desk");
        let names = if terms.third { &["us", "ca"][..] } else { &["us"] };
        let others: Vec<PartyKeys> = names.iter().map(|_| PartyKeys::generate().expect("keys")).collect();
        let named = others.iter().zip(names.iter().copied());
        for (keys, short) in std::iter::once((&*desk.keys, "eu")).chain(named) {
            let card = card::make(keys, &about(short), String::new());
            let trust = Trust { party: keys.verifying().party_id(), card: Some(card), by: "test".into() };
            desk.note(&trust).expect("trusted");
        }
        let agreement = sign_agreement(&desk, &others, &terms, (AgreementId(edge::uuid()), 1));
        let party_of = |n: usize| others[n].verifying().party_id();
        let intaker = Arc::new(Intaker::new(Arc::clone(&desk), Limits::default()));
        let options = TaxiiOptions { max_content_length: terms.room, ..TaxiiOptions::default() };
        let router = routes(Taxii::new(Arc::clone(&desk), Arc::clone(&intaker), options));
        Self {
            desk,
            intaker,
            router,
            agreement,
            other: party_of(0),
            third: others.get(1).map(|_| party_of(1)),
            others,
            _folder: folder,
        }
    }

    /// The next version of the agreement, signed by everybody.
    pub fn amend(&self, version: u32, up_to: Tlp) {
        let terms = Terms { up_to, ..Terms::default() };
        sign_agreement(&self.desk, &self.others, &terms, (self.agreement, version));
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

    /// A consumer that belongs to a party and is cleared for red.
    pub fn consumer_of(&self, name: &str, party: PartyId) {
        let consumer = Consumer {
            name: name.into(),
            party: Some(party),
            relation: Relation::Organisation,
            clearance: Tlp::Red,
            agreements: vec![self.agreement],
            can_write: false,
            active: true,
            rate_per_s: None,
        };
        self.desk.note(&consumer).expect("a consumer");
        self.desk.local.set_token(name, name).expect("a token");
    }

    /// Takes objects in for these named recipients alone.
    pub fn publish_to(&self, objects: &[String], to: &[PartyId]) {
        let intake = exchange::ingest::Intake {
            gate: "import",
            source: "duty".into(),
            under: vec![self.agreement],
            marking: None,
            to: to.to_vec(),
            group: None,
            to_by_id: Default::default(),
            definitions: Default::default(),
            seen_by: None,
        };
        let done = exchange::import::import(&self.intaker, objects.join("\n").as_bytes(), &intake, |_, _| {});
        let last = done.expect("imported").last_seq;
        self.desk.views.wait_blocking(last, std::time::Duration::from_secs(5)).expect("folded");
    }

    pub async fn get(&self, consumer: &str, path: &str) -> Answer {
        self.send(consumer, "GET", path, Body::empty()).await
    }

    pub async fn post(&self, consumer: &str, body: impl Into<Body>) -> Answer {
        self.send(consumer, "POST", "/taxii2/arrangement/collections/objects/objects/", body.into()).await
    }

    pub async fn send(&self, consumer: &str, method: &str, path: &str, body: Body) -> Answer {
        let kind = ("content-type", "application/taxii+json;version=2.1");
        self.send_with(consumer, method, path, &[kind], body).await
    }

    pub async fn send_with(
        &self,
        consumer: &str,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("accept", "application/taxii+json;version=2.1")
            .header("authorization", format!("Bearer {consumer}"));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let request = request.body(body).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a body").to_vec();
        Answer { status: parts.status, headers: parts.headers, bytes }
    }
}

fn sign_agreement(
    desk: &Desk,
    others: &[PartyKeys],
    terms: &Terms,
    (id, version): (AgreementId, u32),
) -> AgreementId {
    let peers: Vec<PartyId> = others.iter().map(|keys| keys.verifying().party_id()).collect();
    let party = |party: PartyId| AgreementParty { party, name: party.to_string(), role: Role::Csirt };
    let agreement = Agreement {
        id,
        version,
        name: "arrangement".into(),
        title: Bilingual::new("Working arrangement", "Arrangement de travail"),
        text: Bilingual::new("We share.", "Nous partageons."),
        parties: std::iter::once(desk.me).chain(peers.iter().copied()).map(party).collect(),
        grants: vec![Grant {
            from: vec![],
            to: vec![],
            what: vec![Selector::Everything],
            up_to: terms.up_to,
            purpose: Bilingual::new("defence", "défense"),
            onward: Onward::AsMarked,
        }],
        commitments: vec![],
        active_from: "2020-01-01T00:00:00Z".parse().expect("a time"),
        active_until: terms.until.parse().expect("a time"),
    };
    let marked = Marked::Known(Marking::tlp(Tlp::Amber));
    let proposal = serde_json::to_vec(&agreement).expect("json");
    desk.send(&Proposal(agreement), marked, &peers, &[]).expect("proposed");
    // The peer's signature arrives as a mirror of its log would bring it; here its keys are at hand.
    for keys in std::iter::once(&*desk.keys).chain(others) {
        let party = keys.verifying().party_id();
        let mirror = ledger::LogKey { party, realm: Realm::Real };
        let log = desk.ledger.log(&mirror).expect("a log");
        let words: &[u8] = if terms.forged && party != desk.me { b"other words" } else { &proposal };
        let hybrid = keys.sign(Signature::CONTEXT, words).to_base64();
        let signature = Signature {
            agreement: id,
            version,
            proposal_sha256: model::Digest::of(&proposal),
            party,
            signatory: "test".into(),
            ed25519: hybrid[0].clone(),
            ml_dsa_87: hybrid[1].clone(),
        };
        let seal = records::Seal::of::<Signature>(party, &desk.realm, edge::now());
        let sealed = seal.body(&signature, edge::salt());
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
