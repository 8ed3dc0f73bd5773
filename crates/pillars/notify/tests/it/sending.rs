//! Filing over the link from the console: what goes is seen before, sent once, and its receipt comes back.

use desk::local::Role;
use http::StatusCode;
use notify::authority::letters::filed;
use notify::commands::open_incident::open_incident;
use records::determination::Outcome;
use serde_json::json;

use crate::pair::Pair;

/// The value of a hidden field of a form.
fn hidden(page: &str, name: &str) -> String {
    let at = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    at.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_stage_is_sent_as_it_was_seen_and_the_page_shows_the_receipt_with_its_reference() {
    let pair = Pair::agreed();
    let id = pair.incident();
    pair.operator.decide(id, "applies GDPR", Outcome::No).expect("decided");
    pair.operator.decide(id, "pay_ransom", Outcome::No).expect("decided");
    let officer = pair.operator.account("a.berg", Role::Officer);
    let there = format!("/notify/incidents/{id}/stages/nis2.ew");
    let (_, page) = officer.get(&there, "fr").await;
    assert!(page.contains("Déposer par la liaison"), "{page}");
    let (status, page) = officer.get(&format!("{there}/send"), "en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("anssi") && page.contains("Exactly what goes") && page.contains("TLP:AMBER"));
    assert!(!page.contains("Required fields are not filled"), "{page}");
    let seen = hidden(&page, "seen");
    let to = pair.authority.desk.me.to_string();

    // Somebody states something meanwhile: what would go now is shown, and nothing is sent.
    pair.operator.state(id, "D04", json!(true)).expect("stated");
    let send = format!("{there}/send");
    let (status, page) = officer.post(&send, &[("to", &to), ("sector", ""), ("seen", &seen)]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("nothing was sent"));
    let mine = || filed(&pair.operator.desk.views, pair.operator.desk.me, &id.to_string()).expect("read");
    assert!(mine().is_empty());

    let seen = hidden(&page, "seen");
    let (status, to_page) = officer.post(&send, &[("to", &to), ("sector", ""), ("seen", &seen)]).await;
    assert_eq!((status, to_page.as_str()), (StatusCode::SEE_OTHER, there.as_str()));
    assert_eq!(mine().len(), 1);
    assert_eq!(mine()[0].filing.fields["D04"], true);
    let told = mine()[0].filing.fields["C05"].to_string();
    assert!(
        told.contains("applies NIS2: yes") && !told.contains("GDPR") && !told.contains("pay_ransom"),
        "{told}"
    );
    let (_, page) = officer.get(&there, "en").await;
    assert!(page.contains("Signed into our log") && !page.contains("Received by the authority"));

    pair.to_authority();
    pair.to_operator();
    let (_, page) = officer.get(&there, "en").await;
    let reference = mine()[0].said[0].message.reference.clone();
    assert!(page.contains("Received by the authority") && page.contains(&reference), "{page}");
}

#[tokio::test]
async fn what_is_missing_stops_the_report_with_the_way_to_each_field() {
    let pair = Pair::agreed();
    let id = open_incident(&pair.operator.desk, "Outage", false, "A. Berg").expect("opened");
    pair.operator.decide(id, "applies NIS2", Outcome::Yes).expect("decided");
    let officer = pair.operator.account("a.berg", Role::Officer);
    let send = format!("/notify/incidents/{id}/stages/nis2.ew/send");
    let (_, page) = officer.get(&send, "en").await;
    assert!(page.contains("Required fields are not filled, so nothing can be sent"));
    assert!(page.contains(&format!("/notify/incidents/{id}/intake?edit=B01")), "{page}");
    assert!(!page.contains("Send it now"));
    let (to, seen) = (pair.authority.desk.me.to_string(), hidden(&page, "seen"));
    let (status, _) = officer.post(&send, &[("to", &to), ("seen", &seen)]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "a form that somebody kept sends nothing either");
    let sent = filed(&pair.operator.desk.views, pair.operator.desk.me, &id.to_string()).expect("read");
    assert!(sent.is_empty());
}

#[tokio::test]
async fn nobody_is_offered_without_an_agreement_and_an_exercise_is_never_sent() {
    let pair = Pair::strangers();
    let id = pair.incident();
    let officer = pair.operator.account("a.berg", Role::Officer);
    let (_, page) = officer.get(&format!("/notify/incidents/{id}/stages/nis2.ew/send"), "en").await;
    assert!(page.contains("anssi") && page.contains("disabled") && !page.contains("Send it now"), "{page}");

    let pair = Pair::agreed();
    let id = open_incident(&pair.operator.desk, "Cyber Europe", true, "A. Berg").expect("opened");
    pair.operator.decide(id, "applies NIS2", Outcome::Yes).expect("decided");
    let officer = pair.operator.account("a.berg", Role::Officer);
    let there = format!("/notify/incidents/{id}/stages/nis2.ew");
    assert!(!officer.get(&there, "en").await.1.contains("File over the link"));
    let to = pair.authority.desk.me.to_string();
    let (status, _) = officer.post(&format!("{there}/send"), &[("to", &to), ("seen", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn two_people_send_what_the_first_one_saw() {
    let pair = Pair::agreed();
    let id = pair.incident();
    let officer = pair.operator.account("a.berg", Role::Officer);
    let rule = [("name", "all reports"), ("act", "notify stage submit")];
    officer.post("/release/rules/add", &rule).await;
    let there = format!("/notify/incidents/{id}/stages/nis2.ew");
    let (_, page) = officer.get(&format!("{there}/send"), "en").await;
    assert!(page.contains("Ask a second person"));
    let (to, seen) = (pair.authority.desk.me.to_string(), hidden(&page, "seen"));
    officer.post(&format!("{there}/send"), &[("to", &to), ("sector", ""), ("seen", &seen)]).await;
    pair.operator.state(id, "D04", json!(true)).expect("stated later");
    let draft = notify::held::waiting(&pair.operator.desk).expect("read").remove(0);
    let second = pair.operator.account("c.dupont", Role::Compliance);
    let approved = second.post(&format!("/release/{}/approve", draft.draft), &[]).await;
    assert_eq!(approved, (StatusCode::SEE_OTHER, there));
    let sent = filed(&pair.operator.desk.views, pair.operator.desk.me, &id.to_string()).expect("read");
    assert_eq!(sent.len(), 1);
    assert!(!sent[0].filing.fields.contains_key("D04"), "what was approved is what was read");
    assert!(sent[0].at >= draft.since, "it went when it was approved, and says so");
}
