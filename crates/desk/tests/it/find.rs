//! What the node itself has to find, searches that are kept, and the time zone beside UTC.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use desk::local::{Account, Role};
use desk::pages::{App, Site};
use desk::{Desk, DeskOptions, edge};
use http::header::{CONTENT_TYPE, COOKIE};
use http::{Request, StatusCode};
use ledger::keys::PartyKeys;
use model::{Realm, Tlp};
use tower::ServiceExt as _;

struct House {
    desk: Arc<Desk>,
    router: axum::Router,
    _folder: tempfile::TempDir,
}

struct Person {
    cookie: String,
    csrf: String,
}

impl House {
    fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("keys")).expect("a folder");
        PartyKeys::generate().expect("keys").save(&Desk::key_file(folder.path())).expect("saved");
        let options = DeskOptions { folder: folder.path().to_owned(), realm: Realm::Real, pillars: vec![] };
        let desk = Desk::open(options).expect("a desk");
        let about = desk::card::About {
            short: "meridian".into(),
            name: model::Bilingual::new("Meridian Response Centre", "Centre de réponse Méridien"),
            side: model::Side::Eu,
            roles: vec![model::Role::Csirt],
            link: None,
            contact: String::new(),
        };
        let card = desk::card::make(&desk.keys, &about, String::new());
        let trust = records::trust::Trust { party: desk.me, card: Some(card), by: "test".into() };
        desk.note(&trust).expect("noted");
        let router = desk::pages::router(App::new(Arc::clone(&desk), Site::default()));
        Self { desk, router, _folder: folder }
    }

    fn person(&self, name: &str, role: Role) -> Person {
        self.cleared(name, role, Tlp::Green)
    }

    fn cleared(&self, name: &str, role: Role, clearance: Tlp) -> Person {
        let account = Account { name: name.into(), role, clearance };
        self.desk.local.set_account(&account, "correct horse battery").expect("an account");
        let token = self.desk.local.open_session(name, edge::now()).expect("a session");
        let csrf = self.desk.local.session(&token, edge::now()).expect("open").form_token;
        Person { cookie: format!("entente={token}"), csrf }
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, String) {
        let (parts, body) = self.router.clone().oneshot(request).await.expect("infallible").into_parts();
        let bytes = to_bytes(body, 1 << 24).await.expect("a body");
        (parts.status, String::from_utf8(bytes.to_vec()).expect("text"))
    }

    async fn get(&self, person: &Person, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header(COOKIE, &person.cookie).body(Body::empty());
        self.send(request.expect("a request")).await
    }

    async fn post(&self, person: &Person, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let form: String =
            fields.iter().map(|(name, value)| format!("&{name}={}", ui::query::encode(value))).collect();
        let request = Request::post(path)
            .header(COOKIE, &person.cookie)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("csrf={}{form}", ui::query::encode(&person.csrf))));
        self.send(request.expect("a request")).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn parties_are_found_by_their_names_in_both_languages_and_by_their_id() {
    let house = House::open();
    let duty = house.person("duty", Role::Officer);
    let me = house.desk.me.to_string();
    for question in ["meridian", "response", "réponse", "REPONSE", "meridain", me.as_str()] {
        let (status, page) = house.get(&duty, &format!("/find?q={}", ui::query::encode(question))).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(&format!("href=\"/parties/{me}\"")), "{question}");
    }
    let (_, page) = house.get(&duty, "/find?q=harbor").await;
    assert!(!page.contains("/parties/party:") && page.contains("Nothing here that you may see"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_finds_its_own_pages_in_either_language() {
    let house = House::open();
    let (duty, admin) = (house.person("duty", Role::Officer), house.person("admin", Role::Administrator));
    for (question, href) in
        [("ledger", "/ledger"), ("registre", "/ledger"), ("password", "/account/password")]
    {
        let (_, page) = house.get(&duty, &format!("/find?q={question}")).await;
        assert!(page.contains(&format!("class=\"hit-title\" href=\"{href}\"")), "{question}");
    }
    let accounts = "class=\"hit-title\" href=\"/accounts\"";
    assert!(house.get(&admin, "/find?q=accounts").await.1.contains(accounts));
    assert!(!house.get(&duty, "/find?q=accounts").await.1.contains(accounts));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_found_by_its_id_when_it_may_be_seen() {
    let house = House::open();
    let red = house.cleared("red", Role::Officer, Tlp::Red);
    let clear = house.cleared("clear", Role::Officer, Tlp::Clear);
    let mut id = String::new();
    let reader = house.desk.ledger.reader().expect("a reader");
    reader.entry(1, |entry| id = entry.record_id().to_string()).expect("an entry");
    house.desk.views.wait_blocking(1, std::time::Duration::from_secs(5)).expect("folded");
    let (bare, link) =
        (id.replace("record:", ""), format!("class=\"hit-title\" href=\"/ledger/records/{id}\""));
    for question in [id.as_str(), bare.as_str()] {
        let path = format!("/find?q={}", ui::query::encode(question));
        assert!(house.get(&red, &path).await.1.contains(&link), "{question}");
        // Whom a party trusts is for its own people with some clearance.
        assert!(!house.get(&clear, &path).await.1.contains(&link), "{question}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_keeps_fifty_searches_and_they_go_with_it() {
    let house = House::open();
    let duty = house.person("duty", Role::Officer);
    for n in 0..50 {
        let (status, _) = house
            .post(&duty, "/find/saved", &[("name", &format!("search {n}")), ("path", "/find?q=a")])
            .await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{n}");
    }
    let one_more = [("name", "one more"), ("path", "/find?q=b")];
    assert_eq!(house.post(&duty, "/find/saved", &one_more).await.0, StatusCode::CONFLICT);
    let known = [("name", "search 7"), ("path", "/find?q=c")];
    assert_eq!(house.post(&duty, "/find/saved", &known).await.0, StatusCode::SEE_OTHER);
    house.desk.local.close_account("duty").expect("closed");
    let again = house.person("duty", Role::Officer);
    assert!(house.get(&again, "/find").await.1.contains("None yet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_time_zone_of_an_account_stands_beside_utc_and_only_a_known_one() {
    let house = House::open();
    let duty = house.person("duty", Role::Officer);
    let (status, page) = house.post(&duty, "/account/settings", &[("zone", "Mars/Olympus")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Choose one of the list"));
    let (status, _) = house.post(&duty, "/account/settings", &[("zone", "Asia/Tokyo")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = house.get(&duty, "/account/settings").await;
    assert!(page.contains("JST)"), "the time of Tokyo is missing");
    assert!(page.contains("<option value=\"Asia/Tokyo\" selected"));
    house.post(&duty, "/account/settings", &[("zone", "")]).await;
    assert!(!house.get(&duty, "/account/settings").await.1.contains("JST)"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_style_guide_is_a_page_of_the_node_in_both_languages() {
    let house = House::open();
    let duty = house.person("duty", Role::Auditor);
    let (status, page) = house.get(&duty, "/styleguide").await;
    assert_eq!(status, StatusCode::OK);
    for part in [
        "id=\"spacing\"",
        "scheme-dark",
        "scheme-contrast",
        "scheme-print",
        "class=\"stale\"",
        "class=\"loading\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let french = Person { cookie: format!("{}; lang=fr", duty.cookie), csrf: String::new() };
    assert!(house.get(&french, "/styleguide").await.1.contains("Guide de style"));
}
