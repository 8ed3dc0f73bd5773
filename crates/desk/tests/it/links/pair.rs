//! Two desks that trust each other's cards and signed one agreement over their link.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use desk::links::{Hub, HubOptions, certificate};
use desk::reactors::Reactors;
use desk::rotate::rotate;
use desk::{Desk, DeskOptions, OpenDeskError, Pillar, card, edge};
use ledger::LogKey;
use ledger::keys::PartyKeys;
use model::{
    Agreement, AgreementId, AgreementParty, Bilingual, Grant, Marking, Onward, PartyId, Realm, Role,
    Selector, Side, Tlp,
};
use records::card::SignedCard;
use records::delivery::OBJECT;
use records::proposal::Proposal;
use records::signature::Signature;
use records::trust::Trust;
use records::{Marked, Recipients, Seal, Sealed};

pub struct Node {
    pub desk: Arc<Desk>,
    pub card: SignedCard,
    port: u16,
    /// Where peers are dialled instead of at the addresses on their cards.
    pub peers: BTreeMap<PartyId, String>,
    pub hub: Option<Hub>,
    reactors: Option<Reactors>,
    folder: tempfile::TempDir,
}

pub struct Pair {
    pub eu: Node,
    pub us: Node,
    pub agreement: AgreementId,
}

fn about(short: &str, side: Side, link: String) -> card::About {
    card::About {
        short: short.into(),
        name: Bilingual::new(short, short),
        side,
        roles: vec![Role::Csirt],
        link: Some(link),
        contact: String::new(),
    }
}

fn options(folder: &tempfile::TempDir, pillars: &[Pillar]) -> DeskOptions {
    DeskOptions { folder: folder.path().to_owned(), realm: Realm::Real, pillars: pillars.to_vec() }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

impl Node {
    pub fn found(short: &str, side: Side) -> Self {
        Self::found_with(short, side, &[])
    }

    pub fn found_with(short: &str, side: Side, pillars: &[Pillar]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("keys")).expect("a folder");
        let keys = PartyKeys::generate().expect("keys");
        keys.save(&Desk::key_file(folder.path())).expect("saved");
        let tls = certificate::generate(&certificate::path(folder.path())).expect("a certificate");
        let port = free_port();
        let about = about(short, side, format!("127.0.0.1:{port}"));
        let card = card::make(&keys, &about, tls.hex());
        let desk = Desk::open(options(&folder, pillars)).expect("a desk");
        desk.note(&Trust { party: desk.me, card: Some(card.clone()), by: "test".into() }).expect("own card");
        Self { desk, card, port, peers: BTreeMap::new(), hub: None, reactors: None, folder }
    }

    /// The node stops, its keys are changed, and it starts again; it is not linked yet.
    pub async fn rotate(mut self) -> Self {
        self.stop().await;
        self.desk.local.set_fact("party", &self.desk.me.to_string()).expect("noted");
        rotate(&self.desk).expect("rotated");
        let mut node = self.restart().await;
        let tls = certificate::load(&certificate::path(node.folder.path())).expect("a certificate");
        let line = node.desk.known().parties[&node.desk.me].line.clone();
        let address = format!("127.0.0.1:{}", node.port);
        let about = about("renewed", Side::Eu, address);
        node.card = card::renew(&node.desk.keys, &line, &about, tls.digest().hex());
        node
    }

    /// The process ends and another begins in the same folder; it is not linked yet.
    pub async fn restart(mut self) -> Self {
        self.stop().await;
        let Self { desk, card, port, peers, folder, .. } = self;
        let pillars = desk.pillars.clone();
        desk.close();
        drop(desk);
        for _ in 0..500 {
            match Desk::open(options(&folder, &pillars)) {
                Ok(desk) => return Self { desk, card, port, peers, hub: None, reactors: None, folder },
                // The last task of an ended session may still be letting go.
                Err(OpenDeskError::Ledger(ledger::OpenError::InUse(_))) => {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
                Err(error) => panic!("{error}"),
            }
        }
        panic!("somebody holds on to the old desk");
    }

    pub fn trust(&self, other: &Node) {
        let trust = Trust { party: other.desk.me, card: Some(other.card.clone()), by: "test".into() };
        self.desk.note(&trust).expect("trusted");
    }

    pub async fn start(&mut self) {
        self.reactors = Some(Reactors::start(Arc::clone(&self.desk)));
        let listen = Some(([127, 0, 0, 1], self.port).into());
        self.hub = Some(
            Hub::start(Arc::clone(&self.desk), HubOptions { listen, peers: self.peers.clone() })
                .await
                .expect("a hub"),
        );
    }

    /// Moves to another port, which its card does not know; returns the new address.
    pub fn moves(&mut self) -> String {
        self.port = free_port();
        format!("127.0.0.1:{}", self.port)
    }

    pub async fn stop(&mut self) {
        if let Some(hub) = self.hub.take() {
            hub.stop().await;
        }
        if let Some(reactors) = self.reactors.take() {
            reactors.stop(&self.desk).await;
        }
    }

    /// Lets it listen at another address than its card says, for a line in between.
    pub fn listens_elsewhere(&mut self) -> std::net::SocketAddr {
        self.port = free_port();
        self.card_address()
    }

    /// Where its card says that it listens.
    pub fn card_address(&self) -> std::net::SocketAddr {
        ([127, 0, 0, 1], self.port).into()
    }

    /// The same as [`Node::publish`] without names, and without waiting for the views.
    pub fn publish_unfolded(&self, text: &str, tlp: Option<Tlp>, under: AgreementId) -> u64 {
        let sealed = self.sealed(text, tlp, &[under], None);
        self.desk.submit_blocking(vec![sealed]).expect("submitted").first.0
    }

    /// An object with this marking, published under the agreement, perhaps for named recipients.
    pub fn publish(&self, text: &str, tlp: Option<Tlp>, under: AgreementId, to: Option<&[PartyId]>) -> u64 {
        let recipients = to.map(|to| Recipients::blind(to, edge::random));
        let sealed = self.sealed(text, tlp, &[under], recipients.as_ref());
        self.desk.submit_and_fold(vec![sealed]).expect("submitted").first.0
    }

    fn sealed(&self, text: &str, tlp: Option<Tlp>, under: &[AgreementId], to: Option<&Recipients>) -> Sealed {
        let seal = Seal {
            author: self.desk.me,
            realm: &self.desk.realm,
            stated_at: edge::now(),
            kind: OBJECT,
            object_type: "indicator",
            marked: tlp.map_or(Marked::Missing, |tlp| Marked::Known(Marking::tlp(tlp))),
            under,
            to,
            group: None,
            about: &[],
        };
        seal.bytes(text.as_bytes().to_vec(), edge::salt())
    }

    /// The bodies of `author`'s log as this node holds them; `None` where it is withheld.
    pub fn bodies_of(&self, author: PartyId) -> Vec<Option<String>> {
        let Some(log) = self.desk.ledger.find(&LogKey { party: author, realm: Realm::Real }) else {
            return vec![];
        };
        let mut bodies = vec![];
        let reader = self.desk.ledger.reader().expect("a reader");
        reader
            .range(log, model::Position(0), 100_000, usize::MAX, |entry| {
                let body =
                    entry.header.and(entry.body).map(|body| String::from_utf8_lossy(body).into_owned());
                bodies.push(body);
            })
            .expect("read");
        bodies
    }

    /// How many records of `author` this node holds.
    pub fn mirror_size(&self, author: PartyId) -> u64 {
        let log = self.desk.ledger.find(&LogKey { party: author, realm: Realm::Real });
        log.map_or(0, |log| self.desk.ledger.size(log))
    }

    pub fn has(&self, author: PartyId, text: &str) -> bool {
        self.bodies_of(author).iter().flatten().any(|body| body == text)
    }
}

/// Waits for a condition that the other side will bring about; long enough for a busy machine.
pub async fn until(what: &str, done: impl Fn() -> bool) {
    for _ in 0..1_000 {
        if done() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("waited in vain until {what}");
}

pub fn agreement(id: AgreementId, version: u32, parties: &[PartyId], up_to: Tlp) -> Agreement {
    Agreement {
        id,
        version,
        name: "arrangement".into(),
        title: Bilingual::new("Working arrangement", "Arrangement de travail"),
        text: Bilingual::new("We share.", "Nous partageons."),
        parties: parties
            .iter()
            .map(|&party| AgreementParty { party, name: party.to_string(), role: Role::Agency })
            .collect(),
        grants: vec![Grant {
            from: vec![],
            to: vec![],
            what: vec![Selector::Everything],
            up_to,
            purpose: Bilingual::new("defence", "défense"),
            onward: Onward::Clients,
        }],
        commitments: vec![],
        active_from: "2020-01-01T00:00:00Z".parse().expect("a time"),
        active_until: "2099-01-01T00:00:00Z".parse().expect("a time"),
    }
}

impl Pair {
    /// Two linked nodes with a signed agreement up to `up_to`.
    pub async fn new(up_to: Tlp) -> Self {
        Self::with(up_to, &[]).await
    }

    /// The same, with pillars that fold and react.
    pub async fn with(up_to: Tlp, pillars: &[Pillar]) -> Self {
        let eu = Node::found_with("eu", Side::Eu, pillars);
        Self::between(eu, Node::found_with("us", Side::Us, pillars), up_to).await
    }

    /// The same between these nodes.
    pub async fn between(mut eu: Node, mut us: Node, up_to: Tlp) -> Self {
        eu.trust(&us);
        us.trust(&eu);
        eu.start().await;
        us.start().await;
        let pair = Self { eu, us, agreement: AgreementId(edge::uuid()) };
        pair.agree(1, up_to).await;
        pair
    }

    /// The same with a third party, which has signed too.
    pub async fn with_third(up_to: Tlp) -> (Self, Node) {
        let mut nodes =
            [Node::found("eu", Side::Eu), Node::found("us", Side::Us), Node::found("ca", Side::Other)];
        for (one, other) in [(0, 1), (0, 2), (1, 2)] {
            nodes[one].trust(&nodes[other]);
            nodes[other].trust(&nodes[one]);
        }
        for node in &mut nodes {
            node.start().await;
        }
        let [eu, us, ca] = nodes;
        let pair = Self { eu, us, agreement: AgreementId(edge::uuid()) };
        pair.agree_with(1, up_to, &[&ca]).await;
        (pair, ca)
    }

    /// Proposes a version at the EU node; both sign what they hold.
    pub async fn agree(&self, version: u32, up_to: Tlp) {
        self.agree_with(version, up_to, &[]).await;
    }

    /// The same among more than two.
    pub async fn agree_with(&self, version: u32, up_to: Tlp, more: &[&Node]) {
        self.sign_all(version, up_to, more).await;
        let id = self.agreement;
        for desk in [&self.eu.desk, &self.us.desk].into_iter().chain(more.iter().map(|node| &node.desk)) {
            until("everybody has signed", || {
                let known = desk.known();
                known.agreements[&id]
                    .newest_signed()
                    .is_some_and(|signed| signed.agreement.version == version)
            })
            .await;
        }
    }

    /// Proposes a version and lets everybody sign it, without waiting for who hears of whose signature.
    pub async fn sign_all(&self, version: u32, up_to: Tlp, more: &[&Node]) {
        let eu = &self.eu.desk;
        let desks: Vec<&Arc<Desk>> =
            [eu, &self.us.desk].into_iter().chain(more.iter().map(|n| &n.desk)).collect();
        let parties: Vec<PartyId> = desks.iter().map(|desk| desk.me).collect();
        let text = agreement(self.agreement, version, &parties, up_to);
        let bytes = serde_json::to_vec(&text).expect("json");
        let marked = Marked::Known(Marking::tlp(Tlp::Amber));
        eu.send(&Proposal(text), marked, &parties[1..], &[]).expect("proposed");
        let id = self.agreement;
        for desk in &desks[1..] {
            until("the proposal has arrived", || {
                desk.known().agreements.get(&id).is_some_and(|state| state.versions.contains_key(&version))
            })
            .await;
        }
        for desk in &desks {
            let others: Vec<PartyId> = parties.iter().copied().filter(|party| *party != desk.me).collect();
            let [ed25519, ml_dsa_87] = desk.keys.sign(Signature::CONTEXT, &bytes).to_base64();
            let signature = Signature {
                agreement: id,
                version,
                proposal_sha256: model::Digest::of(&bytes),
                party: desk.me,
                signatory: "test".into(),
                ed25519,
                ml_dsa_87,
            };
            desk.send(&signature, marked, &others, &[]).expect("signed");
        }
    }

    /// Waits until each side holds the whole log of the other.
    pub async fn settle(&self) {
        for (from, to) in [(&self.eu, &self.us), (&self.us, &self.eu)] {
            let key = LogKey { party: from.desk.me, realm: Realm::Real };
            until("the mirror is whole", || {
                let Some(mirror) = to.desk.ledger.find(&key) else { return false };
                to.desk.ledger.size(mirror) == from.desk.ledger.size(from.desk.log)
            })
            .await;
        }
    }
}
