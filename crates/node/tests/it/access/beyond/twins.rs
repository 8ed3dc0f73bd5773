//! Two nodes that were one: one of them then learns of records beyond a reader's verdict, the other never does. They
//! share keys, accounts, sessions and tokens, so that a page of both differs only where it tells of those records.

use model::Timestamp;
use model::time::SignedDuration;

use super::super::house::{PASSWORD, Session, sign_in};
use super::super::rules;
use super::super::web::{self, Answer};
use super::things::{self, canary, id};
use crate::node::Node;
use crate::run::Running;
use crate::share::{agreed, carry};

/// Everybody who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Nobody,
    /// May see GREEN and do nothing.
    Observer,
    /// The same, by a token for a program.
    Program,
    /// May see GREEN and do everything that an officer does.
    Officer,
    /// May see GREEN and manage the node.
    Administrator,
    /// May see GREEN and read the trail.
    Auditor,
    /// A partner's client of TAXII, cleared for GREEN.
    Partner,
    /// May see everything: shows that there is something to see.
    Chief,
}

const PEOPLE: [(&str, &str, &str); 5] = [
    ("viewer", "observer", "green"),
    ("green", "officer", "green"),
    ("keeper", "administrator", "green"),
    ("trail", "auditor", "green"),
    ("chief", "officer", "red"),
];

/// How a reader of both nodes is known.
#[derive(Debug, Default)]
struct Keys {
    sessions: Vec<(&'static str, Session)>,
    program: String,
    partner: String,
}

/// What was made only at the one who knows, by the name of its place in a path.
#[derive(Debug, Default)]
pub struct Made {
    pub incident: String,
    pub report: String,
    pub draft: String,
    /// Put to the other party, of figures up to AMBER.
    pub snapshot: String,
    /// On the watch-list, AMBER: the party and the entry, as they stand in a path.
    pub watched: (String, String),
    /// The last record of its ledger.
    pub last: usize,
}

pub struct Twins {
    /// Knows of what is beyond.
    pub told: Running,
    /// Never heard of it.
    pub untold: Running,
    pub made: Made,
    keys: Keys,
    _folders: [Node; 3],
}

/// The agreement that both have; its proposal is AMBER.
pub const PILOT: &str = "agreement:0192f0c1-2f00-7000-8000-000000000001";
/// The one of which only one of them heard.
pub const SECRET: &str = "agreement:0192f0c1-2f00-7000-8000-0000000000ff";

impl Twins {
    pub fn made() -> Self {
        let (eu, us) = agreed();
        let mut keys = enrolled(&eu);
        publish(&eu, "within", &things::within(), &["--under", "pilot"]);
        publish(&us, "within", &things::within_theirs(), &["--under", "pilot"]);
        carry(&us, &eu, "eu", "within.link");
        let running = Running::start(&eu);
        keys.sessions = PEOPLE.map(|(name, ..)| (name, sign_in(&running.address, name))).to_vec();
        let rule =
            [("name", "strict needs two"), ("act", "exchange object submit"), ("marking", "AMBER+STRICT")];
        post(&running, chief(&keys), "/release/rules/add", &rule, 303);
        running.stop();
        let untold = eu.copied();
        let mut made = learns(&eu, &us);
        let told = Running::start(&eu);
        does(&told, chief(&keys), &mut made);
        made.last = 130;
        let untold_runs = Running::start(&untold);
        Self { told, untold: untold_runs, made, keys, _folders: [eu, us, untold] }
    }

    /// What a reader gets from one of the two.
    pub fn ask(&self, at: &Running, method: &str, path: &str, reader: Reader) -> Answer {
        let (cookie, bearer) = self.shown(reader);
        let taxii = "application/taxii+json;version=2.1";
        let mut headers = match path.starts_with("/taxii2") {
            true => vec![("Accept", taxii)],
            false => vec![("Content-Type", "application/x-www-form-urlencoded")],
        };
        headers.extend(cookie.as_deref().map(|cookie| ("Cookie", cookie)));
        headers.extend(bearer.as_deref().map(|bearer| ("Authorization", bearer)));
        let body = match (method, self.session(reader)) {
            ("POST", Some(session)) => {
                format!("csrf={}&reason=Because&to=red&effective=never&by=nobody", session.csrf)
            }
            _ => String::new(),
        };
        web::send(&at.address, method, path, &headers, body.as_bytes())
    }

    fn session(&self, reader: Reader) -> Option<&Session> {
        let name = match reader {
            Reader::Observer => "viewer",
            Reader::Officer => "green",
            Reader::Administrator => "keeper",
            Reader::Auditor => "trail",
            Reader::Chief => "chief",
            Reader::Nobody | Reader::Program | Reader::Partner => return None,
        };
        self.keys.sessions.iter().find(|(known, _)| *known == name).map(|(_, session)| session)
    }

    fn shown(&self, reader: Reader) -> (Option<String>, Option<String>) {
        let bearer = |token: &str| (None, Some(format!("Bearer {token}")));
        match reader {
            Reader::Program => bearer(&self.keys.program),
            Reader::Partner => bearer(&self.keys.partner),
            _ => (self.session(reader).map(|session| session.cookie.clone()), None),
        }
    }
}

fn chief(keys: &Keys) -> &Session {
    keys.sessions.iter().find(|(name, _)| *name == "chief").map(|(_, session)| session).expect("signed in")
}

/// Accounts, a partner's client, and a program of the observer's.
fn enrolled(eu: &Node) -> Keys {
    eu.write("password", &format!("{PASSWORD}\n"));
    for (name, role, clearance) in PEOPLE {
        let password = eu.arg("password");
        let add =
            ["account", "add", name, "--role", role, "--clearance", clearance, "--password-file", &password];
        eu.run(&add).well();
    }
    let add = ["party", "consumer", "add", "partner", "--relation", "client", "--clearance", "green"];
    let said = eu.run(&[&add[..], &["--agreement", "pilot", "--json"]].concat()).well().json();
    let local = desk::local::Local::open(&eu.path("data/real/local.db")).expect("opened");
    let scope: Vec<String> = rules::permissions()
        .into_iter()
        .filter(|permission| rules::holds(permission, "observer") && *permission != "account token issue")
        .map(str::to_owned)
        .collect();
    let now = desk::edge::now();
    let expires: Timestamp = now.checked_add(SignedDuration::from_hours(24)).expect("a day");
    let program = local.issue_api_token("viewer", "a program", &scope, (now, expires)).expect("issued");
    Keys { program, partner: said["token"].as_str().expect("a token").to_owned(), ..Keys::default() }
}

fn publish(node: &Node, name: &str, objects: &[serde_json::Value], how: &[&str]) {
    let file = format!("{name}.json");
    let lines: String = objects.iter().map(|object| format!("{object}\n")).collect();
    node.write(&file, &lines);
    node.run(&[&["exchange", "import", &node.arg(&file)][..], how].concat()).well();
}

/// What the one learns by command and by link, before it runs.
fn learns(eu: &Node, us: &Node) -> Made {
    let pilot = ["--under", "pilot"];
    publish(eu, "beyond", &things::beyond(), &pilot);
    publish(eu, "red", &things::beyond_red(), &["--under", "pilot", "--to", "eu"]);
    publish(eu, "narrow", &things::to_narrow(), &pilot);
    eu.write("broken.json", &things::broken().to_string());
    eu.run(&["exchange", "import", &eu.arg("broken.json"), "--marking", "amber", "--under", "pilot"]);
    publish(us, "beyond", &things::beyond_theirs(), &pilot);
    publish(us, "red", &things::beyond_their_red(), &["--under", "pilot", "--to", "eu"]);
    carry(us, eu, "eu", "beyond.link");

    eu.run(&["party", "group", "create", &canary("group")]).well();
    let text = std::fs::read_to_string(eu.path("pilot.toml")).expect("the pilot");
    let secret = text.replace(PILOT, SECRET).replace("\"pilot\"", &format!("\"{}\"", canary("accord")));
    eu.write("secret.toml", &secret.replace("\"Pilot\"", &format!("\"{}\"", canary("title"))));
    eu.run(&["accord", "propose", &eu.arg("secret.toml")]).well();
    let sign =
        |node: &Node| node.run(&["accord", "sign", &canary("accord"), "--signatory", "B. Noel"]).well();
    sign(eu);
    carry(eu, us, "us", "secret.link");
    sign(us);
    carry(us, eu, "eu", "secret.link");

    let by = ["--by", "A. Berg"];
    let open = ["notify", "incident", "open", &canary("incident")];
    let incident = eu.run(&[&open[..], &by].concat()).well().out.trim().to_owned();
    for (field, value) in [
        ("country", "\"FR\"".to_owned()),
        ("aware", "\"2026-11-01T08:00:00Z\"".to_owned()),
        ("nature.description", format!("\"{}\"", canary("patient"))),
    ] {
        eu.run(&[&["notify", "incident", "fact", &incident, field, &value][..], &by].concat()).well();
    }
    crate::filing::file(eu, &incident, "nis2.ew", "energy");
    let report = serde_json::json!({
        "stage": "nis2.ew", "incident": canary("theirincident"), "fields": { "E08": true },
        "reporter": { "name": canary("reporter"), "country": "FR", "sector": "energy" },
    });
    eu.write("report.json", &report.to_string());
    eu.run(&[&["notify", "report", "receive", &eu.arg("report.json")][..], &by].concat()).well();
    let list = eu.run(&["notify", "report", "list", "--json"]).well().json();
    let report = list[0]["report"]["report"].as_str().expect("an id").to_owned();
    let propose = ["picture", "snapshot", "propose", "us", "--agreement", PILOT, "--json"];
    let said = [canary("signatory"), canary("snapshot")];
    let words = ["--signatory", said[0].as_str(), "--note", said[1].as_str()];
    let put = eu.run(&[&propose[..], &words[..]].concat()).well().json();
    let snapshot = put["snapshot"].as_str().expect("an id").to_owned();
    Made { incident, report, snapshot, ..Made::default() }
}

/// What an officer of the one does at the console.
fn does(told: &Running, chief: &Session, made: &mut Made) {
    let of = |n: u32, what: &str| format!("/exchange/objects/{}/{what}", id("campaign", n));
    post(told, chief, &of(161, "narrow"), &[("to", "amber"), ("reason", &canary("narrowing"))], 303);
    post(told, chief, &of(162, "retract"), &[("reason", &canary("retraction"))], 303);
    let page = web::send(&told.address, "GET", "/picture/handover", &[("Cookie", &chief.cookie)], b"").body;
    let upto = page.split_once("name=\"upto\" value=\"").and_then(|(_, rest)| rest.split_once('"'));
    let upto = upto.expect("the moment of the page").0;
    post(told, chief, "/picture/handover", &[("note", &canary("handover")), ("upto", upto)], 303);
    let path = format!("/find?q={}", canary("actor"));
    post(told, chief, "/find/saved", &[("path", &path), ("name", &canary("saved"))], 303);
    let (technology, why) = (canary("watched"), canary("whywatched"));
    let watch = [
        ("technology", technology.as_str()),
        ("why", &why),
        ("language", "en"),
        ("owner", "chief"),
        ("from", "2031"),
        ("until", ""),
        ("maturity", "research"),
        ("review", "2099-01-01"),
        ("tlp", "AMBER"),
        ("under", ""),
    ];
    let page = post(told, chief, "/picture/watch/add", &watch, 303).header("location").to_owned();
    let entry = page.strip_prefix("/picture/watch/entries/").and_then(|rest| rest.split_once('/'));
    made.watched = entry.map(|(party, id)| (party.to_owned(), id.to_owned())).expect("the page of an entry");
    let held = serde_json::json!({
        "type": "bundle", "id": id("bundle", 1),
        "objects": [{ "type": "campaign", "spec_version": "2.1", "id": id("campaign", 181), "name": canary("draft"),
            "created": "2026-11-01T00:00:00.000Z", "modified": "2026-11-01T00:00:00.000Z" }],
    });
    let held = held.to_string();
    let wish = [("document", held.as_str()), ("under", PILOT), ("marking", "AMBER+STRICT")];
    made.draft = post(told, chief, "/exchange/import/publish", &wish, 303).header("location").to_owned();
    assert!(made.draft.starts_with("/release/"), "{}", made.draft);
    // What the chief looks for stands in the trail.
    for path in [path, format!("/exchange/objects?q={}", canary("host"))] {
        web::send(&told.address, "GET", &path, &[("Cookie", &chief.cookie)], b"");
    }
}

fn post(at: &Running, who: &Session, path: &str, fields: &[(&str, &str)], status: u16) -> Answer {
    let mut body = format!("csrf={}", who.csrf);
    for (name, value) in fields {
        let value: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
        body.push_str(&format!("&{name}={value}"));
    }
    let headers = [("Cookie", who.cookie.as_str()), ("Content-Type", "application/x-www-form-urlencoded")];
    let answer = web::send(&at.address, "POST", path, &headers, body.as_bytes());
    let main = answer.body.split_once("<main").map_or("", |(_, main)| main);
    assert_eq!(answer.status, status, "{path}: {main}");
    answer
}
