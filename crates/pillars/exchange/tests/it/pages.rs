//! The console's pages and API on objects, as a browser and a program meet them.
// size: one console and one cast for the stories of every page; apart, each file would have to bring both

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::routing::get;
use desk::access::OverviewRead;
use desk::edge;
use desk::local::{Account, Role};
use desk::pages::{App, May, Site};
use desk::views::classes::ClassKey;
use exchange::import::import;
use exchange::ingest::Intake;
use exchange::search::{Browse, Search, Sight, browse};
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, LOCATION};
use http::{Request, StatusCode};
use model::{PartyId, Tlp};
use records::consumer::Relation;
use tower::ServiceExt as _;

use crate::events::Events;
use crate::world::{World, id, indicator};

const M: &str = "2026-11-01T00:00:00.000Z";
pub const RED: &str = "malware--00000000-0000-4000-8000-0000000000ff";
pub const EVIL: &str = "indicator--00000000-0000-4000-8000-00000000abcd";

pub struct Console {
    pub world: World,
    search: Arc<Search>,
    router: Router,
}

pub struct Person {
    pub cookie: String,
    pub csrf: String,
}

fn marked(tlp: Tlp) -> String {
    format!("\"object_marking_refs\":[\"{}\"]", formats::stix::id_of_tlp(tlp))
}

/// A green indicator for an address of an evil domain, a red malware, and a green relationship between them.
pub fn story() -> Vec<String> {
    let head = |kind: &str, id: &str| {
        format!(
            "\"type\":\"{kind}\",\"spec_version\":\"2.1\",\"id\":\"{id}\",\"created\":\"{M}\",\"modified\":\"{M}\""
        )
    };
    let (green, red) = (marked(Tlp::Green), marked(Tlp::Red));
    let link = |n: u32, marking: &str| {
        let id = format!("relationship--00000000-0000-4000-8000-{n:012}");
        format!(
            "{{{},\"relationship_type\":\"indicates\",\"source_ref\":\"{EVIL}\",\"target_ref\":\"{RED}\",{marking}}}",
            head("relationship", &id)
        )
    };
    vec![
        format!(
            "{{{},\"name\":\"Café beacon\",\"pattern\":\"[domain-name:value = 'c2.evil.example']\",\
             \"pattern_type\":\"stix\",\"valid_from\":\"{M}\",{green}}}",
            head("indicator", EVIL)
        ),
        format!("{{{},\"name\":\"Nightshade implant\",\"is_family\":false,{red}}}", head("malware", RED)),
        link(1, &green),
        link(2, &red),
        indicator(7, Some(Tlp::Amber), M),
        indicator(8, None, M),
    ]
}

impl Console {
    pub fn new() -> Self {
        Self::in_world(World::new(Tlp::Green))
    }

    pub fn in_world(world: World) -> Self {
        world.consumer("soc", Relation::Organisation, Tlp::Red);
        world.consumer("friend", Relation::Community, Tlp::Red);
        let search = Search::open(&world.desk).expect("an index");
        let site = Site {
            tiles: vec![exchange::pages::tiles],
            parts: vec![exchange::pages::overview],
            link_parts: vec![exchange::pages::link_flow],
            carry_out: vec![exchange::pages::carry_out(Arc::clone(&world.intaker))],
            sources: vec![exchange::pages::source(Arc::clone(&search))],
            ..Site::default()
        };
        let app = App::new(Arc::clone(&world.desk), site);
        let pages = exchange::pages::routes(app.clone(), Arc::clone(&search), Arc::clone(&world.intaker));
        let agreement = world.agreement;
        let flow = async move |State(app): State<App>, visitor: May<OverviewRead>| {
            exchange::pages::flow(&app.desk, agreement, &visitor).cards
        };
        let flow = desk::pages::finish(Router::new().route("/flow", get(flow)), app.clone());
        let node = desk::pages::router(app);
        let router = Router::new().merge(pages).merge(flow).fallback_service(node);
        Self { world, search, router }
    }

    pub fn told() -> Self {
        let console = Self::new();
        console.import(&story());
        console
    }

    pub fn import(&self, objects: &[String]) {
        let intake = Intake {
            gate: "import",
            source: "story.ndjson".into(),
            under: vec![self.world.agreement],
            marking: None,
            to: vec![],
            group: None,
            to_by_id: Default::default(),
            definitions: Default::default(),
            seen_by: None,
        };
        let done = import(&self.world.intaker, objects.join("\n").as_bytes(), &intake, |_, _| {});
        self.catch_up(done.expect("imported").last_seq);
    }

    /// Waits until views and index show everything up to `last`.
    pub fn catch_up(&self, last: u64) {
        self.world.desk.views.wait_blocking(last, Duration::from_secs(5)).expect("folded");
        for _ in 0..500 {
            if self.search.position() >= last {
                return;
            }
            std::thread::sleep(Duration::from_millis(10)); // the index follows on its own thread
        }
        panic!("the index is at {} of {last}", self.search.position());
    }

    pub fn person(&self, name: &str, clearance: Tlp) -> Person {
        self.person_as(name, Role::Officer, clearance)
    }

    pub fn person_as(&self, name: &str, role: Role, clearance: Tlp) -> Person {
        let local = &self.world.desk.local;
        let account = Account { name: name.into(), role, clearance };
        local.set_account(&account, "correct horse battery").expect("an account");
        let token = local.open_session(name, edge::now()).expect("a session");
        let csrf = local.session(&token, edge::now()).expect("open").form_token;
        Person { cookie: format!("entente={token}"), csrf }
    }

    pub async fn ask(&self, request: Request<Body>) -> (StatusCode, http::HeaderMap, String) {
        let (parts, body) = self.router.clone().oneshot(request).await.expect("infallible").into_parts();
        let bytes = to_bytes(body, 1 << 24).await.expect("a body");
        (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).expect("text"))
    }

    /// The stream of events that a page of this person listens to, after its first words.
    pub async fn events(&self, person: &Person) -> Events {
        let request = Request::get("/events").header(COOKIE, &person.cookie).body(Body::empty());
        let response = self.router.clone().oneshot(request.expect("a request")).await.expect("infallible");
        assert_eq!(response.status(), StatusCode::OK);
        let mut events = Events::of(response.into_body());
        assert!(events.next().await.starts_with("retry:"));
        events
    }

    pub async fn get(&self, person: &Person, lang: &str, path: &str) -> (StatusCode, String) {
        let cookie = format!("{}; lang={lang}", person.cookie);
        let request = Request::get(path).header(COOKIE, cookie).body(Body::empty()).expect("a request");
        let (status, _, text) = self.ask(request).await;
        (status, text)
    }

    pub async fn page(&self, person: &Person, path: &str) -> String {
        let (status, text) = self.get(person, "en", path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {text}");
        text
    }

    pub async fn post(
        &self,
        person: &Person,
        path: &str,
        fields: &[(&str, &str)],
    ) -> (StatusCode, http::HeaderMap, String) {
        let mut form = format!("csrf={}", ui::query::encode(&person.csrf));
        for (name, value) in fields {
            form.push_str(&format!("&{name}={}", ui::query::encode(value)));
        }
        let request = Request::post(path)
            .header(COOKIE, &person.cookie)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form));
        self.ask(request.expect("a request")).await
    }

    pub async fn api(&self, token: &str, path: &str) -> (StatusCode, serde_json::Value) {
        let request = Request::get(path).header(AUTHORIZATION, format!("Bearer {token}"));
        let (status, headers, text) = self.ask(request.body(Body::empty()).expect("a request")).await;
        if status != StatusCode::OK {
            assert_eq!(headers[CONTENT_TYPE], "application/problem+json", "{path}");
        }
        (status, serde_json::from_str(&text).expect("json"))
    }

    fn peer(&self) -> PartyId {
        let known = self.world.desk.known();
        *known.parties.keys().find(|id| **id != self.world.desk.me).expect("a peer")
    }
}

pub fn object(id: &str) -> String {
    format!("/exchange/objects/{id}")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_shows_what_was_imported_and_filters_narrow_it() {
    let console = Console::told();
    let duty = console.person("duty", Tlp::Red);
    let list = console.page(&duty, "/exchange/objects").await;
    assert!(list.contains("Café beacon") && list.contains("Nightshade implant"));
    assert!(list.contains("TLP:GREEN") && list.contains("0 of 1"));
    let malware = console.page(&duty, "/exchange/objects?type=malware").await;
    assert!(malware.contains("Nightshade implant") && !malware.contains("Café beacon"));
    let red = console.page(&duty, "/exchange/objects?tlp=RED").await;
    assert!(red.contains("Nightshade implant") && !red.contains("Café beacon"));
    let goes = console.page(&duty, "/exchange/objects?state=released&type=indicator").await;
    assert!(goes.contains("Café beacon") && !goes.contains(&id(8)));
    let stays = console.page(&duty, "/exchange/objects?state=withheld&type=malware").await;
    assert!(!stays.contains("Café beacon"));
    let nobody = console.page(&duty, "/exchange/objects?q=absent").await;
    assert!(nobody.contains("Widen the filters"));
    let empty = Console::new();
    let duty = empty.person("duty", Tlp::Red);
    assert!(empty.page(&duty, "/exchange/objects").await.contains("No objects yet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_each_other_without_gap_or_repetition() {
    let console = Console::new();
    let many: Vec<String> = (0..120).map(|n| indicator(n, Some(Tlp::ALL[n as usize % 3]), M)).collect();
    console.import(&many);
    let mut again: Vec<String> =
        (0..10).map(|n| indicator(n, Some(Tlp::Green), "2026-11-02T00:00:00.000Z")).collect();
    again.push(indicator(200, Some(Tlp::Clear), M));
    console.import(&again);
    for query in ["", "&q=ipv4"] {
        let (mut next, mut seen) = (String::new(), Vec::new());
        loop {
            let path = format!("/api/v1/exchange/objects?limit=25{query}{next}");
            let (status, page) = console.api("soc", &path).await;
            assert_eq!(status, StatusCode::OK);
            let objects = page["objects"].as_array().expect("objects");
            seen.extend(objects.iter().map(|object| object["id"].as_str().expect("an id").to_owned()));
            if page["more"] == false {
                break;
            }
            next = format!("&next={}", page["next"].as_str().expect("a cursor"));
        }
        let newest_first: Vec<String> =
            [200].into_iter().chain((0..10).rev()).chain((10..120).rev()).map(id).collect();
        assert_eq!(seen, newest_first, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_a_defanged_address_and_an_id_are_found() {
    let console = Console::told();
    let duty = console.person("duty", Tlp::Red);
    for words in ["cafe", "BEAC", "hxxp://c2[.]evil[.]example/", "evil(dot)example", EVIL] {
        let path = format!("/exchange/objects?q={}", ui::query::encode(words));
        let page = console.page(&duty, &path).await;
        assert!(page.contains("Café beacon"), "{words}");
        assert!(!page.contains("Nightshade"), "{words}");
    }
    let page = console.page(&duty, "/exchange/objects?q=192%5B.%5D0%5B.%5D2%5B.%5D7").await;
    assert!(page.contains(&id(7)));
    for odd in ["%22", "%22%20OR%20%22", "title%3A*", "NEAR(", "%00", "a%22%20*%20-b"] {
        console.page(&duty, &format!("/exchange/objects?q={odd}")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_an_object_explains_in_both_languages_why_it_was_withheld() {
    let console = Console::told();
    let duty = console.person("duty", Tlp::Red);
    let (_, english) = console.get(&duty, "en", &object(&id(7))).await;
    assert!(english.contains("Who received it, and why not"));
    assert!(english.contains("data-code=\"above-grant\""), "{english}");
    let (_, french) = console.get(&duty, "fr", &object(&id(7))).await;
    assert!(french.contains("Qui l’a reçu, et pourquoi pas") && french.contains("data-code=\"above-grant\""));
    let unmarked = console.page(&duty, &object(&id(8))).await;
    assert!(unmarked.contains("data-code=\"marking-missing\""));
    let green = console.page(&duty, &object(EVIL)).await;
    assert!(green.contains("Released, not yet fetched") && green.contains("indicates"));
    assert!(green.contains("The document names it") && green.contains("story.ndjson"));
    let (_, whole) = console.get(&duty, "en", &format!("{}/document", object(EVIL))).await;
    assert_eq!(whole, story()[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_peer_acknowledged_or_refused_is_shown_as_such() {
    let console = Console::told();
    let duty = console.person("duty", Tlp::Red);
    let desk = &console.world.desk;
    let receiver = share::Receiver::member(desk.realm.clone(), Tlp::Red);
    let place = |id: &str| {
        let sight = exchange::search::Sight::new(desk, &receiver, edge::now()).expect("sight");
        let held = exchange::search::statements(&sight, id).expect("statements");
        (ClassKey::of(&held[0].sealed_class).0, held[0].position.0 as i64)
    };
    let (sent, refused) = (place(EVIL), place(&id(7)));
    let peer = console.peer().to_string();
    {
        // What a link writes down when the peer acknowledges a batch, and when it refuses a record.
        let local = desk.local.lock();
        let dispatched =
            "INSERT INTO dispatched (peer, class, first, last, at_us) VALUES (?1, ?2, ?3, ?3, ?4)";
        local.execute(dispatched, (&peer, sent.0, sent.1, edge::now_us())).expect("written");
        let note = "INSERT INTO refused (peer, position, reason, at_us) VALUES (?1, ?2, ?3, ?4)";
        local.execute(note, (&peer, refused.1, "body is too large", edge::now_us())).expect("written");
    }
    let page = console.page(&duty, &object(EVIL)).await;
    assert!(page.contains("Sent</span>"));
    assert!(console.page(&duty, "/exchange/objects").await.contains("1 of 1"));
    assert!(console.page(&duty, &object(&id(7))).await.contains("body is too large"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_red_leaves_no_trace_on_any_page_without_the_clearance() {
    let console = Console::told();
    console.import(&[indicator(7, Some(Tlp::Red), M).replace("[ipv4-addr:value =", "[nonsense ==")]);
    let amber = console.person("amber", Tlp::Amber);
    for path in [
        "/exchange/objects",
        "/exchange/objects?tlp=RED",
        "/exchange/objects?q=nightshade",
        "/exchange/objects?type=malware",
        "/exchange/quarantine",
        "/exchange/deliveries",
        "/",
        &object(EVIL),
    ] {
        let page = console.page(&amber, path).await;
        assert!(!page.contains("Nightshade"), "{path}");
        assert!(!page.contains("nonsense"), "{path}");
        assert!(!page.contains(&object(RED)), "{path}");
    }
    // The relationship that may be read names the hidden end by its id alone, as if it were not here.
    let page = console.page(&amber, &object(EVIL)).await;
    assert!(page.contains(RED));
    let tiles = console.page(&amber, "/").await;
    assert!(!tiles.contains("?tlp=RED"));
    let list = console.page(&amber, "/exchange/objects").await;
    assert!(!list.contains("value=\"malware\"") && !list.contains("000000000002"));
    for path in [object(RED), format!("{}/document", object(RED)), format!("{}/retract", object(RED))] {
        assert_eq!(console.get(&amber, "en", &path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    let (status, _, _) = console.post(&amber, &format!("{}/retract", object(RED)), &[("reason", "x")]).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let red = console.person("red", Tlp::Red);
    let page = console.page(&red, &object(EVIL)).await;
    assert!(page.contains("Nightshade implant") && page.contains(&object(RED)));
    assert!(console.page(&red, "/exchange/quarantine").await.contains("nonsense"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_of_a_retraction_or_an_import_is_said_in_the_language_of_the_page() {
    let console = Console::told();
    let english = console.person("duty", Tlp::Red);
    let french = Person { cookie: format!("{}; lang=fr", english.cookie), csrf: english.csrf.clone() };
    let path = object(EVIL);
    let (retract, narrow) = (format!("{path}/retract"), format!("{path}/narrow"));
    type Form<'a> = &'a [(&'a str, &'a str)];
    let cases: [(&str, Form<'_>, &str, &str); 5] = [
        (&retract, &[("reason", "")], "Dites pourquoi ; le motif", "Say why; the reason"),
        (&narrow, &[("to", "CLEAR"), ("reason", "x")], "n’est pas plus strict", "is not narrower"),
        (&narrow, &[("to", "MAUVE"), ("reason", "x")], "« MAUVE » n’est pas un marquage", "is no marking"),
        ("/exchange/import", &[("document", "{}"), ("under", "x")], "Ce qui a été choisi", "What was chosen"),
        ("/exchange/import", &[("file64", "%%")], "n’est pas revenu entier", "did not come back whole"),
    ];
    for (path, sent, in_french, in_english) in cases {
        let (status, _, text) = console.post(&french, path, sent).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {sent:?}");
        assert!(text.contains(in_french) && !text.contains(in_english), "{path} {sent:?}: {text}");
        let (_, _, text) = console.post(&english, path, sent).await;
        assert!(text.contains(in_english) && !text.contains(in_french), "{path} {sent:?}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn narrowing_and_retracting_take_an_object_out_of_sight_and_show_that() {
    let console = Console::told();
    let duty = console.person("duty", Tlp::Red);
    let amber = console.person("amber", Tlp::Amber);
    let path = object(EVIL);
    assert!(console.page(&duty, &format!("{path}/narrow")).await.contains("AMBER+STRICT"));
    let (status, _, _) =
        console.post(&duty, &format!("{path}/narrow"), &[("to", "CLEAR"), ("reason", "x")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let narrow = [("to", "RED"), ("reason", "named a source")];
    let (status, headers, _) = console.post(&duty, &format!("{path}/narrow"), &narrow).await;
    assert_eq!((status, headers[LOCATION].to_str().expect("text")), (StatusCode::SEE_OTHER, path.as_str()));
    assert_eq!(console.get(&amber, "en", &path).await.0, StatusCode::NOT_FOUND);
    assert!(!console.page(&amber, "/exchange/objects?q=beacon").await.contains("Café beacon"));
    assert!(console.page(&duty, &path).await.contains("Narrowed by the author later"));
    let wrong =
        console.post(&Person { csrf: "x".into(), ..console.person("duty", Tlp::Red) }, &path, &[]).await;
    assert_ne!(wrong.0, StatusCode::SEE_OTHER);
    let (status, _, _) = console.post(&duty, &format!("{path}/retract"), &[("reason", "wrong")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let gone = console.page(&duty, &path).await;
    assert!(gone.contains("its author took it back") && gone.contains("Who was asked, and who confirmed"));
    assert!(!console.page(&duty, "/exchange/objects").await.contains("Café beacon"));
}

#[tokio::test(flavor = "multi_thread")]
async fn importing_asks_who_would_receive_it_before_anything_is_stored() {
    let console = Console::new();
    let duty = console.person("duty", Tlp::Red);
    let bundle = format!(
        "{{\"type\":\"bundle\",\"id\":\"bundle--00000000-0000-4000-8000-000000000001\",\"objects\":[\r\n{}]}}",
        story().join(",\r\n")
    );
    let under = console.world.agreement.to_string();
    let peer = console.peer().to_string();
    let wish = [("document", bundle.as_str()), ("under", &under), ("to", &peer), ("marking", "")];
    let before = console.world.desk.ledger.last_seq();
    let (status, _, page) = console.post(&duty, "/exchange/import", &wish).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("6 of 6 objects can be published"), "{page}");
    assert!(page.contains("above-grant") && page.contains("marking-missing"));
    assert_eq!(console.world.desk.ledger.last_seq(), before);
    let (status, _, page) = console.post(&duty, "/exchange/import/publish", &wish).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("6 objects imported"), "{page}");
    assert!(console.page(&duty, "/exchange/objects").await.contains("Nightshade"));
    let (status, _, page) = console.post(&duty, "/exchange/import", &[("document", "nothing here")]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("nothing here"));
    let (status, ..) = console.post(&duty, "/exchange/import", &[("document", "{}"), ("under", "x")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_get_the_same_verdict_as_people() {
    let console = Console::told();
    let ids = async |token: &str| {
        let (status, page) = console.api(token, "/api/v1/exchange/objects").await;
        assert_eq!(status, StatusCode::OK);
        page["objects"].as_array().expect("objects").iter().map(|o| o["id"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids("soc").await.len(), 6);
    let friend = ids("friend").await;
    assert_eq!(friend.len(), 2);
    assert!(!friend.iter().any(|id| id.contains(RED)));
    let path = |id: &str| format!("/api/v1/exchange/objects/{id}");
    assert_eq!(console.api("friend", &path(RED)).await.0, StatusCode::NOT_FOUND);
    let (_, one) = console.api("soc", &path(EVIL)).await;
    assert_eq!(one["statements"][0]["tlp"], "TLP:GREEN");
    assert_eq!(one["statements"][0]["object"]["name"], "Café beacon");
    assert_eq!(console.api("friend", &format!("{}/releases", path(EVIL))).await.0, StatusCode::FORBIDDEN);
    let duty = console.person("duty", Tlp::Red);
    let (status, text) = console.get(&duty, "en", &format!("{}/releases", path(&id(7)))).await;
    assert_eq!(status, StatusCode::OK, "{text}");
    let answer: serde_json::Value = serde_json::from_str(&text).expect("json");
    let rows = answer["releases"].as_array().expect("rows");
    let peer = console.peer().to_string();
    let row = rows.iter().find(|row| row["party"] == peer.as_str()).expect("the peer");
    assert_eq!((row["state"].as_str(), row["reason"].as_str()), (Some("withheld"), Some("above-grant")));
    assert_eq!(console.api("nobody", "/api/v1/exchange/objects").await.0, StatusCode::UNAUTHORIZED);
    for bad in ["limit=0", "tlp=PURPLE", "next=x", "author=me", "state=odd"] {
        let (status, _) = console.get(&duty, "en", &format!("/api/v1/exchange/objects?{bad}")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_renders_in_both_languages() {
    let console = Console::told();
    let duty = console.person("duty", Tlp::Red);
    let one = object(EVIL);
    let (narrow, retract) = (format!("{one}/narrow"), format!("{one}/retract"));
    for path in [
        "/exchange/objects",
        "/exchange/quarantine",
        "/exchange/deliveries",
        "/exchange/import",
        "/",
        &one,
        &narrow,
        &retract,
    ] {
        for lang in ["en", "fr"] {
            let (status, page) = console.get(&duty, lang, path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{path}");
        }
    }
    let (_, under) = console.get(&duty, "fr", "/flow").await;
    assert!(under.contains(&format!("under={}", ui::query::encode(&console.world.agreement.to_string()))));
    assert!(under.contains(">6<"), "{under}");
    let deliveries = console.page(&duty, "/exchange/deliveries").await;
    assert!(deliveries.contains("story.ndjson"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_index_is_rebuilt_from_the_ledger_when_its_file_is_gone() {
    let console = Console::told();
    let path = console.world.desk.folder.join("search.db");
    let Console { world, search, router } = console;
    drop((router, search));
    for tail in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{tail}", path.display()));
    }
    let search = Search::open(&world.desk).expect("an index");
    for _ in 0..500 {
        if search.position() >= world.desk.views.folded() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10)); // the index follows on its own thread
    }
    let receiver = share::Receiver::member(world.desk.realm.clone(), Tlp::Red);
    let sight = Sight::new(&world.desk, &receiver, edge::now()).expect("a sight");
    let ask = Browse { words: "beacon", limit: 10, ..Browse::default() };
    assert_eq!(browse(&search, &sight, &ask).expect("hits").rows.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_counts_the_requests_of_a_consumer_too() {
    let console = Console::told();
    console.world.consumer_at("hasty", Relation::Organisation, Tlp::Red, Some(1));
    let mut last = StatusCode::OK;
    for _ in 0..200 {
        last = console.api("hasty", "/api/v1/exchange/objects").await.0;
        if last != StatusCode::OK {
            break;
        }
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let request = Request::get("/api/v1/exchange/objects").header(AUTHORIZATION, "Bearer hasty");
    let (_, headers, _) = console.ask(request.body(Body::empty()).expect("a request")).await;
    assert_eq!(headers["retry-after"], "1");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_sees_what_came_in_and_was_refused_as_far_as_it_was_marked() {
    let broken =
        |n: u32, tlp| vec![indicator(n, tlp, M).replace("[ipv4-addr:value =", &format!("[broken{n} =="))];
    let console = Console::new();
    console.import(&story());
    console.import(&broken(31, Some(Tlp::Amber)));
    console.import(&broken(32, None));
    let (amber, strict) = (console.person("amber", Tlp::Amber), console.person("strict", Tlp::AmberStrict));
    let (green, red) = (console.person("green", Tlp::Green), console.person("red", Tlp::Red));
    let seen = async |person: &Person| {
        let page = console.page(person, "/exchange/quarantine").await;
        let came = console.page(person, "/exchange/deliveries").await;
        (page.contains("broken31"), page.contains("broken32"), came.matches("story.ndjson").count())
    };
    assert_eq!(seen(&green).await, (false, false, 0));
    assert_eq!(seen(&amber).await, (true, false, 0), "a delivery is for the own organisation alone");
    assert_eq!(seen(&strict).await, (true, false, 2), "what may be anything stays narrow");
    assert_eq!(seen(&red).await, (true, true, 3));
    // And nobody outside ever has any of it, however it is marked.
    let desk = &console.world.desk;
    let peer = share::Receiver::node(desk.realm.clone(), console.peer());
    for (number, class) in desk.views.classes().iter().enumerate() {
        if matches!(class.kind.as_str(), "exchange.delivery.v1" | "exchange.quarantine.v1") {
            let verdict = desk.verdict(number as u32, &peer, edge::now()).expect("a class");
            assert_eq!(verdict.reason(), Some(share::Reason::OwnBookkeeping));
        }
    }
}
