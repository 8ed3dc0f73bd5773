//! Lists that grow: every line of them can be reached, none is held back by newer ones, and figures are of their whole period.

use desk::edge;
use desk::local::Role;
use model::time::SignedDuration;
use model::{IncidentId, Marking, ReportId, Timestamp, Tlp};
use notify::authority::docket::within;
use notify::authority::queue::Queue;
use notify::authority::statistics::summary;
use notify::authority::{Stand, docket};
use notify::board::Board;
use notify::case::listed;
use notify::ransom::figures_of;
use records::determination::{Determination, Outcome};
use records::handling::{Handling, Step};
use records::incident::Incident;
use records::report::{Report, Reporter, Way};
use records::{Body, Marked, Seal, Sealed};

use crate::room::Room;

fn sealed<B: Body>(room: &Room, body: &B) -> Sealed {
    let seal =
        Seal { marked: Marked::Known(Marking::tlp(Tlp::AmberStrict)), ..room.desk.seal::<B>(edge::now()) };
    seal.body(body, edge::salt())
}

fn report(n: usize, received_at: Timestamp) -> Report {
    Report {
        report: ReportId(edge::uuid()),
        reference: format!("R-{n}"),
        regime: "NIS2".into(),
        stage: "nis2.ew".into(),
        way: Way::Web,
        reporter: Reporter {
            name: format!("Operator {}", n % 40),
            country: "FR".into(),
            ..Reporter::default()
        },
        incident: String::new(),
        fields: Default::default(),
        received_at,
        exercise: false,
        source: None,
        code: String::new(),
        by: String::new(),
    }
}

fn step(report: ReportId, step: Step) -> Handling {
    Handling { report, at: edge::now(), by: "B. Noël".into(), step, source: None }
}

/// One open report of long ago, and behind it so many that were closed since.
fn behind_many(room: &Room, many: usize) -> (ReportId, Timestamp) {
    let long_ago = edge::now() - SignedDuration::from_hours(24 * 300);
    let old = report(0, long_ago);
    let mut all = vec![sealed(room, &old)];
    for n in 1..=many {
        let newer = report(n, edge::now());
        all.push(sealed(room, &newer));
        all.push(sealed(room, &step(newer.report, Step::Close { why: "nothing left".into() })));
    }
    room.desk.submit_and_fold(all).expect("written");
    (old.report, long_ago)
}

#[tokio::test]
async fn an_old_open_report_stands_first_in_the_queue_however_many_came_and_were_closed_since() {
    let room = Room::new();
    let (old, long_ago) = behind_many(&room, 2_100);
    let officer = room.account("a.berg", Role::Officer);
    let (_, page) = officer.get("/notify/reports", "en").await;
    assert!(page.contains(&format!("/notify/reports/{old}")), "it waits, and is seen");
    assert!(!page.contains("rel=\"next\""), "nothing else is open");
    let (_, page) = officer.get("/notify/reports?closed=1", "fr").await;
    assert!(page.contains("1 à 50 sur 2\u{202f}100") && page.contains("rel=\"next\""), "{page}");
    let (_, page) = officer.get("/notify/reports?closed=1&after=2050", "en").await;
    assert!(page.contains("2,051–2,100 of 2,100") && !page.contains("rel=\"next\""), "{page}");

    let hour = SignedDuration::from_hours(1);
    let then = within(&room.desk.views, long_ago - hour, long_ago + hour).expect("read");
    assert_eq!(then.len(), 1, "newer reports do not push it out of its period");
    let now = within(&room.desk.views, edge::now() - hour, edge::now() + hour).expect("read");
    let figures = summary(&now, edge::now() - hour, edge::now() + hour);
    assert_eq!(figures.incidents, Some(2_100), "a period is counted whole");
}

#[test]
fn a_report_leaves_and_enters_the_queue_as_its_docket_stands() {
    let room = Room::new();
    let (id, _) = behind_many(&room, 0);
    let queue = Queue::default();
    let open = || queue.open(&room.desk.views).expect("read").iter().any(|one| one.id == id);
    let closed = || queue.closed(&room.desk.views).expect("read").iter().any(|one| one.id == id);
    let take = |made: Step| {
        room.desk.submit_and_fold(vec![sealed(&room, &step(id, made))]).expect("written");
        docket(&room.desk.views, id).expect("read").expect("known").stand()
    };
    assert!(open() && !closed());
    let why = || Step::Close { why: "done".into() };
    let asked = Step::Ask { question: 1, text: "which services?".into() };
    for made in [why(), Step::Answer { question: 1, text: "mail".into() }, asked, why()] {
        let stand = take(made);
        assert_eq!((open(), closed()), (stand != Stand::Closed, stand == Stand::Closed), "{stand:?}");
    }
}

/// So many incidents under NIS2, none of them with a fact.
fn incidents(room: &Room, many: usize) {
    let mut all = Vec::new();
    for n in 0..many {
        let incident = IncidentId(edge::uuid());
        let by = || "A. Berg".to_owned();
        all.push(sealed(
            room,
            &Incident { incident, title: format!("Outage {n}"), exercise: false, by: by() },
        ));
        all.push(sealed(
            room,
            &Determination {
                incident,
                question: "applies GDPR".into(),
                outcome: Outcome::Yes,
                at: edge::now(),
                by: by(),
                rationale: "personal data".into(),
                replaces: None,
            },
        ));
    }
    room.desk.submit_and_fold(all).expect("written");
}

#[tokio::test]
async fn the_list_of_incidents_and_the_board_are_shown_in_pages() {
    let room = Room::new();
    incidents(&room, 620);
    let officer = room.account("a.berg", Role::Officer);
    let (_, first) = officer.get("/notify/incidents", "en").await;
    assert!(
        first.contains("1–50 of 620") && first.contains(">Outage 619<") && !first.contains(">Outage 569<")
    );
    let (_, last) = officer.get("/notify/incidents?after=600", "fr").await;
    assert!(
        last.contains("601 à 620 sur 620") && last.contains(">Outage 0<") && !last.contains("rel=\"next\"")
    );
    let (_, beyond) = officer.get("/notify/incidents?after=100000", "en").await;
    assert!(beyond.contains("1–50 of 620"), "behind the end stands the beginning");
}

#[test]
fn what_the_list_says_is_due_next_is_what_the_plan_says() {
    let room = Room::new();
    incidents(&room, 1);
    let id = room.only();
    let next = |at: Timestamp| {
        let board = Board::default().incidents(&room.desk.views, at).expect("read");
        let short = board[0].next(at).map(|(duty, state)| (duty.face.stage.to_string(), state, duty.alarm));
        let plan = room.plan(id, at);
        let long = plan.next().map(|duty| (duty.stage.clone(), duty.state, duty.alarm));
        assert_eq!(short, long);
        short
    };
    let before = next(edge::now());
    for (field, value) in
        [("tz", serde_json::json!("Europe/Paris")), ("aware", serde_json::json!(edge::now().to_string()))]
    {
        room.state(id, field, value).expect("stated");
    }
    let after = next(edge::now());
    assert_ne!(before, after);
    next(edge::now() + SignedDuration::from_hours(100));
    room.submit(id, "gdpr.33", edge::now()).expect("noted");
    assert_ne!(next(edge::now()), after);
}

#[test]
fn figures_on_ransoms_are_of_every_incident_of_their_period() {
    let room = Room::new();
    incidents(&room, 1);
    let first = room.only();
    room.decide(first, "pay_ransom", Outcome::No).expect("decided");
    incidents(&room, 620);
    let told = figures_of(&room.desk.views, 0..i64::MAX, 2).expect("read");
    assert_eq!((told.refused, told.open), (None, Some(0)), "one is counted, and too few to be told");
    let all = listed(&room.desk.views, u64::MAX, 5).expect("read");
    for one in all {
        room.decide(one.id, "pay_ransom", Outcome::No).expect("decided");
    }
    let told = figures_of(&room.desk.views, 0..i64::MAX, 2).expect("read");
    assert_eq!(told.refused, Some(6), "the oldest among them");
}

#[tokio::test]
async fn a_program_walks_every_incident_page_by_page_and_meets_each_once() {
    let room = Room::new();
    incidents(&room, 620);
    let officer = room.account("a.berg", Role::Officer);
    let mut met = std::collections::BTreeSet::new();
    let mut path = "/api/v1/notify/incidents".to_owned();
    for pages in 1.. {
        let (_, text) = officer.get(&path, "en").await;
        let page: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        for one in page["incidents"].as_array().expect("incidents") {
            assert!(met.insert(one["id"].to_string()) && one["statements"] == 1, "{one}");
        }
        let Some(next) = page["next"].as_str() else {
            assert_eq!((pages, met.len()), (2, 620));
            break;
        };
        path = format!("/api/v1/notify/incidents?after={next}");
    }
    for wrong in ["?after=", "?after=x", "?after=-1", "?after=0"] {
        let (status, _) = officer.get(&format!("/api/v1/notify/incidents{wrong}"), "en").await;
        assert_eq!(status, http::StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
}

#[tokio::test]
async fn a_program_walks_every_report_page_by_page_and_meets_each_once() {
    let room = Room::new();
    let (old, _) = behind_many(&room, 600);
    let officer = room.account("a.berg", Role::Officer);
    let mut met = Vec::new();
    let mut path = "/api/v1/notify/reports".to_owned();
    for pages in 1.. {
        let (_, text) = officer.get(&path, "en").await;
        let page: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let reports = page["reports"].as_array().expect("reports");
        met.extend(reports.iter().map(|one| one["report"]["report"].to_string()));
        // One that comes in between stands before the first page, and moves nothing.
        room.desk.submit_and_fold(vec![sealed(&room, &report(9_000 + pages, edge::now()))]).expect("written");
        let Some(next) = page["next"].as_str() else {
            assert_eq!((pages, met.len()), (2, 601));
            break;
        };
        path = format!("/api/v1/notify/reports?after={next}");
    }
    assert_eq!(met.last(), Some(&format!("\"{old}\"")), "the oldest stands last");
    assert_eq!(met.iter().collect::<std::collections::BTreeSet<_>>().len(), 601, "each once");
    for wrong in ["?after=", "?after=x", "?after=7", "?after=-1.2", "?after=0.1", "?after=1.01"] {
        let (status, _) = officer.get(&format!("/api/v1/notify/reports{wrong}"), "en").await;
        assert_eq!(status, http::StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
}

#[tokio::test]
async fn an_old_report_counts_for_its_cause_however_many_came_since() {
    let room = Room::new();
    let (old, _) = behind_many(&room, 2_050);
    let cause = records::cause::Cause {
        cause: "cve-2026-1".into(),
        title: "One flaw".into(),
        text: String::new(),
        expected: Vec::new(),
        by: "B. Noël".into(),
    };
    let triage = |cause: &str| {
        let (severity, owner) = ("high".into(), "B. Noël".into());
        sealed(&room, &step(old, Step::Triage { severity, owner, cause: cause.into() }))
    };
    room.desk.submit_and_fold(vec![sealed(&room, &cause), triage("cve-2026-1")]).expect("written");
    let officer = room.account("a.berg", Role::Officer);
    let (_, page) = officer.get("/notify/causes", "en").await;
    assert!(page.contains("<li>Operator 0</li>"), "{page}");
    room.desk.submit_and_fold(vec![triage("")]).expect("written");
    let (_, page) = officer.get("/notify/causes", "en").await;
    assert!(!page.contains("<li>Operator 0</li>"), "the latest triage holds: {page}");
}

#[tokio::test]
async fn a_program_reads_every_cause_once_with_those_who_are_silent() {
    let room = Room::new();
    let expected = |name: &str| records::cause::Expected {
        name: name.into(),
        country: "FR".into(),
        sector: String::new(),
        contact: String::new(),
    };
    let named = |n: usize| records::cause::Cause {
        cause: format!("cve-2026-{n:03}"),
        title: "One flaw".into(),
        text: String::new(),
        expected: vec![expected("operator  0"), expected("Operator of dams")],
        by: "B. Noël".into(),
    };
    let (old, _) = behind_many(&room, 3);
    let (severity, owner) = ("high".into(), "B. Noël".into());
    let triage = sealed(&room, &step(old, Step::Triage { severity, owner, cause: "cve-2026-007".into() }));
    let all = (0..120).map(|n| sealed(&room, &named(n))).chain([triage]).collect();
    room.desk.submit_and_fold(all).expect("written");
    let officer = room.account("a.berg", Role::Officer);
    let (mut met, mut after) = (Vec::new(), String::new());
    loop {
        let (status, page) = officer.get(&format!("/api/v1/notify/causes{after}"), "en").await;
        assert_eq!(status, http::StatusCode::OK);
        let page: serde_json::Value = serde_json::from_str(&page).expect("JSON");
        met.extend(page["causes"].as_array().expect("causes").clone());
        let Some(next) = page["next"].as_str() else { break };
        after = format!("?after={next}");
    }
    let names: Vec<&str> = met.iter().filter_map(|one| one["cause"].as_str()).collect();
    let wanted: Vec<String> = (0..120).map(|n| format!("cve-2026-{n:03}")).collect();
    assert_eq!(names, wanted, "each once, by name");
    assert_eq!(met[7]["reported"], serde_json::json!(["Operator 0"]));
    assert_eq!(met[7]["silent"][0]["name"], "Operator of dams");
    assert_eq!((met[8]["expected"].as_u64(), met[8]["silent"].as_array().map(Vec::len)), (Some(2), Some(2)));
    for wrong in ["?after=", "?after=A", "?after=a%20b", "?after=%2F"] {
        let (status, _) = officer.get(&format!("/api/v1/notify/causes{wrong}"), "en").await;
        assert_eq!(status, http::StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    // What may not be read is no reason to go on, and no report of it counts.
    let guest = room.person("g.green", model::Tlp::Green);
    let (_, page) = guest.get("/api/v1/notify/causes", "en").await;
    assert_eq!(page, "{\"causes\":[]}");
}
