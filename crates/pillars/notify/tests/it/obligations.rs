//! What became of duties is noted as records: once for each cause, with the law by which it was worked out.

use desk::edge;
use desk::reactors::catch_up;
use model::time::SignedDuration;
use model::{IncidentId, Timestamp};
use notify::commands::install_pack::install_pack;
use notify::commands::open_incident::open_incident;
use notify::moves::{is_closed, moves};
use notify::plan::{State, places};
use notify::{Incident, law, plan, watch};
use packs::{Library, Pack};
use proptest::prelude::*;
use records::determination::Outcome;
use records::obligation::Obligations;
use serde_json::{Map, Value, json};

use crate::room::Room;

const GDPR: &str = include_str!("../../../../../packs/regimes/gdpr.toml");

/// The pack of GDPR with another version, and so many hours for the authority.
fn newer(version: &str, hours: u32) -> String {
    GDPR.replace("version = \"2026.1\"", &format!("version = \"{version}\""))
        .replace("PT72H", &format!("PT{hours}H"))
}

fn breach(room: &Room, hours_ago: i64) -> IncidentId {
    let id = open_incident(&room.desk, "A breach", false, "A. Berg").expect("opened");
    room.decide(id, "applies GDPR", Outcome::Yes).expect("decided");
    let aware = edge::now() - SignedDuration::from_hours(hours_ago);
    room.state(id, "aware", json!(aware.to_string())).expect("stated");
    id
}

fn noted(room: &Room, id: IncidentId) -> Vec<Obligations> {
    watch::history(&room.desk, id).expect("read").into_iter().map(|(_, noted)| noted).collect()
}

/// The changes of one stage, in order.
fn story(room: &Room, id: IncidentId, stage: &str) -> Vec<String> {
    let changes = noted(room, id).into_iter().flat_map(|noted| noted.changes);
    changes.filter(|change| change.stage == stage).map(|change| change.what).collect()
}

#[test]
fn what_a_statement_moves_is_noted_once_with_its_cause() {
    let room = Room::new();
    let id = breach(&room, 2);
    catch_up(&room.desk).expect("noted");
    assert_eq!(story(&room, id, "gdpr.33"), ["appeared", "moved"]);
    room.state(id, "aware", json!((edge::now() - SignedDuration::from_hours(5)).to_string()))
        .expect("stated");
    room.state(id, "B01", json!("Clinic of the North")).expect("stated");
    room.submit(id, "gdpr.33", edge::now()).expect("noted");
    room.decide(id, "applies GDPR", Outcome::No).expect("decided");
    assert_eq!(catch_up(&room.desk).expect("noted"), 3, "a name moves nothing");
    assert_eq!(catch_up(&room.desk).expect("noted"), 0, "each once");
    assert_eq!(story(&room, id, "gdpr.33"), ["appeared", "moved", "moved", "closed", "fell_away"]);
    let last = noted(&room, id).pop().expect("a note");
    assert_eq!(last.cause_kind, "notify.determination.v1");
    assert!(room.case(id).statements.iter().any(|statement| statement.record == Some(last.cause)));
    let before = last.changes.iter().find(|change| change.stage == "gdpr.33").and_then(|c| c.before.clone());
    assert!(before.expect("a standing").pack.starts_with("GDPR 2026.1, reviewed"));
}

#[test]
fn a_newer_pack_says_which_open_duties_it_moves_and_the_past_keeps_the_older_one() {
    let room = Room::new();
    let (open, sent, other) = (breach(&room, 80), breach(&room, 80), breach(&room, 1));
    room.submit(sent, "gdpr.33", edge::now() - SignedDuration::from_hours(75)).expect("noted");
    room.decide(other, "applies GDPR", Outcome::No).expect("decided");
    catch_up(&room.desk).expect("noted");
    let before = edge::now();
    let look = install_pack(&room.desk, &newer("2027.1", 96), "B. Reed, counsel", true).expect("a look");
    assert_eq!(
        (look.before.as_ref().map(packs::Version::as_str), look.after.as_str()),
        (Some("2026.1"), "2027.1")
    );
    assert_eq!(room.plan_by_law(open, edge::now()), State::Overdue, "only looked");
    let done = install_pack(&room.desk, &newer("2027.1", 96), "B. Reed, counsel", false).expect("installed");
    assert_eq!(done.moved.len(), look.moved.len());
    assert!(done.moved.iter().all(|noted| noted.cause_kind == "notify.pack.v1" && noted.incident != other));
    assert_eq!(room.plan_by_law(open, edge::now()), State::Open, "96 hours now");
    assert_eq!(room.plan_by_law(open, before), State::Overdue, "as it was known then");
    assert_eq!(story(&room, open, "gdpr.33").last().map(String::as_str), Some("moved"));
    assert_eq!(
        story(&room, sent, "gdpr.33").last().map(String::as_str),
        Some("moved"),
        "closed, and not silent"
    );
    assert_eq!(catch_up(&room.desk).expect("noted"), 0);
    for (text, why) in [
        (newer("2027.1", 48), "is not newer"),
        (newer("2028.1", 48).replace("gdpr.33\"", "gdpr.34\""), "failed"),
        ("regime = 1".into(), "this is no pack"),
        (newer("2028.1", 48).replace("regime = \"GDPR\"", "regime = \"GDPRX\""), "no regime is called"),
    ] {
        let refused = install_pack(&room.desk, &text, "B. Reed", false).expect_err(why).to_string();
        assert!(refused.contains(why), "{refused}");
    }
}

impl Room {
    /// Where the notification stands by the law as it was known at that moment.
    fn plan_by_law(&self, id: IncidentId, at: Timestamp) -> State {
        let library = law::as_of(&self.desk.views, at.as_microsecond()).expect("read");
        let incident = self.case(id).incident(&library, at).expect("sound");
        let plan = plan(&library, &incident, at);
        plan.obligations.iter().find(|duty| duty.stage == "gdpr.33").expect("a duty").state
    }
}

fn instant(s: i64) -> String {
    Timestamp::from_second(s).expect("in range").to_string()
}

/// An incident under GDPR, and perhaps its notification.
fn facts() -> impl Strategy<Value = Map<String, Value>> {
    (1_760_000_000_i64..1_790_000_000, prop::option::of(0_i64..400), prop::option::of(any::<bool>()))
        .prop_map(|(aware, sent_after_h, unlikely)| {
            let mut object = Map::new();
            object.insert("regimes".into(), json!({"GDPR": true}));
            object.insert("aware".into(), json!(instant(aware)));
            object.insert("risk_unlikely".into(), json!(unlikely));
            if let Some(hours) = sent_after_h {
                object.insert("submitted(gdpr.33)".into(), json!(instant(aware + hours * 3600)));
            }
            object
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_newer_pack_never_changes_a_closed_duty_silently(facts in facts(), hours in 1_u32..200) {
        let old = Library::embedded();
        let new = old.clone().with(Pack::read(&newer("2027.1", hours)).expect("a pack")).checked().expect("sound");
        let now: Timestamp = "2026-11-28T00:00:00Z".parse().expect("an instant");
        let planned = |library: &Library| {
            plan(library, &Incident::read(&facts, library).expect("sound"), now)
        };
        let (before, after) = (planned(old), planned(&new));
        let places = |library: &Library| {
            places(library, &Incident::read(&facts, library).expect("sound"), now)
        };
        let noted = moves(&places(old), &places(&new));
        for duty in before.obligations.iter().filter(|duty| is_closed(duty.state)) {
            let same = after.obligations.iter().any(|other| {
                other.stage == duty.stage && other.state == duty.state && other.limit == duty.limit
                    && other.alarm == duty.alarm
            });
            prop_assert!(same || noted.iter().any(|moved| moved.stage == duty.stage));
        }
        prop_assert!(hours != 72 || noted.is_empty());
    }
}
