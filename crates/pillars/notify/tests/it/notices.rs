//! Reminders reach whom they are for as notices, escalate, and are kept from who may not read incidents.

use desk::edge;
use desk::local::{Account, Role};
use desk::notice::{self, Urgency};
use desk::pages::{App, Site};
use model::time::SignedDuration;
use model::{Timestamp, Tlp};
use notify::board::Board;
use notify::commands::assign::assign;
use notify::commands::open_incident::open_incident;
use notify::remind;
use records::assignment::Assignment;
use records::determination::Outcome;
use serde_json::json;

use crate::room::Room;

#[test]
fn a_reminder_reaches_the_officer_it_names_then_every_officer_and_nobody_else() {
    let room = Room::new();
    for (name, role, clearance) in [
        ("anna", Role::Officer, Tlp::Red),
        ("ben", Role::Officer, Tlp::AmberStrict),
        ("guest", Role::Officer, Tlp::Green),
        ("press", Role::Press, Tlp::Red),
    ] {
        let account = Account { name: name.into(), role, clearance };
        room.desk.local.set_account(&account, "correct horse battery").expect("an account");
    }
    let site = Site {
        permissions: vec![notify::access::PERMISSIONS],
        notices: vec![notify::REMINDERS],
        ..Site::default()
    };
    let app = App::new(room.desk.clone(), site);
    let id = open_incident(&room.desk, "Outage of Port Meridian", false, "A. Berg").expect("opened");
    room.decide(id, "applies GDPR", Outcome::Yes).expect("decided");
    let aware = edge::now() - SignedDuration::from_hours(1);
    room.state(id, "aware", json!(aware.to_string())).expect("stated");
    assign(&room.desk, Assignment { incident: id, officer: "anna".into(), by: "anna".into() })
        .expect("assigned");
    let board = Board::default();
    let told = |name: &str| room.desk.local.notices(name, 10).expect("read");
    let remind_at = |hours: i64| {
        let now: Timestamp = aware + SignedDuration::from_hours(hours);
        remind::remind(&room.desk, &board, now).expect("reminded");
        notice::gather(&app, edge::now()).expect("gathered")
    };
    assert_eq!(remind_at(50), 1, "a day before, for anna alone");
    assert_eq!((told("anna")[0].urgency, told("ben").len()), (Urgency::Normal, 0));
    assert_eq!(told("anna")[0].tlp, Tlp::AmberStrict);
    assert_eq!(remind_at(50), 0, "once");
    assert_eq!(remind_at(71), 1);
    let newest = |name: &str| told(name).into_iter().max_by_key(|notice| notice.at).expect("a notice");
    assert_eq!(newest("anna").urgency, Urgency::Urgent);
    let due = newest("anna").due.expect("a date");
    assert_eq!(due.as_second(), (aware + SignedDuration::from_hours(72)).as_second());
    assert!(newest("anna").text.en.ends_with("One hour left") && newest("anna").text.fr.contains("heure"));
    remind_at(73);
    assert!(!told("ben").is_empty(), "past the alarm every officer is told");
    assert!(told("press").is_empty(), "nobody else is");
    assert!(told("anna").iter().all(|notice| !notice.text.en.contains("Meridian")), "no name of whom it hit");
}
