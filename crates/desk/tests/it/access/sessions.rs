//! Sessions: proof of who is there before what matters, seen and ended by their person, ended by time.

use desk::local::Role;
use http::StatusCode;
use model::Tlp;
use model::time::SignedDuration;

use super::person::{PASSWORD, Person, log_in};
use crate::pages::console;

const LONG: SignedDuration = SignedDuration::from_mins(16);

#[tokio::test]
async fn before_a_sensitive_page_who_is_there_is_asked_again_and_led_on() {
    let console = console(Tlp::Red);
    let person = Person::new(&console, "root", Role::Administrator, Tlp::Red);
    assert_eq!(person.get(&console, "/accounts").await.status, StatusCode::OK, "proved at the sign-in");
    person.proved_before(&console, LONG);
    let asked = person.get(&console, "/accounts").await;
    assert_eq!(
        (asked.status, asked.to.as_str()),
        (StatusCode::SEE_OTHER, "/account/confirm?next=%2Faccounts")
    );
    assert!(person.get(&console, &asked.to).await.page.contains("Confirm that it is you"));
    assert_eq!(
        person.get(&console, "/parties").await.status,
        StatusCode::OK,
        "nothing is asked for the rest"
    );
    let wrong = [("proof-password", "not the password"), ("next", "/accounts")];
    let refused = person.post(&console, "/account/confirm", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(person.get(&console, "/accounts").await.status, StatusCode::SEE_OTHER);
    let right = [("proof-password", PASSWORD), ("next", "/accounts")];
    let proved = person.post(&console, "/account/confirm", &right).await;
    assert_eq!((proved.status, proved.to.as_str()), (StatusCode::SEE_OTHER, "/accounts"));
    assert_eq!(person.get(&console, "/accounts").await.status, StatusCode::OK);
    let away = [("proof-password", PASSWORD), ("next", "//evil.example")];
    assert_eq!(person.post(&console, "/account/confirm", &away).await.to, "/", "and nowhere else");
}

#[tokio::test]
async fn a_form_left_open_too_long_is_asked_for_the_proof_and_loses_nothing() {
    let console = console(Tlp::Red);
    let person = Person::new(&console, "root", Role::Administrator, Tlp::Red);
    person.proved_before(&console, LONG);
    let form = [("name", "m.roe"), ("role", "analyst"), ("clearance", "amber")];
    let asked = person.post(&console, "/accounts/add", &form).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    assert!(
        asked.page.contains("name=\"name\" value=\"m.roe\"")
            && asked.page.contains("action=\"/accounts/add\"")
    );
    assert!(console.desk.local.account("m.roe").is_none(), "nothing is done before the proof");
    let with = |password| [&form[..], &[("proof-password", password)]].concat();
    let wrong = person.post(&console, "/accounts/add", &with("not the password")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!wrong.page.contains("not the password") && console.desk.local.account("m.roe").is_none());
    let done = person.post(&console, "/accounts/add", &with(PASSWORD)).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.page);
    assert!(console.desk.local.account("m.roe").is_some());
}

#[tokio::test]
async fn a_person_sees_their_sessions_and_ends_one_or_all_others() {
    let console = console(Tlp::Red);
    let here = Person::new(&console, "a.berg", Role::Officer, Tlp::Red);
    let (phone, other) = (Person::enter(&console, "a.berg"), Person::enter(&console, "a.berg"));
    let stranger = Person::new(&console, "m.roe", Role::Analyst, Tlp::Red);
    let page = here.get(&console, "/account/sessions").await.page;
    let ends: Vec<&str> = page
        .split("action=\"/account/sessions/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap_or(""))
        .collect();
    assert_eq!(ends.len(), 3, "two others, and all others: {ends:?}");
    assert_eq!(page.matches("(this one)").count(), 1);
    let one = format!("/account/sessions/{}", ends[0]);
    assert_eq!(stranger.post(&console, &one, &[]).await.status, StatusCode::NOT_FOUND, "not one's own");
    assert_eq!(here.post(&console, &one, &[]).await.to, "/account/sessions");
    assert_eq!([&phone, &other].iter().filter(|session| session.is_in(&console)).count(), 1);
    here.post(&console, "/account/sessions/end", &[]).await;
    assert!(
        here.is_in(&console) && !phone.is_in(&console) && !other.is_in(&console) && stranger.is_in(&console)
    );

    let administrator = Person::new(&console, "root", Role::Administrator, Tlp::Red);
    assert!(
        administrator.get(&console, "/accounts/a.berg/sign-out").await.page.contains("1 open session ends")
    );
    administrator.post(&console, "/accounts/a.berg/sign-out", &[]).await;
    assert!(!here.is_in(&console));
    let (again, _) = log_in(&console, "/login", &[("user", "a.berg"), ("password", PASSWORD)]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "signing in again is possible");
}

#[test]
fn a_session_ends_after_an_hour_of_silence_and_after_a_shift_of_work() {
    let console = console(Tlp::Red);
    let local = &console.desk.local;
    let start = desk::edge::now();
    let at = |minutes| start.checked_add(SignedDuration::from_mins(minutes)).expect("an instant");
    let silent = local.open_session("duty", start).expect("a session");
    assert!(local.session(&silent, at(59)).is_some(), "used within the hour");
    assert!(local.session(&silent, at(118)).is_some());
    assert!(local.session(&silent, at(178)).is_none(), "an hour of silence");
    let busy = local.open_session("duty", start).expect("a session");
    for minutes in (30..720).step_by(30) {
        assert!(local.session(&busy, at(minutes)).is_some(), "{minutes}");
    }
    assert!(local.session(&busy, at(720)).is_none(), "one long shift");
}
