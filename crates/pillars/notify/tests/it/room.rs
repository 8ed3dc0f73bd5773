//! A party with a ledger and people who sign in, for stories about incidents.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use desk::card::{About, make};
use desk::local::{Account, Role};
use desk::notice::Couriers;
use desk::pages::{App, Site};
use desk::{Desk, DeskOptions, edge};
use http::header::{CONTENT_TYPE, COOKIE, LOCATION};
use http::{Request, StatusCode};
use ledger::keys::PartyKeys;
use model::{Bilingual, IncidentId, Realm, Role as PartyRole, Side, Timestamp, Tlp};
use notify::case::{Case, case};
use notify::commands::determine::determine;
use notify::commands::state_fact::state_fact;
use notify::commands::submit_stage::{Sent, submit_stage};
use notify::commands::{StateError, Word};
use packs::Library;
use records::card::SignedCard;
use records::determination::{Determination, Outcome};
use records::fact::Fact;
use records::trust::Trust;
use serde_json::Value;
use tower::ServiceExt as _;

pub struct Room {
    pub desk: Arc<Desk>,
    /// How its mail goes out.
    pub couriers: Option<Arc<Couriers>>,
    pub card: SignedCard,
    folder: tempfile::TempDir,
}

impl Room {
    pub fn new() -> Self {
        Self::named("eu", Side::Eu)
    }

    /// A party of that name with its own card.
    pub fn named(short: &str, side: Side) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("keys")).expect("a keys folder");
        let keys = PartyKeys::generate().expect("keys");
        keys.save(&Desk::key_file(folder.path())).expect("saved");
        let options = DeskOptions {
            folder: folder.path().to_owned(),
            realm: Realm::Real,
            pillars: vec![notify::PILLAR],
        };
        let about = About {
            short: short.into(),
            name: Bilingual::new(short, short),
            side,
            roles: vec![PartyRole::Agency],
            link: None,
            contact: String::new(),
        };
        let card = make(&keys, &about, "00".repeat(32));
        let desk = Desk::open(options).expect("a desk");
        desk.note(&Trust { party: desk.me, card: Some(card.clone()), by: String::new() })
            .expect("its own card");
        Self { desk, couriers: None, card, folder }
    }

    /// The node stops, at once, and starts again.
    pub fn restarted(self) -> Self {
        self.desk.close();
        let Self { desk, couriers, card, folder } = self;
        drop(desk);
        let options = DeskOptions {
            folder: folder.path().to_owned(),
            realm: Realm::Real,
            pillars: vec![notify::PILLAR],
        };
        Self { desk: Desk::open(options).expect("opened again"), couriers, card, folder }
    }

    pub fn state(&self, incident: IncidentId, field: &str, value: Value) -> Result<(), StateError> {
        let fact = Fact {
            incident,
            field: field.into(),
            value,
            estimate: false,
            as_of: None,
            source: "the log of the firewall".into(),
            confidence: "high".into(),
            by: "A. Berg, duty officer".into(),
            replaces: None,
        };
        state_fact(&self.desk, fact).map(|_| ())
    }

    pub fn decide(&self, incident: IncidentId, question: &str, outcome: Outcome) -> Result<(), StateError> {
        let made = Determination {
            incident,
            question: question.into(),
            outcome,
            at: edge::now(),
            by: "A. Berg, duty officer".into(),
            rationale: "two services are down".into(),
            replaces: None,
        };
        determine(&self.desk, made).map(|_| ())
    }

    pub fn submit(&self, incident: IncidentId, stage: &str, at: Timestamp) -> Result<(), StateError> {
        let sent = Sent {
            stage: stage.into(),
            at,
            channel: "portal".into(),
            reference: "REF-1".into(),
            evidence: String::new(),
            evidence_file: None,
            by: "A. Berg".into(),
        };
        submit_stage(&self.desk, incident, sent, Word::Alone).map(|_| ())
    }

    pub fn case(&self, incident: IncidentId) -> Case {
        case(&self.desk.views, incident).expect("read").expect("known")
    }

    /// The one incident of this room.
    pub fn only(&self) -> IncidentId {
        let all = notify::case::listed(&self.desk.views, u64::MAX, 2).expect("read");
        assert_eq!(all.len(), 1);
        all[0].id
    }

    pub fn plan(&self, incident: IncidentId, at: Timestamp) -> notify::Plan {
        let library = Library::embedded();
        let incident = self.case(incident).incident(library, at).expect("a sound incident");
        notify::plan(library, &incident, at)
    }

    pub fn person(&self, name: &str, clearance: Tlp) -> Person {
        self.signed_in(name, Role::Officer, clearance)
    }

    pub fn account(&self, name: &str, role: Role) -> Person {
        self.signed_in(name, role, Tlp::Red)
    }

    fn signed_in(&self, name: &str, role: Role, clearance: Tlp) -> Person {
        let local = &self.desk.local;
        let account = Account { name: name.into(), role, clearance };
        local.set_account(&account, "correct horse battery").expect("account");
        let session = local.open_session(name, edge::now()).expect("a session");
        let site = Site {
            nav: notify::NAV.into(),
            carry_out: vec![notify::held::carry_out()],
            regimes: notify::held::regimes(),
            couriers: self.couriers.clone(),
            ..Site::default()
        };
        let app = App::new(Arc::clone(&self.desk), site);
        let router = desk::pages::router(app.clone()).merge(notify::routes(app));
        let csrf = local.session(&session, edge::now()).expect("just opened").form_token;
        Person { router, cookie: format!("entente={session}"), csrf }
    }
}

#[derive(Clone)]
pub struct Person {
    pub router: Router,
    pub cookie: String,
    pub csrf: String,
}

impl Person {
    pub async fn get(&self, path: &str, language: &str) -> (StatusCode, String) {
        let request = Request::get(path).header(COOKIE, format!("{}; lang={language}", self.cookie));
        let answer = self.router.clone().oneshot(request.body(Body::empty()).expect("a request")).await;
        let answer = answer.expect("infallible");
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 1 << 22).await.expect("a body");
        (status, String::from_utf8(body.to_vec()).expect("text"))
    }

    /// Sends a form of the page; the answer's place when it leads elsewhere, else its text.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        self.post_with(path, fields, &[]).await
    }

    pub async fn post_with(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> (StatusCode, String) {
        let encode = ui::query::encode;
        let mut form = format!("csrf={}", encode(&self.csrf));
        for (name, value) in fields {
            form.push_str(&format!("&{}={}", encode(name), encode(value)));
        }
        let mut request = Request::post(path)
            .header(COOKIE, &self.cookie)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(form)).expect("a request")).await
    }

    /// Sends JSON, as a program does.
    pub async fn tell(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let request = Request::post(path)
            .header(COOKIE, &self.cookie)
            .header(CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()));
        let (status, text) = self.send(request.expect("a request")).await;
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, String) {
        let answer = self.router.clone().oneshot(request).await.expect("infallible");
        let status = answer.status();
        let place = answer.headers().get(LOCATION).and_then(|place| place.to_str().ok()).map(str::to_owned);
        let body = to_bytes(answer.into_body(), 1 << 22).await.expect("a body");
        let text = String::from_utf8(body.to_vec()).expect("text");
        (status, place.filter(|_| status.is_redirection()).unwrap_or(text))
    }
}
