//! Stories of the past: through every page of a node, and for ledgers and instants at random.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use desk::local::{Account, Role};
use desk::{Desk, DeskOptions, edge};
use exchange::ingest::Intaker;
use http::header::{CONTENT_TYPE, COOKIE, LOCATION};
use http::{Request, StatusCode};
use ledger::LogKey;
use ledger::keys::PartyKeys;
use model::{Marking, PartyId, Realm, Timestamp, Tlp};
use proptest::prelude::*;
use records::delivery::OBJECT;
use records::retraction::{Action, Retraction};
use records::{Marked, Seal, Sealed};
use tower::ServiceExt as _;

use crate::http::{Site, router};

/// A node with everything that folds, and somebody in the west whose records it holds.
pub(crate) struct World {
    pub desk: Arc<Desk>,
    pub west: PartyId,
    _folder: tempfile::TempDir,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("keys")).expect("a keys folder");
        PartyKeys::generate().expect("keys").save(&Desk::key_file(folder.path())).expect("saved");
        let pillars = crate::pillars();
        let options = DeskOptions { folder: folder.path().to_owned(), realm: Realm::Real, pillars };
        let west = PartyKeys::from_seeds([[7; 32], [8; 32]]).expect("keys").verifying().party_id();
        Self { desk: Desk::open(options).expect("a desk"), west, _folder: folder }
    }

    /// The whole router of a node over it.
    pub fn router(&self) -> Router {
        let limits = formats::json::Limits::default();
        let intaker = Arc::new(Intaker::new(Arc::clone(&self.desk), limits));
        router(Arc::clone(&self.desk), intaker, None, &Site::default()).expect("a router").router
    }

    /// One of them states the version `version` of the object number `n`.
    pub fn state(&self, author: PartyId, n: u64, version: u64, tlp: Tlp) {
        let object = format!(
            r#"{{"type":"malware","spec_version":"2.1","id":"{}","created":"2026-11-01T00:00:00.000Z","modified":"2026-11-01T00:00:{:02}.000Z","name":"Sample {n}.{version}","is_family":false}}"#,
            id(n),
            version % 60
        );
        self.say(author, "malware", object, tlp);
    }

    /// One of them states any object.
    pub fn say(&self, author: PartyId, object_type: &str, object: String, tlp: Tlp) {
        let seal = Seal {
            kind: OBJECT,
            object_type,
            marked: Marked::Known(Marking::tlp(tlp)),
            ..Seal::of::<Retraction>(author, &self.desk.realm, edge::now())
        };
        self.append(author, seal.bytes(object.into_bytes(), edge::salt()));
    }

    /// Its author takes an object back, or narrows it.
    pub fn retract(&self, author: PartyId, n: u64, narrow: Option<Tlp>) {
        let retraction = Retraction {
            object: id(n),
            version: None,
            action: if narrow.is_some() { Action::Narrow } else { Action::Delete },
            tlp: narrow,
            reason: "it was wrong".into(),
        };
        let seal = Seal {
            marked: Marked::Known(Marking::tlp(Tlp::Green)),
            ..Seal::of::<Retraction>(author, &self.desk.realm, edge::now())
        };
        self.append(author, seal.body(&retraction, edge::salt()));
    }

    fn append(&self, author: PartyId, sealed: Sealed) {
        let log = self.desk.ledger.log(&LogKey { party: author, realm: Realm::Real }).expect("a log");
        let receipt = self.desk.ledger.append(log, vec![desk::submit::draft(sealed)]).expect("stored");
        self.desk.views.wait_blocking(receipt.last_seq(), desk::submit::FOLD_PATIENCE).expect("folded");
    }

    /// The first instant at which everything so far is known.
    pub fn instant(&self) -> String {
        let last = self.desk.ledger.last_at_us().expect("something has happened");
        Timestamp::from_microsecond(last + 1).expect("an instant").to_string()
    }

    /// Somebody at the console.
    pub fn person(&self, name: &str, clearance: Tlp) -> String {
        let account = Account { name: name.into(), role: Role::Officer, clearance };
        self.desk.local.set_account(&account, "correct horse battery").expect("an account");
        format!("entente={}", self.desk.local.open_session(name, edge::now()).expect("a session"))
    }

    /// The desk as it stood when the entry `upto` had just arrived.
    fn past(&self, upto: u64) -> Arc<Desk> {
        let folder = self.desk.folder.join("past-of-the-test").join(edge::uuid().to_string());
        self.desk.as_it_stood(upto, &folder, &|_| true).expect("the past")
    }

    /// The pages of that desk.
    pub fn past_router(&self, upto: u64) -> Router {
        super::pages(self.past(upto), &desk::pages::Site::default()).expect("pages")
    }
}

pub(crate) fn id(n: u64) -> String {
    format!("malware--00000000-0000-4000-8000-{n:012}")
}

/// Status, and the page or where it leads.
pub(crate) async fn ask(router: &Router, method: &str, cookie: &str, path: &str) -> (StatusCode, String) {
    let request = Request::builder().method(method).uri(path).header(COOKIE, cookie);
    let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let answer = router.clone().oneshot(request.body(Body::empty()).expect("a request")).await;
    let answer = answer.expect("infallible");
    let status = answer.status();
    let to = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
    let bytes = to_bytes(answer.into_body(), 1 << 24).await.expect("a body");
    (status, to.unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned()))
}

/// The page, however long the past needs on a busy machine.
pub(crate) async fn page(router: &Router, cookie: &str, path: &str) -> String {
    for _ in 0..100 {
        let (status, text) = ask(router, "GET", cookie, path).await;
        match status {
            StatusCode::ACCEPTED => {}
            StatusCode::OK => return text,
            _ => panic!("{path}: {status} {text}"),
        }
    }
    panic!("{path} was never ready");
}

pub(crate) fn at(path: &str, instant: &str) -> String {
    ui::query::with(path, &[("at", Some(instant))])
}

#[tokio::test]
async fn a_page_of_the_past_shows_what_was_known_then_and_says_so() {
    let world = World::new();
    let router = world.router();
    let officer = world.person("officer", Tlp::Red);
    world.state(world.desk.me, 1, 1, Tlp::Green);
    let then = world.instant();
    world.state(world.desk.me, 1, 2, Tlp::Green);
    world.state(world.west, 2, 1, Tlp::Green);
    let now = page(&router, &officer, "/exchange/objects").await;
    assert!(now.contains("Sample 1.2") && now.contains("Sample 2.1") && !now.contains("class=\"past\""));
    let past = page(&router, &officer, &at("/exchange/objects", &then)).await;
    assert!(past.contains("Sample 1.1") && !past.contains("Sample 1.2") && !past.contains("Sample 2.1"));
    assert!(past.contains("class=\"past\"") && past.contains("As it stood on"));
    let link = ui::query::with(&format!("/exchange/objects/{}", id(1)), &[("at", Some(&then))]);
    assert!(past.contains(&format!("href=\"{link}\"")), "links keep the instant");
    let detail = page(&router, &officer, &link).await;
    assert!(detail.contains("Sample 1.1") && !detail.contains("Sample 1.2"));
    // Signing out is all that can be done.
    let posts: Vec<_> = detail.match_indices("method=\"post\"").collect();
    assert_eq!(posts.len(), 1, "{detail}");
    assert!(detail.contains("method=\"post\" action=\"/logout\""));
    for path in [
        "/",
        "/ledger",
        "/links",
        "/parties",
        "/accord/agreements",
        "/notify/incidents",
        "/notify/reports",
        "/find?q=Sample",
    ] {
        let text = page(&router, &officer, &at(path, &then)).await;
        assert!(text.contains("class=\"past\""), "{path}");
        assert!(!text.contains("Sample 2.1") && !text.contains("Sample 1.2"), "{path}");
    }
    let (status, _) =
        ask(&router, "GET", &officer, &at(&format!("/exchange/objects/{}", id(2)), &then)).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "what came later is not there");
}

#[tokio::test]
async fn nobody_sees_more_of_the_past_than_they_may_see_today() {
    let world = World::new();
    let router = world.router();
    let (officer, junior) = (world.person("officer", Tlp::Red), world.person("junior", Tlp::Green));
    for n in 1..=3 {
        world.state(world.desk.me, n, 1, Tlp::Green);
    }
    let then = at("/exchange/objects", &world.instant());
    let before = page(&router, &junior, &then).await;
    assert!(before.contains("Sample 1.1") && before.contains("Sample 2.1") && before.contains("Sample 3.1"));
    world.retract(world.desk.me, 1, Some(Tlp::Red));
    world.retract(world.desk.me, 2, None);
    let after = page(&router, &junior, &then).await;
    assert!(!after.contains("Sample 1.1"), "narrowed since, beyond this clearance");
    assert!(!after.contains("Sample 2.1"), "taken back since");
    assert!(after.contains("Sample 3.1"));
    let after = page(&router, &officer, &then).await;
    assert!(after.contains("Sample 1.1") && !after.contains("Sample 2.1"));
}

#[tokio::test]
async fn nothing_is_changed_in_the_past_and_a_wrong_instant_is_said_to_be_one() {
    let world = World::new();
    let router = world.router();
    let officer = world.person("officer", Tlp::Red);
    world.state(world.desk.me, 1, 1, Tlp::Green);
    let then = world.instant();
    world.state(world.desk.me, 1, 2, Tlp::Green);
    let last = world.desk.ledger.last_seq();
    let (status, text) = ask(&router, "POST", &officer, &at("/accord/agreements/propose", &then)).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(text.contains("Nothing can be changed in the past"));
    assert_eq!(world.desk.ledger.last_seq(), last);
    for (wrong, why) in [("yesterday", "That is no instant"), ("2031-01-01", "has not come yet")] {
        let (status, text) = ask(&router, "GET", &officer, &at("/ledger", wrong)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(text.contains(why), "{wrong}: {text}");
    }
    let (status, to) = ask(&router, "GET", &officer, "/ledger?at=2026-01-02T03:04").await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/ledger?at=2026-01-02T03%3A04%3A00Z"));
    let (status, to) = ask(&router, "GET", &officer, "/past?of=%2Fledger&at=2026-01-02T03:04&go=1").await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/ledger?at=2026-01-02T03%3A04%3A00Z"));
    let (status, to) = ask(&router, "GET", &officer, &at("/ledger", "")).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/ledger"));
    let (status, to) = ask(&router, "GET", "", &at("/ledger", &then)).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(to.starts_with("/login?next="), "{to}");
    // Before anything had happened every page is empty, and there.
    let dawn = page(&router, &officer, &at("/exchange/objects", "2020-01-01T00:00:00Z")).await;
    assert!(!dawn.contains("Sample"));
}

#[tokio::test]
async fn two_instants_are_compared_by_what_each_record_is_about() {
    let world = World::new();
    let router = world.router();
    let (officer, junior) = (world.person("officer", Tlp::Red), world.person("junior", Tlp::Green));
    for n in [1, 2] {
        world.state(world.desk.me, n, 1, Tlp::Green);
    }
    let from = world.instant();
    world.state(world.desk.me, 1, 2, Tlp::Green);
    world.retract(world.desk.me, 2, None);
    world.state(world.west, 3, 1, Tlp::Green);
    world.state(world.west, 4, 1, Tlp::Red);
    let to = world.instant();
    world.state(world.west, 5, 1, Tlp::Green);
    let path = ui::query::with("/compare", &[("from", Some(&from)), ("to", Some(&to))]);
    let text = page(&router, &officer, &path).await;
    let part = |title: &str| {
        let start = text.find(&format!(">{title}<")).expect("a part");
        let end = text[start + 1..].find("<section").map_or(text.len(), |end| start + 1 + end);
        text[start..end].to_owned()
    };
    assert!(part("Became known").contains("Sample 3.1") && part("Became known").contains("Sample 4.1"));
    assert!(part("Changed").contains("Sample 1.2"));
    assert!(part("Taken back").contains(&id(2)) && !text.contains("Sample 5.1"));
    let before = ui::query::with(&format!("/exchange/objects/{}", id(1)), &[("at", Some(&from))]);
    assert!(part("Changed").contains(&format!("href=\"{before}\"")), "a way to each side");
    assert!(!page(&router, &junior, &path).await.contains("Sample 4.1"), "only what this reader may see");
    let turned = ui::query::with("/compare", &[("from", Some(&to)), ("to", Some(&from))]);
    assert_eq!(ask(&router, "GET", &officer, &turned).await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

/// Every table of the views, row by row.
fn tables(desk: &Desk) -> BTreeMap<String, Vec<String>> {
    let reader = desk.views.read().expect("a reader");
    let names =
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'class'
        AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name";
    let mut statement = reader.prepare(names).expect("SQL");
    let names: Vec<String> =
        statement.query_map([], |row| row.get(0)).expect("rows").collect::<Result<_, _>>().expect("names");
    let rows = |name: &String| {
        let mut statement = reader.prepare(&format!("SELECT * FROM \"{name}\"")).expect("SQL");
        let columns = statement.column_count();
        let mut all: Vec<String> = statement
            .query_map([], |row| {
                (0..columns).map(|n| row.get::<_, rusqlite::types::Value>(n)).collect::<Result<Vec<_>, _>>()
            })
            .expect("rows")
            .map(|row| format!("{:?}", row.expect("a row")))
            .collect();
        all.sort();
        all
    };
    names.iter().map(|name| (name.clone(), rows(name))).collect()
}

#[derive(Debug, Clone)]
enum Deed {
    State { west: bool, n: u64, version: u64, tlp: Tlp },
    Retract { west: bool, n: u64, narrow: Option<Tlp> },
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let tlp = || prop_oneof![Just(Tlp::Clear), Just(Tlp::Green), Just(Tlp::Amber), Just(Tlp::Red)];
    let state = (any::<bool>(), 1..4_u64, 1..5_u64, tlp()).prop_map(|(west, n, version, tlp)| Deed::State {
        west,
        n,
        version,
        tlp,
    });
    let retract = (any::<bool>(), 1..4_u64, proptest::option::of(tlp()))
        .prop_map(|(west, n, narrow)| Deed::Retract { west, n, narrow });
    proptest::collection::vec(prop_oneof![3 => state, 1 => retract], 2..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// I4 for instants: where nothing was taken back since, the past is table for table what the node held then; and
    /// where something was, each object that is left stands in the class that holds today.
    #[test]
    fn the_past_is_what_a_node_held_that_stopped_then(deeds in deeds(), pick in any::<prop::sample::Index>()) {
        let world = World::new();
        let mut held = vec![(world.desk.ledger.last_seq(), tables(&world.desk))];
        let mut taken_back = Vec::new();
        for deed in deeds {
            let author = |west: bool| if west { world.west } else { world.desk.me };
            match deed {
                Deed::State { west, n, version, tlp } => world.state(author(west), n, version, tlp),
                Deed::Retract { west, n, narrow } => {
                    world.retract(author(west), n, narrow);
                    taken_back.push(world.desk.ledger.last_seq());
                }
            }
            held.push((world.desk.ledger.last_seq(), tables(&world.desk)));
        }
        let (seq, then) = &held[pick.index(held.len())];
        let past = world.past(*seq);
        prop_assert_eq!(past.ledger.last_seq(), *seq);
        let raised = |desk: &Desk| (exchange::PILLAR.raised)(desk, 1..=*seq).expect("readable");
        let today: BTreeMap<u64, Option<u32>> = raised(&world.desk).into_iter().collect();
        if taken_back.iter().all(|at| at <= seq) {
            prop_assert_eq!(&tables(&past), then);
        }
        let reader = past.views.read().expect("a reader");
        let mut placed = reader.prepare("SELECT seq, class FROM exchange_placement").expect("SQL");
        let rows = placed.query_map([], |row| Ok((row.get::<_, i64>(0)? as u64, row.get::<_, u32>(1)?))).expect("rows");
        for row in rows {
            let (seq, class) = row.expect("a row");
            prop_assert_ne!(today.get(&seq), Some(&None), "taken back, and still there");
            if let Some(Some(now)) = today.get(&seq) {
                prop_assert_eq!(class, *now, "narrowed, and still as wide");
            }
        }
    }
}
