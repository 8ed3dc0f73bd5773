//! Approval by two at the desk: rules, drafts and the word of the second. What waits is no record of its own kind.

use std::sync::Arc;
use std::sync::Mutex;

use desk::Act;
use desk::local::Role;
use desk::pages::{App, Site, router};
use http::StatusCode;
use model::Tlp;

use super::person::Person;
use crate::pages::{Console, console};

const ACT: &str = "exchange object submit";

/// A console whose acts are noted instead of done.
fn noting() -> (Console, Arc<Mutex<Vec<String>>>) {
    let mut console = console(Tlp::Red);
    let done = Arc::<Mutex<Vec<String>>>::default();
    let noted = Arc::clone(&done);
    let site = Site {
        carry_out: vec![(
            ACT,
            Arc::new(move |_, draft, by| {
                noted.lock().expect("unpoisoned").push(format!("{} by {by}", draft.request["say"]));
                Ok("/done".to_owned())
            }),
        )],
        ..Site::default()
    };
    console.router = router(App::new(Arc::clone(&console.desk), site));
    (console, done)
}

async fn hold(console: &Console, officer: &Person, tlp: Tlp) -> String {
    let rule = [("name", "narrow things"), ("act", ACT), ("marking", "red"), ("marking", "amber")];
    assert_eq!(officer.post(console, "/release/rules/add", &rule).await.to, "/release/rules");
    let act = Act {
        name: ACT,
        title: "a report on the dam",
        markings: vec![tlp],
        recipients: vec![],
        regime: None,
    };
    let rules = console.desk.held_by(&act).expect("rules");
    assert!(!rules.is_empty());
    console.desk.hold(&act, &rules, serde_json::json!({ "say": "hello" }), &officer.name).expect("held")
}

#[tokio::test]
async fn what_a_rule_holds_waits_for_a_second_person_who_is_another() {
    let (console, done) = noting();
    let officer = Person::new(&console, "a.berg", Role::Officer, Tlp::Red);
    let second = Person::new(&console, "c.dupont", Role::Compliance, Tlp::Red);
    let analyst = Person::new(&console, "m.roe", Role::Analyst, Tlp::Red);
    let draft = hold(&console, &officer, Tlp::Red).await;
    let (page, approve) = (format!("/release/{draft}"), format!("/release/{draft}/approve"));
    assert!(second.get(&console, "/release").await.page.contains("a report on the dam"));
    let read = second.get(&console, &page).await.page;
    assert!(read.contains("hello") && read.contains("narrow things") && read.contains("TLP:RED"), "{read}");
    assert_eq!(officer.post(&console, &approve, &[]).await.status, StatusCode::CONFLICT, "one is not two");
    assert_eq!(analyst.post(&console, &approve, &[]).await.status, StatusCode::FORBIDDEN);
    assert!(done.lock().expect("unpoisoned").is_empty(), "nothing was done");
    second.proved_before(&console, model::time::SignedDuration::from_mins(16));
    assert_eq!(
        second.post(&console, &approve, &[]).await.status,
        StatusCode::FORBIDDEN,
        "who is there is asked"
    );
    assert!(done.lock().expect("unpoisoned").is_empty());
    let approved = second.post(&console, &approve, &[("proof-password", super::person::PASSWORD)]).await;
    assert_eq!(approved.to, "/done", "{}", approved.page);
    assert_eq!(*done.lock().expect("unpoisoned"), ["\"hello\" by c.dupont"]);
    assert_eq!(second.post(&console, &approve, &[]).await.status, StatusCode::CONFLICT, "once");
    assert!(officer.get(&console, "/release").await.page.contains("Carried out"));
}

#[tokio::test]
async fn a_draft_is_shown_to_nobody_who_is_not_cleared_for_it() {
    let (console, _) = noting();
    let officer = Person::new(&console, "a.berg", Role::Officer, Tlp::Red);
    let green = Person::new(&console, "c.dupont", Role::Compliance, Tlp::Green);
    let draft = hold(&console, &officer, Tlp::Amber).await;
    assert!(!green.get(&console, "/release").await.page.contains("a report on the dam"));
    for what in ["", "/approve", "/refuse"] {
        let path = format!("/release/{draft}{what}");
        let said = if what.is_empty() {
            green.get(&console, &path).await
        } else {
            green.post(&console, &path, &[]).await
        };
        assert_eq!(said.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_refusal_says_why_and_whoever_asked_may_take_it_back() {
    let (console, done) = noting();
    let officer = Person::new(&console, "a.berg", Role::Officer, Tlp::Red);
    let other = Person::new(&console, "b.klein", Role::Officer, Tlp::Red);
    let draft = hold(&console, &officer, Tlp::Red).await;
    let refuse = format!("/release/{draft}/refuse");
    assert_eq!(other.post(&console, &refuse, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "why?");
    assert_eq!(other.post(&console, &refuse, &[("reason", "not for them")]).await.to, "/release");
    assert!(officer.get(&console, &format!("/release/{draft}")).await.page.contains("not for them"));
    assert_eq!(
        other.post(&console, &format!("/release/{draft}/approve"), &[]).await.status,
        StatusCode::CONFLICT
    );
    let draft = hold(&console, &officer, Tlp::Red).await;
    officer.post(&console, &format!("/release/{draft}/refuse"), &[("reason", "too early")]).await;
    assert!(done.lock().expect("unpoisoned").is_empty());
}

#[tokio::test]
async fn one_person_sets_a_rule_and_two_end_it() {
    let (console, _) = noting();
    let officer = Person::new(&console, "a.berg", Role::Officer, Tlp::Red);
    let other = Person::new(&console, "b.klein", Role::Officer, Tlp::Red);
    officer.post(&console, "/release/rules/add", &[("name", "everything")]).await;
    let page = officer.get(&console, "/release/rules").await.page;
    let end = super::person::between(&page, "action=\"/release/rules/", "\"");
    let held = officer.post(&console, &format!("/release/rules/{end}"), &[]).await;
    let act = Act { name: ACT, title: "x", markings: vec![Tlp::Clear], recipients: vec![], regime: None };
    assert_eq!(console.desk.held_by(&act).expect("rules").len(), 1, "one alone ends nothing");
    assert_eq!(
        officer.post(&console, &format!("{}/approve", held.to), &[]).await.status,
        StatusCode::CONFLICT
    );
    assert_eq!(other.post(&console, &format!("{}/approve", held.to), &[]).await.to, "/release/rules");
    assert!(console.desk.held_by(&act).expect("rules").is_empty());
}
