//! The pages of agreements: read in both languages, signed by an officer, closed to those who may not.

use axum::Router;
use axum::body::{Body, to_bytes};
use desk::local::{Account, Role};
use desk::pages::{App, Site};
use http::header::{COOKIE, LOCATION};
use http::{Request, StatusCode};
use model::Tlp;
use tower::ServiceExt as _;

use crate::world::World;

/// One person at the console of the north.
pub struct Person {
    pub router: Router,
    pub cookie: String,
    pub token: String,
}

impl Person {
    pub fn at(world: &World, name: &str, role: Role, clearance: Tlp) -> Self {
        let local = &world.eu.local;
        local
            .set_account(&Account { name: name.into(), role, clearance }, "correct horse battery")
            .expect("account");
        let session = local.open_session(name, desk::edge::now()).expect("a session");
        let token = local.session(&session, desk::edge::now()).expect("open").form_token;
        let site = Site {
            nav: vec![accord::NAV],
            flow: Some(std::sync::Arc::new(|(id, _)| desk::pages::Part {
                due: vec![],
                cards: ui::html! { p { "flowed under " (id) } },
                marking: Some(model::Marking::tlp(Tlp::Red)),
            })),
            tiles: vec![accord::tiles],
            ..Site::default()
        };
        let app = App::new(world.eu.clone(), site);
        let router = desk::pages::router(app.clone()).merge(accord::routes(app));
        Self { router, cookie: format!("entente={session}"), token }
    }

    async fn ask(&self, request: http::request::Builder, form: &str) -> (StatusCode, String) {
        let request = request.body(Body::from(form.to_owned())).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("infallible");
        let status = answer.status();
        let location = answer.headers().get(LOCATION).and_then(|l| l.to_str().ok()).unwrap_or("").to_owned();
        let body = to_bytes(answer.into_body(), 1 << 22).await.expect("a body");
        let text = String::from_utf8(body.to_vec()).expect("text");
        (status, if status == StatusCode::SEE_OTHER { location } else { text })
    }

    pub async fn get(&self, path: &str, lang: &str) -> (StatusCode, String) {
        self.ask(Request::get(path).header(COOKIE, format!("{}; lang={lang}", self.cookie)), "").await
    }

    pub async fn post(&self, path: &str, form: &str) -> (StatusCode, String) {
        self.ask(Request::post(path).header(COOKIE, &self.cookie), form).await
    }
}

#[tokio::test]
async fn every_page_renders_in_both_languages() {
    let world = World::new();
    let person = Person::at(&world, "duty", Role::Officer, Tlp::Red);
    let (_, empty) = person.get("/accord/agreements", "en").await;
    assert!(empty.contains("No agreement yet") && empty.contains("entente accord agreement propose"));
    let agreement = world.arrangement();
    accord::propose(&world.eu, agreement.clone()).expect("proposed");
    let page = format!("/accord/agreements/{}", agreement.id);
    let (sign, leave) = (format!("{page}/sign"), format!("{page}/withdraw"));
    for path in ["/", "/accord/agreements", &page, &sign, &leave] {
        for lang in ["en", "fr"] {
            let (status, text) = person.get(path, lang).await;
            assert_eq!(status, StatusCode::OK, "{path} in {lang}");
            assert!(text.contains(&format!("<html lang=\"{lang}\"")), "{path} in {lang}");
            assert_eq!(text.matches("<h1").count(), 1, "{path} in {lang}");
            assert!(!text.contains('⟦') && !text.contains("style="), "{path} in {lang}");
        }
    }
    let (_, text) = person.get(&page, "fr").await;
    assert!(text.contains("Les parties s’avertissent") && text.contains("The parties warn each other."));
    assert!(text.contains("TLP:AMBER") && text.contains("flowed under"));
    let banner =
        text.split("marking-banner").nth(1).and_then(|rest| rest.split("</div>").next()).expect("a banner");
    assert!(banner.contains("TLP:RED"), "the page bears the marking of what flowed");
    assert_eq!(person.get("/accord/agreements/working-arrangement", "en").await.0, StatusCode::OK);
}

#[tokio::test]
async fn an_officer_signs_and_leaves_by_form() {
    let world = World::new();
    let person = Person::at(&world, "duty", Role::Officer, Tlp::Red);
    let agreement = world.arrangement();
    accord::propose(&world.eu, agreement.clone()).expect("proposed");
    let page = format!("/accord/agreements/{}", agreement.id);
    let form = |rest: &str| format!("csrf={}&{rest}", ui::query::encode(&person.token));
    let sign = format!("{page}/sign");
    assert_eq!(person.post(&sign, "version=1&signatory=A.+Berg").await.0, StatusCode::FORBIDDEN);
    let (status, text) = person.post(&sign, &form("version=1&signatory=+")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Name the person who signs"));
    let (status, to) = person.post(&sign, &form("version=1&signatory=A.+Berg%2C+Director")).await;
    assert_eq!((status, to), (StatusCode::SEE_OTHER, page.clone()));
    let (_, text) = person.get(&page, "en").await;
    assert!(text.contains("A. Berg, Director") && !text.contains("/sign\""));
    assert_eq!(person.post(&sign, &form("version=1&signatory=A.+Berg")).await.0, StatusCode::CONFLICT);
    assert_eq!(person.get(&sign, "en").await.0, StatusCode::CONFLICT);
    let leave = format!("{page}/withdraw");
    let wrong = person.post(&leave, &form("effective=soon")).await;
    assert_eq!(wrong.0, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, _) = person.post(&leave, &form("effective=&reason=pilot+over")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, text) = person.get(&page, "en").await;
    assert!(text.contains("Withdrawn") && text.contains("pilot over"));
}

#[tokio::test]
async fn what_an_agreement_refuses_is_said_in_the_language_of_the_page() {
    let world = World::new();
    let person = Person::at(&world, "duty", Role::Officer, Tlp::Red);
    let french = Person {
        cookie: format!("{}; lang=fr", person.cookie),
        router: person.router.clone(),
        token: person.token.clone(),
    };
    let agreement = world.arrangement();
    accord::propose(&world.eu, agreement.clone()).expect("proposed");
    let page = format!("/accord/agreements/{}", agreement.id);
    let form = |rest: &str| format!("csrf={}&{rest}", ui::query::encode(&person.token));
    let cases = [
        ("sign", "version=1&signatory=+", "Nommez la personne qui signe", "Name the person"),
        ("sign", "version=x&signatory=A.+Berg", "ne nomme aucune version", "names no version"),
        ("sign", "version=7&signatory=A.+Berg", "Il n’y a pas de version 7", "There is no version 7"),
        (
            "withdraw",
            "effective=2020-01-01T00:00&reason=x",
            "est passé ; ce qui a été communiqué",
            "is past; what",
        ),
    ];
    for (verb, sent, in_french, in_english) in cases {
        let (status, text) = french.post(&format!("{page}/{verb}"), &form(sent)).await;
        assert!(status.is_client_error(), "{status} {verb} {sent}");
        assert!(text.contains(in_french) && !text.contains(in_english), "{verb} {sent}: {text}");
        let (_, text) = person.post(&format!("{page}/{verb}"), &form(sent)).await;
        assert!(text.contains(in_english) && !text.contains(in_french), "{verb} {sent}: {text}");
    }
}

#[tokio::test]
async fn who_may_not_agree_sees_no_button_and_is_refused() {
    let world = World::new();
    let analyst = Person::at(&world, "analyst", Role::Analyst, Tlp::Red);
    let agreement = world.arrangement();
    accord::propose(&world.eu, agreement.clone()).expect("proposed");
    let page = format!("/accord/agreements/{}", agreement.id);
    let (_, text) = analyst.get(&page, "en").await;
    assert!(!text.contains("/sign\"") && !text.contains("/withdraw\""));
    for what in ["sign", "withdraw"] {
        assert_eq!(analyst.get(&format!("{page}/{what}"), "en").await.0, StatusCode::FORBIDDEN);
        let form = format!("csrf={}&version=1&signatory=me", ui::query::encode(&analyst.token));
        assert_eq!(analyst.post(&format!("{page}/{what}"), &form).await.0, StatusCode::FORBIDDEN);
    }
    assert!(world.eu.known().agreements[&agreement.id].versions[&1].signed.is_empty());
}

#[tokio::test]
async fn who_is_not_cleared_learns_of_no_agreement() {
    let world = World::new();
    let agreement = world.arrangement();
    accord::propose(&world.eu, agreement.clone()).expect("proposed");
    let visitor = Person::at(&world, "visitor", Role::Officer, Tlp::Green);
    let (_, text) = visitor.get("/accord/agreements", "en").await;
    assert!(!text.contains("Working arrangement"));
    for path in ["/accord/agreements", "/api/v1/accord/agreements"] {
        let (status, _) = visitor.get(&format!("{path}/{}", agreement.id), "en").await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn programs_read_agreements_as_they_were_proposed() {
    let world = World::new();
    let agreement = world.signed();
    let person = Person::at(&world, "duty", Role::Auditor, Tlp::Amber);
    let (_, text) = person.get("/api/v1/accord/agreements", "en").await;
    let list: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(list["agreements"][0]["standing"], "in-force");
    let (_, text) = person.get(&format!("/api/v1/accord/agreements/{}", agreement.id), "en").await;
    let detail: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(detail["versions"][0]["signatures"].as_array().map(Vec::len), Some(2));
    assert_eq!(detail["versions"][0]["agreement"], serde_json::to_value(&agreement).expect("JSON"));
    let (status, text) = person.get("/api/v1/accord/agreements/nothing", "en").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(text.contains("\"type\":\"about:blank\""));
    assert!(accord::openapi().paths.paths.contains_key("/api/v1/accord/agreements/{id}"));
}
