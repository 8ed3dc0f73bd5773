//! A desk in the east and the log of a party in the west, objects stated by both, and people who look.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use desk::card::{About, make};
use desk::local::{Account, Role};
use desk::pages::{App, Site};
use desk::{Desk, DeskOptions, edge};
use http::header::{CONTENT_TYPE, COOKIE, LOCATION};
use http::{Request, StatusCode};
use ledger::LogKey;
use ledger::keys::PartyKeys;
use model::time::SignedDuration;
use model::{
    Agreement, AgreementId, AgreementParty, Bilingual, Digest, Grant, Marking, Onward, PartyId, Realm,
    Selector, Side, Timestamp, Tlp, WatchId,
};
use records::delivery::OBJECT;
use records::proposal::Proposal;
use records::retraction::{Action, Retraction};
use records::signature::Signature;
use records::trust::Trust;
use records::watch::{Maturity, Watch};
use records::{Header, Marked, Seal, Sealed};
use serde_json::{Value, json};
use share::{Class, Receiver, verdict};
use tower::ServiceExt as _;

pub struct World {
    pub desk: Arc<Desk>,
    pub west: PartyId,
    west_keys: PartyKeys,
    pub folder: tempfile::TempDir,
    app: App,
    router: Router,
}

/// Somebody at the console.
pub struct Person {
    cookie: String,
    csrf: String,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("keys")).expect("a keys folder");
        PartyKeys::generate().expect("keys").save(&Desk::key_file(folder.path())).expect("saved");
        let desk = Desk::open(DeskOptions {
            folder: folder.path().to_owned(),
            realm: Realm::Real,
            pillars: vec![picture::PILLAR],
        })
        .expect("a desk");
        let west = PartyKeys::generate().expect("keys");
        for (keys, short, side) in [(&*desk.keys, "east", Side::Eu), (&west, "west", Side::Us)] {
            let about = About {
                short: short.into(),
                name: Bilingual::new(short, short),
                side,
                roles: vec![model::Role::Agency],
                link: None,
                contact: String::new(),
            };
            let card = Some(make(keys, &about, String::new()));
            let trust = Trust { party: keys.verifying().party_id(), card, by: "test".into() };
            desk.note(&trust).expect("trusted");
        }
        let site = Site {
            nav: picture::NAV.into(),
            parts: vec![picture::board],
            compared: vec![picture::side_by_side],
            permissions: vec![picture::access::PERMISSIONS],
            notices: vec![picture::REVIEWS],
            ..Site::default()
        };
        let app = App::new(Arc::clone(&desk), site);
        let router = desk::pages::router(app.clone()).merge(picture::routes(app.clone()));
        Self { app, desk, west: west.verifying().party_id(), west_keys: west, folder, router }
    }

    /// States objects as the party of this desk.
    pub fn state(&self, tlp: Tlp, objects: &[Value]) {
        self.append(self.desk.me, self.objects(self.desk.me, tlp, objects));
    }

    /// An agreement with the west that lets everything up to amber flow, as far as it is marked.
    pub fn agree(&self) -> AgreementId {
        self.agree_with(&[])
    }

    /// The same with others beside the west, whose cards come to be trusted.
    pub fn agree_with(&self, others: &[PartyKeys]) -> AgreementId {
        for (n, keys) in others.iter().enumerate() {
            let about = About {
                short: format!("other{n}"),
                name: Bilingual::new("Other", "Autre"),
                side: Side::Eu,
                roles: vec![model::Role::Agency],
                link: None,
                contact: String::new(),
            };
            let card = Some(make(keys, &about, String::new()));
            let trust = Trust { party: keys.verifying().party_id(), card, by: "test".into() };
            self.desk.note(&trust).expect("trusted");
        }
        let id = AgreementId(edge::uuid());
        let party =
            |party: PartyId| AgreementParty { party, name: party.to_string(), role: model::Role::Agency };
        let agreement = Agreement {
            id,
            version: 1,
            name: "arrangement".into(),
            title: Bilingual::new("Working arrangement", "Arrangement de travail"),
            text: Bilingual::new("We share.", "Nous partageons."),
            parties: [self.desk.me, self.west]
                .into_iter()
                .chain(others.iter().map(|keys| keys.verifying().party_id()))
                .map(party)
                .collect(),
            grants: vec![Grant {
                from: vec![],
                to: vec![],
                what: vec![Selector::Everything],
                up_to: Tlp::Amber,
                purpose: Bilingual::new("defence", "défense"),
                onward: Onward::AsMarked,
            }],
            commitments: vec![],
            active_from: edge::now() - SignedDuration::from_hours(1),
            active_until: edge::now() + SignedDuration::from_hours(24 * 365),
        };
        let proposal = serde_json::to_vec(&agreement).expect("JSON");
        let marked = Marked::Known(Marking::tlp(Tlp::Amber));
        self.desk.send(&Proposal(agreement), marked, &[self.west], &[]).expect("proposed");
        for keys in [&*self.desk.keys, &self.west_keys].into_iter().chain(others) {
            let party = keys.verifying().party_id();
            let [ed25519, ml_dsa_87] = keys.sign(Signature::CONTEXT, &proposal).to_base64();
            let signature = Signature {
                agreement: id,
                version: 1,
                proposal_sha256: Digest::of(&proposal),
                party,
                signatory: "test".into(),
                ed25519,
                ml_dsa_87,
            };
            let seal = Seal::of::<Signature>(party, &self.desk.realm, edge::now());
            self.append(party, vec![seal.body(&signature, edge::salt())]);
        }
        id
    }

    /// States objects under an agreement.
    pub fn publish(&self, under: AgreementId, tlp: Tlp, objects: &[Value]) {
        self.append(self.desk.me, self.sealed(self.desk.me, tlp, &[under], objects));
    }

    /// What somebody states under an agreement, as their mirror would bring it.
    pub fn hear_under(&self, author: PartyId, under: AgreementId, tlp: Tlp, objects: &[Value]) {
        self.append(author, self.sealed(author, tlp, &[under], objects));
    }

    /// What the west states, as its mirror would bring it.
    pub fn hear(&self, tlp: Tlp, objects: &[Value]) {
        self.append(self.west, self.objects(self.west, tlp, objects));
    }

    /// The author takes an object back, or narrows it.
    pub fn retract(&self, author: PartyId, object: &Value, narrow: Option<Tlp>) {
        let retraction = Retraction {
            object: object["id"].as_str().expect("an id").into(),
            version: None,
            action: if narrow.is_some() { Action::Narrow } else { Action::Delete },
            tlp: narrow,
            reason: "it was wrong".into(),
        };
        let seal = Seal::of::<Retraction>(author, &self.desk.realm, edge::now());
        self.append(author, vec![seal.body(&retraction, edge::salt())]);
    }

    fn objects(&self, author: PartyId, tlp: Tlp, objects: &[Value]) -> Vec<Sealed> {
        self.sealed(author, tlp, &[], objects)
    }

    fn sealed(&self, author: PartyId, tlp: Tlp, under: &[AgreementId], objects: &[Value]) -> Vec<Sealed> {
        let seal = |object: &Value| {
            let seal = Seal {
                kind: OBJECT,
                object_type: object["type"].as_str().expect("a type"),
                marked: Marked::Known(Marking::tlp(tlp)),
                under,
                ..Seal::of::<Retraction>(author, &self.desk.realm, edge::now())
            };
            seal.bytes(serde_json::to_vec(object).expect("JSON"), edge::salt())
        };
        objects.iter().map(seal).collect()
    }

    fn append(&self, author: PartyId, sealed: Vec<Sealed>) {
        let log = self.desk.ledger.log(&LogKey { party: author, realm: Realm::Real }).expect("a log");
        let drafts = sealed.into_iter().map(desk::submit::draft).collect();
        let receipt = self.desk.ledger.append(log, drafts).expect("stored");
        self.desk.views.wait_blocking(receipt.last_seq(), desk::submit::FOLD_PATIENCE).expect("folded");
    }

    /// A technology that the west watches, as its mirror would bring it.
    pub fn hear_watch(&self, technology: &str) {
        let watch = Watch {
            watch: WatchId(edge::uuid()),
            supersedes: None,
            technology: technology.into(),
            why: "It may see what radar does not.".into(),
            language: "en".into(),
            owner: "officer".into(),
            from: String::new(),
            until: String::new(),
            maturity: Maturity::Research,
            evidence: Vec::new(),
            review: "2099-01-01".parse().expect("a day"),
            retired: String::new(),
            by: "officer".into(),
        };
        let seal = Seal {
            marked: Marked::Known(Marking::tlp(Tlp::Green)),
            ..Seal::of::<Watch>(self.west, &self.desk.realm, edge::now())
        };
        self.append(self.west, vec![seal.body(&watch, edge::salt())]);
    }

    /// The first instant at which everything so far is known.
    pub fn instant(&self) -> String {
        let last = self.desk.ledger.last_at_us().expect("something has happened");
        Timestamp::from_microsecond(last + 1).expect("an instant").to_string()
    }

    /// How many records of the own log the verdict releases to the west now.
    pub fn released_to_west(&self) -> usize {
        let receiver = Receiver::node(Realm::Real, self.west);
        let reader = self.desk.ledger.reader().expect("a reader");
        let mut released = 0;
        for position in 0..self.desk.ledger.size(self.desk.log) {
            reader
                .at(self.desk.log, model::Position(position), |entry| {
                    let header = Header::parse(entry.header.expect("a header")).expect("readable");
                    let class = Class::of(&header, entry.openings);
                    let answer = verdict(&class, &receiver, &self.desk.known().book, edge::now());
                    released += usize::from(answer.is_release());
                })
                .expect("an entry");
        }
        released
    }

    /// What a running node does every few seconds; how many notices are new.
    pub fn tell(&self, now: Timestamp) -> usize {
        desk::notice::gather(&self.app, now).expect("gathered")
    }

    pub fn person(&self, name: &str, clearance: Tlp) -> Person {
        self.somebody(name, Role::Officer, clearance)
    }

    /// Somebody who looks and does nothing.
    pub fn observer(&self, name: &str, clearance: Tlp) -> Person {
        self.somebody(name, Role::Observer, clearance)
    }

    fn somebody(&self, name: &str, role: Role, clearance: Tlp) -> Person {
        let account = Account { name: name.into(), role, clearance };
        self.desk.local.set_account(&account, "correct horse battery").expect("an account");
        let token = self.desk.local.open_session(name, edge::now()).expect("a session");
        let csrf = self.desk.local.session(&token, edge::now()).expect("open").form_token;
        Person { cookie: format!("entente={token}"), csrf }
    }

    async fn ask(&self, request: http::request::Builder, form: String) -> (StatusCode, String) {
        let request = request.body(Body::from(form)).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("infallible");
        let status = answer.status();
        let location = answer.headers().get(LOCATION).and_then(|l| l.to_str().ok()).unwrap_or("").to_owned();
        let bytes = to_bytes(answer.into_body(), 1 << 22).await.expect("a body");
        let text = String::from_utf8(bytes.to_vec()).expect("text");
        (status, if status == StatusCode::SEE_OTHER { location } else { text })
    }

    pub async fn get(&self, person: &Person, lang: &str, path: &str) -> (StatusCode, String) {
        self.ask(Request::get(path).header(COOKIE, format!("{}; lang={lang}", person.cookie)), String::new())
            .await
    }

    pub async fn page(&self, person: &Person, path: &str) -> String {
        let (status, text) = self.get(person, "en", path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        text
    }

    pub async fn json(&self, person: &Person, path: &str) -> Value {
        serde_json::from_str(&self.page(person, path).await).expect("JSON")
    }

    pub async fn post(&self, person: &Person, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        self.post_in("en", person, path, fields).await
    }

    pub async fn post_in(
        &self,
        lang: &str,
        person: &Person,
        path: &str,
        fields: &[(&str, &str)],
    ) -> (StatusCode, String) {
        let mut form = format!("csrf={}", ui::query::encode(&person.csrf));
        for (name, value) in fields {
            form.push_str(&format!("&{name}={}", ui::query::encode(value)));
        }
        let request = Request::post(path)
            .header(COOKIE, format!("{}; lang={lang}", person.cookie))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, form).await
    }
}

/// So many days ago, as STIX writes it.
pub fn days_ago(days: i64) -> String {
    let at: Timestamp = edge::now() - SignedDuration::from_hours(24 * days);
    model::time::millis(at)
}

/// An object of this type, with a number for an id, as stated so many days ago.
pub fn object(stix_type: &str, n: u32, days: i64, more: Value) -> Value {
    let mut object = json!({
        "type": stix_type, "spec_version": "2.1", "id": id(stix_type, n),
        "created": days_ago(400), "modified": days_ago(days),
    });
    object.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    object
}

pub fn id(stix_type: &str, n: u32) -> String {
    format!("{stix_type}--00000000-0000-4000-8000-{n:012}")
}

pub fn named(stix_type: &str, n: u32, days: i64, name: &str) -> Value {
    object(stix_type, n, days, json!({ "name": name }))
}

/// One thing does something to another.
pub fn relation(n: u32, days: i64, from: &Value, how: &str, to: &Value) -> Value {
    object(
        "relationship",
        n,
        days,
        json!({ "relationship_type": how, "source_ref": from["id"], "target_ref": to["id"] }),
    )
}
