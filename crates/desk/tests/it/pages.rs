//! The console as a browser meets it: signing in, being refused, changing the language, reading every page.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use desk::card::{About, make};
use desk::local::{Account, Role};
use desk::pages::{App, Delivery, DeliveryState, LinkRow, LinkState, Site, router};
use desk::{Desk, DeskOptions};
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{Request, Response, StatusCode};
use ledger::keys::PartyKeys;
use model::{Bilingual, PartyId, Realm, Side, Tlp};
use records::trust::Trust;
use tower::ServiceExt as _;

const PASSWORD: &str = "correct horse battery";

/// A node with one peer, a link that stopped, and an officer.
pub struct Console {
    pub router: Router,
    pub desk: Arc<Desk>,
    pub peer: PartyId,
    _folder: tempfile::TempDir,
}

pub fn about(short: &str, side: Side) -> About {
    About {
        short: short.into(),
        name: Bilingual::new(format!("Agency of {short}"), format!("Agence de {short}")),
        side,
        roles: vec![model::Role::Agency],
        link: Some("127.0.0.1:7001".into()),
        contact: "duty@agency.example".into(),
    }
}

pub fn console(clearance: Tlp) -> Console {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("keys")).expect("a keys folder");
    let keys = PartyKeys::generate().expect("keys");
    keys.save(&Desk::key_file(folder.path())).expect("saved");
    let options = DeskOptions { folder: folder.path().to_owned(), realm: Realm::Real, pillars: vec![] };
    let desk = Desk::open(options).expect("a desk");
    let peer_keys = PartyKeys::generate().expect("keys");
    let peer = peer_keys.verifying().party_id();
    let own = make(&keys, &about("north", Side::Eu), "00".into());
    let other = make(&peer_keys, &about("west", Side::Us), "11".into());
    for (party, card) in [(desk.me, own), (peer, other)] {
        desk.note(&Trust { party, card: Some(card), by: "A. Berg, by telephone".into() }).expect("noted");
    }
    let account = Account { name: "duty".into(), role: Role::Officer, clearance };
    desk.local.set_account(&account, PASSWORD).expect("an account");
    let link = LinkRow {
        peer,
        state: LinkState::Stopped,
        connected_since: None,
        their_size: 7,
        our_size_there: 2,
        last_checkpoint: None,
        lag: 3,
        error: Some("two histories".into()),
        stopped: Some(desk::links::Stopped {
            cause: desk::links::Cause::TwoHistories,
            reason: "two different roots for size 5".into(),
            at_us: 1,
        }),
    };
    let site = Site {
        links: Arc::new(move |()| vec![link.clone()]),
        deliveries: Arc::new(move |_| vec![Delivery { party: peer, state: DeliveryState::Sent, at: None }]),
        ..Site::default()
    };
    Console { router: router(App::new(Arc::clone(&desk), site)), desk, peer, _folder: folder }
}

impl Console {
    pub async fn ask(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.expect("infallible")
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Response<Body> {
        self.ask(Request::get(path).header(COOKIE, cookie).body(Body::empty()).expect("a request")).await
    }

    pub async fn post(&self, path: &str, cookie: &str, form: &str) -> Response<Body> {
        let request = Request::post(path).header(COOKIE, cookie);
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(form.to_owned())).expect("a request")).await
    }

    /// The cookie of a new session.
    async fn sign_in(&self) -> String {
        let form = format!("user=duty&password={}&next=%2Fledger", PASSWORD.replace(' ', "+"));
        let answer = self.post("/login", "", &form).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_eq!(header(&answer, LOCATION), "/ledger");
        let cookie = header(&answer, SET_COOKIE);
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
        cookie.split(';').next().expect("name and value").to_owned()
    }
}

pub fn header(answer: &Response<Body>, name: impl http::header::AsHeaderName) -> String {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned()
}

pub async fn text(answer: Response<Body>) -> String {
    let bytes = to_bytes(answer.into_body(), 1 << 22).await.expect("a body");
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[tokio::test]
async fn whoever_is_signed_out_is_asked_to_sign_in_and_comes_back() {
    let console = console(Tlp::Red);
    let answer = console.get("/ledger?x=1", "").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(header(&answer, LOCATION), "/login?next=%2Fledger%3Fx%3D1");
    let page = text(console.get("/login?next=%2Fledger", "").await).await;
    assert!(page.contains("name=\"user\"") && page.contains("value=\"/ledger\""));
    let cookie = console.sign_in().await;
    let answer = console.get("/ledger", &cookie).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(header(&answer, CONTENT_SECURITY_POLICY).contains("frame-ancestors 'none'"));
    assert_eq!(header(&answer, "cache-control"), "no-store");
}

#[tokio::test]
async fn a_wrong_password_says_no_more_than_that_and_guessing_is_slowed_down() {
    let console = console(Tlp::Red);
    for name in ["duty", "nobody"] {
        let answer = console.post("/login", "", &format!("user={name}&password=wrong")).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
        assert!(answer.headers().get(SET_COOKIE).is_none());
        assert!(text(answer).await.contains("The user name or the password is wrong."));
    }
    let mut last = StatusCode::OK;
    for _ in 0..6 {
        last = console.post("/login", "", "user=duty&password=wrong").await.status();
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_form_without_the_sessions_token_changes_nothing() {
    let console = console(Tlp::Red);
    let cookie = console.sign_in().await;
    for form in ["", "csrf=", "csrf=guess"] {
        let answer = console.post("/logout", &cookie, form).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{form}");
        assert!(text(answer).await.contains("This form is too old"));
    }
    assert_eq!(console.get("/", &cookie).await.status(), StatusCode::OK);
    let page = text(console.get("/", &cookie).await).await;
    let token = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let form = format!("csrf={}", ui::query::encode(token.expect("the frame's sign-out form")));
    let answer = console.post("/logout", &cookie, &form).await;
    assert_eq!(header(&answer, LOCATION), "/login?out=1");
    assert_eq!(console.get("/", &cookie).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_post_that_another_site_made_the_browser_send_is_refused() {
    let console = console(Tlp::Red);
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let request = Request::post("/login").header("host", "node.example").header(name, value);
        let answer = console.ask(request.body(Body::from("user=duty")).expect("a request")).await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn choosing_a_language_keeps_the_page() {
    let console = console(Tlp::Red);
    let cookie = console.sign_in().await;
    let answer = console.get("/ledger/records?id=0&lang=fr&theme=dark", &cookie).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(header(&answer, LOCATION), "/ledger/records?id=0");
    assert_eq!(answer.headers().get_all(SET_COOKIE).iter().count(), 2);
    let page = text(console.get("/ledger", &format!("{cookie}; lang=fr; theme=dark")).await).await;
    assert!(page.contains("<html lang=\"fr\" data-theme=\"dark\">"));
    let elsewhere = console.get("//evil.example/?lang=fr", "").await;
    assert!(!header(&elsewhere, LOCATION).contains("evil"));
}

#[tokio::test]
async fn every_page_renders_in_both_languages() {
    let console = console(Tlp::Red);
    let cookie = console.sign_in().await;
    let party = format!("/parties/{}", console.peer);
    let paths = [
        "/",
        "/parties",
        &party,
        "/links",
        "/ledger?verify=1",
        "/ledger/records/0?verify=1",
        "/ledger/records/9999",
    ];
    for path in paths {
        for lang in ["en", "fr"] {
            let answer = console.get(path, &format!("{cookie}; lang={lang}")).await;
            assert_eq!(answer.status(), StatusCode::OK, "{path} in {lang}");
            let page = text(answer).await;
            assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{path} in {lang}");
            assert_eq!(page.matches("<h1").count(), 1, "{path} in {lang}");
            assert!(!page.contains('⟦') && !page.contains("style="), "{path} in {lang}");
        }
    }
}

#[tokio::test]
async fn a_record_is_verified_from_its_bytes_to_the_signature() {
    let console = console(Tlp::Red);
    let cookie = console.sign_in().await;
    let page = text(console.get("/ledger/records/1?verify=1", &cookie).await).await;
    assert_eq!(page.matches("Does not hold").count(), 0);
    assert_eq!(page.matches("Holds").count(), 5, "leaf, body, path, root and signature");
    assert!(page.contains("A. Berg"), "the body of our own note");
    let id = page.split("record:").nth(1).and_then(|rest| rest.get(..64)).expect("the record's id");
    for form in [format!("record:{id}"), id.to_owned()] {
        let answer = console.get(&format!("/ledger/records/{form}"), &cookie).await;
        assert!(text(answer).await.contains("A. Berg"), "{form}");
    }
}

#[tokio::test]
async fn the_whole_ledger_is_verified_from_its_page() {
    let console = console(Tlp::Green);
    let cookie = console.sign_in().await;
    console.desk.ledger.checkpoint(console.desk.log, &console.desk.keys).expect("a checkpoint");
    let page = text(console.get("/ledger?verify=1", &cookie).await).await;
    assert!(page.contains("2 records verified: the ledger is intact"));
}

#[tokio::test]
async fn a_body_above_the_clearance_is_not_shown() {
    let console = console(Tlp::Green);
    let cookie = console.sign_in().await;
    let page = text(console.get("/ledger/records/0", &cookie).await).await;
    assert!(!page.contains("A. Berg"));
    assert!(page.contains("above-clearance"));
}

#[tokio::test]
async fn errors_are_pages_for_people_and_problems_for_programs() {
    let console = console(Tlp::Red);
    let cookie = console.sign_in().await;
    let answer = console.get("/no/such/page", &format!("{cookie}; lang=fr")).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    assert!(text(answer).await.contains("<html lang=\"fr\""));
    assert_eq!(console.get("/parties/party:nonsense", &cookie).await.status(), StatusCode::NOT_FOUND);
    let answer = console.get("/api/v1/parties", "").await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(header(&answer, CONTENT_TYPE), "application/problem+json");
    let problem: desk::pages::Problem = serde_json::from_str(&text(answer).await).expect("a problem");
    assert_eq!((problem.status, problem.kind.as_str()), (401, "about:blank"));
    let answer = console.post("/parties", &cookie, "").await;
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn programs_read_parties_and_ledger() {
    let console = console(Tlp::Red);
    let token = console.desk.local.open_session("duty", desk::edge::now()).expect("a session");
    let request = Request::get("/api/v1/parties").header("authorization", format!("Bearer {token}"));
    let answer = console.ask(request.body(Body::empty()).expect("a request")).await;
    let parties: serde_json::Value = serde_json::from_str(&text(answer).await).expect("JSON");
    assert_eq!(parties["parties"].as_array().map(Vec::len), Some(2));
    let cookie = format!("entente={token}");
    let status: serde_json::Value =
        serde_json::from_str(&text(console.get("/api/v1/ledger", &cookie).await).await).expect("JSON");
    assert_eq!(status["state"], "ready");
    assert_eq!(status["logs"][0]["size"], 2);
    assert_eq!(console.get("/health", "").await.status(), StatusCode::OK);
    assert_eq!(console.get("/ready", "").await.status(), StatusCode::OK);
    assert!(desk::pages::openapi().paths.paths.contains_key("/api/v1/ledger"));
}

#[tokio::test]
async fn assets_are_cached_for_ever_and_pages_are_not() {
    let console = console(Tlp::Red);
    let css = &ui::assets::css().path;
    let answer = console.get(css, "").await;
    assert_eq!(header(&answer, CONTENT_TYPE), "text/css; charset=utf-8");
    assert!(header(&answer, "cache-control").contains("immutable"));
    let tag = header(&answer, "etag");
    let request =
        Request::get(css.as_str()).header("if-none-match", tag).body(Body::empty()).expect("a request");
    assert_eq!(console.ask(request).await.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn pages_hear_what_changed() {
    let console = console(Tlp::Red);
    let cookie = console.sign_in().await;
    let answer = console.get("/events", &cookie).await;
    assert_eq!(header(&answer, CONTENT_TYPE), "text/event-stream");
    let mut body = answer.into_body().into_data_stream();
    let first = next(&mut body).await;
    assert!(first.starts_with("retry:"));
    let desk = Arc::clone(&console.desk);
    let gone = Trust { party: console.peer, card: None, by: "A. Berg".into() };
    tokio::task::spawn_blocking(move || desk.note(&gone)).await.expect("joined").expect("noted");
    let told = next(&mut body).await;
    assert!(told.starts_with("event: changed\ndata: ") && told.contains("parties"), "{told}");
    assert_eq!(console.get("/events", "").await.status(), StatusCode::UNAUTHORIZED);
}

async fn next(body: &mut axum::body::BodyDataStream) -> String {
    let frame = std::future::poll_fn(|cx| hyper::body::Body::poll_frame(std::pin::Pin::new(body), cx)).await;
    let bytes = frame.expect("a frame").expect("no error").into_data().expect("data");
    String::from_utf8(bytes.to_vec()).expect("text")
}
