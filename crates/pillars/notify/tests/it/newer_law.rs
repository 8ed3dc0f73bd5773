//! A newer law over every incident, however many there are; and a program that brings one says what it moves, once.

use desk::edge;
use model::{IncidentId, Marking, Tlp};

use notify::commands::install_pack::install_pack;
use notify::law_moves::note_newer_in;
use notify::watch::history;
use packs::{Library, Pack};
use records::determination::{Determination, Outcome};
use records::fact::Fact;
use records::incident::Incident;
use records::{Body, Marked, Seal, Sealed};
use serde_json::json;

use crate::room::Room;

/// More than a list shows.
const MANY: usize = 620;

fn newer(version: &str, hours: u32) -> String {
    let text = Library::embedded_text("GDPR").expect("in the binary");
    let head = Pack::read(text).expect("a pack").head.version;
    text.replacen(&format!("version = \"{head}\""), &format!("version = \"{version}\""), 1)
        .replace("PT72H", &format!("PT{hours}H"))
}

/// So many incidents, each with a clock that runs.
fn many(room: &Room, count: usize) -> Vec<IncidentId> {
    let now = edge::now();
    let ids: Vec<IncidentId> = (0..count).map(|_| IncidentId(edge::uuid())).collect();
    let mut all = Vec::new();
    for incident in &ids {
        let by = || "A. Berg".to_owned();
        let opened = Incident { incident: *incident, title: "A breach".into(), exercise: false, by: by() };
        let made = Determination {
            incident: *incident,
            question: "applies GDPR".into(),
            outcome: Outcome::Yes,
            at: now,
            by: by(),
            rationale: "personal data".into(),
            replaces: None,
        };
        let fact = Fact {
            incident: *incident,
            field: "aware".into(),
            value: json!(now.to_string()),
            estimate: false,
            as_of: None,
            source: String::new(),
            confidence: String::new(),
            by: by(),
            replaces: None,
        };
        all.extend([sealed(room, &opened), sealed(room, &made), sealed(room, &fact)]);
    }
    room.desk.submit_and_fold(all).expect("written");
    ids
}

fn sealed<B: Body>(room: &Room, body: &B) -> Sealed {
    let seal =
        Seal { marked: Marked::Known(Marking::tlp(Tlp::AmberStrict)), ..room.desk.seal::<B>(edge::now()) };
    seal.body(body, edge::salt())
}

#[test]
fn a_newer_pack_moves_every_open_duty_and_not_only_those_of_a_list() {
    let room = Room::new();
    let ids = many(&room, MANY);
    let looked = install_pack(&room.desk, &newer("2999.1", 48), "B. Reed", true).expect("looked at");
    assert_eq!(looked.moved.len(), MANY);
    assert!(history(&room.desk, ids[0]).expect("read").is_empty(), "looking writes nothing");
    install_pack(&room.desk, &newer("2999.1", 48), "B. Reed", false).expect("installed");
    for id in [ids[0], ids[MANY / 2], ids[MANY - 1]] {
        let noted = history(&room.desk, id).expect("read");
        assert_eq!(noted.len(), 1, "each once");
        assert!(noted[0].1.changes.iter().any(|change| change.stage == "gdpr.33" && change.what == "moved"));
    }
}

#[test]
fn a_program_with_newer_law_notes_once_which_open_duties_it_moves_and_why() {
    let room = Room::new();
    let ids = many(&room, 3);
    desk::reactors::catch_up(&room.desk).expect("noted");
    assert_eq!(note_newer_in(&room.desk, Library::embedded(), &|_| None, "entente").expect("looked"), 0);
    room.submit(ids[1], "gdpr.33", edge::now()).expect("noted");
    desk::reactors::catch_up(&room.desk).expect("noted");
    let text = newer("2999.1", 48);
    let later =
        Library::embedded().clone().with(Pack::read(&text).expect("a pack")).checked().expect("sound");
    let start = || {
        note_newer_in(&room.desk, &later, &|regime| (regime == "GDPR").then(|| text.clone()), "entente 9.9")
    };
    assert_eq!(start().expect("noted"), 2, "what was filed stays as it was");
    assert_eq!(start().expect("noted"), 0, "once, however often it starts");
    let (_, noted) = history(&room.desk, ids[0]).expect("read").pop().expect("noted");
    assert_eq!(noted.cause_kind, "notify.pack.v1");
    let change = noted.changes.iter().find(|change| change.stage == "gdpr.33").expect("it moved");
    let before = change.before.as_ref().and_then(|place| place.alarm).expect("a date");
    assert!(change.after.as_ref().and_then(|place| place.alarm).expect("a date") < before);
    let size = room.desk.ledger.size(room.desk.log);
    start().expect("looked");
    assert_eq!(room.desk.ledger.size(room.desk.log), size);
}

#[test]
fn the_tenth_version_of_a_year_is_newer_than_the_second_and_the_reverse_is_refused() {
    let room = Room::new();
    let ids = many(&room, 2);
    let install = |version: &str, hours| install_pack(&room.desk, &newer(version, hours), "B. Reed", false);
    install("2999.2", 60).expect("newer than the one in the binary");
    let done = install("2999.10", 48).expect("newer than the second");
    assert_eq!((done.before.expect("a version").as_str(), done.after.as_str()), ("2999.2", "2999.10"));
    assert_eq!(done.moved.len(), ids.len());
    assert!(done.moved[0].made_with.starts_with("packs 2999.10,"), "{}", done.moved[0].made_with);
    for version in ["2999.9", "2999.2", "2999.10", "2999.010.0"] {
        let refused = install(version, 24).expect_err("not newer").to_string();
        assert!(refused.contains(&format!("{version} is not newer than 2999.10")), "{refused}");
    }
    let law = notify::law::now(&room.desk.views).expect("read");
    assert_eq!(law.packs["GDPR"].head.version.as_str(), "2999.10");
}

#[test]
fn a_version_that_is_no_version_is_refused_where_it_stands() {
    let room = Room::new();
    let before = room.desk.ledger.size(room.desk.log);
    let refused = install_pack(&room.desk, &newer("2999.1-draft", 48), "B. Reed", false).expect_err("bad");
    let said = refused.to_string();
    assert!(said.contains("line 5, column 11") && said.contains("\"2999.1-draft\" is no version"), "{said}");
    assert_eq!(room.desk.ledger.size(room.desk.log), before, "nothing was written");
}
