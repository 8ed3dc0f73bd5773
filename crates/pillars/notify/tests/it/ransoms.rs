//! A ransom: what stands before paying it, whom the lists hold, figures without names, and reminders that escalate.

use desk::edge;
use model::time::SignedDuration;
use model::{IncidentId, Timestamp, Tlp};
use notify::board::Board;
use notify::case::Case;
use notify::commands::StateError;
use notify::commands::assign::assign;
use notify::commands::determine::determine;
use notify::commands::open_incident::open_incident;
use notify::ransom::{self, Bar, figures, look_for, misp, read_list, screen, stix};
use notify::{law, remind};
use records::assignment::Assignment;
use records::determination::{Determination, Outcome};
use records::reminder::Level;
use serde_json::json;

use crate::room::Room;

/// As OFAC writes it: no head, remarks last.
const SDN: &str = "306,\"GREY WOLF GROUP\",\"entity\",\"CYBER2\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"Digital Currency Address - XBT 1GreyWolf; alt. Digital Currency Address - ETH 0xwolf.\"\n\
    307,\"IVANOV, Ivan\",\"individual\",\"CYBER2\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n";
/// As the Union writes it: one row for each name.
const UNION: &str = "fileGenerationDate;Entity_LogicalId;NameAlias_WholeName\n2026-11-20;13;Ivan Ivanov\n2026-11-20;13;Иван Иванов\n";

fn ransom(room: &Room) -> IncidentId {
    let id = open_incident(&room.desk, "Files are locked", false, "A. Berg").expect("opened");
    room.state(id, "R01", json!("Locker")).expect("stated");
    room.state(id, "R04", json!(["btc: 1GreyWolf", "btc: bc1qother"])).expect("stated");
    id
}

fn decide(room: &Room, id: IncidentId, question: &str, by: &str) -> Result<(), StateError> {
    let made = Determination {
        incident: id,
        question: question.into(),
        outcome: Outcome::Yes,
        at: edge::now(),
        by: by.into(),
        rationale: "patients".into(),
        replaces: None,
    };
    determine(&room.desk, made).map(|_| ())
}

fn bar(answer: Result<(), StateError>) -> Bar {
    match answer {
        Err(StateError::Barred(bar)) => bar,
        other => panic!("not barred: {other:?}"),
    }
}

#[test]
fn paying_is_barred_until_each_gate_was_passed_by_a_person_and_attempts_are_told() {
    let room = Room::new();
    let id = ransom(&room);
    let pay = || decide(&room, id, ransom::PAY, "B. Reed, director");
    assert_eq!(bar(pay()), Bar::Payer);
    room.state(id, "R11", json!(true)).expect("stated");
    assert_eq!(bar(pay()), Bar::Pledge);
    decide(&room, id, ransom::OVERRIDE_PLEDGE, "B. Reed, director").expect("decided");
    assert_eq!(bar(pay()), Bar::Pledge, "nobody overrides for themselves");
    decide(&room, id, ransom::OVERRIDE_PLEDGE, "C. Roy, minister").expect("decided");
    assert_eq!(bar(pay()), Bar::Unscreened);
    let list = read_list(SDN).expect("a list");
    let looked = |subject: &str| {
        screen(&room.desk, id, &list, "2026-11-27", vec![subject.to_owned()], "A. Berg").expect("looked")
    };
    assert!(looked("Blue Fox").hits.is_empty());
    let hit = looked("1GreyWolf");
    assert_eq!((hit.hits[0].entry.as_str(), hit.list.as_str(), hit.entries), ("306", "ofac-sdn", 2));
    assert!(matches!(bar(pay()), Bar::Listed(name) if name.contains("GREY WOLF")));
    let told = remind::given(&room.desk, id).expect("read");
    assert_eq!(told.iter().filter(|(_, given)| given.level == Level::Gate && given.to.is_empty()).count(), 3);
    decide(&room, id, ransom::CLEARED, "D. Low, counsel").expect("decided");
    pay().expect("every gate was passed");
    assert_eq!(ransom::screenings(&room.desk, id).expect("read").len(), 2);
    // What happened is a fact, whatever stood against it.
    let other = ransom(&room);
    room.state(other, "paid", json!(edge::now().to_string())).expect("stated");
}

#[test]
fn both_lists_are_read_as_their_publishers_write_them() {
    let (ofac, union) = (read_list(SDN).expect("a list"), read_list(UNION).expect("a list"));
    assert_eq!(ofac.entries[0].wallets, ["1GreyWolf", "0xwolf"]);
    assert_eq!(
        (union.kind, union.entries.len(), union.entries[1].number.as_str()),
        ("eu-consolidated", 2, "13")
    );
    let found = |list: &notify::ransom::List, subject: &str| look_for(list, &[subject.to_owned()]).len();
    assert_eq!(found(&ofac, "ivan ivanov"), 1, "whatever the order and the case");
    assert_eq!(found(&union, "Ivanov Ivan"), 1);
    assert_eq!(found(&union, "ИВАНОВ иван"), 1);
    assert_eq!((found(&ofac, "Petrov"), found(&ofac, "1greywolf"), found(&ofac, "")), (0, 0, 0));
    assert!(read_list("<html>not found</html>").is_err() && read_list("").is_err());
}

#[test]
fn figures_tell_no_count_that_is_small_and_none_that_betrays_one() {
    let room = Room::new();
    let id = ransom(&room);
    let template = room.case(id);
    let cases = |outcomes: &[(Outcome, usize)]| -> Vec<Case> {
        let of = |outcome: Outcome| {
            let mut case = template.clone();
            let made = Determination {
                incident: id,
                question: ransom::PAY.into(),
                outcome,
                at: edge::now(),
                by: "x".into(),
                rationale: "y".into(),
                replaces: None,
            };
            let said = notify::case::Said::Determination(made);
            case.statements.push(notify::case::Statement { record: None, seq: 0, at_us: 0, said });
            case
        };
        outcomes.iter().flat_map(|(outcome, count)| (0..*count).map(|_| of(*outcome))).collect()
    };
    let told = |outcomes: &[(Outcome, usize)]| {
        let figures = figures(&cases(outcomes), 0, i64::MAX, 5);
        (figures.incidents, figures.paid, figures.refused)
    };
    assert_eq!(told(&[(Outcome::Yes, 7), (Outcome::No, 9)]), (Some(16), Some(7), Some(9)));
    assert_eq!(told(&[(Outcome::Yes, 2), (Outcome::No, 9)]), (None, None, Some(9)), "11 - 9 would betray it");
    assert_eq!(told(&[(Outcome::Yes, 2), (Outcome::No, 3)]), (Some(5), None, None));
    assert_eq!(figures(&cases(&[(Outcome::Yes, 7)]), 0, 1, 5).incidents, Some(0), "another period");
}

#[test]
fn the_forms_of_others_hold_family_and_wallets_and_no_victim() {
    let room = Room::new();
    let id = ransom(&room);
    room.state(id, "B01", json!("Clinic of the North")).expect("stated");
    let (case, now) = (room.case(id), edge::now());
    let bundle = stix(&law::embedded(), &case, now);
    let types: Vec<&str> =
        bundle["objects"].as_array().expect("objects").iter().filter_map(|o| o["type"].as_str()).collect();
    assert_eq!(types[..4], ["marking-definition", "incident", "malware", "relationship"]);
    assert_eq!(types[4..7], ["cryptocurrency-wallet", "indicator", "relationship"]);
    let objects = bundle["objects"].as_array().expect("objects");
    assert_eq!(objects[5]["pattern"], "[cryptocurrency-wallet:address = '1GreyWolf']");
    assert_eq!(objects[6]["relationship_type"], "indicates");
    let tlp = formats::stix::id_of_tlp(Tlp::AmberStrict);
    for object in &objects[1..] {
        assert_eq!(object["object_marking_refs"], json!([tlp]), "nothing leaves unmarked");
    }
    for object in objects {
        let bytes = serde_json::to_vec(object).expect("JSON");
        let seen = formats::stix::inspect(&bytes, &formats::json::Limits::default()).expect("an object");
        let broken = seen.findings.iter().find(|one| one.severity == formats::stix::Severity::Error);
        assert!(broken.is_none(), "{broken:?}: {object}");
    }
    assert_eq!(stix(&law::embedded(), &case, now), bundle, "the same each time");
    let event = misp(&law::embedded(), &case, now);
    assert_eq!(event["Event"]["Attribute"][0]["type"], "btc");
    for text in [bundle.to_string(), event.to_string()] {
        assert!(!text.contains("Clinic") && !text.contains("Files are locked"));
    }
}

#[test]
fn reminders_escalate_each_once_and_a_date_that_moved_is_reminded_of_anew() {
    let room = Room::new();
    let id = open_incident(&room.desk, "Outage", false, "A. Berg").expect("opened");
    room.decide(id, "applies GDPR", Outcome::Yes).expect("decided");
    let aware = edge::now() - SignedDuration::from_hours(1);
    room.state(id, "aware", json!(aware.to_string())).expect("stated");
    let to = Assignment { incident: id, officer: "anna".into(), by: "anna".into() };
    assign(&room.desk, to).expect("assigned");
    let board = Board::default();
    let at = |hours: i64| aware + SignedDuration::from_hours(hours);
    let given = |now: Timestamp| {
        remind::remind(&room.desk, &board, now).expect("reminded");
        let first = remind::given(&room.desk, id).expect("read");
        first.first().map(|(_, given)| (given.level, given.to.clone()))
    };
    assert_eq!(given(at(2)), None);
    assert_eq!(given(at(50)), Some((Level::Day, "anna".into())));
    assert_eq!(given(at(69)), Some((Level::Hours, "anna".into())));
    assert_eq!(given(at(71)), Some((Level::Hour, "anna".into())));
    assert_eq!(given(at(72)), Some((Level::Alarm, String::new())));
    assert_eq!(given(at(80)), Some((Level::Overdue, String::new())));
    assert_eq!(given(at(90)), Some((Level::Overdue, String::new())));
    assert_eq!(remind::given(&room.desk, id).expect("read").len(), 5, "each once");
    room.state(id, "aware", json!((aware - SignedDuration::from_hours(2)).to_string())).expect("corrected");
    given(at(90));
    assert_eq!(remind::given(&room.desk, id).expect("read").len(), 6);
}

#[test]
fn addresses_that_were_stated_part_by_part_keep_currency_and_transaction() {
    let room = Room::new();
    let id = ransom(&room);
    let monero = "4".repeat(95);
    let stated = json!([
        { "chain": "BTC", "address": "bc1qgreywolf", "txid": "f00d" },
        { "chain": "", "address": monero },
        { "chain": "BTC" },
    ]);
    room.state(id, "R04", stated).expect("stated");
    room.state(id, "R10", json!("http://greywolf.onion/x\nThey showed a picture of our files."))
        .expect("stated");
    let (case, now) = (room.case(id), edge::now());
    let bundle = stix(&law::embedded(), &case, now);
    let of = |kind: &str| -> Vec<serde_json::Value> {
        let all = bundle["objects"].as_array().expect("objects").iter();
        all.filter(|object| object["type"] == kind).cloned().collect()
    };
    let found = of("cryptocurrency-wallet");
    assert_eq!(found.len(), 2, "one without an address is none");
    assert_eq!((&found[0]["currency"], &found[0]["transaction"]), (&json!("btc"), &json!("f00d")));
    assert_eq!(found[0]["extensions"].as_object().map(serde_json::Map::len), Some(1));
    assert_eq!(of("extension-definition")[0]["extension_types"], json!(["new-sco"]));
    assert_eq!(of("url")[0]["value"], "http://greywolf.onion/x");
    let event = misp(&law::embedded(), &case, now);
    let attributes = event["Event"]["Attribute"].as_array().expect("attributes").iter();
    let kinds: Vec<&str> = attributes.filter_map(|one| one["type"].as_str()).collect();
    assert_eq!(kinds[..4], ["btc", "text", "xmr", "url"]);
    assert!(event.to_string().contains("misp-galaxy:ransomware="));
    for text in [bundle.to_string(), event.to_string()] {
        assert!(!text.contains("picture of our files"), "free words stay at home");
    }
}
