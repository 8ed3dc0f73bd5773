//! The authority's side: a report comes in by the public form, is answered in time, asked about, handed on and closed.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use desk::local::{Account, Role};
use desk::pages::{App, Site};
use desk::{Desk, DeskOptions, edge};
use http::header::{CONTENT_TYPE, COOKIE, LOCATION};
use http::{Request, StatusCode};
use ledger::keys::PartyKeys;
use model::time::SignedDuration;
use model::{Marking, Realm, ReportId, Timestamp, Tlp};
use notify::authority::commands::forward_report::{Chosen, forward_report, version};
use notify::authority::commands::handle_report::handle_report;
use notify::authority::commands::receive_report::{Arrival, Incoming, receive_report};
use notify::authority::duties::{Owed, OwedState, owed};
use notify::authority::{Docket, Stand, docket};
use packs::Library;
use records::handling::Step;
use records::report::{Reporter, Way};
use serde_json::json;
use tower::ServiceExt as _;

pub struct Authority {
    pub desk: Arc<Desk>,
    router: Router,
    _folder: tempfile::TempDir,
}

impl Authority {
    /// An authority whose public form takes reports under these laws.
    pub fn open(regimes: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("keys")).expect("a keys folder");
        let keys = PartyKeys::generate().expect("keys");
        keys.save(&Desk::key_file(folder.path())).expect("saved");
        let options = DeskOptions {
            folder: folder.path().to_owned(),
            realm: Realm::Real,
            pillars: vec![notify::PILLAR],
        };
        let desk = Desk::open(options).expect("a desk");
        let public_reports = regimes.iter().map(|regime| (*regime).to_owned()).collect();
        let site = Site { nav: notify::NAV.into(), public_reports, ..Site::default() };
        let app = App::new(Arc::clone(&desk), site);
        let router = desk::pages::router(app.clone()).merge(notify::routes(app));
        Self { desk, router, _folder: folder }
    }

    fn person(&self, name: &str, role: Role, clearance: Tlp) -> Person<'_> {
        let local = &self.desk.local;
        let account = Account { name: name.into(), role, clearance };
        local.set_account(&account, "correct horse battery").expect("account");
        let token = local.open_session(name, edge::now()).expect("a session");
        let form = local.session(&token, edge::now()).expect("open").form_token;
        Person { at: self, cookie: format!("entente={token}; lang=en"), form }
    }

    fn stranger(&self) -> Person<'_> {
        Person { at: self, cookie: "lang=fr".into(), form: String::new() }
    }

    /// Takes a report in without a form.
    pub fn receive(&self, stage: &str, name: &str, fields: serde_json::Value) -> ReportId {
        let incoming = Incoming {
            stage: stage.into(),
            reporter: Reporter { name: name.into(), country: "FR".into(), ..Reporter::default() },
            fields: serde_json::from_value(fields).expect("fields"),
            ..Incoming::default()
        };
        let arrival = Arrival { way: Way::Hand, source: None, by: "A. Berg".into(), id: None };
        receive_report(&self.desk, incoming, arrival).expect("taken in").report
    }

    pub fn docket(&self, report: ReportId) -> Docket {
        docket(&self.desk.views, report).expect("read").expect("known")
    }

    pub fn step(&self, report: ReportId, step: Step) {
        handle_report(&self.desk, report, "B. Noël", step).expect("a step");
    }

    fn owed(&self, report: ReportId, stage: &str) -> Owed {
        let all = owed(Library::embedded(), &self.docket(report));
        all.into_iter().find(|one| one.stage == stage).unwrap_or_else(|| panic!("{stage} is not owed"))
    }

    fn owes(&self, report: ReportId) -> BTreeSet<String> {
        owed(Library::embedded(), &self.docket(report)).into_iter().map(|one| one.stage).collect()
    }
}

struct Person<'a> {
    at: &'a Authority,
    cookie: String,
    form: String,
}

impl Person<'_> {
    async fn get(&self, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).header(COOKIE, &self.cookie);
        self.send(request.body(Body::empty()).expect("a request")).await.0
    }

    /// Sends a form; the answer, and where it leads.
    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> ((StatusCode, String), String) {
        let mut pairs = vec![format!("csrf={}", ui::query::encode(&self.form))];
        pairs.extend(fields.iter().map(|(name, value)| format!("{name}={}", ui::query::encode(value))));
        let request = Request::post(path)
            .header(COOKIE, &self.cookie)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(pairs.join("&"))).expect("a request")).await
    }

    async fn send(&self, request: Request<Body>) -> ((StatusCode, String), String) {
        let answer = self.at.router.clone().oneshot(request).await.expect("infallible");
        let status = answer.status();
        let to = answer.headers().get(LOCATION).map_or("", |to| to.to_str().expect("text")).to_owned();
        let body = to_bytes(answer.into_body(), 1 << 22).await.expect("a body");
        ((status, String::from_utf8(body.to_vec()).expect("text")), to)
    }
}

/// The text of the element after `before`.
fn after<'a>(page: &'a str, before: &str, until: &str) -> &'a str {
    let at = page.find(before).unwrap_or_else(|| panic!("no {before}")) + before.len();
    page[at..].split(until).next().expect("an end")
}

#[tokio::test]
async fn an_operator_without_an_account_reports_is_answered_and_answers_back() {
    let here = Authority::open(&["NIS2"]);
    let (operator, officer) = (here.stranger(), here.person("officer", Role::Officer, Tlp::Red));
    let (status, choice) = operator.get("/report").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        choice.contains("Alerte précoce") && !choice.contains("gdpr.33"),
        "only what this authority takes"
    );
    let (_, form) = operator.get("/report?stage=nis2.ew").await;
    let once = after(&form, "name=\"once\" value=\"", "\"");
    let fields = [
        ("stage", "nis2.ew"),
        ("once", once),
        ("name", "Clinique du Nord"),
        ("country", "fr"),
        ("contact", "astreinte, +33 1 02 03 04 05"),
        ("D04", "yes"),
        ("D01", "Deux services <arrêtés>"),
    ];
    let ((status, thanks), _) = operator.post("/report", &fields).await;
    assert_eq!(status, StatusCode::CREATED, "{thanks}");
    let secret = "<code class=\"secret\" translate=\"no\">";
    let reference = after(&thanks, secret, "<").to_owned();
    let code = after(thanks.split(&reference).nth(1).expect("more"), secret, "<").to_owned();
    assert!(reference.starts_with('R') && code.len() == 19, "{reference} {code}");
    // A browser that sends the form again makes no second report, and learns no code.
    let ((_, again), _) = operator.post("/report", &fields).await;
    assert!(again.contains(&reference) && !again.contains(&code));

    let (_, queue) = officer.get("/notify/reports").await;
    assert_eq!(queue.matches("Clinique du Nord").count(), 1);
    let page = format!("/notify/reports/{}", after(&queue, "href=\"/notify/reports/report", "\""));
    let page = page.replace("/reports/:", "/reports/report:");
    let (_, docket) = officer.get(&page).await;
    assert!(docket.contains("Deux services &lt;arrêtés&gt;") && docket.contains("art. 23(5)"));
    let step = format!("{page}/step");
    let triage = [("do", "triage"), ("severity", "high"), ("owner", "B. Noël"), ("cause", "CVE-2026-1234")];
    assert_eq!(officer.post(&step, &triage).await.0.0, StatusCode::SEE_OTHER);
    let answer = [("do", "acknowledge"), ("feedback", "Received; isolate the gateway."), ("referral", "on")];
    assert_eq!(officer.post(&step, &answer).await.0.0, StatusCode::SEE_OTHER);
    let asked = [("do", "ask"), ("text", "Which version runs?")];
    assert_eq!(officer.post(&step, &asked).await.0.0, StatusCode::SEE_OTHER);

    let key = [("reference", reference.as_str()), ("code", code.as_str())];
    let ((_, shown), _) = operator.post("/report/status", &key).await;
    assert!(shown.contains("isolate the gateway") && shown.contains("Which version runs?"));
    assert!(!shown.contains("B. Noël") && !shown.contains("cve-2026-1234"), "what is ours stays here");
    let reply = [key[0], key[1], ("question", "1"), ("answer", "Version 7.2")];
    let ((status, _), _) = operator.post("/report/status", &reply).await;
    assert_eq!(status, StatusCode::OK);
    let (_, docket) = officer.get(&page).await;
    assert!(docket.contains("Version 7.2") && docket.contains("Answered"));
    let ended = [("do", "close"), ("why", "Service restored")];
    assert_eq!(officer.post(&step, &ended).await.0.0, StatusCode::SEE_OTHER);
    assert!(!officer.get("/notify/reports").await.1.contains(&reference));
    assert!(officer.get("/notify/reports?closed=1").await.1.contains(&reference));
}

#[tokio::test]
async fn a_reference_without_its_code_opens_nothing_and_a_closed_form_is_not_there() {
    let here = Authority::open(&["NIS2"]);
    let report = here.receive("nis2.ew", "Clinic", json!({}));
    let reference = here.docket(report).report.reference;
    let stranger = here.stranger();
    for code in ["", "0000-0000-0000-0000"] {
        let ((status, page), _) =
            stranger.post("/report/status", &[("reference", &reference), ("code", code)]).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert!(!page.contains("Clinic"));
    }
    for _ in 0..20 {
        stranger.post("/report/status", &[("reference", "R"), ("code", "C")]).await;
    }
    let ((status, _), _) = stranger.post("/report", &[("stage", "nis2.ew"), ("name", "Flood")]).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);

    let shut = Authority::open(&[]);
    for path in ["/report", "/report/status", "/report?stage=nis2.ew"] {
        assert_eq!(shut.stranger().get(path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn who_is_cleared_for_less_sees_no_report_and_who_may_not_act_cannot() {
    let here = Authority::open(&["NIS2"]);
    let report = here.receive("nis2.ew", "Clinic of the North", json!({ "D01": "two services" }));
    here.step(report, Step::Triage { severity: "low".into(), owner: "B".into(), cause: "cve-1".into() });
    let guest = here.person("guest", Role::Analyst, Tlp::Green);
    let page = format!("/notify/reports/{report}");
    for path in
        ["/notify/reports", "/notify/causes", "/notify/summary", "/notify/received", "/api/v1/notify/reports"]
    {
        let (status, text) = guest.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(!text.contains("Clinic") && !text.contains("cve-1"), "{path}");
    }
    for path in [page.clone(), format!("/api/v1/notify/reports/{report}")] {
        assert_eq!(guest.get(&path).await.0, StatusCode::NOT_FOUND);
    }
    let step = format!("{page}/step");
    assert_eq!(guest.post(&step, &[("do", "close"), ("why", "x")]).await.0.0, StatusCode::NOT_FOUND);
    let auditor = here.person("auditor", Role::Auditor, Tlp::Red);
    assert_eq!(auditor.get(&page).await.0, StatusCode::OK);
    assert_eq!(auditor.post(&step, &[("do", "close"), ("why", "x")]).await.0.0, StatusCode::FORBIDDEN);
    let (_, listed) = auditor.get("/api/v1/notify/reports").await;
    assert!(listed.contains("Clinic of the North") && listed.contains("\"code\":\"\""));
}

#[test]
fn the_law_gives_the_authority_a_day_to_answer_and_no_delay_to_tell_others() {
    let here = Authority::open(&[]);
    let report =
        here.receive("nis2.ew", "Clinic", json!({ "E08": true, "impact.member_states": ["FR", "BE"] }));
    let came = here.docket(report).report.received_at;
    let answer = here.owed(report, "nis2.fb");
    let day = SignedDuration::from_hours(24);
    let alarm = answer.alarm.expect("a date");
    assert!(alarm.duration_since(came + day).abs() < SignedDuration::from_secs(2), "{alarm} after {came}");
    assert_eq!(answer.state(came + SignedDuration::from_hours(1)), OwedState::Open);
    assert_eq!(answer.state(came + SignedDuration::from_hours(48)), OwedState::Overdue);
    assert_eq!(here.owed(report, "nis2.xb").state(came), OwedState::Asap);
    assert!(!here.owes(report).contains("nis2.cer"), "no critical entity");

    here.step(
        report,
        Step::HandOn { to: "CSIRTs network".into(), duty: "nis2.xb".into(), how: "mail, 17:05".into() },
    );
    let feedback = Step::Acknowledge { feedback: "seen".into(), guidance: String::new(), referral: false };
    here.step(report, feedback);
    let now = edge::now();
    assert_eq!(here.owed(report, "nis2.fb").state(now), OwedState::Done);
    assert_eq!(here.owed(report, "nis2.xb").state(now), OwedState::Done);
    // The past stays as it was: before the steps, both were owed.
    let before = here.docket(report).at(came).expect("it had come");
    assert!(owed(Library::embedded(), &before).iter().all(|one| one.done_at.is_none()));
    assert!(here.docket(report).at(came - day).is_none());
    // An incident within one State is not told to others.
    let at_home = here.receive("nis2.ew", "Clinic", json!({ "E07": "FR" }));
    assert_eq!(here.owes(at_home), BTreeSet::from(["nis2.fb".to_owned()]));
}

#[test]
fn a_report_is_checked_at_its_fields_and_questions_keep_their_numbers() {
    let here = Authority::open(&[]);
    let take = |incoming: Incoming| {
        let arrival = Arrival { way: Way::File, source: None, by: String::new(), id: None };
        receive_report(&here.desk, incoming, arrival).expect_err("refused").to_string()
    };
    let named = |name: &str, country: &str| Reporter {
        name: name.into(),
        country: country.into(),
        ..Reporter::default()
    };
    let with = |stage: &str, reporter, fields: serde_json::Value| Incoming {
        stage: stage.into(),
        reporter,
        fields: serde_json::from_value(fields).expect("fields"),
        ..Incoming::default()
    };
    assert!(take(with("nis2.xx", named("A", ""), json!({}))).starts_with("stage: no stage is called"));
    assert!(take(with("nis2.ew", named(" ", ""), json!({}))).starts_with("reporter.name: is missing"));
    assert!(take(with("nis2.ew", named("A", "France"), json!({}))).starts_with("reporter.country: "));
    assert!(take(with("nis2.ew", named("A", ""), json!({ "Z99": 1 }))).starts_with("Z99: is no field"));
    assert!(take(with("nis2.ew", named("A", ""), json!({ "D01": { "deep": 1 } }))).starts_with("D01: write"));

    let report = here.receive("nis2.ew", "Clinic", json!({}));
    for text in ["Which version?", "Which site?"] {
        here.step(report, Step::Ask { question: 99, text: text.into() });
    }
    let answer = |question| Step::Answer { question, text: "the second".into() };
    assert!(handle_report(&here.desk, report, "Clinic", answer(3)).is_err());
    here.step(report, answer(2));
    let docket = here.docket(report);
    assert_eq!(
        docket.questions().iter().map(|one| (one.number, one.answers.len())).collect::<Vec<_>>(),
        [(1, 0), (2, 1)]
    );
    assert_eq!(docket.stand(), Stand::Asking);
}

#[test]
fn nothing_is_handed_on_that_was_not_chosen_not_granted_or_is_held_back() {
    let here = Authority::open(&[]);
    let report = here.receive("nis2.ew", "Clinic", json!({ "D01": "what happened", "D06": "the way in" }));
    let party = model::PartyId([7; 16]);
    let chosen = Chosen {
        to: vec![party],
        duty: "nis2.xb".into(),
        marking: Marking::tlp(Tlp::Amber),
        fields: BTreeSet::from(["D06".into()]),
        name_reporter: false,
        note: String::new(),
    };
    let goes =
        serde_json::to_string(&version(&here.docket(report), &chosen).expect("a version")).expect("JSON");
    assert!(goes.contains("the way in") && !goes.contains("what happened") && !goes.contains("Clinic"));
    let size = here.desk.ledger.size(here.desk.log);
    let refused = forward_report(&here.desk, report, &chosen, "B. Noël").expect_err("nobody agreed to it");
    assert!(refused.to_string().contains("would not reach party:"), "{refused}");
    let until = edge::now() + SignedDuration::from_hours(72);
    here.step(
        report,
        Step::Delay { until, asked_by: "Parquet de Paris".into(), basis: "inquiry 12/26".into() },
    );
    let refused = forward_report(&here.desk, report, &chosen, "B. Noël").expect_err("held back");
    assert!(refused.to_string().starts_with("it is held back until"), "{refused}");
    // The latest word of law enforcement holds: a delay that is over lifts the one before.
    let over = Timestamp::from_second(1).expect("an instant");
    here.step(
        report,
        Step::Delay { until: over, asked_by: "Parquet de Paris".into(), basis: "lifted".into() },
    );
    let refused = forward_report(&here.desk, report, &chosen, "B. Noël").expect_err("nobody agreed to it");
    assert!(refused.to_string().contains("would not reach"), "{refused}");
    assert_eq!(here.desk.ledger.size(here.desk.log), size + 2, "only the two delays were written");
}
